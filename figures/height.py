"""How high a loss is drawn: one monotone scale for the map's colours and the surface, chosen once for both."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from caching import cached
from figures.hatching import hatching
from landscapes import Array, Domain, Interval, Landscape
from words import digits_within, mark, say, short

HEIGHTS = {"log": mark("Logarithm"), "loss": mark("Loss itself"), "rank": mark("Rank")}
LEVELS = 24  # contour lines from the lowest to the highest point in view
TICKS = 4  # labels on the height axis
FEW = 8  # of them in view, below which a part of the landscape has a scale of its own
MARGIN = 0.25  # share of the domain that the mesh adds on each side, for pictures wider than the domain
NARROW = 3.0  # how many times longer than the other an axis may be while both keep one scale
USUAL = (0.7, 1.6)  # from the narrowest to the widest panel that is reckoned with before the browser has said
FAR = 100.0  # differences of two losses: farther from 0 their labels would be long, and are counted from a loss nearby
NEAR_A_POLE = 10  # nodes along each axis of a closer look
CLOSE_LOOK = ((-0.913, 0.971), (-0.937, 0.959))  # cells round a node; no node of it lies on a round number
LARGEST = 1e300  # size of a loss that is told from a larger one
MOST = 0.95  # of the view: beside a pole the scale has the range of so much of it
STEEPER = 4.0  # times as far from the middle, in three looks each four times as close: towards a pole
ROUNDING = 64  # spacings of float64: losses that differ by fewer differ by the rounding of their sums alone


@dataclass(frozen=True)
class Heights:
    """A monotone map from loss to drawn height, fixed by the losses in a domain."""

    of: Callable[[Array], Array]  # loss -> height, any shape; nan stays nan
    low: float  # height of the lowest point in the domain
    high: float  # height of the highest
    ticks: tuple[tuple[float, str], ...]  # heights worth a label, with the loss there, counted from `origin`
    origin: float  # 0, or a round loss near all of them where they are far from 0
    kind: str  # one of the HEIGHTS
    digits: int  # significant ones that tell the losses in the domain apart
    cut: tuple[float | None, float | None] = (None, None)  # the losses at which a pole is cut off, below and above
    undefined: bool = False  # whether f has no value in a part of the domain

    def share(self, loss: Array) -> Array:
        """How high a loss is drawn, 0 for the lowest point in the domain and 1 for the highest."""
        return (self.of(loss) - self.low) / ((self.high - self.low) or 1.0)


def mesh(domain: Domain, resolution: int | tuple[int, int], margin: float = 0.0) -> Array:
    """Points of a regular grid over a domain, shape (2, nodes along x, nodes along y)."""
    counts = (resolution, resolution) if isinstance(resolution, int) else resolution
    axes = [
        np.linspace(a - margin * (b - a), b + margin * (b - a), count)
        for (a, b), count in zip(domain, counts, strict=True)
    ]
    return np.stack(np.meshgrid(*axes, indexing="ij"))


def equal_scale(domain: Domain) -> bool:
    """Whether both axes of its map keep one scale: unless that would leave a sliver."""
    (x0, x1), (y0, y1) = domain
    return 1 / NARROW <= (x1 - x0) / (y1 - y0) <= NARROW


def in_view(window: Domain, aspects: Interval = USUAL) -> Domain:
    """All that panels show of a window where both axes keep one scale: the shorter one shows more.

    Args:
        aspects: width by height, of the narrowest and of the widest panel.

    >>> in_view(((0.0, 4.0), (0.0, 4.0)), (1.0, 2.0))
    ((-2.0, 6.0), (0.0, 4.0))
    """
    (x0, x1), (y0, y1) = window
    wide, tall = x1 - x0, y1 - y0
    across, up = max(0.0, aspects[1] * tall - wide) / 2, max(0.0, wide / aspects[0] - tall) / 2
    return (x0 - across, x1 + across), (y0 - up, y1 + up)


def square_cells(region: Domain, resolution: int) -> tuple[int, int]:
    """Nodes along x and along y that are equally far apart, about as many as a square mesh of a resolution has.

    >>> square_cells(((0.0, 4.0), (0.0, 1.0)), 100)
    (200, 50)
    """
    (x0, x1), (y0, y1) = region
    share = math.sqrt((x1 - x0) / (y1 - y0))
    return round(resolution * share), round(resolution / share)


def heights(landscape: Landscape, domain: Domain, kind: str = "log", resolution: int = 81) -> Heights:
    """The scale of heights for a landscape seen over a domain.

    `log` is log(1 + (f - f_min)/c) with c the loss below which a tenth of the domain lies, so that it looks the same
    whatever the unit of the loss; `rank` is the share of the domain that lies lower; `loss` is f - f_min. Where all
    losses are the same but for rounding, so are the heights. Where the loss has a pole it is cut off at what 95 % of
    the domain do not exceed.

    Raises:
        KeyError: `kind` is none of these.
    """
    HEIGHTS[kind]
    points = mesh(domain, resolution)
    values = landscape.value(points)
    known = np.sort(np.clip(values[np.isfinite(values)], -LARGEST, LARGEST))
    if not known.size:
        known = np.zeros(1)
    falls, rises = (has_pole(landscape, points, values, sign) for sign in (-1, 1))
    ends = np.quantile(known, [1 - MOST if falls else 0.0, MOST if rises else 1.0])
    if falls or rises:
        known = np.clip(known, *ends)
    return _scale(known, kind, falls, rises, undefined=hatching(landscape, domain).size > 0)


def heights_of(losses: Array, kind: str = "log") -> Heights:
    """The same scale for losses that are known at some points alone, such as those of several slices together.

    Raises:
        KeyError: `kind` is none of the HEIGHTS.
    """
    HEIGHTS[kind]
    known = np.sort(np.clip(losses[np.isfinite(losses)], -LARGEST, LARGEST))
    return _scale(known if known.size else np.zeros(1), kind)


def _scale(known: Array, kind: str, falls: bool = False, rises: bool = False, *, undefined: bool = False) -> Heights:
    """The scale for ascending losses; where the loss falls or rises to a pole, they end where it is cut off."""
    if known[-1] - known[0] <= ROUNDING * np.spacing(np.abs(known).max()):
        known = known[:1]
    lowest, highest = float(known[0]), float(known[-1])
    unit = float(known[known.size // 10]) - lowest or (highest - lowest) / 10 or 1.0
    unit = max(unit, (highest - lowest) / LARGEST)

    reach = (lowest if falls else -LARGEST, highest if rises else LARGEST)
    beyond = [pole for pole, there in ((-np.inf, falls), (np.inf, rises)) if there]

    def of(values: Array) -> Array:
        bounded = np.where(np.isfinite(values) | np.isin(values, beyond), np.clip(values, *reach), np.nan)
        if not highest > lowest:
            return np.asarray(0.0 * bounded)
        if kind == "loss":
            return np.asarray(bounded - lowest)
        if kind == "rank":
            ranks = np.interp(bounded, known, np.linspace(0.0, 1.0, known.size))
            return np.where(np.isnan(bounded), np.nan, ranks)
        with np.errstate(over="ignore"):  # beyond the domain a loss may be that much larger
            logarithm: Array = np.log1p(np.maximum(bounded - lowest, 0.0) / unit)
        return logarithm

    low, high = (float(of(np.array(end))) for end in (lowest, highest))
    high = high if high > low else low + 1.0
    origin = far_origin(lowest, highest)
    between = np.interp(
        np.linspace(low, high, TICKS), *(of(known), known) if of(known)[-1] > low else ([low], [lowest])
    )
    ticks: list[tuple[float, str]] = []
    for above, label in dict.fromkeys(map(tick, (between - origin).tolist(), nearest(between).tolist())):
        height = float(of(np.array(origin + above)))
        if not ticks or height - ticks[-1][0] > 0.1 * (high - low):
            ticks.append((height, label))
    cut = (lowest if falls else None, highest if rises else None)
    return Heights(of, low, high, tuple(ticks), origin, kind, digits_within(lowest, highest), cut, undefined)


def has_pole(landscape: Landscape, points: Array, values: Array, sign: int) -> bool:
    """Whether the loss grows without end (`sign` 1), or falls (-1), round the most extreme node of a mesh.

    Args:
        points: the nodes, (2, W, H), with the losses there, (W, H).
    """
    known = np.isfinite(values)
    if landscape.smooth or not known.any():
        return False
    middle = float(np.median(values[known]))
    extreme = int(np.where(known, sign * values, -np.inf).argmax())
    place, first = points.reshape(2, -1)[:, extreme], abs(float(values.flat[extreme]) - middle)
    size = points[:, 1, 1] - points[:, 0, 0]
    farthest = first
    for _ in range(3):
        around = place[:, None, None] + size[:, None, None] * mesh(CLOSE_LOOK, NEAR_A_POLE)
        seen = landscape.value(around)
        seen = np.where(np.isfinite(seen), sign * (seen - middle), -np.inf)
        best = int(seen.argmax())
        place, size, farthest = around.reshape(2, -1)[:, best], size / 4, max(farthest, float(seen.flat[best]))
    return farthest > STEEPER * first > 0


def heights_in_words(height: Heights) -> list[str]:
    """What a map leaves out: sentences about poles that are cut off, and about where f is not defined."""
    low, high = height.cut
    said = []
    if low is not None and high is not None:
        said.append(
            say(
                "f has poles: colours and heights end at {low} and at {high}, the range of most of the view.",
                low=short(low),
                high=short(high),
            )
        )
    elif high is not None:
        said.append(
            say("f has a pole: colours and heights end at {high}, where most of the view is.", high=short(high))
        )
    elif low is not None:
        said.append(say("f has a pole: colours and heights end at {low}, where most of the view is.", low=short(low)))
    return [*said, *([say("Hatched: f is not defined there.")] if height.undefined else [])]


def far_origin(low: float, high: float) -> float:
    """A round number below two that are far from 0 for their distance, from which to count; 0 for others.

    >>> far_origin(1e8 + 0.3, 1e8 + 8), far_origin(0.4, 308.0)
    (100000000.0, 0.0)
    """
    span = high - low
    if not 0 < span < math.inf or max(abs(low), abs(high)) <= FAR * span:
        return 0.0
    unit = 10.0 ** math.ceil(math.log10(span))
    return math.floor(low / unit) * unit


def nearest(values: Array) -> Array:
    """How far each of some rising numbers is from the one beside it that is nearer; 0 where there is no other.

    >>> nearest(np.array([0.0, 1.0, 4.0])).tolist()
    [1.0, 1.0, 3.0]
    """
    gaps = np.diff(values)
    beside = np.minimum(np.append(gaps, np.inf), np.append(np.inf, gaps))
    return np.where(np.isfinite(beside), beside, 0.0)


def tick(loss: float, gap: float) -> tuple[float, str]:
    """A loss to one digit, or to as many as tell it from one at a distance, and how it is written.

    >>> tick(0.398, 8.0), tick(12.67, 2.67)
    ((0.4, '0.4'), (13.0, '13'))
    """
    sizes = [abs(size) for size in (loss, gap) if size]
    decimals = -math.floor(math.log10(min(sizes))) if sizes else 0
    rounded = round(loss, decimals)
    digits = math.floor(math.log10(abs(rounded))) + 1 + decimals if rounded else 1
    return rounded, short(rounded, min(digits, 15))


@cached("pictures")
def heights_within(landscape: Landscape, window: Domain, whole: Heights, resolution: int = 61) -> Heights:
    """The scale for a part of a landscape: the whole one, unless fewer than 8 of its 24 level sets cross the part.

    So a zoom keeps the colours of the surface as long as they tell its points apart, and a narrow valley is no blot.
    """
    drawn = whole.of(landscape.value(mesh(window, resolution)))
    known = np.clip(drawn[np.isfinite(drawn)], whole.low, whole.high)
    crossing = LEVELS * np.ptp(known) / (whole.high - whole.low) if known.size else 0.0
    return whole if crossing >= FEW else heights(landscape, window, whole.kind)
