"""A close look at degenerate zeros of a gradient: how many there are, where each is, and what rounding hides."""

from typing import NamedTuple

import numpy as np

from landscapes.critical.basins import FINEST, RING, USUAL, basins
from landscapes.critical.grid import Grid
from landscapes.critical.nearness import Numbers, distance, distinct, pairs
from landscapes.critical.newton import newton_step, noise, zeros
from landscapes.critical.valley import Valley, valley_at
from landscapes.critical.view import View, largest
from landscapes.landscape import Array

RESOLVED = 1e-7  # degenerate zeros nearer to each other than this are one
ROUND = 1e-3  # radius of the largest circle that tells a zero from a place on a curve of them
SHORT = 3  # cells; so far Newton's method may go from one zero to another
SLOW = 20  # steps of Newton's method: so far from a degenerate zero it may have been left
MOST_CENTRES = 60  # of circles
MOST_VALLEYS = 24  # looked along
MOST_JOINTS = 4  # rounds of joining
RADII = np.array([1e-0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5])[:, None, None]  # shares of a radius: circles of all sizes


class Close(NamedTuple):
    """What a close look shows."""

    zeros: Array  # (2, N)
    blur: Array  # (N,)
    basin: Array  # (N,), radius within which each is the only one; 0 where it is degenerate
    curve: Array  # (2, M), places on curves of zeros


def look_closely(view: View, grid: Grid, rest: Array, doubtful: Array) -> Close:
    """The zeros around degenerate ones (2, N), and round places (2, M) where it is doubtful whether there are more.

    First Newton's method starts from circles of all sizes around them. Then each zero whose H shows a valley is looked
    for along it, where that has not been done from another.
    """
    if not rest.shape[1] + doubtful.shape[1]:
        return Close(rest, np.empty(0), np.empty(0), rest)
    centres = np.hstack([doubtful, grid.few_of_each(rest, 2)])[:, :MOST_CENTRES]
    reached = zeros(view, around(centres, grid.cell / 2 * RADII), singular=0.0)
    ends = settled(view, grid, np.hstack([rest, reached.regular, reached.degenerate]))
    basin, _ = basins(view, ends, singular=0.0)
    ends, simple, basin = ends[:, basin == 0], ends[:, basin > 0], basin[basin > 0]
    found, elsewhere = valleys(view, grid, np.hstack([ends, doubtful]))
    plain, width = merged(view, grid, elsewhere[:, np.isfinite(distance(elsewhere, ends, FINEST)[0])])
    zero = np.hstack([simple, *(valley.zeros for valley in found), plain])
    blur = np.concatenate([0.0 * basin, *(valley.blur for valley in found), width])
    basin = np.concatenate([basin, *(valley.basin for valley in found), 0.0 * width])
    sharp = blur <= RESOLVED
    sharp[len(sharp) - len(width) :] = False
    blurred, width, curve = joined(view, zero[:, ~sharp], blur[~sharp])
    return Close(
        zeros=np.hstack([zero[:, sharp], blurred]),
        blur=np.append(blur[sharp], width),
        basin=np.append(basin[sharp], 0.0 * width),
        curve=np.hstack([*(valley.curve for valley in found), curve]),
    )


def joined(view: View, u: Array, blur: Array) -> tuple[Array, Array, Array]:
    """Blurred zeros (2, N), those made one that reach each other, how far each does, and places on curves of them."""
    curve = u[:, :0]
    for _ in range(MOST_JOINTS):
        extent, beside = extents(view, u)
        curved = extent >= ROUND / 2
        on_it = beside[:, distance(beside, u[:, curved], 2 * ROUND)[1] >= 0]
        curve = np.hstack([curve, u[:, curved], on_it])
        u, blur = u[:, ~curved], np.maximum(blur, extent)[~curved]
        once = sharpest(u, blur)
        if len(once) == len(blur) and not curved.any():
            break
        off_it = np.isinf(distance(u[:, once], curve, ROUND)[0])
        u, blur = u[:, once[off_it]], blur[once[off_it]]
    return u, blur, curve[:, distinct(curve, USUAL / 10)]


