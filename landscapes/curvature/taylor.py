"""The second-order Taylor polynomial around a point: a landscape of its own, and how far it can be trusted."""

import numpy as np

from landscapes.formula import UNIT
from landscapes.landscape import Array, Landscape

DIRECTIONS = 64  # in which the remainder is looked at, evenly around the point


def taylor(landscape: Landscape, point: Array) -> Landscape:
    """f(p₀) + g·d + ½ d·Hd with d = p - p₀, as a landscape over the same domain.

    >>> from landscapes import formula
    >>> model = taylor(formula("(1 - x*y)**2"), np.zeros(2))
    >>> float(model.value(np.array([0.1, 0.1])))
    0.98

    Args:
        point: p₀, shape (2,).

    Raises:
        ValueError: value, gradient or Hessian is not finite there.
    """
    f, g, h = landscape.value(point), landscape.gradient(point), landscape.hessian(point)
    if not (np.isfinite(f) and np.isfinite(g).all() and np.isfinite(h).all()):
        raise ValueError(f"a Taylor polynomial needs finite derivatives, there are none at {point.tolist()}")

    def offset(p: Array) -> Array:
        return p - point.reshape(2, *[1] * (p.ndim - 1))

    def gradient(p: Array) -> Array:
        return np.asarray(g.reshape(2, *[1] * (p.ndim - 1)) + np.einsum("ij,j...->i...", h, offset(p)))

    def value(p: Array) -> Array:
        d = offset(p)
        return np.asarray(f + np.einsum("i,i...->...", g, d) + np.einsum("i...,ij,j...->...", d, h, d) / 2)

    def hessian(p: Array) -> Array:
        return np.broadcast_to(h.reshape(2, 2, *[1] * (p.ndim - 1)), (2, *p.shape)).copy()

    return Landscape(
        name=f"Second-order model of {landscape.name}",
        latex=r"f(p_0) + g^\top d + \tfrac12\, d^\top H d",
        value=value,
        gradient=gradient,
        hessian=hessian,
        domain=landscape.domain,
        start=(float(point[0]), float(point[1])),
        source="B. Taylor, Methodus incrementorum (1715); any calculus text",
    )


def circle(point: Array, radii: Array) -> Array:
    """Points evenly round `point` at each radius, shape (2, R, 64)."""
    angles = np.linspace(0.0, 2 * np.pi, DIRECTIONS, endpoint=False)
    rays = np.stack([np.cos(angles), np.sin(angles)])
    return np.asarray(point[:, None, None] + radii[None, :, None] * rays[:, None, :])


def remainder(landscape: Landscape, point: Array, radii: Array) -> Array:
    """The largest |f - model| on circles around a point, shape (R,): it falls with the third power of the radius."""
    ring = circle(point, radii)
    return np.asarray(np.abs(landscape.value(ring) - taylor(landscape, point).value(ring)).max(axis=1))


def remainder_rounding(landscape: Landscape, point: Array, radii: Array) -> Array:
    """How large rounding alone can make the remainder on circles around a point, shape (R,)."""
    ring = circle(point, radii)
    first, second = np.abs(landscape.gradient(point)).sum(), np.abs(landscape.hessian(point)).sum()
    model = 8 * UNIT * (abs(float(landscape.value(point))) + first * radii + second * radii**2)
    if landscape.rounding is None:
        return np.asarray(8 * UNIT * np.abs(landscape.value(ring)).max(axis=1) + model)
    here = float(landscape.rounding("value", point))
    return np.asarray(landscape.rounding("value", ring).max(axis=1) + here + model)
