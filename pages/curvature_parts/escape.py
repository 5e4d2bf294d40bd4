"""At a saddle or a maximum the gradient is zero, and still there is a way down: along a negative eigenvalue."""

import numpy as np
import streamlit as st

from figures import DASHES, RUN_COLOURS, Run, add_axes, curves, escape_curve
from figures.stage import Drawing, Panel, Table, drawing, stage, viewed, visible
from landscapes import CriticalPoint, Domain
from optimizers import Escape, leads_down
from optimizers.theory import escape
from pages.curvature_parts.view import View, view_of
from pages.shared.size import panels_in_size
from pages.shared.state import Choices
from pages.shared.work import Frozen, drawn_once, frozen
from words import coordinates, mark, paragraph, say, short, steps

NAMES = (mark("Started beside the point"), mark("Started at the point"))
ZERO = 1e-14  # a coordinate that is smaller is written as 0
EQUAL = 1e-6  # eigenvalues that differ by a smaller part are the same
FIRST = ("saddle", "maximum", "degenerate")  # which of the points that lead down is shown where none was chosen


def show(view: View) -> None:
    """Predicted and true change of the loss along the eigenvector, and the run that takes it beside one that stays."""
    seen, missing = pictured(view.choices, visible("escape", "map"), frozen(viewed("escape")))
    if missing:
        st.info(missing)
    stage(seen, key="escape", ring=say("Point"), on_start=view.choose)


@drawn_once
def pictured(choices: Choices, look: Domain | None, views: Frozen) -> tuple[Drawing, str]:
    """What there is to see, and that there is nothing to escape from where that is so.

    Args:
        look: what the browser shows of the map, where it said so.
    """
    view = view_of(choices)
    critical = chosen(view)
    if critical is None:
        panels = panels_in_size([Panel("map", view.map(look), alt=say("Map"))], choices.size)
        return drawing(panels, key="escape", views=dict(views)), say(
            "Nothing to escape from: no isolated critical point that was found in view has a way down."
        )
    way = escape(view.landscape, critical)
    point = critical.position
    runs = tuple(
        Run(say(name), colour, way.positions[..., i], dash)
        for i, (name, colour, dash) in enumerate(zip(NAMES, RUN_COLOURS[:2], DASHES, strict=False))
    )
    loss = view.landscape.value(way.positions)
    chart = view.map(look, runs)
    add_axes(chart, point, way.eigenvalues, critical.eigenvectors, way.reach)
    count = way.positions.shape[1] - 1
    seen = drawing(
        panels_in_size(
            [
                Panel("map", chart, alt=say("Map with the way down from the {point}.", point=named(critical))),
                Panel(
                    "change",
                    escape_curve(view.landscape, point, way.direction, way.reach),
                    alt=say(
                        "Change of the loss along {direction}: predicted and true.",
                        direction=coordinates(way.direction, zero=ZERO),
                    ),
                ),
                Panel(
                    "loss",
                    curves(say("Loss"), runs, list(loss.T), logarithmic=False),
                    alt=say("Loss of both runs over the steps."),
                ),
            ],
            choices.size,
        ),
        key="escape",
        views=dict(views),
        rows=[["map", "change"], ["play"], ["loss", "table"]],
        steps=count,
        start=(float(point[0]), float(point[1])),
        table=Table(
            columns=[say("Run"), say("Verdict"), say("Loss")],
            rows=[[say(n), v.name, short(float(f))] for n, v, f in zip(NAMES, way.verdicts, loss[-1], strict=True)],
            colours=RUN_COLOURS[:2],
            caption=say("Gradient descent at η = {rate} after {steps}", rate=short(way.rate), steps=steps(count)),
        ),
        notes=[*instead(view, critical), prediction(way), departure(way), staying(way)],
    )
    return seen, ""


def chosen(view: View) -> CriticalPoint | None:
    """The point to escape from: the chosen one if it leads down, else the first that does."""
    down = [point for point in view.found.points if leads_down(view.landscape, point)]
    near = view.critical(view.point)
    if near is not None and any(near is point for point in down):
        return near
    return min(down, key=lambda point: FIRST.index(point.kind), default=None)


def instead(view: View, critical: CriticalPoint) -> list[str]:
    """A sentence where another place was chosen than is shown."""
    near = view.critical(view.point)
    if view.choices.point is None or near is critical:
        return []
    place = coordinates(view.point)
    if near is not None:
        return [
            say(
                "From the {point} no way down was found; shown is the {other}.",
                point=named(near),
                other=named(critical),
            )
        ]
    return [
        say(
            "At {place} no isolated critical point was found; shown is the {point}.", place=place, point=named(critical)
        )
    ]


