"""What networks predict at points of a plane through their weights."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from figures import moments, predictions
from figures.stage import Panel
from landscapes import Array
from landscapes.networks import outputs_of
from pages.networks_parts.progress import report
from pages.networks_parts.slice_cut import MOMENTS, Cut
from pages.networks_parts.training import examples_of
from words import say, short


def predicted(panel: str, name: str, cut: Cut, point: tuple[float, float], along: Sequence[Array] = ()) -> Panel:
    """What the network at a point of the plane predicts: classes in the plane, a curve, or what it takes for what.

    Args:
        along: weights at the steps of `MOMENTS`, (D,) each, whose predictions playback shows, the last those of `cut`.
    """
    train, test = examples_of(cut.network.training)
    architecture = cut.network.architecture
    weights = along[-1] if along else cut.weights(point)
    place = f"({short(point[0])}, {short(point[1])})"
    answers = outputs_of(architecture, weights, test.inputs)
    figures = []
    for theta in along or [weights]:
        report(1.0)
        figures.append(predictions(partial(outputs_of, architecture, theta), train, test, name))
    figure = moments(figures, MOMENTS) if along else figures[0]
    if len(test.targets) == 1:
        alt = say(
            "{name}: at {place} the fitted curve misses the test examples by {distance} on average.",
            name=name,
            place=place,
            distance=short(float(np.abs(answers - test.targets).mean())),
        )
    else:
        share = float((answers.argmax(axis=0) == test.targets.argmax(axis=0)).mean())
        alt = say(
            "{name}: at {place} the network puts {share} % of the test examples in the right class.",
            name=name,
            place=place,
            share=short(100 * share),
        )
    return Panel(panel, figure, alt=alt)
