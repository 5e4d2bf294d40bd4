"""Where the gradient vanishes: every critical point in view, its kind, and what was and was not established."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from landscapes.critical_sets import neighbours
from landscapes.landscape import Array, Domain, Landscape
from landscapes.ranges import checked_interval
from landscapes.search import Search, search_in
from landscapes.view import View

Kind = Literal["minimum", "maximum", "saddle", "degenerate"]
KINDS: tuple[Kind, Kind, Kind] = ("minimum", "saddle", "maximum")  # by the number of negative eigenvalues

EDGE = 1e-9  # of half the view: what lies beyond its edge by less is in it
ACROSS = 0.002  # of half the view: how far to both sides of a curve the loss is compared with that on it


@dataclass(frozen=True, kw_only=True)
class CriticalPoint:
    """A place where the gradient vanishes."""

    position: Array  # (2,)
    value: float
    eigenvalues: Array  # (2,), of the Hessian, ascending
    eigenvectors: Array  # (2, 2), unit columns; the larger component of each is positive
    kind: Kind  # degenerate: an eigenvalue is 0, and the Hessian does not decide
    index: int | None  # turns of the gradient on a small circle: minimum and maximum 1, saddle -1; None if undecided


@dataclass(frozen=True, kw_only=True)
class CriticalSet:
    """A curve of critical points, such as the floor of a trough."""

    positions: Array  # (2, M), in order along the curve; the gradient vanishes at each
    value: float
    kind: Kind  # what the curve is to those who cross it: minimum, maximum or neither (degenerate)


@dataclass(frozen=True, kw_only=True)
class CriticalPoints:
    """What `find_critical_points` found, and how far it can be trusted."""

    points: tuple[CriticalPoint, ...]  # by value, then position
    sets: tuple[CriticalSet, ...]
    complete: bool  # the gradient turns round every cell, and round the view, as the points found say
    flat: bool  # there are plateaus: gradient and Hessian are 0 to the last digit
    stopped_early: bool  # there was more to look at than the bound on work allows
    note: str  # what was and was not established, in a sentence


def find_critical_points(landscape: Landscape, domain: Domain | None = None) -> CriticalPoints:
    """Every point of `domain` where the gradient vanishes, those on its edge (within rounding) included.

    Newton's method starts wherever it would move by less than two cells of a grid of 127 x 127, or where both
    components of the gradient change sign. A zero is accepted by the length of its Newton step, never because the
    gradient is small: on a plateau it is small everywhere. Then the turns of the gradient round every cell are
    compared with the indices of the points found there; where they differ, the search is repeated more finely.
    That check is necessary, not sufficient: a minimum and a saddle that are both missed in one cell cancel. The
    work is bounded for any landscape: at most four million gradients and as many Hessians, commonly a twentieth of it.

    Args:
        landscape: any; where its derivatives are nan nothing is found and nothing is claimed.
        domain: ((x0, x1), (y0, y1)), the landscape's own if left out.

    Raises:
        ValueError: an interval of the domain is empty, turned round or not finite.

    Source:
        The sum of the indices: J. Milnor, Topology from the Differentiable Viewpoint (1965), section 6.
    """
    x, y = domain or landscape.domain
    view = View.of(landscape, (checked_interval("x", x), checked_interval("y", y)))
    with np.errstate(all="ignore"):  # a formula may be nan, or overflow, anywhere
        search = search_in(view)
        points = _points(view, search)
        sets = [_set(view, line) for line in map(seen, search.found.lines) if line.shape[1] > 2]
    plain = not (sets or search.flat or search.stopped_early)
    return CriticalPoints(
        points=tuple(points),
        sets=tuple(sets),
        complete=search.agrees and landscape.smooth and plain,
        flat=search.flat,
        stopped_early=search.stopped_early,
        note=_note(landscape, search, len(points), len(sets)),
    )


def _points(view: View, search: Search) -> list[CriticalPoint]:
    simple = search.found.simple
    u = np.hstack([simple, search.found.degenerate])
    low, high = view.centre - view.half, view.centre + view.half
    p = np.clip(view.position(u), low, high)
    if view.landscape.smooth:
        p[np.abs(p) <= np.finfo(float).eps * view.half] = 0.0  # 0 to rounding; at a corner, rounding counts
    values = view.landscape.value(p)
    hessians = np.moveaxis(view.landscape.hessian(p), -1, 0)
    eigenvalues, eigenvectors = np.linalg.eigh(hessians)
    negative = (np.linalg.eigvalsh(np.moveaxis(view.hessian(u), -1, 0)) < 0).sum(axis=1)
    within = np.flatnonzero(np.abs(u).max(axis=0) <= 1 + EDGE)
    step = 1e-9 * max(np.abs(values[within]).max(initial=0.0), np.finfo(float).tiny)
    ranks = np.rint(np.vstack([p[1:] / (1e-9 * view.half[1]), p[:1] / (1e-9 * view.half[0]), values / step]))
    return [
        CriticalPoint(
            position=p[:, i],
            value=float(values[i]),
            eigenvalues=eigenvalues[i],
            eigenvectors=eigenvectors[i] * signs(eigenvectors[i]),
            kind=KINDS[negative[i]] if i < simple.shape[1] else "degenerate",
            index=search.indices[i],
        )
        for i in within[np.lexsort(ranks[:, within])]
    ]


def signs(columns: Array) -> Array:
    """1 for every column whose larger component (the first of two equal ones) is positive, else -1."""
    larger = np.abs(columns).round(9).argmax(axis=0)
    return np.where(columns[larger, [0, 1]] < 0, -1.0, 1.0)


def seen(line: Array) -> Array:
    """The part of a polyline (2, M) in view."""
    return line[:, np.abs(line).max(axis=0) <= 1 + EDGE]


def _set(view: View, line: Array) -> CriticalSet:
    value = view.landscape.value(view.position(line))
    sides = [view.landscape.value(view.position(side)) - value for side in neighbours(line, ACROSS)]
    higher, lower = (all((sign * side > 0).mean() > 0.9 for side in sides) for sign in (1, -1))
    kind: Kind = "minimum" if higher else "maximum" if lower else "degenerate"
    return CriticalSet(positions=view.position(line), value=float(np.median(value)), kind=kind)


def _note(landscape: Landscape, search: Search, points: int, sets: int) -> str:
    seen = f"{points} critical point{'s' * (points != 1)}"
    if sets:
        seen += f" and {sets} curve{'s' * (sets != 1)} of them"
    checked = not (sets or search.flat or search.undefined)
    doubts = [
        text
        for holds, text in [
            (search.stopped_early, "there is more than the bound on work allows, a smaller view shows it"),
            (not landscape.smooth, "the surface may have corners, edges or poles, where none is looked for"),
            (search.undefined, "the gradient has no value in a part of the view"),
            (search.flat, "there are plateaus, flat to the last digit"),
            (bool(sets), "the index check does not apply to curves"),
            (checked and not search.agrees, "the index check asks for more points"),
        ]
        if holds
    ]
    if doubts:
        return f"Found {seen}; some may be missing: {'; '.join(doubts)}."
    return f"Found {seen}; round every cell of the view the gradient turns as often as these explain."
