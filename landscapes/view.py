"""A landscape seen through its domain: derivatives by u, the position in a square from -1 to 1 whatever the units."""

from dataclasses import dataclass

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
        g[:, np.abs(g).max(axis=0) < LEAST] = 0
        return g

    def hessian(self, u: Array) -> Array:
        """∂²f/∂u², (2, N) -> (2, 2, N); exactly 0 where it is lost to underflow."""
        h = self.half[:, None] * self.half[None] * self.landscape.hessian(self.position(u))
        h[:, :, np.abs(h).max(axis=(0, 1)) < LEAST_BEND] = 0
        return h

    def rounding(self, u: Array) -> Array:
        """How far float64 can be off in u, (2, N) -> (2, N)."""
        return np.finfo(float).eps * (np.abs(self.position(u)) + self.half) / self.half
