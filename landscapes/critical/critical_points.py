"""Where the gradient vanishes: every critical point in view, its kind, and what was and was not established."""

import math
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from landscapes.critical.close_look import RESOLVED
from landscapes.critical.critical_sets import neighbours
from landscapes.critical.grid import Grid
from landscapes.critical.kinds import EDGE, CriticalPoint, Kind, described
from landscapes.critical.nature import rise
from landscapes.critical.search import Search, search_in
from landscapes.critical.view import View
from landscapes.landscape import Array, Domain, Landscape
from landscapes.ranges import checked_interval, checked_window
from words import Message, message, message_n

CELLS, FEWEST, MOST = 127, 16, 256  # along each axis of the grid: usually, and as the caller may want
ACROSS = 0.002  # of half the view: how far to both sides of a curve the loss is compared with that on it
NOISY = 0.01  # of the range of the loss: a gradient that rounding can be off by so much across the view is noise


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
    complete: bool  # no minimum, maximum or saddle is missing, but for groups that cancel within a cell
    flat: bool  # there are plateaus: gradient and Hessian are 0 to the last digit
    stopped_early: bool  # there was more to look at than the bound on work allows
    remark: Message  # what was and was not established, in a sentence

    @property
    def note(self) -> str:
        """The remark in the language of the present context."""
        return str(self.remark)


def find_critical_points(landscape: Landscape, domain: Domain | None = None, cells: int = CELLS) -> CriticalPoints:
    """Every point of `domain` where the gradient vanishes, those on its edge (within rounding) included.

    Newton's method starts wherever it would move by less than two cells of a grid, or where both components of the
    gradient change sign. A zero is accepted by the length of its Newton step, never because the gradient is small: on
    a plateau it is small everywhere. Then the turns of the gradient around every cell are compared with the indices of
    the points found there; where they differ, the search is repeated more finely.

    That they agree everywhere is what `complete` says, and it means: **what is missing lies within one cell and
    cancels there.** A minimum, a maximum or a saddle alone turns the gradient on the cell's rim and cannot be missing;
    a minimum and a saddle, one turn forth and one back, can be, if both lie in the same cell and Newton's method met
    neither. With 127 cells a cell is 0.8 % of the view wide. The turns are counted from the gradient at distances of
    half a cell, less where it turns by more than a right angle; a ripple between those places is not seen.

    Points nearer to each other than a ten-millionth of the view, or than rounding tells apart, are given as one
    degenerate point; in the second case, and where there are curves or plateaus, `complete` is False. The work is
    bounded for any landscape: at most four million gradients and as many Hessians, commonly a fiftieth of it.

    Args:
        landscape: any; where its derivatives are nan nothing is found and nothing is claimed.
        domain: ((x0, x1), (y0, y1)), the landscape's own if left out.
        cells: of the grid, along each axis, from 16 to 256.

    Raises:
        ValueError: an interval of the domain is empty, turned round or not finite, or the cells are too few or many.

    Source:
        The sum of the indices: J. Milnor, Topology from the Differentiable Viewpoint (1965), section 6.
    """
    check = checked_interval if domain else checked_window  # a loss of data has a window in the units of these
    x, y = domain or landscape.domain
    view = View.of(landscape, (check("x", x), check("y", y)))
    if not FEWEST <= cells <= MOST:
        raise ValueError(f"find_critical_points needs {FEWEST} to {MOST} cells along each axis, got {cells}")
    grid = Grid.of(cells)
    with np.errstate(all="ignore"):  # a formula may be nan, or overflow, anywhere
        search = search_in(view, grid)
        points = [point for point in described(view, grid, search) if not noise(view, point.position)]
        sets = [_set(view, line) for line in map(seen, search.found.lines) if line.shape[1] > 1]
    doubts = _doubts(view, search, len(sets))
    return CriticalPoints(
        points=tuple(points),
        sets=tuple(sets),
        complete=not doubts,
        flat=search.flat,
        stopped_early=search.stopped_early,
        remark=_note(grid, points, len(sets), doubts),
    )


