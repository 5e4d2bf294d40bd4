"""Kinds of critical points: by the Hessian where it decides, else by the loss around them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from landscapes.critical.basins import RING
from landscapes.critical.bends import bends_near
from landscapes.critical.classification import room
from landscapes.critical.grid import Grid
from landscapes.critical.nature import Nature, natures_of
from landscapes.critical.nearness import Numbers
from landscapes.critical.search import Search
from landscapes.critical.view import View
from landscapes.landscape import Array
from words import mark, say

Kind = Literal["minimum", "maximum", "saddle", "degenerate"]
KINDS: tuple[Kind, Kind, Kind] = ("minimum", "saddle", "maximum")  # by the number of negative eigenvalues

NAMES = {"minimum": mark("minimum"), "saddle": mark("saddle"), "maximum": mark("maximum")}
DEGENERATE = {
    "minimum": mark("degenerate minimum"),
    "saddle": mark("degenerate saddle"),
    "maximum": mark("degenerate maximum"),
    "inflection": mark("inflection"),
    None: mark("degenerate point"),
}

EDGE = 1e-9  # of half the view: what lies beyond its edge by less is in it
ZERO = 1e-12  # of half the view: a coordinate so small is 0
NEAR = 1e-8  # of half the view: an eigenvalue that changes as much within this distance as it has is 0

MOST_ASKED = 200  # points around which the loss is looked at


@dataclass(frozen=True, kw_only=True)
class CriticalPoint:
    """A place where the gradient vanishes."""

    position: Array  # (2,)
    value: float
    eigenvalues: Array  # (2,), of the Hessian, ascending; infinite where it grows without end, nan where it jumps
    eigenvectors: Array  # (2, 2), unit columns; the larger component of each is positive
    kind: Kind  # degenerate: the Hessian does not decide, because an eigenvalue is 0 or there is none
    nature: Nature | None  # the kind; of a degenerate point what the loss around it says, None where that is undecided
    index: int | None  # turns of the gradient on a small circle: minimum and maximum 1, saddle -1; None if undecided

    @property
    def name(self) -> str:
        """What it is called: by its kind, a degenerate one by the loss round it where that decides."""
        return say(DEGENERATE[self.nature]) if self.kind == "degenerate" else say(NAMES[self.kind])


def described(view: View, grid: Grid, search: Search) -> list[CriticalPoint]:
    """The points that a search found in view, by value, then position."""
    found = search.found
    u = np.hstack([found.simple, found.degenerate])
    simple = found.simple.shape[1]
    low, high = view.centre - view.half, view.centre + view.half
    p = np.clip(view.position(u), low, high)
    p = rounded(view, p, np.append(np.zeros(simple), found.blur))
    eigenvalues, eigenvectors = np.linalg.eigh(np.moveaxis(view.landscape.hessian(p), -1, 0))
    bends = np.sign(np.linalg.eigvalsh(np.moveaxis(view.hessian(u), -1, 0)))
    bends[simple:] = 0.0
    zero = np.abs(eigenvalues[simple:]) <= doubt(view, found.degenerate, found.blur, eigenvectors[simple:])
    eigenvalues[simple:][zero] = 0.0
    if not view.landscape.smooth:
        near = bends_near(view, p)
        other = ~(np.abs(near.eigenvalues - eigenvalues) <= near.tolerance[:, None]).all(axis=1)
        eigenvalues[other], eigenvectors[other], bends[other] = (part[other] for part in near[:3])
    bends[eigenvalues == 0] = 0.0  # at the place that is given, whatever it is at the one that was found
    kinds = [KINDS[int((bend < 0).sum())] if (np.abs(bend) == 1).all() else "degenerate" for bend in bends]
    natures = undecided(view, grid, u, kinds, search)
    values = view.landscape.value(p)
    return [
        CriticalPoint(
            position=p[:, i],
            value=float(values[i]) + 0.0,  # which makes -0 a 0
            eigenvalues=eigenvalues[i],
            eigenvectors=eigenvectors[i] * signs(eigenvectors[i]),
            kind=kinds[i],
            nature=natures[i],
            index=search.indices[i],
        )
        for i in in_order(view, u, p, np.where(beside_a_hole(view, p), np.nan, values))
    ]


def rounded(view: View, p: Array, blur: Array) -> Array:
    """The positions (2, N) with 0 for what is as good as 0, by what rounding hides (N,), where no slope is greater."""
    q = np.where(np.abs(p) <= np.maximum(ZERO, blur) * view.half, 0.0, p)
    before, after = (np.hypot(*(view.half * view.landscape.gradient(place))) for place in (p, q))
    return np.where(after <= before, q, p)


def undecided(view: View, grid: Grid, u: Array, kinds: list[Kind], search: Search) -> list[Nature | None]:
    """The nature of each point (2, N): its kind, or what the loss around it says, if there are not too many to look."""
    natures: list[Nature | None] = [None if kind == "degenerate" else kind for kind in kinds]
    asked = np.array([i for i, nature in enumerate(natures) if nature is None][:MOST_ASKED], dtype=int)
    answers = natures_of(view, u[:, asked], room(grid, u, u[:, asked]), [search.indices[i] for i in asked])
    for i, answer in zip(asked, answers, strict=True):
        natures[i] = answer
    return natures


def beside_a_hole(view: View, p: Array) -> NDArray[np.bool_]:
    """Which positions (2, N) are those of a place where f has no value, as sin(x - 0.5)/(x - 0.5) has none at 0.5.

    Newton's method ends a few units of rounding beside it: such a place is looked for at the nearest short decimals.
    """
    decimals = [9 - int(np.ceil(np.log10(half))) for half in view.half.ravel()]
    hole: NDArray[np.bool_] = np.isnan(
        view.landscape.value(np.stack([row.round(d) for row, d in zip(p, decimals, strict=True)]))
    )
    return hole


def in_order(view: View, u: Array, p: Array, values: Array) -> Numbers:
    """The numbers of the points in view, by value, then position, each to a billionth of what there is.

    Where f has no value there is no point.
    """
    within = np.flatnonzero((np.abs(u).max(axis=0) <= 1 + EDGE) & np.isfinite(values))
    step = 1e-9 * max(np.abs(values[within]).max(initial=0.0), np.finfo(float).tiny)
    ranks = np.rint(np.vstack([p[1:] / (1e-9 * view.half[1]), p[:1] / (1e-9 * view.half[0]), values / step]))
    return within[np.lexsort(ranks[:, within])]


def doubt(view: View, u: Array, blur: Array, eigenvectors: Array) -> Array:
    """How much the eigenvalues at degenerate zeros change within the distance to which those are known, (M, 2)."""
    circle = (u[:, None] + np.maximum(blur, NEAR) * RING).reshape(2, -1)
    here, beside = (view.landscape.hessian(view.position(place)) for place in (u, circle))
    changes = beside.reshape(2, 2, RING.shape[1], -1) - here[:, :, None]
    along = np.einsum("nai,abkn,nbi->kni", eigenvectors, changes, eigenvectors)
    rounding = 8 * np.finfo(float).eps * np.einsum("nai,abn,nbi->ni", *map(np.abs, (eigenvectors, here, eigenvectors)))
    largest: Array = np.abs(along).max(axis=0, initial=0.0) + rounding
    return largest


def signs(columns: Array) -> Array:
    """1 for every column whose larger component (the first of two equal ones) is positive, else -1."""
    larger = np.abs(columns).round(9).argmax(axis=0)
    return np.where(columns[larger, [0, 1]] < 0, -1.0, 1.0)
