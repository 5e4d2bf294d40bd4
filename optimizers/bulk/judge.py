"""What became of many runs: the definition that `verdict` has, from the numbers kept in mind beside the runs.

Where those numbers do not decide, `verdict` itself is asked about the run.
"""

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Landscape
from optimizers.bulk.blocks import Blocks, Fates, Minimum, nothing_known
from optimizers.bulk.journeys import Functional, Journey, Recorded, Runs
from optimizers.bulk.machine import Ends
from optimizers.bulk.observers import (
    BOXED,
    HERE,
    NOTHING,
    Approach,
    Box,
    Curvature,
    Here,
    Look,
    Stay,
    approaching,
    bending,
    looking,
    staying,
)
from optimizers.bulk.outcomes import KINDS, Outcomes
from optimizers.bulk.places import Found, Places, larger
from optimizers.bulk.settling import BORDER, Settling, Truths, close
from optimizers.bulk.windows import Log, Windows, windows
from optimizers.engine import descend
from optimizers.optimizer import Optimizer, Schedule
from optimizers.verdicts import (
    AROUND,
    CLOSING,
    DYING,
    MARGIN,
    OUTGROWN,
    REACH,
    ROUNDING,
    STEADY,
    STILL,
    TURNS,
    Verdict,
    is_level,
    unstable_steps,
    verdict,
)

MANY, FEW = 2048, 64  # runs of a tile in which minima are looked for first, and how many of them are made for that
ALONE = 256  # runs that are handed to `verdict` together
ROUNDING_ERRORS = 1e-13  # views
MINIMUM, MAXIMUM, SADDLE, FLAT, CYCLE, MOVING, DIVERGED = range(len(KINDS))
UNDECIDED = -1