def noise(view: View, position: Array) -> bool:
    """Whether the gradient at a place is made of rounding errors, as beside the 0/0 of (1 - cos(x))/x² at 0.

    They may be as steep there as a hundredth of the loss's own range across the view. At a corner no bound is known,
    and nothing is claimed.
    """
    if view.landscape.rounding is None:
        return False
    ends = np.linspace(-1.0, 1.0, 9)
    loss = view.landscape.value(view.position(np.stack(np.meshgrid(ends, ends)).reshape(2, -1)))
    loss = loss[np.isfinite(loss)]
    if not loss.size or not np.isfinite(view.landscape.value(position)):
        return False
    steepest = float((view.landscape.rounding("gradient", position) * view.half).max())
    return steepest > NOISY * float(np.ptp(loss))


def seen(line: Array) -> Array:
    """The part of a polyline (2, M) in view."""
    return line[:, np.abs(line).max(axis=0) <= 1 + EDGE]


def _set(view: View, line: Array) -> CriticalSet:
    sides = [rise(view, line, side - line) for side in neighbours(line, ACROSS)]
    higher, lower = (all((sign * side > 0).mean() > 0.9 for side in sides) for sign in (1, -1))
    kind: Kind = "minimum" if higher else "maximum" if lower else "degenerate"
    value = view.landscape.value(view.position(line))
    return CriticalSet(positions=view.position(line), value=float(np.median(value)), kind=kind)


def _doubts(view: View, search: Search, sets: int) -> list[Message]:
    """Why points may be missing, a clause each; none where the turns of the gradient agree with them."""
    lines = search.found.lines
    blurred = search.found.blur > RESOLVED
    checked = not (lines or search.flat or search.undefined)
    doubts = [
        (search.stopped_early, message("there is more than the bound on work allows, a smaller view shows it")),
        (
            not view.landscape.smooth,
            message("the surface may have corners, edges or poles, where none is looked for"),
        ),
        (search.undefined, message("the gradient has no value in a part of the view")),
        (search.flat, message("there are plateaus, flat to the last digit")),
        (bool(sets), message("whether all are found cannot be checked where critical points form curves")),
        (
            bool(lines) and not sets,
            message("a curve of critical points touches the edge of the view or passes close to it"),
        ),
        (bool(blurred.any()), _blurred(view, search, blurred)),
        (
            checked and not search.agrees,
            message("the turns of the gradient round parts of the view ask for more points"),
        ),
    ]
    return [clause for holds, clause in doubts if holds]


def _blurred(view: View, search: Search, which: NDArray[np.bool_]) -> Message:
    """Where points lie too near to each other to be told apart, if there are any."""
    places = view.position(search.found.degenerate[:, which]).T
    width = 2 * float((search.found.blur[which].max(initial=0.0) * view.half).max())
    return message(
        "near {places} points less than {width} apart are not told apart", places=_places(places), width=f"{width:.1g}"
    )


def _places(places: Array) -> Message:
    """The first of some places, (N, 2), and how many there are besides."""
    if not len(places):
        return message("")
    if len(places) == 1:
        return message("{place}", place=_place(places[0]))
    return message("{place} and {count} more", place=_place(places[0]), count=len(places) - 1)


def _place(position: Array) -> str:
    return "({:.3g}, {:.3g})".format(*position).replace("-", "−")


def _note(grid: Grid, points: list[CriticalPoint], sets: int, doubts: list[Message]) -> Message:
    found = message_n("Found {count} critical point", "Found {count} critical points", len(points))
    if sets:
        found = message_n("{found} and {count} curve of them", "{found} and {count} curves of them", sets, found=found)
    if doubts:
        reasons = reduce(lambda some, another: message("{some}; {another}", some=some, another=another), doubts)
        found = message("{found}; some may be missing: {reasons}.", found=found, reasons=reasons)
    else:
        width = f"{math.ceil(1000 * math.sqrt(0.5) * grid.cell) / 10:g}"  # a cell's diagonal, in % of the view
        found = message("{some} {another}", some=message("{clause}.", clause=found), another=_no_more(points, width))
    bent = [point.position for point in points if not np.isfinite(point.eigenvalues).all()]
    if bent:
        without = message("At {places} there is no second derivative.", places=_places(np.array(bent)))
        found = message("{some} {another}", some=found, another=without)
    return found


def _no_more(points: list[CriticalPoint], width: str) -> Message:
    if points:
        return message(
            "No other minimum, maximum or saddle is in view, except perhaps a saddle and a minimum or maximum closer "
            "together than {width} % of the view.",
            width=width,
        )
    return message(
        "No minimum, maximum or saddle is in view, except perhaps a saddle and a minimum or maximum closer together "
        "than {width} % of the view.",
        width=width,
    )
