"""Softmax: what do three logits say, what does the example cost, and where does its gradient push them?"""

from dataclasses import replace

import numpy as np
from streamlit.delta_generator import DeltaGenerator

from figures import (
    class_bars,
    contour_map,
    gradient_bars,
    heights,
    likelihood_curve,
    temperature_curves,
)
from figures.stage import Drawing, Panel, Table, drawing, stage, viewed, visible
from landscapes import Array, Domain
from landscapes.from_data import logit_gradient, negative_log_likelihood, softmax, three_class_loss
from pages.data_parts.choices import SCHEMA, DataChoices
from pages.data_parts.pictures.fields import LOGITS
from pages.data_parts.pictures.knobs import knobs_of
from pages.data_parts.state import HISTORY, PROBLEM, choose, current
from pages.shared.controls import field_control
from pages.shared.parts import PICTURE, only
from pages.shared.size import panels_in_size
from pages.shared.state import set_number
from pages.shared.work import Frozen, drawn_once, frozen
from words import coordinates, listed, paragraph, say, short

TEMPERATURES = np.geomspace(0.1, 10.0, 121)
STAGE = "data softmax"


def controls() -> None:
    """The logits, the temperature, and which class is right."""
    knobs_of("logits", LOGITS)
    field_control(HISTORY, "target", SCHEMA.fields["target"])


def moved(choices: DataChoices, x: float, y: float) -> DataChoices:
    """The choices with the first two logits as a place on the map has them."""
    return replace(choices, logits=set_number(set_number(choices.logits, "first", x), "second", y))


def show(choices: DataChoices, _: DeltaGenerator) -> None:
    """The pictures of the chosen logits, of which two can be moved on the map."""
    seen = pictured(choices, visible(STAGE, "map"), frozen(viewed(STAGE)))
    stage(seen, key=STAGE, ring=say("Logits z₁ and z₂"), on_start=take_logits)


def take_logits(x: float, y: float) -> None:
    """Takes the first two logits from a place on the map."""
    choose(moved(current(), x, y))
    only(PICTURE, PROBLEM)


@drawn_once
def pictured(choices: DataChoices, look: Domain | None, views: Frozen) -> Drawing:
    """The loss over two logits, probabilities and gradient, and what temperature and probability make of them.

    Args:
        look: what the browser shows of the map, where it said so.
    """
    numbers = dict(choices.logits)
    logits = np.array([numbers[name] for name in ("first", "second", "third")])
    temperature, target = numbers["temperature"], int(choices.target) - 1
    probabilities, gradient = softmax(logits, temperature), logit_gradient(logits, target, temperature)
    loss = float(negative_log_likelihood(logits, target, temperature))
    landscape = three_class_loss(float(logits[2]), target, temperature)
    domain, names = landscape.domain, (say("logit z₁"), say("logit z₂"))
    said = [
        probability_words(logits, temperature),
        loss_words(logits, target, temperature),
        gradient_words(logits, target, temperature),
        temperature_words(logits),
    ]
    return drawing(
        panels_in_size(
            [
                Panel(
                    "map",
                    contour_map(landscape, [], heights(landscape, domain), domain, visible=look, names=names),
                    alt=say("The loss over the first two logits, with the third at {third}.", third=short(logits[2])),
                ),
                Panel("bars", class_bars(probabilities, target), alt=said[0]),
                Panel("gradient", gradient_bars(gradient), alt=said[2]),
                Panel(
                    "temperature",
                    temperature_curves(
                        TEMPERATURES, np.stack([softmax(logits, t) for t in TEMPERATURES], axis=1), temperature
                    ),
                    alt=said[3],
                ),
                Panel("likelihood", likelihood_curve(float(probabilities[target]), loss), alt=said[1]),
            ],
            choices.size,
        ),
        key=STAGE,
        views=dict(views),
        rows=[["map", "bars", "gradient"], ["temperature", "likelihood", "table"]],
        start=(float(logits[0]), float(logits[1])),
        table=Table(
            columns=[say("Class"), say("Logit z"), say("Probability p"), say("Target y"), say("(p − y)/T")],
            rows=[
                [
                    say("class {number}", number=k + 1),
                    short(float(logits[k])),
                    short(float(probabilities[k])),
                    str(int(k == target)),
                    short(float(gradient[k])),
                ]
                for k in range(3)
            ],
            caption=say("Loss {loss} at T = {temperature}", loss=short(loss), temperature=short(temperature)),
        ),
        notes=said,
    )


def probability_words(logits: Array, temperature: float) -> str:
    """What softmax makes of the logits."""
    return say(
        "Softmax at T = {temperature} makes the logits {logits} into the probabilities {probabilities}.",
        temperature=short(temperature),
        logits=coordinates(logits),
        probabilities=coordinates(softmax(logits, temperature)),
    )


def loss_words(logits: Array, target: int, temperature: float) -> str:
    """What the example costs, and that this is its likelihood."""
    return say(
        "The example is of class {number}, to which the model gives the probability {probability}. Its cross-entropy "
        "with the one-hot target is −ln p = {loss}, so that the lowest loss is the highest likelihood of what was "
        "seen.",
        number=target + 1,
        probability=short(float(softmax(logits, temperature)[target])),
        loss=short(float(negative_log_likelihood(logits, target, temperature))),
    )


def gradient_words(logits: Array, target: int, temperature: float) -> str:
    """What the gradient is, and where a step goes."""
    gradient = logit_gradient(logits, target, temperature)
    size = say(
        "The gradient with respect to the logits is (p − y)/T = {gradient}; its three numbers sum to 0.",
        gradient=coordinates(gradient),
    )
    if not gradient.any():
        return paragraph(size, say("To rounding the right class has all of the probability: nothing pushes."))
    return paragraph(
        size,
        say(
            "A step down raises the logit of class {number} and lowers the others, each in proportion to its "
            "probability.",
            number=target + 1,
        ),
    )


def temperature_words(logits: Array) -> str:
    """What becomes of the probabilities at low and at high temperatures."""
    names = [say("class {number}", number=k + 1) for k in np.flatnonzero(logits == logits.max())]
    high = say("At a high temperature each class comes near 1/3.")
    if len(names) == 1:
        low = say("At a low temperature nearly all goes to {name}, whose logit is the largest.", name=names[0])
        return paragraph(low, high)
    low = say("At a low temperature nearly all goes to {names}, whose logits are equal.", names=listed(names))
    return paragraph(low, high)
