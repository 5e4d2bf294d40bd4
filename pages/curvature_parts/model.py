"""Near one point: gradient, Hessian, eigenvalues, and the second-order model with its error."""

import numpy as np
import streamlit as st

from figures import add_axes, call_axes, eigenvalue_colour, local_model, remainder_curve
from figures.stage import Drawing, Panel, drawing, stage, viewed, visible
from landscapes import Array, Domain, Landscape, LocalShape, local_shape, remainder, remainder_rounding
from pages.curvature_parts.view import SAME, View, view_of
from pages.shared.letters import tinted
from pages.shared.size import panels_in_size
from pages.shared.state import Choices
from pages.shared.work import Frozen, drawn_once, frozen
from words import coordinates, mark, paragraph, say, short

RADII = np.geomspace(0.01, 0.5, 18)  # of the view's width
USUAL = 9  # of them
TENTH = 0.1  # of the radius: where the error is told besides
ZERO = 1e-14  # a coordinate that is smaller is written as 0
EXACT = 1000.0  # times rounding: what is larger is known to three digits, what is less to one
BY_THE_LOSS = {  # around a degenerate point
    None: mark("The second-derivative test is undecided here."),
    "minimum": mark("All around the point the loss is higher: a degenerate minimum."),
    "maximum": mark("All around the point the loss is lower: a degenerate maximum."),
    "saddle": mark("Around the point the loss is higher in some directions and lower in others: a degenerate saddle."),
    "inflection": mark("The loss is higher on one side of the point and lower on the other: an inflection."),
}
BESIDE = {  # a curve of critical points whose eigenvalues are 0, by the loss on both sides of it
    1: mark("Beside the curve the loss is higher: a minimum, but not a strict one."),
    -1: mark("Beside the curve the loss is lower: a maximum, but not a strict one."),
    0: mark("The second-derivative test is undecided here."),
}
ILL = 1e4  # condition number from which on it is said
NO_MODEL = ("undefined", "corner", "rough")


def show(view: View) -> None:
    """The point's numbers in formulas, the true surface under its model, and how fast the model goes wrong."""
    point, shape, radius = *looked_at(view), 0.0
    if shape.status in NO_MODEL:
        st.warning(without_model(shape, point, view.critical(point, within=SAME) is not None))
    else:
        radius = controls(view, point, shape)
    seen = pictured(view.choices, radius, visible("model", "map"), frozen(viewed("model")))
    stage(seen, key="model", ring=say("Point"), on_start=view.choose)


def looked_at(view: View) -> tuple[Array, LocalShape]:
    """The point that is looked at closely, (2,), and how the loss bends there."""
    critical = view.critical(view.point, within=SAME)
    point = critical.position if critical is not None else view.point
    return point, local_shape(view.landscape, point, critical)


def controls(view: View, point: Array, shape: LocalShape) -> float:
    """The point's numbers, and how far round it the model is seen."""
    numbers, slider = st.columns([3, 1], vertical_alignment="center")
    numbers.markdown(
        formulas(point, shape),
        help=say(
            "g is the gradient, H the Hessian at this point, λ its eigenvalues, each in the colour of its axis on the "
            "map."
        ),
    )
    return float(
        slider.select_slider(
            say("Radius"),
            [float(f"{share * view.width:.3g}") for share in RADII],
            value=float(f"{RADII[USUAL] * view.width:.3g}"),
            format_func=short,
            key=f"radius {view.width}",
        )
    )


@drawn_once
def pictured(choices: Choices, radius: float, look: Domain | None, views: Frozen) -> Drawing:
    """The map, and so far round the point the model and its error; the map alone where there is no model.

    Args:
        look: what the browser shows of the map, where it said so.
    """
    view = view_of(choices)
    landscape, chart, (point, shape) = view.landscape, view.map(look), looked_at(view)
    start = (float(point[0]), float(point[1]))
    if shape.status in NO_MODEL:
        panels = panels_in_size([Panel("map", chart, alt=say("Map"))], choices.size)
        return drawing(panels, key="model", start=start, views=dict(views))
    add_axes(chart, point, shape.eigenvalues, shape.eigenvectors, radius)
    return drawing(
        panels_in_size(
            [
                Panel("map", chart, alt=say("Map with the Hessian's axes at {place}.", place=coordinates(point))),
                Panel(
                    "model",
                    call_axes(local_model(landscape, point, radius), landscape.axes),
                    alt=say("The surface round {place} and its second-order model over it.", place=coordinates(point)),
                ),
                Panel(
                    "remainder",
                    remainder_curve(landscape, point, radius),
                    alt=say("The model's largest error against the distance from the point, beside a power of it."),
                ),
            ],
            choices.size,
        ),
        key="model",
        views=dict(views),
        rows=[["map", "model", "remainder"], ["table"]],
        start=start,
        notes=[lesson(shape, view.beside(point)), trust(landscape, point, radius)],
    )


