"""Near one point: the surface, its second-order model, their difference, and the Hessian's axes."""

import numpy as np
import plotly.graph_objects as go

from figures.spectrum import eigenvalue_colour
from figures.theme import (
    CLEAR,
    GRID,
    GRID_DARK,
    HEIGHT_COLOURS,
    HEIGHT_COLOURS_DARK,
    INK,
    INK_DARK,
    RULES,
    RUN_COLOURS,
    SOFT,
)
from landscapes import Array, Landscape, remainder, remainder_rounding
from landscapes.curvature import taylor
from words import say, short

STEADY = 0.1  # by how much the slope of the error's curve may differ from a whole number, and between two stretches
STRETCH = 5  # radii
PATCH = 41  # nodes along each side of the patch of surface
CURVE = 60  # radii at which the remainder is drawn
FULL_TURN = 121  # points of a level curve
MODEL = RUN_COLOURS[1]


def local_model(landscape: Landscape, point: Array, radius: float) -> go.Figure:
    """The true surface around a point and, over it, the second-order Taylor surface with the Hessian's axes."""
    model = taylor(landscape, point)
    sides = np.linspace(-radius, radius, PATCH)
    points = point[:, None, None] + np.stack(np.meshgrid(sides, sides, indexing="ij"))
    true, bent = landscape.value(points), model.value(points)
    shared = {"x": points[0, :, 0], "y": points[1, 0, :], "showscale": False}
    figure = go.Figure(
        [
            go.Surface(
                z=np.where(np.isfinite(true), true, np.nan).T,
                colorscale=HEIGHT_COLOURS,
                name=say("loss f"),
                showlegend=True,
                hovertemplate="f(%{x:.3g}, %{y:.3g}) = %{z:.4g}<extra></extra>",
                meta={"dark": {"colorscale": HEIGHT_COLOURS_DARK}},
                **shared,
            ),
            go.Surface(
                z=bent.T,
                colorscale=[[0, MODEL], [1, MODEL]],
                opacity=0.45,
                name=say("second-order model"),
                showlegend=True,
                hovertemplate=say("model{place} = {loss}", place="(%{x:.3g}, %{y:.3g})", loss="%{z:.4g}")
                + "<extra></extra>",
                **shared,
            ),
        ]
    )
    _, axes = np.linalg.eigh(landscape.hessian(point))
    for axis, dash, which in zip(axes.T, ("solid", "dash"), ("min", "max"), strict=True):
        x, y = line = point[:, None] + radius * axis[:, None] * np.linspace(-1, 1, PATCH)
        figure.add_scatter3d(
            x=x,
            y=y,
            z=model.value(line),
            mode="lines",
            line={"color": INK, "width": 5, "dash": dash},
            hoverinfo="skip",
            name=say("along the eigenvector of {eigenvalue}", eigenvalue=f"λ<sub>{which}</sub>"),
            meta={"dark": {"line": {"color": INK_DARK}}},
        )
    names = {"xaxis": "x", "yaxis": "y", "zaxis": "f"}
    figure.update_layout(
        scene={
            **{axis: {"title": {"text": name}, "gridcolor": GRID, "nticks": 5} for axis, name in names.items()},
            "aspectmode": "manual",
            "aspectratio": {"x": 1.15, "y": 1.15, "z": 0.8},
            "camera": {"eye": {"x": -1.65, "y": -2.24, "z": 1.45}},
        },
        legend={"x": 0.02, "y": 0.99, "bgcolor": CLEAR},
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        meta={"dark": {"scene": {axis: {"gridcolor": GRID_DARK} for axis in names}}},
    )
    return figure


def remainder_curve(landscape: Landscape, point: Array, radius: float) -> go.Figure:
    """The model's worst error on circles around the point against their radius, beside a power of the radius.

    What rounding may have made is left out.
    """
    radii = np.geomspace(radius / 300, radius, CURVE)
    errors = remainder(landscape, point, radii)
    seen = np.where(np.isfinite(errors) & (errors > remainder_rounding(landscape, point, radii)), errors, np.nan)
    figure = go.Figure()
    figure.add_scatter(
        x=radii,
        y=seen,
        mode="lines",
        name=say("largest error"),
        line={"color": RUN_COLOURS[0], "width": 2},
        hovertemplate=say("radius {radius}: error {error}", radius="%{x:.3g}", error="%{y:.3g}") + "<extra></extra>",
    )
    order = remainder_order(landscape, point, radius)
    if order is not None:
        last = np.flatnonzero(np.isfinite(seen))[-1]
        figure.add_scatter(
            x=radii,
            y=seen[last] * (radii / radii[last]) ** order,
            mode="lines",
            name=say("radius") + f"<sup>{order}</sup>",
            line={"color": SOFT, "width": 1.5, "dash": "dash"},
            hoverinfo="skip",
        )
    axis = {"type": "log", "gridcolor": RULES, "exponentformat": "power", "dtick": 2}
    figure.update_layout(
        xaxis={**axis, "dtick": 1, "title": {"text": say("distance from the point")}},
        yaxis={**axis, "title": {"text": say("largest error of the model")}},
        legend={"x": 0.02, "y": 0.98},
        margin={"l": 64, "r": 8, "t": 8, "b": 44},
    )
    return figure


