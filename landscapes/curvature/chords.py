"""A chord test for convexity: the loss along a straight line, against the line between its two ends."""

from dataclasses import dataclass

import numpy as np

from landscapes.curvature.convexity import CLEAR, values_with_rounding
from landscapes.formula import UNIT
from landscapes.landscape import Array, Landscape

PLACES = 1001  # along a chord, both ends among them


@dataclass(frozen=True, kw_only=True, eq=False)
class ChordTest:
    """The loss at places along a chord, and the chord itself: convexity has the loss nowhere above it."""

    ends: Array  # (2, 2), a point in each column
    shares: Array  # (1001,), from 0 at the first end to 1 at the other
    loss: Array  # (1001,)
    chord: Array  # (1001,), straight from the loss at one end to that at the other
    off: Array  # (1001,), how far the difference of both may be off by rounding

    @property
    def defined(self) -> bool:
        """Whether the loss has a value at every place that was looked at."""
        return bool(np.isfinite(self.loss).all())

    @property
    def above(self) -> Array:
        """Where the loss lies above the chord beyond rounding, (1001,) of bool: there convexity is refuted."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.loss - self.chord > self.off)

    @property
    def below(self) -> Array:
        """Where it lies below the chord beyond rounding, (1001,) of bool."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.chord - self.loss > self.off)

    @property
    def worst(self) -> int:
        """The place where the loss lies highest above the chord."""
        return int(np.argmax(np.where(self.above, self.loss - self.chord, -np.inf)))

    @property
    def stretches(self) -> list[tuple[float, float]]:
        """The shares of the chord between which the loss lies above it, in order; interpolated between places."""
        edges = np.flatnonzero(np.diff(np.concatenate([[False], self.above, [False]]).astype(int)))
        return [(self._crossing(a, a - 1), self._crossing(b - 1, b)) for a, b in edges.reshape(-1, 2).tolist()]

    def _crossing(self, above: int, beside: int) -> float:
        """Where the loss crosses the chord between a place at which it is above and the next one, which is not."""
        excess = self.loss - self.chord
        share = excess[above] / (excess[above] - min(excess[beside], 0.0))
        return float(self.shares[above] + share * (self.shares[beside] - self.shares[above]))

    def point(self, share: float) -> Array:
        """A point of the chord, (2,)."""
        start, end = self.ends.T
        return np.asarray(start + share * (end - start))


def chord_test(landscape: Landscape, start: Array, end: Array) -> ChordTest:
    """Compares the loss with the chord between two points, each (2,), at 1001 places.

    What lies above the chord does so beyond rounding. What does not at these places may still do so between them, and a
    function of which one chord holds need not be convex.
    """
    shares = np.linspace(0, 1, PLACES)
    points = start[:, None] + shares * (end - start)[:, None]
    points[:, -1] = end
    with np.errstate(all="ignore"):
        loss, off = values_with_rounding(landscape, points)
        chord = loss[0] + shares * (loss[-1] - loss[0])
        chord[-1] = loss[-1]
        noise = off + off[0] + off[-1] + UNIT * (np.abs(loss[0]) + np.abs(loss[-1]))
    noise[[0, -1]] = np.inf  # the ends lie on both
    return ChordTest(ends=np.stack([start, end], axis=1), shares=shares, loss=loss, chord=chord, off=CLEAR * noise)
