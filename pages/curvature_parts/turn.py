"""A direction v that turns: how the loss bends along it, and which directions bend the most and the least."""

from dataclasses import replace

import numpy as np
import streamlit as st

from figures import add_axes, add_direction, cut_curve, turning_curve
from figures.stage import Drawing, Panel, drawing, stage, viewed, visible
from landscapes import Array, Domain, LocalShape
from landscapes.curvature import HALF_TURN, angle_of, direction, second_derivative_along
from pages.curvature_parts.model import NO_MODEL, looked_at, without_model
from pages.curvature_parts.view import SAME, View, view_of
from pages.shared.controls import field_control, number_field
from pages.shared.fields import FARTHEST
from pages.shared.size import panels_in_size
from pages.shared.state import HISTORY, SCHEMA, Choices, change, current, key
from pages.shared.work import Frozen, drawn_once, frozen
from words import coordinates, digits_within, paragraph, say, short

REACH = 0.15  # of the view's width: from the point to the tip of v
ZERO = 1e-14  # a component that is smaller is written as 0
ROUND = 1  # digits behind the point of an angle that was dragged
FEWEST = 4  # significant digits of a coordinate
FIELD = 110  # pixels of the field of a coordinate


def show(view: View) -> None:
    """Map with the handle, vᵀHv over the angle, and the loss along v."""
    point, shape = looked_at(view)
    controls(view, point)
    seen = pictured(view.choices, visible("turn", "map"), frozen(viewed("turn")))
    if shape.status in NO_MODEL:
        st.warning(without_model(shape, point, view.critical(point, within=SAME) is not None))
        stage(seen, key="turn", ring=say("Point"), on_start=view.choose)
        return

    def turned(x: float, y: float, *, transient: bool = False) -> None:
        way = np.array([x, y]) - point
        if way.any():
            to = round(angle_of(way), ROUND)
            HISTORY.choose(replace(current(), direction=to), transient=transient)

    stage(
        seen,
        key="turn",
        hint=say("Drag the ring to turn v."),
        ring=say("Tip of v"),
        on_start=turned,
        on_dragged=lambda x, y: turned(x, y, transient=True),
        on_added=view.choose,
    )


@drawn_once
def pictured(choices: Choices, look: Domain | None, views: Frozen) -> Drawing:
    """The map with v, and how the loss bends along it; the map alone where there is no model.

    Args:
        look: what the browser shows of the map, where it said so.
    """
    view = view_of(choices)
    chart, (point, shape) = view.map(look), looked_at(view)
    if shape.status in NO_MODEL:
        panels = panels_in_size([Panel("map", chart, alt=say("Map"))], choices.size)
        return drawing(panels, key="turn", start=(float(point[0]), float(point[1])), views=dict(views))
    landscape, angle, reach = view.landscape, choices.direction, REACH * view.width
    v = direction(angle)
    tip = point + reach * v
    add_axes(chart, point, shape.eigenvalues, shape.eigenvectors, reach, ("1", "2"))
    add_direction(chart, point, v, reach)
    return drawing(
        panels_in_size(
            [
                Panel(
                    "map",
                    chart,
                    alt=say(
                        "Map with the direction v = {v} at {place}.", v=coordinates(v, zero=ZERO), place=said(point)
                    ),
                ),
                Panel(
                    "turning",
                    turning_curve(shape.hessian, shape.eigenvalues, shape.eigenvectors, angle),
                    alt=paragraph(say("vᵀHv over the angle of v."), extremes(shape)),
                ),
                Panel(
                    "cut",
                    cut_curve(landscape, point, v, reach),
                    alt=say("The loss along v beside its second-order model."),
                ),
            ],
            choices.size,
        ),
        key="turn",
        views=dict(views),
        rows=[["map", "turning", "cut"], ["table"]],
        start=(float(tip[0]), float(tip[1])),
        notes=[here(shape, angle), extremes(shape), consequence(shape)],
    )


def controls(view: View, point: Array) -> None:
    """The angle, and the point by numbers."""
    slider, fields = st.columns([3, 2], vertical_alignment="bottom")
    with slider:
        field_control(HISTORY, "direction", SCHEMA.fields["direction"])
    row = fields.container(horizontal=True, gap="small")
    for axis, name in enumerate(view.landscape.axes):

        def moved(number: float, axis: int = axis) -> None:
            x, y = (number if each == axis else float(point[each]) for each in (0, 1))
            change(point=(x, y))

        digits = max(digits_within(low, high, FEWEST) for low, high in view.landscape.domain)
        number_field(
            say("Point {axis}", axis=name),
            -FARTHEST,
            FARTHEST,
            float(point[axis]),
            key(f"turn {axis}"),
            moved,
            place=row,
            width=FIELD,
            help=say("A click on the map moves the point too, with Shift held down."),
            format=f"%.{digits}g",
        )


def said(point: Array) -> str:
    """A place in digits."""
    return coordinates(point, zero=ZERO)


def here(shape: LocalShape, angle: float) -> str:
    """How the loss bends along v as it is turned."""
    v = direction(angle)
    bend = float(second_derivative_along(shape.hessian, v))
    theta, vector, number = short(angle), coordinates(v, zero=ZERO), short(bend)
    if abs(bend) <= ZERO * float(np.abs(shape.hessian).max()):
        return say("At θ = {angle}°, v = {v}: vᵀHv = 0, along v the slope stays.", angle=theta, v=vector)
    if bend > 0:
        return say(
            "At θ = {angle}°, v = {v}: vᵀHv = {bend}, along v the loss bends up.", angle=theta, v=vector, bend=number
        )
    return say(
        "At θ = {angle}°, v = {v}: vᵀHv = {bend}, along v the loss bends down.", angle=theta, v=vector, bend=number
    )


def extremes(shape: LocalShape) -> str:
    """The least and the most over all directions."""
    low, high = map(float, shape.eigenvalues)
    if low == high:
        return say("In every direction vᵀHv is {low}: both eigenvalues are equal.", low=short(low))
    at_low, at_high = (short(angle_of(vector) % HALF_TURN) for vector in shape.eigenvectors.T)
    return say(
        "Over all directions vᵀHv is least at {at_low}°, λ₁ = {low}, and greatest at {at_high}°, λ₂ = {high}: the "
        "extremes are the eigenvalues of H, and their directions, at right angles, its eigenvectors.",
        low=short(low),
        high=short(high),
        at_low=at_low,
        at_high=at_high,
    )


def consequence(shape: LocalShape) -> str:
    """What the signs of the extremes say of all directions, or in which share of them the loss bends down."""
    low, high = map(float, shape.eigenvalues)
    if low > 0:
        return say("Both are positive, so vᵀHv > 0 for every v: H is positive definite.")
    if high < 0:
        return say("Both are negative, so vᵀHv < 0 for every v: H is negative definite.")
    if low < 0 < high:
        return say(
            "One is negative, one positive: H is indefinite, and in {share} % of all directions the loss bends down.",
            share=short(100 * share_down(low, high)),
        )
    return say("An eigenvalue is 0: along its eigenvector the second derivative says nothing.")


def share_down(low: float, high: float) -> float:
    """Of all directions, those with vᵀHv < 0 where λ₁ < 0 < λ₂: within arctan √(-λ₁/λ₂) of the first eigenvector."""
    return float(np.arctan(np.sqrt(-low / high)) / (np.pi / 2))
