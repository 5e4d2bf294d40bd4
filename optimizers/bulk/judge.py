"""What became of many runs: the definition that `verdict` has, from the numbers kept in mind beside the runs.

Where those numbers do not decide, `verdict` itself is asked about the run.
"""

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Landscape
from optimizers.bulk.journeys import Functional, Journey, Recorded, Runs
from optimizers.bulk.machine import Ends
from optimizers.bulk.observers import (
    BOXED,
    HERE,
    NOTHING,
    Approach,
    Box,
    Here,
    Look,
    Stay,
    approaching,
    looking,
    staying,
)
from optimizers.bulk.outcomes import KINDS, Outcomes
from optimizers.bulk.places import Found, Places, larger
from optimizers.bulk.windows import Log, Span, Windows, windows
from optimizers.engine import descend
from optimizers.optimizer import Optimizer, Schedule
from optimizers.verdicts import (
    AROUND,
    BURST,
    CLOSING,
    CRAWL,
    DIGITS,
    DYING,
    EXACT,
    JITTER,
    LASTING,
    LONGER,
    MARGIN,
    NEAR,
    OUTGROWN,
    REACH,
    ROUNDING,
    STEADY,
    STILL,
    TENFOLD,
    TURNS,
    UNSHRUNK,
    Verdict,
    is_level,
    last_twentieth,
    unstable_steps,
    verdict,
)

Truths = NDArray[np.bool_]
ALONE = 256  # runs that are handed to `verdict` together
BORDER = 1e-9  # what is nearer than this, in parts, to a number that decides is left to `verdict`
ROUNDING_ERRORS = 1e-13  # views
AT_ONE_PLACE = 2.1 * REACH  # views: two positions that are farther apart are not both at one place
MINIMUM, MAXIMUM, SADDLE, FLAT, CYCLE, MOVING, DIVERGED = range(len(KINDS))
UNDECIDED = -1


