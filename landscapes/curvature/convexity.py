"""Is a function convex in view? Proven by its formula, refuted at a place, or supported by every place looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from landscapes.curvature.eigenvalues import eigenvalue_signs, eigenvalues
from landscapes.formula import UNIT
from landscapes.landscape import Array, Convexity, Domain, Landscape

NODES = 161  # of the mesh that is looked at, along each axis
SIGNS = ((1, 1), (0, 1), (-1, 1), (0, 0), (-1, 0), (-1, -1))  # of the smaller and of the larger eigenvalue
DIRECTIONS = ((1, 0), (0, 1), (1, 1), (1, -1))  # of chords, from node to node
SHORT = 1e-6  # of the view: half the length of the short chords
CLEAR = 4  # times the rounding: what is more is true
STRIDES = (1, 2, 4, 8, 16, 32, 64)  # nodes from a chord's middle to its ends


class SignedEigenvalue(NamedTuple):
    """A place where the Hessian has an eigenvalue of a sign, beyond rounding."""

    place: Array  # (2,)
    eigenvalue: float


class Chord(NamedTuple):
    """A chord whose middle is not on the side of the function where convexity, or concavity, has it."""

    ends: Array  # (2, 2), a point in each column
    excess: float  # loss at the middle, less the mean of the losses at both ends


@dataclass(frozen=True, kw_only=True)
class ConvexityReport:
    """What is known of whether a function is convex, or concave, over a domain."""

    proven: Convexity | None  # by the formula, wherever the function is defined
    counts: Mapping[tuple[int, int], int]  # nodes with these signs of the smaller and the larger eigenvalue
    nodes: int  # that were looked at; where there is no Hessian they are not among the counts
    defined: bool  # at every node
    against_convexity: SignedEigenvalue | Chord | None  # the strongest of what refutes that it is convex in view
    against_concavity: SignedEigenvalue | Chord | None  # the strongest of what refutes that it is concave

    @property
    def known(self) -> int:
        """Nodes that have a Hessian."""
        return sum(self.counts.values())


def examine_convexity(landscape: Landscape, domain: Domain | None = None) -> ConvexityReport:
    """The signs of the Hessian's eigenvalues on a mesh of 161 x 161, and what refutes convexity and concavity there.

    Where the landscape is not smooth the Hessian says nothing about corners and edges, so chords are compared with the
    function too. What is refuted is false beyond rounding; what is not refuted may still be false between the nodes.

    Args:
        domain: ((x0, x1), (y0, y1)), the landscape's own if left out.
    """
    axes = [np.linspace(low, high, NODES) for low, high in domain or landscape.domain]
    points = np.stack(np.meshgrid(*axes, indexing="ij"))
    signs = eigenvalue_signs(landscape, points)
    counts = {pair: int(((signs[0] == pair[0]) & (signs[1] == pair[1])).sum()) for pair in SIGNS}
    low, high = eigenvalues(landscape, points)
    against_convexity: SignedEigenvalue | Chord | None = _strongest(points, np.where(signs[0] < 0, -low, -np.inf), low)
    against_concavity: SignedEigenvalue | Chord | None = _strongest(points, np.where(signs[1] > 0, high, -np.inf), high)
    if not landscape.smooth:
        above, below = _chords(landscape, points)
        against_convexity, against_concavity = against_convexity or above, against_concavity or below
    defined = bool(np.isfinite(landscape.value(points)).all())
    return ConvexityReport(
        proven=landscape.convexity,
        counts=counts,
        nodes=points[0].size,
        defined=defined,
        against_convexity=against_convexity,
        against_concavity=against_concavity,
    )


def _strongest(points: Array, strength: Array, eigenvalue: Array) -> SignedEigenvalue | None:
    best = int(strength.argmax())
    found = SignedEigenvalue(points.reshape(2, -1)[:, best], float(eigenvalue.flat[best]))
    return found if strength.flat[best] > 0 else None


def _chords(landscape: Landscape, points: Array) -> tuple[Chord | None, Chord | None]:
    """The chords that lie farthest below the function and farthest above it in their middle, beyond rounding.

    From node to node over a node, and short ones over every node, which tell an edge that goes through it.
    """
    half = SHORT * np.ptp(points, axis=(1, 2))
    middle = values_with_rounding(landscape, points)
    found = []
    for right, up in DIRECTIONS:
        way = half[:, None, None] * np.array([right, up])[:, None, None]
        found += _beside(
            points - way,
            points + way,
            values_with_rounding(landscape, points - way),
            middle,
            values_with_rounding(landscape, points + way),
        )
        for stride in STRIDES:
            before, here, after = (_moved(stride * right, stride * up, end) for end in (-1, 0, 1))
            ends = points[:, *before], points[:, *after]
            found += _beside(*ends, *(tuple(part[place] for part in middle) for place in (before, here, after)))
    above = max((chord for chord in found if chord.excess > 0), key=lambda chord: chord.excess, default=None)
    below = min((chord for chord in found if chord.excess < 0), key=lambda chord: chord.excess, default=None)
    return above, below


def _moved(right: int, up: int, end: int) -> tuple[slice, slice]:
    """The nodes that are the ends (-1 and 1) or the middle (0) of all chords that reach so far to both sides."""
    i, j = right + end * right, abs(up) + end * up
    return slice(i, NODES - 2 * right + i), slice(j, NODES - 2 * abs(up) + j)


def values_with_rounding(landscape: Landscape, points: Array) -> tuple[Array, Array]:
    """The loss, and how far it may be off: by rounding in its formula, and because a middle is off by rounding."""
    with np.errstate(all="ignore"):
        f, apart = landscape.value(points), 2 * UNIT * np.abs(points).max()
        off = apart * np.abs(landscape.gradient(points)).sum(axis=0)
        off += 4 * apart**2 * np.abs(landscape.hessian(points)).max(axis=(0, 1))
        off += UNIT * np.abs(f) if landscape.rounding is None else landscape.rounding("value", points)
    return f, off


def _beside(
    one: Array, other: Array, before: tuple[Array, ...], here: tuple[Array, ...], after: tuple[Array, ...]
) -> list[Chord]:
    """Of the chords between places (2, ...) the one farthest below the function and the one farthest above it."""
    with np.errstate(all="ignore"):
        excess = here[0] - (before[0] + after[0]) / 2
        noise = before[1] + here[1] + after[1] + UNIT * (np.abs(before[0]) + np.abs(after[0]))
        known = np.isfinite(excess) & (np.abs(excess) > CLEAR * noise)
    found = []
    for sign in (1, -1):
        best = int(np.where(known, sign * excess, -np.inf).argmax())
        if known.flat[best] and sign * excess.flat[best] > 0:
            ends = np.stack([end.reshape(2, -1)[:, best] for end in (one, other)], axis=1)
            found.append(Chord(ends, float(excess.flat[best])))
    return found