def without_model(shape: LocalShape, point: Array, critical: bool) -> str:
    """Why there is no second-order model at a point, which may be known to be critical."""
    place = coordinates(point, zero=ZERO)
    if shape.status == "undefined":
        return say("The loss has no finite derivatives at {place}. Click another place on the map.", place=place)
    if shape.status == "corner":
        return say(
            "The gradient does not exist at {place}: towards this point it has different limits from different sides, "
            "or grows without end, and there is no second-order model. Click another place on the map.",
            place=place,
        )
    length = float(np.hypot(*shape.gradient))
    if critical or length == 0:
        return say(
            "At {place} the gradient is zero, but the Hessian does not exist: towards this point it has different "
            "limits from different sides, or grows without end, and there is no second-order model. Click another "
            "place on the map.",
            place=place,
        )
    return say(
        "At {place} the gradient has length {length}, but the Hessian does not exist: towards this point it has "
        "different limits from different sides, or grows without end, and there is no second-order model. Click "
        "another place on the map.",
        place=place,
        length=short(length),
    )


def trust(landscape: Landscape, point: Array, radius: float) -> str:
    """How large the model's error is at two distances."""
    radii = np.array([TENTH * radius, radius])
    near, far = errors = remainder(landscape, point, radii)
    over = errors / remainder_rounding(landscape, point, radii)
    distance, tenth = short(radius), short(TENTH * radius)
    if not np.isfinite(errors).all():
        return say(
            "The loss is not defined all around the point at the distance {distance}: the error there has no bound.",
            distance=distance,
        )
    if not (over > 1).any():
        return say(
            "At the distance {distance} from the point the model has no error beyond rounding.", distance=distance
        )
    large, small = (
        say("rounding") if part <= 1 else short(float(error), 3 if part > EXACT else 1)
        for error, part in ((far, over[1]), (near, over[0]))
    )
    if (over > EXACT).all() and far > 2 * near:
        found = say(
            "The model's largest error at the distance {distance} is {large}, at a tenth of that distance, {tenth}, "
            "{small}: 1/{share} of it.",
            distance=distance,
            large=large,
            tenth=tenth,
            small=small,
            share=f"{float(f'{far / near:.3g}'):,.0f}",
        )
    else:
        found = say(
            "The model's largest error at the distance {distance} is {large}, at a tenth of that distance, {tenth}, "
            "{small}.",
            distance=distance,
            large=large,
            tenth=tenth,
            small=small,
        )
    law = say("For small distances it falls with the third power of the distance, or faster.")
    return paragraph(found, law if landscape.smooth else "")


def formulas(point: Array, shape: LocalShape) -> str:
    """Value, gradient, Hessian and eigenvalues in LaTeX, each eigenvalue in the colour of its axis on the map.

    What is 0 to rounding at a critical point is written so.
    """
    g = np.zeros(2) if shape.critical else shape.gradient
    h = shape.hessian

    def n(number: float) -> str:
        digits, _, exponent = short(float(number)).replace("−", "-").partition("e")
        return rf"{digits} \cdot 10^{{{exponent}}}" if exponent else digits

    low, high = (tinted(n(value), eigenvalue_colour(float(value)) if value else "") for value in shape.eigenvalues)
    return (
        rf"$p_0 = ({n(point[0])},\ {n(point[1])}),\quad f = {n(shape.value)},\quad "
        rf"g = \begin{{pmatrix}} {n(g[0])} \\ {n(g[1])} \end{{pmatrix}},\quad "
        rf"H = \begin{{pmatrix}} {n(h[0, 0])} & {n(h[0, 1])} \\ {n(h[1, 0])} & {n(h[1, 1])} \end{{pmatrix}},\quad "
        rf"\lambda_{{\min}} = {low},\ \lambda_{{\max}} = {high}$"
    )


def lesson(shape: LocalShape, beside: str = "") -> str:
    """What gradient and eigenvalues decide, in the lecture's words.

    Args:
        beside: the sentence about what critical there is near the point, if there is anything.
    """
    if shape.status == "slope":
        return paragraph(on_a_slope(shape), beside)
    if shape.status == "plateau":
        return say(
            "A critical point: the gradient is zero, and so is the Hessian, to the last digit, here and round about: a "
            "plateau. Neither gradient nor Hessian says where the loss falls."
        )
    if shape.status == "curve":
        return on_a_curve(shape)
    if shape.status == "degenerate":
        return paragraph(undecided(shape), say(BY_THE_LOSS[shape.nature]))
    return paragraph(decided(shape), conditioned(shape))


