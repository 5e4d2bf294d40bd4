"""Curvature over the domain: the smallest and largest eigenvalue, their ratio, and the signs of both."""

import numpy as np
import plotly.graph_objects as go

from caching import cached
from figures.height import MARGIN, mesh
from figures.maps import map_layout
from figures.theme import BENT_DOWN, BENT_UP, CONCAVE, CONVEX, HEIGHT_COLOURS, INK, INK_DARK, MIDDLE, NEITHER, VEIL
from landscapes import SIGNS, Array, Domain, Landscape, eigenvalue_signs
from landscapes.curvature import eigenvalues
from words import mark, say

RESOLUTION = 121
WORTH = 0.01  # share of the nodes from which on a colour is named in the legend
FARTHEST = 1e3  # times the median that the square root of a determinant counts at most
MOST = 12  # powers of ten of a condition number that are told apart
SIGNED = ((0.0, CONCAVE), (0.35, BENT_DOWN), (0.5, MIDDLE), (0.65, BENT_UP), (1.0, CONVEX))
MAPS = {
    "smallest": mark("Smallest eigenvalue, λ<sub>min</sub>"),
    "largest": mark("Largest eigenvalue, λ<sub>max</sub>"),
    "condition": mark("Condition number, |λ|<sub>max</sub> / |λ|<sub>min</sub>"),
    "sign": mark("Signs of both eigenvalues"),
}
SHAPES = {  # by the signs of the smaller and of the larger eigenvalue: name and colour
    (1, 1): (mark("convex"), CONVEX),
    (0, 1): (mark("convex, straight one way"), BENT_UP),
    (-1, 1): (mark("saddle-shaped"), MIDDLE),
    (0, 0): (mark("flat"), NEITHER),
    (-1, 0): (mark("concave, straight one way"), BENT_DOWN),
    (-1, -1): (mark("concave"), CONCAVE),
}
PALE_LEGEND = {"font": {"color": INK_DARK}, "legend": {"bgcolor": VEIL, "font": {"color": INK}}}  # as the zero is
BANDS = tuple(
    (end / len(SIGNS), SHAPES[pair][1]) for number, pair in enumerate(SIGNS) for end in (number, number + 1)
)  # a colour for each number of a pair


@cached("pictures")
def eigenvalues_on_mesh(landscape: Landscape, domain: Domain) -> tuple[Array, Array, Array]:
    """Nodes, eigenvalues (0 within rounding) and their signs, (2, N, N) each. Not to be written to."""
    points = mesh(domain, RESOLUTION, MARGIN)
    signs = eigenvalue_signs(landscape, points)
    return points, np.where(np.isnan(signs), np.nan, np.abs(signs) * eigenvalues(landscape, points)), signs


def eigenvalue_map(landscape: Landscape, domain: Domain, kind: str, visible: Domain | None = None) -> go.Figure:
    """One of the maps of curvature, with the lines on which an eigenvalue changes its sign.

    Args:
        visible: what the browser shows, where that is more than the domain: the map reaches as far.

    Raises:
        KeyError: `kind` is not one of `MAPS`.
    """
    MAPS[kind]
    points, (low, high), signs = eigenvalues_on_mesh(landscape, reaching(visible, domain))
    x, y = points[0, :, 0], points[1, 0, :]
    figure = go.Figure(layout=map_layout(domain))
    figure.layout.meta = {**figure.layout.meta, "covers": [x[0], x[-1], y[0], y[-1]], "dark": PALE_LEGEND}
    figure.update_layout(
        title={"text": say(MAPS[kind]), "x": 0.01, "font": {"size": 13}, "y": 0.99, "yanchor": "top"}, margin_t=26
    )
    style: dict[str, object]
    if kind == "condition":
        with np.errstate(all="ignore"):
            ratio = np.maximum(np.abs(low), np.abs(high)) / np.minimum(np.abs(low), np.abs(high))
        shown, style = np.log10(np.clip(ratio, 1.0, 10.0**MOST)), {"colorscale": HEIGHT_COLOURS}
    elif kind == "sign":
        shown, style = numbered(signs), {"colorscale": BANDS, "zmin": -0.5, "zmax": len(SIGNS) - 0.5}
    else:
        values = low if kind == "smallest" else high
        sizes = np.abs(values[np.isfinite(values) & (values != 0)])
        shown = np.arcsinh(values / (np.median(sizes) if sizes.size else 1.0))
        top = float(np.abs(shown[np.isfinite(shown)]).max(initial=0.0)) or 1.0
        style = {"colorscale": SIGNED, "zmin": -top, "zmax": top}
    figure.add_heatmap(
        x=x,
        y=y,
        z=shown.T,
        customdata=np.stack([low.T, high.T], axis=-1),
        zsmooth="best" if kind != "sign" else False,
        showscale=False,
        hovertemplate="λ = %{customdata[0]:.3g}, %{customdata[1]:.3g}<extra>(%{x:.3g}, %{y:.3g})</extra>",
        **style,
    )
    if kind == "sign":
        for number, pair in enumerate(SIGNS):
            if (shown == number).mean() >= WORTH:
                name, colour = SHAPES[pair]
                add_entry(figure, say(name), colour)
    size = np.sqrt(np.abs(low)) * np.sqrt(np.abs(high))
    for sign, name, dash in ((signs[0], "min", "solid"), (signs[1], "max", "dash")):
        add_zero_line(figure, points, sign, size, f"λ<sub>{name}</sub> = 0", dash)
    return figure