class Judge:
    """Tells what became of the runs of a landscape, tile by tile; critical points are found once for all tiles."""

    def __init__(
        self, landscape: Landscape, steps: int, runs: Runs, optimizer_of: Callable[[NDArray[np.intp]], Optimizer]
    ) -> None:
        self.landscape, self.steps, self.runs, self.optimizer_of = landscape, steps, runs, optimizer_of
        self.places = Places(landscape)
        self.scale = self.places.scale
        self.per_view = 1 / self.scale[:, None]
        self.staying, self.approaching, self.looking = (f(self.scale) for f in (staying, approaching, looking))
        formula = landscape.elementwise
        self.bending = None
        if isinstance(runs, Recorded) and formula is not None and landscape.smooth:
            self.bending = bending(formula.hessian)
        self.windows: Windows = windows(steps)
        self.settling = Settling(steps, self.windows, self.scale)
        self.late, self.quarter = self.windows.towards_the_end, self.windows.of_the_last_quarter
        self.before = self.windows.of_the_quarter_before
        borders = (self.before, self.quarter, self.late)
        self.kept = tuple(sorted({each[0] - 1 for each in borders if each and each[0] > 1}))
        self.limits = lru_cache(maxsize=1)(self._limits)  # the same for tile after tile, but for own hyperparameters
        self.first, self.searched = 0, False  # number of the first run of the tile at hand; were minima looked for?
        self.blocks = lru_cache(maxsize=1)(self._blocks)

    def outcomes(self, starts: Array, first: int) -> Outcomes:
        """Of a tile that begins with trajectory number `first`."""
        self.first, numbers = first, np.arange(first, first + starts.shape[1])
        ends, fates = self._ends(numbers, starts)
        stayed = ends.left < 0
        kinds = np.full(numbers.size, UNDECIDED, dtype=np.int8)
        kinds[stayed & fates.settled], kinds[stayed & fates.restless] = MINIMUM, MOVING
        places, steps = fates.places, fates.since.astype(np.int32)
        rest = np.flatnonzero(stayed & (kinds == UNDECIDED))
        if not self.landscape.smooth and isinstance(self.runs, Recorded):
            self._correct(numbers, starts, ends)  # a formula may be 0/0 where there is a gradient
        gone = np.flatnonzero(~stayed | (ends.left >= 0))
        places[:, gone], steps[gone] = ends.places[:, gone], ends.left[gone]
        kinds[gone[ends.left[gone] >= 0]] = DIVERGED
        if self.steps >= 1:
            with np.errstate(all="ignore"):
                left = self._stayed(numbers, starts, ends.places, rest, kinds, places, steps)
                left = np.sort(np.concatenate([np.flatnonzero(kinds == MOVING), left]))
                if left.size:
                    kinds[left], steps[left] = self._restless(numbers[left], starts[:, left], ends.places[:, left])
        ends.places[:, gone] = np.nan
        found = Outcomes(ends.places, kinds, places, steps)
        self._ask(numbers, starts, found)
        return found

    def _blocks(self) -> Blocks | None:
        """How runs are judged on their way, where they can be."""
        if not isinstance(self.runs, Recorded) or self.landscape.curve or self.windows.before[0] <= 1:
            return None
        return self.runs.blocks(self.scale, self.kept)

    def _ends(self, numbers: NDArray[np.intp], starts: Array) -> tuple[Ends, Fates]:
        """Runs a tile to its end, and what can be told on the way."""
        blocks, optimizer = self.blocks() if numbers.size >= MANY else None, self.optimizer_of(numbers)
        if blocks is None or not isinstance(self.runs, Recorded):
            ends = self.runs.ends(optimizer, starts, self.kept)
            return ends, nothing_known(ends.places, self.steps)
        if not self.searched:  # a few runs tell where the minima are
            some = slice(None, None, max(1, numbers.size // FEW))
            found, _ = self.runs.judged(blocks, self.optimizer_of(numbers[some]), starts[:, some], ())
            with np.errstate(all="ignore"):
                self.places.near(found.places[:, found.left < 0])
            self.searched = True
        with np.errstate(all="ignore"):
            minima = [Minimum(*each) for each in self.places.minima()]
        return self.runs.judged(blocks, optimizer, starts, minima)

    def _correct(self, numbers: NDArray[np.intp], starts: Array, ends: Ends) -> None:
        """Makes the runs that have left again as they are, without a recording."""
        lanes = np.flatnonzero(ends.left >= 0)
        for k in range(0, lanes.size, ALONE):
            some = lanes[k : k + ALONE]
            found = Functional(self.landscape, self.steps, None).ends(self.optimizer_of(numbers[some]), starts[:, some])
            ends.left[some], ends.places[:, some] = found.left, found.places

    def _ask(self, numbers: NDArray[np.intp], starts: Array, found: Outcomes) -> None:
        """Asks `verdict` about the runs that are not decided."""
        undecided = np.flatnonzero(found.kinds == UNDECIDED)
        for k in range(0, undecided.size, ALONE):
            some = undecided[k : k + ALONE]
            optimizer = self.optimizer_of(numbers[some])
            run = descend(self.landscape, optimizer, starts[:, some], self.steps)
            found.positions[:, some] = run.positions[:, -1]
            for n, each in zip(some, verdict(self.landscape, optimizer, run), strict=True):
                if isinstance(each, Verdict):
                    found.kinds[n], found.steps[n] = KINDS.index(each.kind), each.step
                    found.places[:, n] = each.position

    def _stayed(
        self,
        numbers: NDArray[np.intp],
        starts: Array,
        last: Array,
        lanes: NDArray[np.intp],
        kinds: NDArray[np.int8],
        places: Array,
        steps: NDArray[np.int32],
    ) -> NDArray[np.intp]:
        """Decides which of some that did not leave stay where they are, as far as it can; gives those that do not."""
        if lanes.size == 0:
            return lanes
        numbers, starts, last = numbers[lanes], starts[:, lanes], last[:, lanes]
        log = self._looked(numbers, starts, self.late)
        found = self._found(log, last)
        distance = larger(np.abs(last - found.positions) * self.per_view)
        settled, doubt, since = self._settled(numbers, starts, found, log, distance)
        known = np.array([KINDS.index(point.kind) for point in self.places.points], dtype=np.int8)
        stays = np.flatnonzero(settled)
        if stays.size:
            kind = known[found.numbers[stays]]
            unsure = ((kind == SADDLE) | (kind == MAXIMUM)) & (2 * distance[stays] > ROUNDING)
            kinds[lanes[stays]] = np.where(unsure, UNDECIDED, kind)
            places[:, lanes[stays]], steps[lanes[stays]] = found.positions[:, stays], since[stays]
        return lanes[~settled & ~doubt]

    def _journey(self, numbers: NDArray[np.intp], starts: Array, step: int = 0) -> Journey:
        return self.runs.journey(self.optimizer_of(numbers), starts, numbers - self.first, step)

    def _looked(self, numbers: NDArray[np.intp], starts: Array, borders: list[int]) -> Log:
        """What is seen of the runs between some borders."""
        none, parts = np.zeros(numbers.size), list[tuple[int, int, Array]]()
        begin = max(0, borders[0] - 1)
        look = nothing = Look(*(none + number for number in NOTHING))
        if borders[0] == 0:  # the start itself is looked at
            look = Look(none, none, *starts, *starts)
            if borders[1] == 1:
                parts.append((0, 1, np.array(look)))
                borders, look = borders[1:], nothing
        journey = self._journey(numbers, starts, begin)
        journey.watch(self.looking, look)
        steps = [begin, *(border - 1 for border in borders[1:])]
        for (first, last), part in zip(pairwise(borders), journey.advance(steps), strict=True):
            parts.append((first, last, part))
        return Log(parts)

    def _found(self, log: Log, last: Array) -> Found:
        """The places next to the ends; who made a long step in the end stays nowhere and is not asked about."""
        some = np.flatnonzero(self.settling.at_one_place(log))
        found = Found(np.full(last.shape[1], -1), last.copy())
        found.numbers[some], found.positions[:, some] = self.places.near(last[:, some])
        return found

    def _settled(
        self, numbers: NDArray[np.intp], starts: Array, found: Found, log: Log, distance: Array
    ) -> tuple[Truths, Truths, NDArray[np.int32]]:
        """Which runs stay at their places, were they minima, as `converged_since` has it; which nearly; and since when.

        What is seen of the last twentieth rules out most of those that do not; the others are made again.
        """
        settling, end = self.settling, self.steps
        seen_last = settling.glance(log, found.positions, found.numbers >= 0, distance)
        good = seen_last.stays
        doubt, since = np.zeros(numbers.size, dtype=bool), np.full(numbers.size, end, dtype=np.int32)
        some = np.flatnonzero(good)
        if some.size == 0:
            return good, doubt, since
        there = Found(found.numbers[some], found.positions[:, some])
        glance = seen_last.of(some)
        seen = self._approached(numbers[some], starts[:, some], there, glance.limit)
        since[some] = seen.near.outside + 1
        late = some[glance.radius > REACH]
        if late.size:
            middle, way = found.positions[:, late], REACH * self.scale[:, None]
            since[late] = self._boxed(numbers[late], starts[:, late], middle - way, middle + way)
        good[some], doubt[some] = settling.stays(log.of(some), there.positions, glance, seen)
        return good, doubt, since

    def _approached(self, numbers: NDArray[np.intp], starts: Array, found: Found, limit: Array) -> Approach:
        """The runs up to their last twentieth: how long they were within a limit, and how they moved just before."""
        (begin, split), none = self.windows.before, np.zeros(numbers.size)
        journey = self._journey(numbers, starts)
        away = larger(np.abs(starts - found.positions) * self.per_view)
        near = Stay(
            found.positions[0],
            found.positions[1],
            limit,
            np.where(away <= REACH, -1.0, 0.0),
            (away <= limit).astype(float),
            none,
        )
        if begin > 1:
            journey.watch(self.staying, near)
            journey.advance([0, begin - 1])
            near = journey.seen()
        reach = away if begin == 0 else none
        journey.watch(self.approaching, Approach(near, reach, none))
        if split - 1 > max(0, begin - 1):
            journey.advance([max(0, begin - 1), split - 1])
        seen: Approach = journey.seen()
        return seen

    def _boxed(self, numbers: NDArray[np.intp], starts: Array, low: Array, high: Array) -> NDArray[np.int32]:
        """From which step on runs are in a box."""
        inside = ((starts >= low) & (starts <= high)).all(axis=0)
        journey = self._journey(numbers, starts)
        journey.watch(BOXED, Box(low[0], high[0], low[1], high[1], np.where(inside, -1.0, 0.0)))
        journey.advance([0, self.steps])
        return (journey.seen().outside + 1).astype(np.int32)  # type: ignore[no-any-return]

    def _restless(
        self, numbers: NDArray[np.intp], starts: Array, last: Array
    ) -> tuple[NDArray[np.int8], NDArray[np.int32]]:
        """The kinds of those that stay nowhere, and since when they are: level, in a cycle, or moving."""
        end, spans = self.steps, self.windows
        log = self._looked(numbers, starts, self.quarter)
        kind, since = np.full(numbers.size, MOVING, dtype=np.int8), np.full(numbers.size, end, dtype=np.int32)
        still = np.flatnonzero(log.way(spans.still) == 0)
        if still.size:
            level = np.array([is_level(self.landscape, starts[:, n], last[:, n]) for n in still])
            flat = still[level]
            if flat.size:
                kind[flat] = FLAT
                since[flat] = self._boxed(numbers[flat], starts[:, flat], last[:, flat], last[:, flat])
                kind[flat[since[flat] > max(0, end - STILL)]] = UNDECIDED
        if self.landscape.batch is not None or not spans.late[1]:
            return kind, since
        size, way = larger((log.high(spans.late) - log.low(spans.late)) * self.per_view), log.way(spans.late_way)
        some = np.flatnonzero((size > MARGIN) & (way >= TURNS * size * (1 - BORDER)) & (kind == MOVING))
        if some.size:
            kind[some], since[some] = self._circling(numbers[some], starts[:, some], log.of(some))
        return kind, since

    def _circling(
        self, numbers: NDArray[np.intp], starts: Array, late: Log
    ) -> tuple[NDArray[np.int8], NDArray[np.int32]]:
        """The same of those that run to and fro in the last quarter, which was looked at: in a cycle, or moving."""
        log, spans = Log(late.parts + self._looked(numbers, starts, self.before).parts), self.windows
        kind, since = np.full(numbers.size, MOVING, dtype=np.int8), np.full(numbers.size, self.steps, dtype=np.int32)
        low, high, low_before, high_before = (
            corner * self.per_view
            for span in (spans.late, spans.quarter_before)
            for corner in (log.low(span), log.high(span))
        )
        extent = high - low
        size = larger(extent)
        late_way = log.way(spans.late_way)
        beyond = np.maximum(low_before - low, high - high_before)
        change = larger(np.maximum(np.abs(low_before - low), np.abs(high - high_before)))
        steady = change <= STEADY * size
        corners = [np.array([log.low(span), log.high(span)]) * self.per_view for span in spans.eighths]
        changes = [larger(np.maximum(*np.abs(a - b))) for a, b in pairwise(corners)]
        width = larger(corners[0][1] - corners[0][0])
        closes = changes[0] <= CLOSING * width
        for now, then in pairwise(changes):
            closes &= now <= DYING * then
        border = close(late_way, TURNS * size) | close(change, STEADY * size)
        border |= ~steady & close(changes[0], CLOSING * width)
        for now, then in pairwise(changes):
            border |= ~steady & (np.abs(now - DYING * then) <= ROUNDING_ERRORS * (1 + size))
        circling = late_way >= TURNS * size
        cycle = circling & (steady | closes)
        bound = circling & ~cycle & (beyond <= OUTGROWN * extent + MARGIN).all(axis=0)
        doubtful = np.flatnonzero(bound)
        if doubtful.size:
            ratio = self._instability(numbers[doubtful], starts[:, doubtful])
            cycle[doubtful] = ratio > 1
            border[doubtful] |= ~(np.abs(ratio - 1) > BORDER) | np.isinf(ratio)
        kind[border] = UNDECIDED
        round_ = np.flatnonzero(cycle & ~border)
        if round_.size:
            kind[round_] = CYCLE
            views = self.scale[:, None]
            since[round_] = self._boxed(
                numbers[round_],
                starts[:, round_],
                (low - AROUND * size)[:, round_] * views,
                (high + AROUND * size)[:, round_] * views,
            )
        return kind, since

    def _instability(self, numbers: NDArray[np.intp], starts: Array) -> Array:
        """The mean of λₘₐₓ over the stability limit towards the end; 0 where theory knows no limit."""
        optimizer = self.optimizer_of(numbers)
        steps = unstable_steps(self.steps)
        if optimizer.stability_limit is None or optimizer.rate is None or not steps:
            return np.zeros(numbers.size)
        begin = max((step for step in self.kept if step <= steps[0]), default=0)
        journey = self._journey(numbers, starts, begin)
        if steps[0] > begin:
            journey.advance([begin, steps[0]])
        limits = self.limits(optimizer.stability_limit)
        if self.bending is not None and (limits == limits[0]).all():
            journey.watch(self.bending, Curvature(np.zeros(numbers.size)))
            journey.advance([steps[0], self.steps])
            return np.asarray(journey.seen().total / len(steps) / limits[0])
        first = journey.point()
        journey.watch(HERE, Here(first[0], first[1]))
        p = np.stack([first, *journey.advance(list(steps))], axis=1)  # (2, steps, N)
        (a, b), (_, d) = self.landscape.hessian(p)
        largest = (a + d) / 2 + np.hypot((a - d) / 2, b)
        return np.asarray((largest / limits).mean(axis=0))

    def _limits(self, stability_limit: Schedule) -> Array:
        """The stability limits of the steps that count, (steps, 1) or (steps, N)."""
        steps = unstable_steps(self.steps)
        return np.array([stability_limit(step) for step in steps]).reshape(len(steps), -1)
