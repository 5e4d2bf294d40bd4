"""A landscape seen through its domain: derivatives by u, the position in a square from -1 to 1 whatever the units."""

from dataclasses import dataclass
from functools import reduce

import numpy as np

from landscapes.landscape import Array, Domain, Landscape

LEAST = 1e-300  # below this float64 loses digits on the way to 0: a flat place
LEAST_BEND = 1e-280  # the same for second derivatives; where the gradient is lost they are lost first


@dataclass(frozen=True, kw_only=True)
class View:
    """p = centre + half · u, so that a step means the same along both axes."""

    landscape: Landscape
    centre: Array  # (2, 1)
    half: Array  # (2, 1), half the domain's width

    @classmethod
    def of(cls, landscape: Landscape, domain: Domain) -> "View":
        """The view in which `domain` is the square."""
        low, high = np.array(domain, dtype=float).T[..., None]
        return cls(landscape=landscape, centre=(low + high) / 2, half=(high - low) / 2)

    def position(self, u: Array) -> Array:
        """(2, N) -> (2, N)."""
        return self.centre + self.half * u

    def gradient(self, u: Array) -> Array:
        """∂f/∂u, (2, N) -> (2, N); exactly 0 where it is lost to underflow."""
        g = self.half * self.landscape.gradient(self.position(u))
        lost = largest(*g) < LEAST
        if lost.any():
            g[:, lost] = 0
        return g

    def hessian(self, u: Array) -> Array:
        """∂²f/∂u², (2, N) -> (2, 2, N); exactly 0 where it is lost to underflow."""
        h = self.half[:, None] * self.half[None] * self.landscape.hessian(self.position(u))
        lost = size(h) < LEAST_BEND
        if lost.any():
            h[:, :, lost] = 0
        return h

    def rounding(self, u: Array) -> Array:
        """How far float64 can be off in u where numbers as large as the view are added, (2, N) -> (2, N)."""
        return self.spacing(u) + np.finfo(float).eps

    def spacing(self, u: Array) -> Array:
        """From one position in float64 to the next, measured in u, (2, N) -> (2, N)."""
        return np.finfo(float).eps * np.abs(self.position(u)) / self.half


def largest(*entries: Array) -> Array:
    """The largest |entry| at each place, (...) each -> (...); nan where one is nan."""
    return reduce(np.maximum, map(np.abs, entries))


def size(h: Array) -> Array:
    """The largest |entry| of each symmetric matrix, (2, 2, ...) -> (...)."""
    return largest(h[0, 0], h[0, 1], h[1, 1])


def determinant(h: Array) -> Array:
    """Of symmetric matrices, (2, 2, ...) -> (...)."""
    det: Array = h[0, 0] * h[1, 1] - h[0, 1] ** 2
    return det