def reaching(visible: Domain | None, domain: Domain) -> Domain:
    """The domain, grown where a mesh around it would not reach as far as what is visible.

    >>> reaching(((0.0, 1.0), (-1.0, 5.0)), ((0.0, 1.0), (0.0, 1.0)))
    ((0.0, 1.0), (-1.0, 5.0))
    >>> reaching(((0.0, 1.0), (-0.2, 1.2)), ((0.0, 1.0), (0.0, 1.0)))
    ((0.0, 1.0), (0.0, 1.0))
    """
    if visible is None or all(
        low - MARGIN * (high - low) <= a and b <= high + MARGIN * (high - low)
        for (a, b), (low, high) in zip(visible, domain, strict=True)
    ):
        return domain
    (x0, x1), (y0, y1) = ((min(a, low), max(b, high)) for (a, b), (low, high) in zip(visible, domain, strict=True))
    return (x0, x1), (y0, y1)


def numbered(signs: Array) -> Array:
    """The number of each pair of signs (2, ...) in `SIGNS`, nan where there are none."""
    number = np.full(signs.shape[1:], np.nan)
    for index, (low, high) in enumerate(SIGNS):
        number[(signs[0] == low) & (signs[1] == high)] = index
    return number


def add_entry(figure: go.Figure, name: str, colour: str) -> None:
    """A square of a colour in the legend."""
    marker = {"symbol": "square", "size": 11, "color": colour, "line": {"color": INK, "width": 0.8}}
    figure.add_scatter(x=[None], y=[None], name=name, mode="markers", marker=marker, hoverinfo="skip", showlegend=True)


def add_zero_line(figure: go.Figure, points: Array, signs: Array, size: Array, name: str, dash: str) -> None:
    """The line between negative and other values, with an entry in the legend; none where no value is positive.

    It is dark in the dark theme too: where an eigenvalue is zero the map is pale, and so is the legend's paper.

    Args:
        signs: of an eigenvalue, (N, N).
        size: the square root of the determinant's size, (N, N).
    """
    if not ((signs < 0).any() and (signs > 0).any()):
        return
    figure.add_contour(
        x=points[0, :, 0],
        y=points[1, 0, :],
        z=crossing(signs, size).T,
        contours={"coloring": "none", "start": 0, "end": 0, "size": 1},
        line={"color": INK, "width": 2, "dash": dash},
        showscale=False,
        showlegend=False,
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=[None],
        y=[None],
        name=name,
        mode="lines",
        line={"color": INK, "width": 2, "dash": dash},
        hoverinfo="skip",
        showlegend=True,
    )


def crossing(signs: Array, size: Array) -> Array:
    """What changes its sign where an eigenvalue does, and between two nodes as evenly as the determinant.

    An eigenvalue itself may be bounded on one side of its zero and steep on the other; on the straight line between
    two nodes its zero would be drawn too near to one of them. A zero counts as positive.

    Args:
        size: the square root of the determinant's size.

    >>> crossing(np.array([-1.0, 0.0, 1.0]), np.array([3.0, 0.0, 1.0]))
    array([-9.,  1.,  1.])
    """
    known = np.where(size == 0, size[size > 0].min(initial=np.inf), size)
    ratio = np.clip(known / np.nanmedian(known), 1 / FARTHEST, FARTHEST)
    even: Array = np.where(signs < 0, -1, 1) * ratio**2
    return even
