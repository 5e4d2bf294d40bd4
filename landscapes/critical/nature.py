"""What a critical point is where its Hessian does not decide: from the loss on small circles around it."""

from typing import Literal

import numpy as np

from landscapes.critical.nearness import Numbers
from landscapes.critical.view import View
from landscapes.landscape import Array

Nature = Literal["minimum", "maximum", "saddle", "inflection"]

SAMPLES = 64  # angles on a circle
HALVINGS = 50  # of the angle between two samples, to the rounding of an angle
SHARES = (1.0, 0.125)  # of the radius: the circles
KNOTS, WEIGHTS = np.polynomial.legendre.leggauss(8)
ALONG, WEIGHTS = (KNOTS + 1) / 2, WEIGHTS / 2


def rise(view: View, u: Array, offset: Array) -> Array:
    """f(u + offset) - f(u), by integrating the gradient: no digit is lost where f is large, (2, N), (2, N) -> (N,).

    Exact for polynomials of degree 16 and less.
    """
    places = (u[:, None] + ALONG[:, None] * offset[:, None]).reshape(2, -1)
    slope = (view.gradient(places).reshape(2, len(ALONG), -1) * offset[:, None]).sum(axis=0)
    total: Array = WEIGHTS @ slope
    return total


def natures_of(view: View, u: Array, radius: Array, indices: list[int | None]) -> list[Nature | None]:
    """What each isolated critical point (2, N) is, if no other is nearer than `radius` (N,); None if undecided.

    Where f is higher all round than at the point it is a minimum, where it is lower all around a maximum. Else f falls
    in k ≥ 1 sectors and rises in between; then the index is 1 - k, and only if it is, that is believed.

    Source:
        I. Bendixson, Sur les courbes définies par des équations différentielles, Acta Math. 24 (1901) 1: the index is
        1 + (e - h)/2, where at a critical point of a function there are no elliptic sectors and h = 2k hyperbolic ones.
    """
    seen = [sectors(view, u, share * radius) for share in SHARES]
    return [nature({found[i] for found in seen}, index) for i, index in enumerate(indices)]


def nature(found: set[tuple[int, int] | None], index: int | None) -> Nature | None:
    """From the numbers of falling and of rising sectors on each circle, and the index."""
    if len(found) > 1 or None in found:
        return None
    ((falling, rising),) = (numbers for numbers in found if numbers is not None)
    if falling == 0 or rising == 0:
        extremum: Nature = "minimum" if falling == 0 else "maximum"
        return extremum if index in (1, None) else None
    if index != 1 - falling:
        return None
    return "inflection" if index == 0 else "saddle"


def sectors(view: View, u: Array, radius: Array) -> list[tuple[int, int] | None]:
    """In how many sectors of a circle f is lower than at its centre, and in how many it is higher; None if undecided.

    What counts are the places on the circle where f stops to rise or to fall: they are found however thin a sector is
    that has one of them to itself.
    """
    turn = 2 * np.pi / SAMPLES
    angles = turn * np.arange(SAMPLES)[:, None] + np.full(u.shape[1], 0.1)
    owner = np.tile(np.arange(u.shape[1]), SAMPLES)

    def uphill(angle: Array, point: Numbers) -> Array:
        """Whether f rises where the circle is walked on."""
        cosine, sine = np.cos(angle), np.sin(angle)
        g = view.gradient(u[:, point] + radius[point] * np.array([cosine, sine]))
        rising: Array = g[1] * cosine > g[0] * sine
        return rising

    low = angles.ravel()
    up = uphill(low, owner).reshape(angles.shape)
    changes = up != np.roll(up, -1, axis=0)
    changes[0] = True  # where f is the same all round, one place stands for all
    changes = changes.ravel()
    low, owner, was = low[changes], owner[changes], up.ravel()[changes]
    high = low + turn
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        same = uphill(middle, owner) == was
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    offset = radius[owner] * np.array([np.cos(low), np.sin(low)])
    higher = np.sign(rise(view, u[:, owner], offset))
    return [counted(higher[owner == point][np.argsort(low[owner == point])]) for point in range(u.shape[1])]


def counted(signs: Array) -> tuple[int, int] | None:
    """How many runs of -1 and how many of 1 there are in a cycle of signs; None where there is another value."""
    if not len(signs) or not (np.abs(signs) == 1).all():
        return None
    changes = int((signs != np.roll(signs, 1)).sum())
    if changes == 0:
        return (0, 1) if signs[0] > 0 else (1, 0)
    return changes // 2, changes // 2
