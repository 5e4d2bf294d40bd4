"""Near one point: gradient, Hessian, eigenvalues, and the second-order model with its error."""

import numpy as np
import streamlit as st

from figures import add_axes, call_axes, local_model, remainder_curve
from figures.stage import Panel, stage
from landscapes import Array, Landscape, LocalShape, local_shape, remainder, remainder_rounding
from pages.curvature_parts.view import SAME, View
from words import coordinates, short

RADII = np.geomspace(0.01, 0.5, 18)  # of the view's width
USUAL = 9  # of them
TENTH = 0.1  # of the radius: where the error is told besides
ZERO = 1e-14  # a coordinate that is smaller is written as 0
EXACT = 1000.0  # times rounding: what is larger is known to three digits, what is less to one
BY_THE_LOSS = {  # around a degenerate point
    None: "The second-derivative test is undecided here.",
    "minimum": "All around the point the loss is higher: a degenerate minimum.",
    "maximum": "All around the point the loss is lower: a degenerate maximum.",
    "saddle": "Around the point the loss is higher in some directions and lower in others: a degenerate saddle.",
    "inflection": "The loss is higher on one side of the point and lower on the other: an inflection.",
}
ILL = 1e4  # condition number from which on it is said
NO_MODEL = ("undefined", "corner", "rough")


def show(view: View) -> None:
    """The point's numbers in formulas, the true surface under its model, and how fast the model goes wrong."""
    landscape = view.landscape
    critical = view.critical(view.point, within=SAME)
    point = critical.position if critical is not None else view.point
    start = (float(point[0]), float(point[1]))
    shape = local_shape(landscape, point, critical)
    if shape.status in NO_MODEL:
        st.warning(without_model(shape, point, critical is not None))
        stage([Panel("map", view.map("model"), alt="Map")], key="model", start=start, on_start=view.choose)
        return
    numbers, slider = st.columns([3, 1], vertical_alignment="center")
    numbers.markdown(formulas(point, shape), help="g is the gradient, H the Hessian at this point.")
    radius = float(
        slider.select_slider(
            "Radius",
            [float(f"{share * view.width:.3g}") for share in RADII],
            value=float(f"{RADII[USUAL] * view.width:.3g}"),
            format_func=short,
            key=f"radius {view.width}",
        )
    )
    chart = view.map("model")
    add_axes(chart, point, shape.eigenvalues, shape.eigenvectors, radius)
    stage(
        [
            Panel("map", chart, alt=f"Map with the Hessian's axes at {coordinates(point)}."),
            Panel(
                "model",
                call_axes(local_model(landscape, point, radius), landscape.axes),
                alt=f"The surface round {coordinates(point)} and its second-order model over it.",
            ),
            Panel(
                "remainder",
                remainder_curve(landscape, point, radius),
                alt="The model's largest error against the distance from the point, beside a power of it.",
            ),
        ],
        key="model",
        rows=[["map", "model", "remainder"], ["table"]],
        start=start,
        notes=[lesson(shape, view.beside(point)), trust(landscape, point, radius)],
        on_start=view.choose,
    )


def without_model(shape: LocalShape, point: Array, critical: bool) -> str:
    """Why there is no second-order model at a point, which may be known to be critical."""
    place = coordinates(point, zero=ZERO)
    if shape.status == "undefined":
        return f"The loss has no finite derivatives at {place}. Click another place on the map."
    if shape.status == "corner":
        return (
            f"The gradient does not exist at {place}: towards this point it has different limits from different sides, "
            "or grows without end, and there is no second-order model. Click another place on the map."
        )
    length = float(np.hypot(*shape.gradient))
    slope = "is zero" if critical or length == 0 else f"has length {short(length)}"
    return (
        f"At {place} the gradient {slope}, but the Hessian does not exist: towards this point it has different limits "
        "from different sides, or grows without end, and there is no second-order model. Click another place on the "
        "map."
    )


def trust(landscape: Landscape, point: Array, radius: float) -> str:
    """How large the model's error is at two distances."""
    radii = np.array([TENTH * radius, radius])
    near, far = errors = remainder(landscape, point, radii)
    over = errors / remainder_rounding(landscape, point, radii)
    distance, tenth = short(radius), f"at a tenth of that distance, {short(TENTH * radius)},"
    if not np.isfinite(errors).all():
        return f"The loss is not defined all around the point at the distance {distance}: the error there has no bound."
    if not (over > 1).any():
        return f"At the distance {distance} from the point the model has no error beyond rounding."
    large, small = (
        "rounding" if part <= 1 else short(float(error), 3 if part > EXACT else 1)
        for error, part in ((far, over[1]), (near, over[0]))
    )
    share = f": 1/{float(f'{far / near:.3g}'):,.0f} of it" if (over > EXACT).all() and far > 2 * near else ""
    law = " For small distances it falls with the third power of the distance, or faster." if landscape.smooth else ""
    return f"The model's largest error at the distance {distance} is {large}, {tenth} {small}{share}.{law}"


