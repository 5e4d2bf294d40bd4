"""The critical points at which many runs may have ended: Newton's method for all of them together, and a list."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Landscape
from optimizers.verdicts import (
    CLOSE,
    FLOORS,
    ITERATIONS,
    REACH,
    ROUNDING,
    ConvergencePoint,
    critical_point_near,
    widths,
)

SURE = 1e-6  # views: nearer than this to a regular critical point Newton's method goes nowhere else ...
RINGS = np.outer([1.0, 0.5, 0.1], np.exp(2j * np.pi * (np.arange(16) + 0.3) / 16)).ravel()  # ... nor from within
# a thousandth of a view, if it does not from these places there
SAME = 1e-7  # views: two results of it that are nearer are the same point
CELLS = 64  # in a view: the length along a curve of critical points in which they are alike if two of them are
PLACES = 9  # decimals, in views, from which a critical point is found again


class Found(NamedTuple):
    """The critical point next to each of N places."""

    numbers: NDArray[np.int64]  # (N,), in the list of `Places`; -1 where there is none
    positions: Array  # (2, N)


class Places:
    """Critical points met so far; each is found and classified as `verdict` does it."""

    def __init__(self, landscape: Landscape) -> None:
        self.landscape, self.scale = landscape, widths(landscape)
        self.points: list[ConvergencePoint] = []
        self.radii: dict[tuple[float, float], float] = {}  # of a regular point, in views
        self.cells: dict[tuple[int, int], list[int]] = {}

    def near(self, p: Array) -> Found:
        """The critical points next to N places, (2, N).

        What is found does not depend on calls before, so that a map is the same whoever makes which part of it.
        """
        self.points = [point for point in self.points if self._alone(point)]
        self.cells.clear()
        numbers = np.full(p.shape[1], -1)
        positions = np.array(p)
        for number, point in enumerate(self.points):
            if self._alone(point):
                self._assign(numbers, positions, number, self._around(p, point))
        rest = np.flatnonzero(numbers < 0)
        while rest.size:
            centres = newton(self.landscape, p[:, rest], self.scale)
            rest, centres = rest[~np.isnan(centres[0])], centres[:, ~np.isnan(centres[0])]
            while rest.size:
                done = self._settle(p, rest, centres, numbers, positions)
                rest, centres = rest[~done], centres[:, ~done]
        return Found(numbers, positions)

    def minima(self) -> list[tuple[float, float, float]]:
        """The strict minima met so far, and how near, in views, a place has to be to be next to them for certain."""
        known = [point for point in self.points if point.kind == "minimum" and self._alone(point)]
        return [(float(point.position[0]), float(point.position[1]), self._radius(point)) for point in known]

    def _settle(
        self, p: Array, rest: NDArray[np.intp], centres: Array, numbers: NDArray[np.int64], positions: Array
    ) -> NDArray[np.bool_]:
        """Finds the point of the first of the rest, and gives it to all that it is the point of."""
        for number, point in enumerate(self.points):
            if self._alone(point):
                same = self._distance(centres, point) <= SAME
                if same.any():
                    self._assign(numbers, positions, number, rest[same])
                    return same
        first = np.zeros(rest.size, dtype=bool)
        first[0] = True
        cell = (int(centres[0, 0] / self.scale[0] * CELLS // 1), int(centres[1, 0] / self.scale[1] * CELLS // 1))
        known = self.cells.setdefault(cell, [])
        if len(known) >= 2 and len({self.points[k].kind if k >= 0 else "" for k in known}) == 1:
            inside = np.all(np.floor(centres / self.scale[:, None] * CELLS) == np.array(cell)[:, None], axis=0)
            numbers[rest[inside]] = known[0]
            positions[:, rest[inside]] = centres[:, inside]
            return np.asarray(inside)
        found = critical_point_near(self.landscape, p[:, rest[0]])
        if found is None:
            known.append(-1)
            return first
        if self._alone(found):
            found = self._the_same_for_all(found)
        self.points.append(found)
        number = len(self.points) - 1
        numbers[rest[0]], positions[:, rest[0]] = number, found.position
        if self._alone(found):
            same = self._distance(centres, found) <= SAME
            self._assign(numbers, positions, number, rest[same])
            return same | first
        known.append(number)
        return first

    def _the_same_for_all(self, found: ConvergencePoint) -> ConvergencePoint:
        """The point as it is found from a place that does not depend on which run came first."""
        rounded = np.round(found.position / self.scale, PLACES) * self.scale
        if self.landscape.curve:
            rounded[1] = found.position[1]
        again = critical_point_near(self.landscape, rounded)
        return again if again is not None and again.kind == found.kind and self._alone(again) else found

    def _radius(self, point: ConvergencePoint) -> float:
        """From how far away, in views, Newton's method is known to go to a point."""
        key = (float(point.position[0]), float(point.position[1]))
        if key not in self.radii:
            around = np.array([RINGS.real, RINGS.imag]) * np.sqrt(2) * REACH * self.scale[:, None]
            ends = newton(self.landscape, point.position[:, None] + around, self.scale)
            self.radii[key] = REACH if (self._distance(ends, point) <= SAME).all() else SURE
        return self.radii[key]

    def _alone(self, point: ConvergencePoint) -> bool:
        """Whether there is no other critical point near it."""
        return point.regular and point.shape == "strict"

    def _distance(self, p: Array, point: ConvergencePoint) -> Array:
        away = np.abs((p - point.position[:, None]) / self.scale[:, None])
        return np.asarray(away[0] if self.landscape.curve else larger(away))

    def _around(self, p: Array, point: ConvergencePoint) -> NDArray[np.intp]:
        """Which of N places Newton's method is known to take to a point."""
        radius = self._radius(point)
        near = np.flatnonzero(np.abs(p[0] - point.position[0]) <= 2 * radius * self.scale[0])
        return near[self._distance(p[:, near], point) <= radius]

    def _assign(self, numbers: NDArray[np.int64], positions: Array, number: int, which: NDArray[np.intp]) -> None:
        numbers[which] = number
        axes = 1 if self.landscape.curve else 2  # of a landscape of one variable each run has its own other coordinate
        positions[:axes, which] = self.points[number].position[:axes, None]