def named(point: CriticalPoint) -> str:
    """A critical point by its name and its place."""
    return say("{point} at {place}", point=point.name, place=coordinates(point.position, zero=ZERO))


def prediction(way: Escape) -> str:
    """What the Hessian predicts of the loss along the way, and what is true."""
    d, reach, true = coordinates(way.direction, zero=ZERO), short(way.reach), short(way.change)
    if way.predicted is None:
        changes = say(
            "Along {direction} the loss changes by {change} at ε = {reach}.", direction=d, change=true, reach=reach
        )
        return paragraph(without_prediction(way), changes)
    return paragraph(
        steepest(way),
        say(
            "At ε = {reach} along it the second-order model predicts a change of the loss by {predicted}; the true "
            "change is {change}.",
            reach=reach,
            predicted=short(way.predicted),
            change=true,
        ),
    )


def without_prediction(way: Escape) -> str:
    """Why no second-order model predicts a way down."""
    name = named(way.point)
    if np.isnan(way.eigenvalues).any():
        return say("At the {point} there is no second-order model: a second derivative has no value there.", point=name)
    if not np.isfinite(way.eigenvalues).all():
        return say("At the {point} there is no second-order model: a curvature is infinite.", point=name)
    low, high = (short(float(value)) for value in way.eigenvalues)
    return say(
        "At the {point} the Hessian, with the eigenvalues {low} and {high}, shows no way down: what leads down is of "
        "higher order.",
        point=name,
        low=low,
        high=high,
    )


def steepest(way: Escape) -> str:
    """Along which eigenvector the Hessian leads down, and with which eigenvalue."""
    point, name, d = way.point, named(way.point), coordinates(way.direction, zero=ZERO)
    low, high = (short(float(value)) for value in way.eigenvalues)
    if point.kind != "maximum":
        return say(
            "At the {point} the smaller eigenvalue is {low}, its eigenvector {direction}.",
            point=name,
            low=low,
            direction=d,
        )
    if np.ptp(point.eigenvalues) <= EQUAL * abs(float(point.eigenvalues[0])):
        return say(
            "At the {point} both eigenvalues, {low} and {high}, are negative, so every direction leads down, all "
            "equally steeply; {direction} is one of them.",
            point=name,
            low=low,
            high=high,
            direction=d,
        )
    return say(
        "At the {point} both eigenvalues, {low} and {high}, are negative, so every direction leads down, the "
        "eigenvector of the smaller one, {direction}, most steeply.",
        point=name,
        low=low,
        high=high,
        direction=d,
    )


def departure(way: Escape) -> str:
    """How fast the run from beside the point gets away: by the Hessian, and in truth."""
    count, doubled = way.positions.shape[1] - 1, way.doubled()
    nudge = short(way.nudge)
    found = say(
        "Started {nudge} away from it along that direction, the run is twice as far away in none of its {steps}.",
        nudge=nudge,
        steps=steps(count),
    )
    if doubled is not None:
        found = say(
            "Started {nudge} away from it along that direction, the run is twice as far away after {steps}.",
            nudge=nudge,
            steps=steps(doubled),
        )
    if way.growth is None or way.doubling is None:
        law = say("How long that takes does not follow from the Hessian.")
        return paragraph(found, law)
    law = say(
        "As long as the second-order model holds, each step multiplies the distance by 1 + η|λ|, with η|λ| = {growth}, "
        "which doubles it in {doubling} steps.",
        growth=short(way.growth),
        doubling=short(way.doubling),
    )
    return paragraph(found, law)


def staying(way: Escape) -> str:
    """What becomes of the run that starts at the point itself."""
    away = way.distances[:, 1]
    if not away.any():
        return say("Started at the point itself, gradient descent stays: the gradient there is zero.")
    gone = np.flatnonzero(~(away <= way.nudge))
    if gone.size:
        return say(
            "Started at the point itself, gradient descent leaves too: the gradient there is zero only to rounding, "
            "which grows, and at step {step} the run is farther away than {nudge}.",
            step=gone[0],
            nudge=short(way.nudge),
        )
    return say(
        "Started at the point itself, gradient descent stays within {distance} of it over all {steps}: the gradient "
        "there is zero to rounding.",
        distance=short(float(away.max())),
        steps=steps(away.size - 1),
    )