def on_a_slope(shape: LocalShape) -> str:
    """Where the gradient is not zero."""
    low, high = (short(float(value)) for value in shape.eigenvalues)
    length = float(np.hypot(*shape.gradient))
    return say(
        "Not a critical point: the gradient has length {length}, so the first-order term decides: the loss falls along "
        "{down}. The eigenvalues, {low} and {high}, say how the slope changes.",
        length=short(length),
        down=coordinates(-shape.gradient / length, zero=ZERO),
        low=low,
        high=high,
    )


def flat_and_bent(shape: LocalShape) -> tuple[str, str]:
    """The directions of the eigenvalue that is nearer to 0, and of the other one."""
    flat = int(np.abs(shape.eigenvalues).argmin())
    return coordinates(shape.eigenvectors[:, flat], zero=ZERO), coordinates(shape.eigenvectors[:, 1 - flat], zero=ZERO)


def on_a_curve(shape: LocalShape) -> str:
    """One of a curve of critical points: along it nothing changes, across it the curvature decides, or the loss."""
    if int((shape.eigenvalues == 0).sum()) == 2:
        said = say(
            "A critical point: the gradient is zero. It is one of a curve of critical points, and both eigenvalues "
            "are 0."
        )
        return paragraph(said, say(BESIDE[shape.across]))
    along, across = flat_and_bent(shape)
    eigenvalue = short(float(shape.eigenvalues[int(np.abs(shape.eigenvalues).argmax())]))
    if shape.across > 0:
        return say(
            "A critical point: the gradient is zero. It is one of a curve of critical points: along the curve, "
            "{along}, the eigenvalue is 0 and the loss stays the same; across it, along {across}, the eigenvalue is "
            "{eigenvalue} and the loss rises: a minimum, but not a strict one.",
            along=along,
            across=across,
            eigenvalue=eigenvalue,
        )
    return say(
        "A critical point: the gradient is zero. It is one of a curve of critical points: along the curve, {along}, "
        "the eigenvalue is 0 and the loss stays the same; across it, along {across}, the eigenvalue is {eigenvalue} "
        "and the loss falls: a maximum, but not a strict one.",
        along=along,
        across=across,
        eigenvalue=eigenvalue,
    )


def undecided(shape: LocalShape) -> str:
    """Where the Hessian does not decide, because an eigenvalue is 0."""
    if int((shape.eigenvalues == 0).sum()) == 2:
        return say(
            "A critical point: the gradient is zero, and so are both eigenvalues: in every direction d ½ dᵀHd "
            "vanishes, and terms of third and higher order decide."
        )
    low, high = (short(float(value)) for value in shape.eigenvalues)
    return say(
        "A critical point: the gradient is zero, and so is an eigenvalue ({low}, {high}): along its eigenvector, "
        "{along}, ½ dᵀHd vanishes, and terms of third and higher order decide.",
        low=low,
        high=high,
        along=flat_and_bent(shape)[0],
    )


def decided(shape: LocalShape) -> str:
    """Where the signs of the eigenvalues say what the point is."""
    low, high = (short(float(value)) for value in shape.eigenvalues)
    if shape.status == "minimum":
        return say(
            "A critical point: the gradient is zero. Both eigenvalues, {low} and {high}, are positive: ½ dᵀHd > 0 for "
            "every d except 0, so this is a minimum.",
            low=low,
            high=high,
        )
    if shape.status == "maximum":
        return say(
            "A critical point: the gradient is zero. Both eigenvalues, {low} and {high}, are negative: ½ dᵀHd < 0 for "
            "every d except 0, so this is a maximum.",
            low=low,
            high=high,
        )
    return say(
        "A critical point: the gradient is zero. One eigenvalue is negative ({low}), one positive ({high}): a saddle. "
        "Along the eigenvector {down} the loss falls although the gradient is zero.",
        low=low,
        high=high,
        down=coordinates(shape.eigenvectors[:, 0], zero=ZERO),
    )


def conditioned(shape: LocalShape) -> str:
    """That the smaller eigenvalue is not zero, only small beside the other one; nothing of eigenvalues of like size."""
    small, large = sorted(np.abs(shape.eigenvalues))
    if large < ILL * small:
        return ""
    return say(
        "In size the eigenvalues differ by the condition number {condition}: the smaller one is not zero, and steps "
        "that suit the larger one hardly move along its eigenvector.",
        condition=short(float(large / small)),
    )
