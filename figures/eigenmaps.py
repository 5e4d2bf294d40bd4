"""Curvature over the domain: the smallest and largest eigenvalue, their ratio, and where the surface is convex."""

import numpy as np
import plotly.graph_objects as go

from figures.height import MARGIN, mesh
from figures.maps import map_layout
from figures.theme import INK, INK_DARK, RUN_COLOURS, SEA_LIGHT
from landscapes import Array, Domain, Landscape

RESOLUTION = 121
SIGNED = ((0.0, "#b35806"), (0.35, "#fdb863"), (0.5, "#f7f7f7"), (0.65, "#92c5de"), (1.0, "#2166ac"))
MAPS = {
    "smallest": "Smallest eigenvalue, λ<sub>min</sub>",
    "largest": "Largest eigenvalue, λ<sub>max</sub>",
    "condition": "Condition number, |λ|<sub>max</sub> / |λ|<sub>min</sub>",
    "sign": "Convex (blue), saddle-shaped (white), concave (brown)",
}


def eigenvalues(landscape: Landscape, points: Array) -> Array:
    """Hessian eigenvalues, ascending, shape (2, ...); in closed form, for they are wanted at thousands of points."""
    h = landscape.hessian(points)
    with np.errstate(all="ignore"):  # at a pole of a formula there is no Hessian
        middle, half, cross = (h[0, 0] + h[1, 1]) / 2, (h[0, 0] - h[1, 1]) / 2, h[0, 1]
        spread = np.hypot(half, cross)
        far = middle + np.copysign(spread, middle)  # the eigenvalue of larger size, free of cancellation
        near = np.where(far != 0, (h[0, 0] * h[1, 1] - cross**2) / far, 0.0)
    return np.stack([np.minimum(far, near), np.maximum(far, near)])


def convexity(landscape: Landscape, domain: Domain) -> tuple[float, float, float]:
    """Shares of the domain in which the Hessian is positive, indefinite and negative, sampled on the map's mesh."""
    low, high = eigenvalues(landscape, mesh(domain, RESOLUTION))
    known = np.isfinite(low)
    total = max(int(known.sum()), 1)
    up, both, down = (float((known & part).sum()) / total for part in (low >= 0, (low < 0) & (high > 0), high <= 0))
    return up, both, down


def eigenvalue_map(landscape: Landscape, domain: Domain, kind: str) -> go.Figure:
    """One of the maps of curvature, with the lines on which an eigenvalue changes its sign.

    Raises:
        KeyError: `kind` is not one of `MAPS`.
    """
    MAPS[kind]
    points = mesh(domain, RESOLUTION, MARGIN)
    low, high = (np.where(np.isfinite(values), values, np.nan) for values in eigenvalues(landscape, points))
    x, y = points[0, :, 0], points[1, 0, :]
    figure = go.Figure(layout=map_layout(domain))
    figure.update_layout(
        title={"text": MAPS[kind], "x": 0.01, "font": {"size": 13}, "y": 0.99, "yanchor": "top"}, margin_t=26
    )
    if kind == "condition":
        with np.errstate(all="ignore"):
            ratio = np.maximum(np.abs(low), np.abs(high)) / np.minimum(np.abs(low), np.abs(high))
        shown, hover = np.log10(np.clip(ratio, 1.0, 1e12)), ratio
        style: dict[str, object] = {"colorscale": SEA_LIGHT}
    elif kind == "sign":
        shown = hover = np.where(np.isfinite(low), np.sign(low) + np.sign(high), np.nan)
        style = {"colorscale": SIGNED, "zmin": -2, "zmax": 2}
    else:
        hover = low if kind == "smallest" else high
        known = np.abs(hover[np.isfinite(hover)])
        unit = float(np.median(known)) if known.any() else 1.0
        shown = np.arcsinh(hover / (unit or 1.0))
        top = float(np.abs(shown[np.isfinite(shown)]).max(initial=0.0)) or 1.0
        style = {"colorscale": SIGNED, "zmin": -top, "zmax": top}
    figure.add_heatmap(
        x=x,
        y=y,
        z=np.where(np.isfinite(shown), shown, np.nan).T,
        customdata=np.stack([low.T, high.T, np.where(np.isfinite(hover), hover, np.nan).T], axis=-1),
        zsmooth="best" if kind != "sign" else False,
        showscale=False,
        hovertemplate="λ = %{customdata[0]:.3g}, %{customdata[1]:.3g}<extra>(%{x:.3g}, %{y:.3g})</extra>",
        **style,
    )
    for values, dash in ((low, "solid"), (high, "dash")):
        if (values < 0).any() and (values > 0).any():
            figure.add_contour(
                x=x,
                y=y,
                z=np.arcsinh(values).T,
                contours={"coloring": "none", "start": 0, "end": 0, "size": 1},
                line={"color": INK, "width": 1.6, "dash": dash},
                showscale=False,
                showlegend=False,
                hoverinfo="skip",
                meta={"dark": {"line": {"color": INK_DARK}}},
            )
    return figure


def sharpness(
    along: Array, border: Array | None, colour: str = RUN_COLOURS[0], dark: str = RUN_COLOURS[0]
) -> go.Figure:
    """Eigenvalues at every step of a run, and the curvature up to which its steps are stable.

    Args:
        along: shape (2, steps + 1), ascending.
        border: shape (steps,), None where no theory knows one.
    """
    from figures.curves import curve_layout

    figure = go.Figure(layout=curve_layout("Hessian eigenvalues along the run", logarithmic=False))
    for values, name, dash in ((along[1], "λ<sub>max</sub>", "solid"), (along[0], "λ<sub>min</sub>", "dot")):
        figure.add_scatter(
            y=np.where(np.isfinite(values), values, np.nan),
            name=name,
            mode="lines",
            line={"color": colour, "width": 2, "dash": dash},
            hovertemplate="%{y:.4g}<extra>" + name + "</extra>",
            meta={"plays": True, "head": dash == "solid", "dark": {"line": {"color": dark}}},
        )
    if border is not None:
        figure.add_scatter(
            y=border,
            name="stable up to here",
            mode="lines",
            line={"color": INK, "width": 1.5, "dash": "dash"},
            hovertemplate="%{y:.4g}<extra>stable up to here</extra>",
            meta={"dark": {"line": {"color": INK_DARK}}},
        )
    figure.update_layout(showlegend=True, legend={"x": 0.99, "xanchor": "right", "y": 0.98})
    return figure