def larger(pairs: Array) -> Array:
    """The larger of two coordinates, (2, N) -> (N,); ten times as fast as `max` along an axis of two."""
    return np.asarray(np.maximum(pairs[0], pairs[1]))


def newton(landscape: Landscape, p: Array, scale: Array) -> Array:
    """Where Newton's method comes to rest from each of N places, as `critical_point_near` has it; nan where nowhere."""
    result, lost = np.full(p.shape, np.nan), np.arange(p.shape[1])
    for floor in FLOORS:
        found, special = _newton(landscape, p[:, lost], scale, floor)
        result[:, lost] = found
        lost = lost[special & np.isnan(found[0])]  # the floors only differ where a curvature is small
        if lost.size == 0:
            break
    return result


def _newton(landscape: Landscape, p: Array, scale: Array, floor: float) -> tuple[Array, NDArray[np.bool_]]:
    """The same with directions left alone whose curvature is below `floor`, and where there were such directions."""
    c, result = p.copy(), np.full(p.shape, np.nan)
    going, special = np.arange(p.shape[1]), np.zeros(p.shape[1], dtype=bool)
    error, before = np.full(p.shape[1], np.inf), np.full(p.shape[1], np.inf)
    views = np.outer(scale, scale)[:, :, None]
    for _ in range(ITERATIONS):
        here = c[:, going]
        g, hessian = landscape.gradient(here) * scale[:, None], landscape.hessian(here) * views
        step, small = _step(g, hessian, floor)
        special[going] |= small
        length = larger(np.abs(step))
        away = larger(np.abs((here - p[:, going]) / scale[:, None]))
        fine = (length <= 2 * REACH) & (away <= 4 * REACH)
        going, step, length = going[fine], step[:, fine], length[fine]
        c[:, going] += step * scale[:, None]
        before[going], error[going] = error[going], length
        done = (error[going] <= ROUNDING) & ~((error[going] > 0) & (error[going] < before[going] / 2))
        result[:, going[done]] = c[:, going[done]]
        going = going[~done]
        if going.size == 0:
            break
    late = going[error[going] <= CLOSE]
    result[:, late] = c[:, late]
    return result, special


def _step(g: Array, hessian: Array, floor: float) -> tuple[Array, NDArray[np.bool_]]:
    """Newton's step at N places, and whether a direction has hardly any curvature there."""
    a, b, d = hessian[0, 0], hessian[0, 1], hessian[1, 1]
    product = a * d - b * b
    size = np.abs(a + d) / 2 + np.sqrt(((a - d) / 2) ** 2 + b * b)  # the larger curvature
    small = ~(np.abs(product) > FLOORS[0] * size * size)
    with np.errstate(all="ignore"):
        step = np.array([b * g[1] - d * g[0], b * g[0] - a * g[1]]) / product
    flat = np.flatnonzero(small)
    if flat.size:
        step[:, flat] = _step_by_directions(g[:, flat], hessian[:, :, flat], floor)
    return step, small


def _step_by_directions(g: Array, hessian: Array, floor: float) -> Array:
    """The same where a direction has hardly any curvature, which is left alone."""
    a, b, d = hessian[0, 0], hessian[0, 1], hessian[1, 1]
    half, radius = (a - d) / 2, np.hypot((a - d) / 2, b)
    middle = (a + d) / 2
    angle = np.arctan2(b, half) / 2
    along = np.array([np.cos(angle), np.sin(angle)])
    across = np.array([-along[1], along[0]])
    curvatures = np.array([middle + radius, middle - radius])
    product = a * d - b * b
    large = np.where(middle >= 0, curvatures[0], curvatures[1])
    with np.errstate(all="ignore"):
        other = np.where(large == 0, 0.0, product / large)  # without cancellation
        curvatures = np.where(middle >= 0, [large, other], [other, large])
        size = larger(np.abs(curvatures))
        least = floor * size
        inverse = np.where(np.abs(curvatures) > least, 1 / curvatures, curvatures / least / least)
        parts = np.array([(along * g).sum(axis=0), (across * g).sum(axis=0)]) * inverse
        step = np.where(least > 0, -(along * parts[0] + across * parts[1]), 0.0)
    return np.asarray(step)
