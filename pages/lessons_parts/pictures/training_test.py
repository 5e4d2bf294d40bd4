"""A polynomial through few points while it is trained, with its losses on them and on points that are held out."""

import numpy as np

from course import SeenPart
from figures import CURVE_NODES, losses_along_training, polynomial_fit
from figures.stage import Panel
from landscapes import Domain
from landscapes.from_data import predicted, sine
from pages.data_parts.choices import DataChoices
from pages.data_parts.pictures.fields import POLYNOMIAL
from pages.data_parts.pictures.training_test import UPDATES, fit_words, fits, training_words
from pages.lessons_parts.pictures.page_picture import PagePicture, of_group
from words import say


def seen(choices: DataChoices) -> SeenPart:
    """Both losses of the fit, and along its training."""
    found = fits(choices.polynomial, choices.seed)
    training, test = found.losses
    return SeenPart(
        numbers={**dict(choices.polynomial), "training loss": training, "test loss": test},
        curves={"updates": UPDATES, "training": found.along[0], "test": found.along[1]},
    )


def panels(choices: DataChoices, look: Domain | None, answered: bool) -> list[Panel]:
    """The polynomial over its points, and both losses over the updates."""
    found, of = fits(choices.polynomial, choices.seed), dict(choices.polynomial)
    nodes = np.linspace(-1, 1, CURVE_NODES)
    still = [(say("true curve"), sine(nodes)), (say("least squares"), predicted(found.fit, nodes))]
    return [
        Panel(
            "fit",
            polynomial_fit(found.points, found.held_out, still if answered else still[:1], found.moving),
            alt=fit_words(found, int(of["degree"]), of["penalty"]),
        ),
        Panel(
            "training",
            losses_along_training(say("Loss along training"), UPDATES, found.along, star=answered),
            alt=training_words(found),
        ),
    ]


def steps(_: DataChoices) -> int:
    """From one count of updates to the next."""
    return UPDATES.size - 1


numbers, turned = of_group("polynomial")
TRAINING_TEST = PagePicture(knobs=POLYNOMIAL, numbers=numbers, turned=turned, seen=seen, panels=panels, steps=steps)