def remainder_order(landscape: Landscape, point: Array, radius: float) -> int | None:
    """The whole power of the radius with which the model's error falls: 3, or more where third derivatives vanish.

    Read off circles that are small, and large enough for the error to stand above rounding; None without an error, and
    where it follows no power, as around a point beside an edge.
    """
    radii = np.geomspace(radius / 300, radius, CURVE)
    errors = remainder(landscape, point, radii)
    clear = np.isfinite(errors) & (errors > 100 * remainder_rounding(landscape, point, radii))
    nodes = np.flatnonzero(clear)[: 2 * STRETCH + 1 : STRETCH]
    if nodes.size < 3:
        return None
    slopes = np.diff(np.log(errors[nodes])) / np.diff(np.log(radii[nodes]))
    order = round(float(slopes[0]))
    return order if (np.abs(slopes - order) <= STEADY).all() else None


def add_axes(
    figure: go.Figure,
    point: Array,
    values: Array,
    vectors: Array,
    radius: float,
    indices: tuple[str, str] = ("min", "max"),
) -> None:
    """Draws the Hessian's axes into a map, with the lengths of the level curve ½ d·Hd = ±c: proportional to 1/√|λ|.

    The longer one reaches the radius; where an eigenvalue is 0 its axis does, for along it the model does not bend.
    The axis of the larger eigenvalue is dotted.

    Args:
        values: the eigenvalues, ascending, shape (2,).
        vectors: the eigenvectors in columns, shape (2, 2).
        indices: under the letter λ of each.
    """
    sizes = np.abs(values)
    bends = sizes > 0
    shortest = sizes[bends].min(initial=np.inf)
    lengths = np.where(bends, np.sqrt(shortest / np.where(bends, sizes, 1.0)), 1.0) * radius
    strokes = ("solid", "dot")
    for name, value, vector, length, dash in zip(indices, values, vectors.T, lengths, strokes, strict=True):
        x, y = point[:, None] + length * vector[:, None] * np.array([-1.0, 1.0])
        label = f"λ<sub>{name}</sub> = {short(float(value))}"
        figure.add_scatter(
            x=x,
            y=y,
            mode="lines",
            line={"color": eigenvalue_colour(float(value)), "width": 3, "dash": dash},
            name=label,
            hovertemplate=f"{label}<extra></extra>",
        )


def escape_curve(landscape: Landscape, point: Array, direction: Array, reach: float) -> go.Figure:
    """The change of the loss along a direction: what the Hessian predicts, where there is one, and what is true."""
    bend = float(direction @ landscape.hessian(point) @ direction)
    names = say("predicted, ½ dᵀHd ε²"), say("ε, distance along d")
    return _cut(landscape, point, direction, reach, (0.0, bend), names)


def cut_curve(landscape: Landscape, point: Array, direction: Array, reach: float) -> go.Figure:
    """The change of the loss along a direction v beside its second-order model, whose bend is vᵀHv."""
    slope = float(direction @ landscape.gradient(point))
    bend = float(direction @ landscape.hessian(point) @ direction)
    names = "gᵀv ε + ½ vᵀHv ε²", say("ε, distance along v")
    figure = _cut(landscape, point, direction, reach, (slope, bend), names)
    return figure.update_layout(
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1.01, "yanchor": "bottom"}, margin={"t": 40}
    )


def _cut(
    landscape: Landscape,
    point: Array,
    direction: Array,
    reach: float,
    model: tuple[float, float],
    names: tuple[str, str],
) -> go.Figure:
    """The change of the loss along a direction and a parabola beside it, of a slope and a bend.

    Args:
        names: of the parabola, and of the axis.
    """
    along = np.linspace(-reach, reach, FULL_TURN)
    line = point[:, None] + direction[:, None] * along
    slope, bend = model
    axis = {"gridcolor": RULES, "zeroline": True, "exponentformat": "power"}
    figure = go.Figure()
    for name, values, style in (
        (say("true"), landscape.value(line) - landscape.value(point), {"color": RUN_COLOURS[0], "width": 2.5}),
        (names[0], slope * along + bend * along**2 / 2, {"color": MODEL, "width": 2, "dash": "dash"}),
    ):
        if not np.isfinite(values).any():
            continue
        figure.add_scatter(
            x=along,
            y=np.where(np.isfinite(values), values, np.nan),
            mode="lines",
            name=name,
            line=style,
            hovertemplate="ε = %{x:.3g}: %{y:.4g}<extra>" + name + "</extra>",
        )
    figure.update_layout(
        xaxis={"title": {"text": names[1]}, **axis},
        yaxis={"title": {"text": say("change of the loss")}, **axis},
        legend={"x": 0.5, "xanchor": "center", "y": 0.02, "yanchor": "bottom"},
        margin={"l": 60, "r": 8, "t": 8, "b": 44},
        showlegend=True,
    )
    return figure
