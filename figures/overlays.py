"""What can lie over the map: which way is down, and how the surface bends."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import plotly.graph_objects as go

from caching import cached
from figures.height import MARGIN, mesh
from figures.theme import CLEAR, INK, INK_DARK, KIND_COLOURS, PAPER, PAPER_DARK, translucent
from landscapes import Array, Domain, Landscape, eigenvalue_signs
from landscapes.curvature import eigenvalues
from words import mark

OVERLAYS = {"none": mark("Nothing"), "gradient": mark("Gradient field"), "curvature": mark("Signs of curvature")}
EXPLAINED = {
    "none": "",
    "gradient": mark("The arrows point along −∇f, straight down; all are drawn equally long."),
    "curvature": mark(
        "+ where both eigenvalues of the Hessian are positive, ± where one is negative and one positive "
        "(tinted orange), − where both are negative (tinted pink)."
    ),
}
ARROWS = 19  # along each axis, beyond the domain too
SIGNS = 15
TINTED = 121  # nodes of the mesh of the tints along each axis
LENGTH = 0.7  # of an arrow, in parts of the distance between two
LEAST = 1e-9  # of what is drawn: the size of a bend that has a sign
TINT = 0.25  # opacity
Trace: TypeAlias = "go.Scatter | go.Contour"


def overlay(landscape: Landscape, domain: Domain, kind: str) -> list[Trace]:
    """The traces of one of the `OVERLAYS`.

    Raises:
        KeyError: `kind` is none of these.
    """
    drawn: dict[str, Callable[[Landscape, Domain], list[Trace]]] = {
        "none": lambda *_: [],
        "gradient": gradient_field,
        "curvature": curvature_signs,
    }
    return drawn[kind](landscape, domain)


def arrows(landscape: Landscape, domain: Domain) -> tuple[Array, Array]:
    """Tails and tips of arrows along -∇f, each (2, N), equally long in a picture with the domain's proportions."""
    tails = mesh(domain, ARROWS, MARGIN).reshape(2, -1)
    size = np.array([[high - low] for low, high in domain])
    with np.errstate(all="ignore"):
        down = -landscape.gradient(tails)
        down = down / np.sqrt(((down / size) ** 2).sum(axis=0))
        here = np.isfinite(down).all(axis=0) & np.isfinite(landscape.value(tails))
    return tails[:, here], (tails + LENGTH * (1 + 2 * MARGIN) / (ARROWS - 1) * down)[:, here]


def gradient_field(landscape: Landscape, domain: Domain) -> list[Trace]:
    """The arrows in ink on a halo of paper, so that they are seen on deep and on pale water."""
    tails, tips = arrows(landscape, domain)
    points = np.stack([tails, tips, np.full_like(tails, np.nan)], axis=2).reshape(2, -1)
    return [
        go.Scatter(
            x=points[0],
            y=points[1],
            name="−∇f",
            mode="lines+markers",
            line={"color": colour, "width": width},
            marker={"symbol": "arrow", "size": np.tile([0.0, head, 0.0], tails.shape[1]), "angleref": "previous"},
            opacity=opacity,
            hoverinfo="skip",
            showlegend=False,
            meta={"dark": {"line": {"color": dark}, "marker": {"color": dark}}},
        ).update(marker_color=colour, marker_line_width=0)
        for colour, dark, width, head, opacity in ((PAPER, PAPER_DARK, 2.6, 8.5, 0.55), (INK, INK_DARK, 1.0, 6.0, 0.85))
    ]


@cached("pictures")
def curvature(landscape: Landscape, domain: Domain) -> tuple[dict[str, Array], dict[str, Array]]:
    """Where an eigenvalue of the Hessian is negative, and where which signs are. Not to be written to.

    Returns:
        By the kind of critical point that bends so, numbers from -1 to 1 at the nodes of a mesh, negative where the
        surface does; by sign the nodes of a coarse grid where it holds, each (2, K).
    """
    points = mesh(domain, TINTED, MARGIN)
    (low, high), signs = eigenvalues(landscape, points), eigenvalue_signs(landscape, points)
    with np.errstate(all="ignore"):
        scale = np.hypot(low, high)
        mixed, both = (low / scale) * (high / scale), high / scale
    bent = {
        "saddle": np.where((signs[0] < 0) & (signs[1] > 0), -1, 1) * np.maximum(np.abs(mixed), LEAST),
        "maximum": np.where(signs[1] < 0, -1, 1) * np.maximum(np.abs(both), LEAST),
    }
    known = {kind: np.clip(np.where(np.isfinite(bend), bend, 1.0), -1.0, 1.0) for kind, bend in bent.items()}
    coarse = mesh(domain, SIGNS, MARGIN).reshape(2, -1)
    low, high = eigenvalue_signs(landscape, coarse)
    regions = {"+": low > 0, "±": (low < 0) & (high > 0), "−": high < 0}
    return known, {sign: coarse[:, here] for sign, here in regions.items()}


def curvature_signs(landscape: Landscape, domain: Domain) -> list[Trace]:
    """Tints where an eigenvalue of the Hessian is negative, and a sign at the nodes of a coarse grid."""
    bent, regions = curvature(landscape, domain)
    points = mesh(domain, TINTED, MARGIN)
    x, y = points[0, :, 0], points[1, 0, :]
    tints = [tint(x, y, bend, KIND_COLOURS[kind]) for kind, bend in bent.items() if (bend < 0).any()]
    return tints + [signs(places, sign) for sign, places in regions.items()]


def tint(x: Array, y: Array, values: Array, colour: str) -> go.Contour:
    """A colour where the values are negative."""
    tinted = translucent(colour, TINT)
    return go.Contour(
        x=x,
        y=y,
        z=-values.T,  # higher levels are painted over lower ones: what is tinted has to be the higher
        zmin=-1.0,
        zmax=1.0,
        contours={"start": 0.0, "end": 0.0, "size": 1.0},
        colorscale=((0.0, CLEAR), (0.5, CLEAR), (0.5, tinted), (1.0, tinted)),
        line={"color": colour, "width": 1},
        hoverinfo="skip",
        showlegend=False,
        showscale=False,
    )


def signs(places: Array, sign: str) -> go.Scatter:
    """The same sign at all these places."""
    x, y = places
    return go.Scatter(
        x=x,
        y=y,
        name=sign,
        mode="text",
        text=sign,
        textfont={"size": 12, "color": INK, "shadow": f"0 0 2px {PAPER}, 0 0 3px {PAPER}, 0 0 4px {PAPER}"},
        hoverinfo="skip",
        showlegend=False,
        meta={
            "dark": {
                "textfont": {"color": INK_DARK, "shadow": f"0 0 2px {PAPER_DARK}, 0 0 3px {PAPER_DARK}"},
            }
        },
    )
