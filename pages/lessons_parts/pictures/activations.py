"""The product of the slopes along a chain, which goes on layer by layer while the stage plays."""

from course import SeenPart
from figures import let_grow, slope_products
from figures.stage import Panel
from landscapes import Domain
from pages.data_parts.choices import DataChoices
from pages.data_parts.pictures.activations import NAMES, product_words, products
from pages.data_parts.pictures.fields import CHAIN
from pages.lessons_parts.pictures.page_picture import PagePicture, of_group
from words import say


def seen(choices: DataChoices) -> SeenPart:
    """The derivative of the chain by its input after every layer, for each activation."""
    return SeenPart(numbers=dict(choices.layers), curves=products(choices))


def panels(choices: DataChoices, look: Domain | None, answered: bool) -> list[Panel]:
    """Its size after every layer."""
    named = {say(NAMES[name]): product for name, product in products(choices).items()}
    return [Panel("products", let_grow(slope_products(named), steps(choices)), alt=product_words(choices))]


def steps(choices: DataChoices) -> int:
    """From one layer to the next."""
    return int(dict(choices.layers)["depth"]) - 1


numbers, turned = of_group("layers")
ACTIVATIONS = PagePicture(knobs=CHAIN, numbers=numbers, turned=turned, seen=seen, panels=panels, steps=steps)