def formulas(point: Array, shape: LocalShape) -> str:
    """Value, gradient, Hessian and eigenvalues in LaTeX; what is 0 to rounding at a critical point is written so."""
    g = np.zeros(2) if shape.critical else shape.gradient
    h = shape.hessian

    def n(number: float) -> str:
        digits, _, exponent = short(float(number)).replace("−", "-").partition("e")
        return rf"{digits} \cdot 10^{{{exponent}}}" if exponent else digits

    return (
        rf"$p_0 = ({n(point[0])},\ {n(point[1])}),\quad f = {n(shape.value)},\quad "
        rf"g = \begin{{pmatrix}} {n(g[0])} \\ {n(g[1])} \end{{pmatrix}},\quad "
        rf"H = \begin{{pmatrix}} {n(h[0, 0])} & {n(h[0, 1])} \\ {n(h[1, 0])} & {n(h[1, 1])} \end{{pmatrix}},\quad "
        rf"\lambda = {n(shape.eigenvalues[0])},\ {n(shape.eigenvalues[1])}$"
    )


def lesson(shape: LocalShape, beside: tuple[str, float] | None) -> str:
    """What gradient and eigenvalues decide, in the lecture's words.

    Args:
        beside: what critical there is near the point, in words, and how far away.
    """
    low, high = (short(float(value)) for value in shape.eigenvalues)
    g, vectors = shape.gradient, shape.eigenvectors
    if shape.status == "slope":
        length = float(np.hypot(*g))
        neighbour = "" if beside is None else f" Near by, {short(beside[1])} away, is {beside[0].removesuffix(',')}."
        down = coordinates(-g / length, zero=ZERO)
        return (
            f"Not a critical point: the gradient has length {short(length)}, so the first-order term decides: the "
            f"loss falls along {down}. The eigenvalues, {low} and {high}, say how the slope changes.{neighbour}"
        )
    begun = "A critical point: the gradient is zero"
    if shape.status == "plateau":
        return (
            f"{begun}, and so is the Hessian, to the last digit, here and round about: a plateau. Neither gradient "
            "nor Hessian says where the loss falls."
        )
    zeros = int((shape.eigenvalues == 0).sum())
    flat = int(np.abs(shape.eigenvalues).argmin())
    along, across = coordinates(vectors[:, flat], zero=ZERO), coordinates(vectors[:, 1 - flat], zero=ZERO)
    if shape.status == "curve":
        kind = {1: "a minimum, but not a strict one", -1: "a maximum, but not a strict one"}.get(shape.across)
        bent = short(float(shape.eigenvalues[1 - flat]))
        turn = {1: "rises", -1: "falls", 0: "changes"}[shape.across]
        if zeros == 2:
            sides = {1: "Beside the curve the loss is higher", -1: "Beside the curve the loss is lower"}
            rest = f"{sides[shape.across]}: {kind}." if kind else "The second-derivative test is undecided here."
            return f"{begun}. It is one of a curve of critical points, and both eigenvalues are 0. {rest}"
        return (
            f"{begun}. It is one of a curve of critical points: along the curve, {along}, the eigenvalue is 0 and the "
            f"loss stays the same; across it, along {across}, the eigenvalue is {bent} and the loss {turn}: {kind}."
        )
    if shape.status == "degenerate":
        if zeros == 2:
            which, where = "so are both eigenvalues", "in every direction d"
        else:
            which, where = f"so is an eigenvalue ({low}, {high})", f"along its eigenvector, {along},"
        return (
            f"{begun}, and {which}: {where} ½ dᵀHd vanishes, and terms of third and higher order decide. "
            f"{BY_THE_LOSS[shape.nature]}"
        )
    if shape.status == "minimum":
        return (
            f"{begun}. Both eigenvalues, {low} and {high}, are positive: ½ dᵀHd > 0 for every d except 0, so this is "
            f"a minimum.{conditioned(shape)}"
        )
    if shape.status == "maximum":
        return (
            f"{begun}. Both eigenvalues, {low} and {high}, are negative: ½ dᵀHd < 0 for every d except 0, so this is "
            f"a maximum.{conditioned(shape)}"
        )
    return (
        f"{begun}. One eigenvalue is negative ({low}), one positive ({high}): a saddle. Along the eigenvector "
        f"{coordinates(vectors[:, 0], zero=ZERO)} the loss falls although the gradient is zero.{conditioned(shape)}"
    )


def conditioned(shape: LocalShape) -> str:
    """That the smaller eigenvalue is not zero, only small beside the other one; nothing of eigenvalues of like size."""
    small, large = sorted(np.abs(shape.eigenvalues))
    if large < ILL * small:
        return ""
    return (
        f" In size the eigenvalues differ by the condition number {short(float(large / small))}: the smaller one is "
        "not zero, and steps that suit the larger one hardly move along its eigenvector."
    )
