"""Near one point: gradient, Hessian, eigenvalues, and the second-order model with its error."""

import numpy as np
import streamlit as st

from figures import add_axes, local_model, remainder_curve, remainder_order
from figures.stage import Panel, stage
from landscapes import Array, signs
from optimizers import coordinates, short
from pages.parts.view import View

ZERO = 1e-9  # of the larger eigenvalue: what is smaller is zero to rounding


def show(view: View) -> None:
    """The point's numbers in formulas, the true surface under its model, and how fast the model goes wrong."""
    landscape = view.landscape
    critical = view.critical(view.point)
    point = critical.position if critical is not None else view.point
    f, g, h = landscape.value(point), landscape.gradient(point), landscape.hessian(point)
    if not (np.isfinite(f) and np.isfinite(g).all() and np.isfinite(h).all()):
        st.warning(f"The loss has no finite derivatives at {coordinates(point)}. Click another place on the map.")
        stage([Panel("map", view.map(), alt="Map")], key="model", start=(*point,), on_start=view.choose)
        return
    g, (values, vectors) = g + 0.0, np.linalg.eigh(h)  # no -0
    vectors = vectors * signs(vectors)
    numbers, slider = st.columns([3, 1], vertical_alignment="center")
    numbers.markdown(formulas(point, float(f), g, h, values), help="g is the gradient, H the Hessian at this point.")
    radius = slider.select_slider(
        "Radius",
        [float(f"{share * view.width:.3g}") for share in np.geomspace(0.01, 0.5, 18)],
        value=float(f"{np.geomspace(0.01, 0.5, 18)[9] * view.width:.3g}"),
        format_func=short,
        key=f"radius {view.width}",
    )
    order = remainder_order(landscape, point, float(radius))
    chart = view.map()
    add_axes(chart, landscape, point, float(radius))
    stage(
        [
            Panel("map", chart, alt=f"Map with the Hessian's axes at {coordinates(point)}."),
            Panel(
                "model",
                local_model(landscape, point, float(radius)),
                alt=f"The surface round {coordinates(point)} and its second-order model over it.",
            ),
            Panel(
                "remainder",
                remainder_curve(landscape, point, float(radius)),
                alt="The model's largest error against the distance from the point, beside a power of it.",
            ),
        ],
        key="model",
        rows=[["map", "model", "remainder"], ["table"]],
        start=(float(point[0]), float(point[1])),
        notes=[lesson(g, values, vectors, critical is not None), trust(order)],
        on_start=view.choose,
    )


def trust(order: int | None) -> str:
    """How fast the model's error falls, in words."""
    if order is None:
        return "The model is exact here: the surface has no terms beyond the second power of the distance."
    share = f"at a tenth of the distance the error is 1/{10**order:,} of it"
    if order == 3:
        return f"The model leaves out the third power of the distance and what follows, so {share}."
    return f"At this point the third-order terms vanish too; the error falls with power {order}: {share}."


def formulas(point: Array, f: float, g: Array, h: Array, values: Array) -> str:
    """Value, gradient, Hessian and eigenvalues in LaTeX."""

    def n(number: float) -> str:
        return short(float(number)).replace("−", "-").replace("e", r"\mathrm{e}")

    return (
        rf"$p_0 = ({n(point[0])},\ {n(point[1])}),\quad f = {n(f)},\quad "
        rf"g = \begin{{pmatrix}} {n(g[0])} \\ {n(g[1])} \end{{pmatrix}},\quad "
        rf"H = \begin{{pmatrix}} {n(h[0, 0])} & {n(h[0, 1])} \\ {n(h[1, 0])} & {n(h[1, 1])} \end{{pmatrix}},\quad "
        rf"\lambda = {n(values[0])},\ {n(values[1])}$"
    )


def lesson(g: Array, values: Array, vectors: Array, critical: bool) -> str:
    """What the eigenvalues decide, in the lecture's words."""
    low, high = (short(float(v)) for v in values)
    if not critical:
        down = -g / max(float(np.hypot(*g)), 1e-300)
        return (
            f"Not a critical point: the gradient has length {short(float(np.hypot(*g)))}, so the first-order term "
            f"decides: the loss falls along {coordinates(down)}. The eigenvalues, {low} and {high}, "
            "say how the slope changes."
        )
    zero = ZERO * float(np.abs(values).max())
    if (np.abs(values) <= max(zero, 1e-300)).any():
        return (
            f"The gradient is zero, and so is an eigenvalue ({low}, {high}): along its eigenvector ½ dᵀHd vanishes, "
            "and terms of third and higher order decide. The second-derivative test is undecided here."
        )
    if values[0] > 0:
        return f"Both eigenvalues, {low} and {high}, are positive: ½ dᵀHd > 0 for every d, so this is a minimum."
    if values[1] < 0:
        return f"Both eigenvalues, {low} and {high}, are negative: ½ dᵀHd < 0 for every d, so this is a maximum."
    return (
        f"One eigenvalue is negative ({low}), one positive ({high}): a saddle. Along the eigenvector "
        f"{coordinates(vectors[:, 0])} the loss falls although the gradient is zero."
    )