def valleys(view: View, grid: Grid, u: Array) -> tuple[list[Valley], Array]:
    """The valleys through the places (2, N), but for those that others explain; and the places (2, M) without one."""
    found: list[Valley] = []
    elsewhere = [u[:, :0]]
    runs = 0
    for start, left in zip(u.T[..., None], np.minimum(left_off(view, u), USUAL) + FINEST, strict=True):
        if any(explains(valley, start, left, grid.cell / 8) for valley in found):
            continue
        runs += 1
        valley = valley_at(view, start, grid.cell) if runs <= MOST_VALLEYS else None
        if valley is None:
            elsewhere.append(start)
        else:
            found.append(valley)
    flat = np.hstack(elsewhere)
    zero = np.hstack([u[:, :0], *(valley.zeros for valley in found)])
    return found, flat[:, np.isinf(distance(flat, zero, USUAL)[0])]


def explains(valley: Valley, place: Array, left: float, spacing: float) -> bool:
    """Whether a zero of the valley is what Newton's method, left that far from one, saw at the place (2, 1)."""
    near = (np.hypot(*(valley.zeros - place)) <= 2 * valley.blur + left).any()
    return bool(near) or float(np.hypot(*(valley.curve - place)).min(initial=np.inf)) <= spacing


def sharpest(u: Array, blur: Array) -> Numbers:
    """The numbers of the zeros (2, N) without those that rounding does not tell from a sharper one."""
    order = np.argsort(blur, kind="stable")
    one, other, apart = pairs(u[:, order], 2 * float(blur.max(initial=0.0)) + FINEST)
    return np.delete(order, other[apart <= blur[order[one]] + blur[order[other]] + FINEST])


def around(centre: Array, radius: Array) -> Array:
    """Eight points on circles of all sizes (K, 1, 1) around each centre (2, N): (2, K * 8 * N)."""
    circles: Array = centre[:, None, None] + radius * RING[:, None]
    return circles.reshape(2, -1)


def settled(view: View, grid: Grid, u: Array) -> Array:
    """Degenerate zeros (2, N) after more of Newton's method, and those that it does not make any sharper."""
    sharp = zeros(view, zeros(view, u, singular=0.0).regular, singular=0.0).regular  # twice, it is slow there
    sharp = sharp[:, np.argsort(largest(*view.gradient(sharp)))]
    sharp = sharp[:, distinct(sharp, FINEST)]
    sharp = sharp[:, np.isfinite(distance(sharp, u, SHORT * grid.cell)[0])]
    apart, _ = distance(u, sharp, SHORT * grid.cell)
    return np.hstack([sharp, u[:, ~(apart <= np.maximum(left_off(view, u), USUAL))]])


def left_off(view: View, u: Array) -> Array:
    """How far from a degenerate zero Newton's method may have been left at each point (2, N), (N,)."""
    left: Array = SLOW * newton_step(view.gradient(u), view.hessian(u), 0.0).length
    return left


def merged(view: View, grid: Grid, u: Array) -> tuple[Array, Array]:
    """Degenerate zeros (2, N), those made one between which the slope is lost to rounding, and how wide they are."""
    one, other, _ = pairs(u, SHORT * grid.cell)
    between = 0.57 * u[:, one] + 0.43 * u[:, other]  # not half way, where the centre of a ring of zeros is one
    slope = view.gradient(between)
    lost = np.hypot(*slope) <= 4 * noise(view, between, slope)
    group = np.arange(u.shape[1])
    for i, j in zip(one[lost], other[lost], strict=True):
        group[group == group[j]] = group[i]
    middles, blur = [u[:, :0]], []
    for number in np.unique(group):
        members = u[:, group == number]
        centre = members.mean(axis=1, keepdims=True)
        apart = np.hypot(*(members - centre))
        if apart.max() > ROUND:  # the mean of a wide group may be no zero
            centre = members[:, [apart.argmin()]]
        middles.append(centre)
        blur.append(float(np.hypot(*(members - centre)).max()))
    return np.hstack(middles), np.array(blur)


def extents(view: View, u: Array) -> tuple[Array, Array]:
    """How far the zeros reach that are joined to each one (2, N), at most 2 · ROUND: (N,); and zeros among them.

    From circles of all sizes around each one the shortest way leads to a valley's floor; there it is seen whether a
    slope is left. None is on a curve of zeros, nor within the rounding around a single one.
    """
    found = zeros(view, around(u, ROUND * RADII), singular=np.inf)
    beside = np.hstack([found.regular, found.degenerate])
    apart, which = distance(beside, u, 2 * ROUND)
    extent = np.zeros(u.shape[1])
    np.maximum.at(extent, which[which >= 0], apart[which >= 0])
    return extent, beside
