"""The lowest loss of a sum by how many parts it has, part after part while the stage plays."""

from course import SeenPart
from figures import let_grow
from figures.stage import Panel
from landscapes import Domain
from pages.lessons_parts.pictures.page_picture import PagePicture, of_fields
from pages.networks_parts.choices import NetworksChoices
from pages.networks_parts.choices.model_bias import KINDS, MOST_UNITS
from pages.networks_parts.model_bias import Fitted, fit_panel, fitted, straight_line, units_panel
from pages.networks_parts.progress import stage_of
from words import mark


def every(choices: NetworksChoices) -> dict[str, Fitted]:
    """The sums of both kinds."""
    found = {}
    for number, kind in enumerate(KINDS):
        with stage_of(number / len(KINDS), (number + 1) / len(KINDS)):
            found[kind] = fitted(kind, choices.bias_seed)
    return found


def seen(choices: NetworksChoices) -> SeenPart:
    """The lowest losses of the sums, and that of a straight line."""
    lowest = {kind: found.losses.min(axis=1) for kind, found in every(choices).items()}
    return SeenPart(numbers={**numbers(choices), "straight": straight_line()[0]}, curves=lowest)


def panels(choices: NetworksChoices, look: Domain | None, answered: bool) -> list[Panel]:
    """The loss by the number of parts, before the answer its lines alone, and the sum that is chosen."""
    found = every(choices)
    by_units = units_panel(choices, found)
    if not answered:  # the dots of all trainings would say it
        by_units.figure.data = [trace for trace in by_units.figure.data if trace.mode == "lines"]
    let_grow(by_units.figure, steps(choices))
    return [by_units, fit_panel(choices, found)]


def steps(_: NetworksChoices) -> int:
    """From one number of parts to the next."""
    return MOST_UNITS - 1


knobs, numbers, turned = of_fields("bias_units")
MODEL_BIAS = PagePicture(
    knobs=knobs,
    numbers=numbers,
    turned=turned,
    seen=seen,
    panels=panels,
    steps=steps,
    work=mark("Fitting sums"),
    ready=lambda choices: all(fitted.has(kind, choices.bias_seed) for kind in KINDS),
)
