"""How high a loss is drawn: one monotone scale for the map's colours and the surface, chosen once for both."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from landscapes import Array, Domain, Landscape

HEIGHTS = {"log": "Logarithm", "loss": "Loss itself", "rank": "Rank"}
LEVELS = 24  # contour lines from the lowest to the highest point in view
TICKS = 4  # labels on the height axis
FEW = 8  # of them in view, below which a part of the landscape has a scale of its own
MARGIN = 0.25  # share of the domain that the mesh adds on each side, for pictures wider than the domain


@dataclass(frozen=True)
class Heights:
    """A monotone map from loss to drawn height, fixed by the losses in a domain."""

    of: Callable[[Array], Array]  # loss -> height, any shape; nan stays nan
    low: float  # height of the lowest point in the domain
    high: float  # height of the highest
    ticks: tuple[tuple[float, float], ...]  # (height, loss) pairs worth a label


def mesh(domain: Domain, resolution: int, margin: float = 0.0) -> Array:
    """Points of a regular grid over a domain, shape (2, resolution, resolution); the first of the two runs along x."""
    axes = [np.linspace(a - margin * (b - a), b + margin * (b - a), resolution) for a, b in domain]
    return np.stack(np.meshgrid(*axes, indexing="ij"))


def heights(landscape: Landscape, domain: Domain, kind: str = "log", resolution: int = 81) -> Heights:
    """The scale of heights for a landscape seen over a domain.

    `log` is log(1 + (f - f_min)/c) with c the loss below which a tenth of the domain lies, so that it looks the same
    whatever the unit of the loss; `rank` is the share of the domain that lies lower; `loss` is f itself.

    Raises:
        KeyError: `kind` is none of these.
    """
    HEIGHTS[kind]
    loss = landscape.value(mesh(domain, resolution))
    known = np.sort(loss[np.isfinite(loss)])
    if not known.size:
        known = np.zeros(1)
    lowest, highest = known[0], known[-1]
    unit = known[known.size // 10] - lowest or (highest - lowest) / 10 or 1.0

    def of(values: Array) -> Array:
        bounded = np.where(np.isfinite(values), values, np.nan)
        if kind == "loss":
            return bounded
        if kind == "rank":
            ranks = np.interp(bounded, known, np.linspace(0.0, 1.0, known.size))
            return np.where(np.isnan(bounded), np.nan, ranks)
        logarithm: Array = np.log1p(np.maximum(bounded - lowest, 0.0) / unit)
        return logarithm

    low, high = (float(of(np.array(end))) for end in (lowest, highest))
    if not high > low:
        high = low + 1.0
    between = np.interp(
        np.linspace(low, high, TICKS), *(of(known), known) if of(known)[-1] > low else ([low], [lowest])
    )
    rounded = dict.fromkeys(float(f"{loss:.1g}") for loss in between)
    marked = [(float(of(np.array(loss))), loss) for loss in rounded]
    apart = [marked[i] for i in range(len(marked)) if i == 0 or marked[i][0] - marked[i - 1][0] > 0.1 * (high - low)]
    return Heights(of, low, high, tuple(apart))


def heights_within(landscape: Landscape, window: Domain, kind: str, whole: Heights, resolution: int = 61) -> Heights:
    """The scale for a part of a landscape: the whole one, unless fewer than 8 of its 24 level sets cross the part.

    So a zoom keeps the colours of the surface as long as they tell its points apart, and a narrow valley is no blot.
    """
    drawn = whole.of(landscape.value(mesh(window, resolution)))
    known = np.clip(drawn[np.isfinite(drawn)], whole.low, whole.high)
    crossing = LEVELS * np.ptp(known) / (whole.high - whole.low) if known.size else 0.0
    return whole if crossing >= FEW else heights(landscape, window, kind)
