"""Three probabilities over the temperature, which grows while the stage plays."""

import numpy as np

from course import SeenPart
from figures import class_bars, let_grow, likelihood_curve, temperature_curves
from figures.stage import Panel
from landscapes import Array, Domain
from landscapes.from_data import logit_gradient, negative_log_likelihood, softmax
from pages.data_parts.choices import DataChoices
from pages.data_parts.pictures.fields import LOGITS
from pages.data_parts.pictures.softmax import (
    TEMPERATURES,
    loss_words,
    probability_words,
    temperature_words,
)
from pages.lessons_parts.pictures.page_picture import PagePicture, of_group


def parts(choices: DataChoices) -> tuple[Array, float, int]:
    """Logits (3,), temperature, and the number of the right class from 0."""
    of = dict(choices.logits)
    return np.array([of["first"], of["second"], of["third"]]), of["temperature"], int(choices.target) - 1


def seen(choices: DataChoices) -> SeenPart:
    """The probabilities at every temperature of the curves, and loss and gradient of the example."""
    logits, temperature, target = parts(choices)
    loss = negative_log_likelihood(logits, target, temperature)
    return SeenPart(
        numbers={**dict(choices.logits), "target": target + 1.0, "loss": float(loss)},
        curves={
            "temperatures": TEMPERATURES,
            "over temperature": np.stack([softmax(logits, each) for each in TEMPERATURES], axis=1),
            "probabilities": softmax(logits, temperature),
            "gradient": logit_gradient(logits, target, temperature),
        },
    )


def panels(choices: DataChoices, look: Domain | None, answered: bool) -> list[Panel]:
    """The curves over the temperature, the probabilities beside the target, and the loss of the example."""
    logits, temperature, target = parts(choices)
    found = seen(choices)
    curves = temperature_curves(TEMPERATURES, found.curves["over temperature"], temperature)
    probabilities, loss = found.curves["probabilities"], found.numbers["loss"]
    return [
        Panel("temperature", let_grow(curves, steps(choices)), alt=temperature_words(logits)),
        Panel("bars", class_bars(probabilities, target), alt=probability_words(logits, temperature)),
        Panel(
            "likelihood",
            likelihood_curve(float(probabilities[target]), loss),
            alt=loss_words(logits, target, temperature),
        ),
    ]


def steps(_: DataChoices) -> int:
    """From one temperature to the next."""
    return TEMPERATURES.size - 1


numbers, turned = of_group("logits")
SOFTMAX = PagePicture(knobs=LOGITS, numbers=numbers, turned=turned, seen=seen, panels=panels, steps=steps)