def close(a: Array, b: Array) -> Truths:
    """Whether rounding may decide which of two is larger."""
    return np.asarray(np.abs(a - b) <= BORDER * (np.abs(a) + np.abs(b)))


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
        self.windows: Windows = windows(steps)
        self.late, self.quarter = self.windows.towards_the_end, self.windows.of_the_last_quarter
        self.before = self.windows.of_the_quarter_before
        borders = (self.before, self.quarter, self.late)
        self.kept = tuple(sorted({each[0] - 1 for each in borders if each and each[0] > 1}))
        self.limits = lru_cache(maxsize=1)(self._limits)  # the same for tile after tile, but for own hyperparameters
        self.first = 0  # of the tile at hand

    def outcomes(self, starts: Array, first: int) -> Outcomes:
        """Of a tile that begins with trajectory number `first`."""
        self.first, numbers = first, np.arange(first, first + starts.shape[1])
        ends = self.runs.ends(self.optimizer_of(numbers), starts, self.kept)
        kinds = np.full(numbers.size, UNDECIDED, dtype=np.int8)
        places, steps = ends.places.copy(), np.full(numbers.size, self.steps, dtype=np.int32)
        gone = ends.left >= 0
        positions = np.where(gone, np.nan, ends.places)
        rest = np.flatnonzero(~gone)
        if not self.landscape.smooth and isinstance(self.runs, Recorded):
            self._correct(numbers, starts, ends)  # a formula may be 0/0 where there is a gradient
            gone = ends.left >= 0
            places[:, gone] = ends.places[:, gone]
        kinds[gone], steps[gone] = DIVERGED, ends.left[gone]
        if rest.size and self.steps >= 1:
            self._stayed(numbers[rest], starts[:, rest], ends.places[:, rest], rest, kinds, places, steps)
        undecided = np.flatnonzero(kinds == UNDECIDED)
        for k in range(0, undecided.size, ALONE):
            some = undecided[k : k + ALONE]
            optimizer = self.optimizer_of(numbers[some])
            run = descend(self.landscape, optimizer, starts[:, some], self.steps)
            positions[:, some] = run.positions[:, -1]
            for n, each in zip(some, verdict(self.landscape, optimizer, run), strict=True):
                if isinstance(each, Verdict):
                    kinds[n], places[:, n], steps[n] = KINDS.index(each.kind), each.position, each.step
        return Outcomes(positions, kinds, places, steps)

    def _correct(self, numbers: NDArray[np.intp], starts: Array, ends: Ends) -> None:
        """Makes the runs that have left again as they are, without a recording."""
        lanes = np.flatnonzero(ends.left >= 0)
        for k in range(0, lanes.size, ALONE):
            some = lanes[k : k + ALONE]
            found = Functional(self.landscape, self.steps, None).ends(self.optimizer_of(numbers[some]), starts[:, some])
            ends.left[some], ends.places[:, some] = found.left, found.places

    def _stayed(
        self,
        numbers: NDArray[np.intp],
        starts: Array,
        last: Array,
        lanes: NDArray[np.intp],
        kinds: NDArray[np.int8],
        places: Array,
        steps: NDArray[np.int32],
    ) -> None:
        """Decides about those that did not leave, as far as it can."""
        with np.errstate(all="ignore"):
            log = self._looked(numbers, starts, self.late)
            found = self._found(log, last)
            distance = larger(np.abs(last - found.positions) * self.per_view)
            settled, doubt, since = self._settled(numbers, starts, found, log, distance)
            known = np.array([KINDS.index(point.kind) for point in self.places.points], dtype=np.int8)
            kind = np.full(numbers.size, UNDECIDED, dtype=np.int8)
            if known.size:
                kind[settled] = known[found.numbers[settled]]
            unsure = ((kind == SADDLE) | (kind == MAXIMUM)) & (2 * distance > ROUNDING)
            own = found.positions
            left = np.flatnonzero(~settled)
            if left.size:
                kind[left], since[left] = self._restless(numbers[left], starts[:, left], last[:, left])
                own[:, left] = last[:, left]
            kind[unsure | doubt] = UNDECIDED
            kinds[lanes], places[:, lanes], steps[lanes] = kind, own, since

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
        end = self.windows.end
        some = np.flatnonzero(larger((log.high(end) - log.low(end)) * self.per_view) <= AT_ONE_PLACE)
        found = Found(np.full(last.shape[1], -1), last.copy())
        found.numbers[some], found.positions[:, some] = self.places.near(last[:, some])
        return found

    def _settled(
        self, numbers: NDArray[np.intp], starts: Array, found: Found, log: Log, distance: Array
    ) -> tuple[Truths, Truths, NDArray[np.int32]]:
        """Which runs stay at their places, were they minima, as `converged_since` has it; which nearly; and since when.

        What is seen of the last twentieth rules out most of those that do not; the others are made again.
        """
        spans, end = self.windows, self.steps

        def reach(span: Span) -> Array:
            return larger(log.reach(span, found.positions) * self.per_view)

        radius = reach(spans.tail)
        good = (found.numbers >= 0) & (reach(spans.end) <= REACH)
        good &= ~((distance > EXACT) & ((radius > REACH) | (end <= last_twentieth(end))))
        motion = larger((log.high(spans.tail) - log.low(spans.tail)) * self.per_view)
        good &= ~((distance > NEAR) & (motion <= CRAWL * distance))
        rounding = DIGITS * larger(np.abs(found.positions) * self.per_view)
        if spans.recent[1]:
            then, now = spans.earlier, spans.recent
            good &= ~(
                (reach(now) > np.maximum(TENFOLD * reach(then), rounding))
                & (log.stride(now) > np.maximum(TENFOLD * log.stride(then), rounding))
            )
        doubt, since = np.zeros(numbers.size, dtype=bool), np.full(numbers.size, end, dtype=np.int32)
        some = np.flatnonzero(good)
        if some.size == 0:
            return good, doubt, since
        radius, rounding = radius[some], rounding[some]
        there = Found(found.numbers[some], found.positions[:, some])
        seen = self._approached(numbers[some], starts[:, some], there, np.maximum(2 * radius, EXACT))
        near, size = seen.near, spans.tail[1] - spans.tail[0]
        since[some] = near.outside + 1
        late = some[radius > REACH]
        if late.size:
            middle, way = found.positions[:, late], REACH * self.scale[:, None]
            since[late] = self._boxed(numbers[late], starts[:, late], middle - way, middle + way)
        stay, wide = near.stay + size, radius > EXACT
        stays = ~((near.longest > 0) & (stay < BURST * near.longest))
        unsure = np.zeros(some.size, dtype=bool)
        if spans.before[1] > spans.before[0]:
            stays &= ~(
                (radius > np.maximum(LONGER * seen.reach, rounding))
                & (log.stride(spans.tail)[some] > np.maximum(LONGER * seen.stride, rounding))
            )
            unsure = wide & close(radius, seen.reach)
            stays &= ~(wide & (radius > seen.reach)) | unsure
        first, second, way = (part[some] for part in (reach(spans.first), reach(spans.second), log.way(spans.tail_way)))
        jitters = wide & ((stay > LASTING * size) | (second >= UNSHRUNK * first)) & (way >= JITTER * radius)
        unsure &= ~jitters
        unsure |= wide & (close(second, UNSHRUNK * first) | close(way, JITTER * radius))
        good[some], doubt[some] = stays & ~jitters & ~unsure, stays & unsure
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
            border[doubtful] |= np.abs(ratio - 1) <= BORDER
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
        begin = max(0, self.before[0] - 1)
        journey = self._journey(numbers, starts, begin)
        if steps[0] > begin:
            journey.advance([begin, steps[0]])
        first = journey.point()
        journey.watch(HERE, Here(first[0], first[1]))
        p = np.stack([first, *journey.advance(list(steps))], axis=1)  # (2, steps, N)
        (a, b), (_, d) = self.landscape.hessian(p)
        largest = (a + d) / 2 + np.hypot((a - d) / 2, b)
        limits = self.limits(optimizer.stability_limit)
        return np.asarray((np.where(np.isfinite(largest), largest, np.nan) / limits).mean(axis=0))

    def _limits(self, stability_limit: Schedule) -> Array:
        """The stability limits of the steps that count, (steps, 1) or (steps, N)."""
        steps = unstable_steps(self.steps)
        return np.array([stability_limit(step) for step in steps]).reshape(len(steps), -1)
