"""What a critical point is where the Hessian does not say: by what the loss does on circles around it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np

from landscapes import Array
from optimizers.verdicts.surroundings import TURNS, Surroundings, circle, turns

RADII = 10.0 ** np.arange(-6, -1)  # views: of the circles
FURTHER = np.array([0.03, 0.1])  # views: as far a level floor is followed before it is called a curve
BLURRED = 100.0  # a circle around a point that is known to some error is at least so many times as large
WINDOW = 0.3  # radians: how far a floor may turn from one of the further circles to the next
APART = 0.2  # radians between two ways that are not one
SUDDEN = 1e8  # times rounding, after nothing at a tenth of the radius: no power up to the eighth rises so
REGION = 1 / 8  # of a circle: more than curves can take of it
NOWHERE = np.empty((2, 0))

Kind = Literal["minimum", "maximum", "saddle", "flat"]
Shape = Literal["strict", "curve", "crossing", "level", "region", "plateau", "undecided"]
KINDS: dict[tuple[int, int], Kind] = {  # by whether the lowest and the highest place near by are lower or higher
    (1, 1): "minimum",
    (0, 1): "minimum",
    (-1, 1): "saddle",
    (-1, 0): "maximum",
    (-1, -1): "maximum",
}


class Nearby(NamedTuple):
    """What the loss does around a point; lengths are in views."""

    kind: Kind  # flat: all level, or not to be decided in float64
    shape: Shape  # strict: nowhere level; curve, crossing, region: level along, at, in one; level: but near by only
    lower: Array = NOWHERE  # (2, K), steps to where the loss is lower, on the smallest circle that shows it
    higher: Array = NOWHERE  # (2, K), the same for higher
    level: Array = NOWHERE  # (2, K), the same for level to rounding, on the largest circle where there are such places


class Ring(NamedTuple):
    """Places about as far from the point, the lowest there or the highest, and what the loss does there."""

    places: Array  # (2, K)
    trends: Array  # (K,), 1 higher, 0 level to rounding, -1 lower
    weights: Array  # (K,), how many times rounding that is

    def where(self, trend: int) -> Array:
        """The places with that trend."""
        return self.places[:, self.trends == trend]


class Side(NamedTuple):
    """What the lowest places of all rings do, or the highest."""

    trend: int  # of the smallest ring that is not level; 0 where all are
    ring: Ring  # that one, or the last
    level: Array  # (2, K), the level places of the largest ring before it
    sudden: bool  # more than a power could rise from a ring to the next


def nearby(here: Surroundings, curvatures: Array, axes: Array, zero: float, error: float) -> Nearby | None:
    """What the loss does around a point where the gradient is zero to rounding; None if it slopes there all the same.

    Where the loss bends one way only, its kind is that of the valley's floor, or of the ridge's top. Where it bends
    neither way, or is not smooth, circles are searched for their lowest and highest places.

    Args:
        curvatures, axes: eigenvalues (2,) and eigenvectors (2, 2), in columns, of the Hessian in views.
        zero: what a curvature is at most that counts as zero; infinite where the Hessian says nothing.
        error: how far off the point may be.
    """
    radii = RADII[min(BLURRED * error, RADII[-1]) <= RADII]
    bent = np.flatnonzero(np.abs(curvatures) > zero)
    valley = bent.size == 1 and here.landscape.smooth and not here.landscape.curve
    if valley:
        across, along = axes[:, bent[0]], axes[:, 1 - bent[0]]
        floors = _floors(here, np.append(radii, FURTHER), along, across)
        floors, further = floors[: len(radii)], floors[len(radii) :]
        sign = np.sign(curvatures[bent[0]])
        beside = [Ring(radii[0] * np.stack([across, -across], axis=1), np.full(2, sign), np.zeros(2))]
        dips, peaks = (floors, beside) if sign > 0 else (beside, floors)
    else:
        dips, peaks = (_measured(here, places) for places in here.extremes(radii, axes))
    if _slopes(here, dips[0].where(-1)):
        return None
    low, high = _side(dips, np.min), _side(peaks, np.max)
    if low.trend == high.trend == 0:
        return Nearby("flat", "plateau")
    if (low.sudden and low.trend < 0) or (high.sudden and high.trend > 0) or (low.sudden and high.sudden):
        return Nearby("flat", "undecided")
    kind, way = KINDS[low.trend, high.trend], 1 if high.trend > 0 else -1
    lower, higher = low.ring.where(-1), high.ring.where(1)
    side = low if way > 0 else high
    if side.sudden:
        return Nearby(kind, "level", lower, higher, side.level)
    if side.trend:
        return Nearby(kind, "strict", lower, higher)
    if _wide(here):
        return Nearby(kind, "region", lower, higher, side.level)
    shape = _shape(way * ring.trends for ring in (further if valley else _followed(here, side.level, way)))
    if shape == "curve" and _crosses(side.level):
        shape = "crossing"
    return Nearby("flat" if shape == "undecided" else kind, shape, lower, higher, side.level)


def _measured(here: Surroundings, places: Sequence[Array]) -> list[Ring]:
    """Rings from their places; further out is straight away from the point."""
    return _rings(here, places, [each / np.hypot(*each) for each in places])


def _floors(here: Surroundings, radii: Array, along: Array, across: Array) -> list[Ring]:
    """The floor of a valley on both sides, or the top of a ridge; without a side that is lost on the way."""
    both = np.stack([along, -along], axis=1)
    pairs = np.moveaxis(here.floor(np.concatenate([radii, -radii]), along, across).reshape(2, 2, -1), 2, 0)
    found = [np.isfinite(pair).all(axis=0) for pair in pairs]
    places = [pair[:, known] for pair, known in zip(pairs, found, strict=True)]
    return _rings(here, places, [both[:, known] for known in found])


def _rings(here: Surroundings, places: Sequence[Array], out: Sequence[Array]) -> list[Ring]:
    trends, weights = here.trends(np.hstack(places), np.hstack(out))
    ends = np.cumsum([each.shape[1] for each in places])[:-1]
    return [Ring(*ring) for ring in zip(places, np.split(trends, ends), np.split(weights, ends), strict=True)]


def _followed(here: Surroundings, level: Array, sign: int) -> Iterable[Ring]:
    """The lowest places of further circles (the highest, where `sign` is -1) that continue those of the last one."""
    for radius in FURTHER:
        count = level.shape[1]
        level = here.refined(np.full(count, radius), np.arctan2(level[1], level[0]), WINDOW, np.full(count, sign))
        yield from _measured(here, [level])


def _slopes(here: Surroundings, lower: Array) -> bool:
    """Whether the loss falls as the slope at the point itself says: down a plane, not from a critical point."""
    straight = here.slope(0 * lower, lower) / here.rise(lower)
    return bool(((straight > 0.5) & (straight < 2)).any())


def _side(rings: Sequence[Ring], extreme: Callable[[Array], float]) -> Side:
    level = NOWHERE
    for before, ring in zip([None, *rings], rings, strict=False):
        trend = int(extreme(ring.trends)) if ring.trends.size else 0
        if trend:
            sudden = before is not None and bool(ring.weights[ring.trends == trend].max() > SUDDEN)
            return Side(trend, ring, level, sudden)
        level = ring.where(0)
    return Side(0, rings[-1], level, False)


def _wide(here: Surroundings) -> bool:
    """Whether more of the last circle is level than curves can take of it; of a landscape of one variable, a half."""
    if here.landscape.curve:
        return True
    (around,) = _measured(here, [RADII[-1] * circle(turns(TURNS))])
    return bool((around.trends == 0).mean() > REGION)


def _crosses(level: Array) -> bool:
    """Whether level places lead more than one way, there and back."""
    turns = level[0, 0] * level[1] - level[1, 0] * level[0]
    return bool((np.abs(turns) > np.sin(APART) * np.hypot(*level[:, 0]) * np.hypot(*level)).any())


def _shape(trends: Iterable[Array]) -> Shape:
    """How far what is level goes on, by the trends further out, 1 away from what the point is and -1 against it."""
    for trend in trends:
        if (trend < 0).any():
            return "undecided"
        if (trend > 0).any() or not trend.size:
            return "level"
    return "curve"
