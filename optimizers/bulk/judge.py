"""What became of many runs: the definition that `verdict` has, from the numbers kept in mind beside the runs.

Where those numbers do not decide, `verdict` itself is asked about the run.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Landscape
from optimizers.bulk.journeys import Functional, Journey, Recorded, Runs
from optimizers.bulk.machine import Ends
from optimizers.bulk.observers import Box, Look, Stay, boxed, looking, staying
from optimizers.bulk.outcomes import KINDS, Outcomes
from optimizers.bulk.places import Found, Places, larger
from optimizers.bulk.windows import Log, Windows, windows
from optimizers.engine import descend
from optimizers.optimizer import Optimizer
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
SUMS = ("reach", "stride", "way", "left", "right", "low", "high")  # of a `Look`, which begin anew at each border
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
        self.staying, self.looking = staying(self.scale), looking(self.scale)
        self.windows: Windows = windows(steps)
        self.first = 0  # of the tile at hand

    def outcomes(self, starts: Array, first: int) -> Outcomes:
        """Of a tile that begins with trajectory number `first`."""
        self.first, numbers = first, np.arange(first, first + starts.shape[1])
        ends = self.runs.ends(self.optimizer_of(numbers), starts)
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
            found = self.places.near(last)
            log, near = self._watched(numbers, starts, found)
            settled, doubt = self._settled(numbers, starts, found, log, near)
            known = np.array([KINDS.index(point.kind) for point in self.places.points], dtype=np.int8)
            kind = np.full(numbers.size, UNDECIDED, dtype=np.int8)
            if known.size:
                kind[settled] = known[found.numbers[settled]]
            unsure = ((kind == SADDLE) | (kind == MAXIMUM)) & (2 * log.last_distance > ROUNDING)
            own, since = found.positions.copy(), near.outside.astype(np.int32)
            left = np.flatnonzero(~settled)
            if left.size:
                self._restless(numbers[left], starts[:, left], last[:, left], found, log, left, kind, since)
                own[:, left] = last[:, left]
            kind[unsure | doubt] = UNDECIDED
            kinds[lanes], places[:, lanes], steps[lanes] = kind, own, since

    def _journey(self, numbers: NDArray[np.intp], starts: Array) -> Journey:
        return self.runs.journey(self.optimizer_of(numbers), starts, numbers - self.first)

    def _watched(self, numbers: NDArray[np.intp], starts: Array, found: Found) -> tuple[Log, Stay]:
        """Makes the runs again, with an eye on the places where they ended."""
        size, log = numbers.size, Log()
        none = np.zeros(size)
        borders = self.windows.borders
        journey = self._journey(numbers, starts)
        offset = (starts - found.positions) / self.scale[:, None]
        away = larger(np.abs(offset))
        inside = away <= EXACT
        near = Stay(
            found.positions[0],
            found.positions[1],
            none + EXACT,
            np.where(away <= REACH, -1.0, 0.0),
            inside.astype(float),
            none,
        )
        if borders[0] > 1:
            journey.watch(self.staying, near)
            journey.advance(0, borders[0] - 1)
            near = journey.seen()
        u, v = (journey.point() - found.positions) / self.scale[:, None]
        for first, last in pairwise(borders):
            fresh = Look(near, u, v, none, none, none, none + np.inf, none - np.inf, none + np.inf, none - np.inf)
            if first == 0:
                fresh = fresh._replace(reach=np.maximum(np.abs(u), np.abs(v)), left=u, right=u, low=v, high=v)
            journey.watch(self.looking, fresh)
            journey.advance(max(0, first - 1), last - 1)
            look = journey.seen()
            near, u, v = look.near, look.u, look.v
            log.add(first, last, look._replace(**{name: getattr(look, name).copy() for name in SUMS}))
        near = Stay(*(part.copy() for part in near))
        log.last_distance = np.maximum(np.abs(u), np.abs(v))
        return log, near._replace(outside=near.outside + 1)

    def _settled(
        self, numbers: NDArray[np.intp], starts: Array, found: Found, log: Log, near: Stay
    ) -> tuple[Truths, Truths]:
        """Which runs stay at their places, were they minima, as `converged_since` has it; and for which it is close."""
        spans, end = self.windows, self.steps
        before = log.reach(spans.before) if spans.before[1] > spans.before[0] else None
        distance, radius = log.last_distance, log.reach(spans.tail)
        good = (found.numbers >= 0) & (log.reach(spans.end) <= REACH)
        good &= ~((distance > EXACT) & ((near.outside > spans.tail[0]) | (end <= last_twentieth(end))))
        motion = larger(log.high(spans.tail) - log.low(spans.tail))
        good &= ~((distance > NEAR) & (motion <= CRAWL * distance))
        rounding = DIGITS * larger(np.abs(found.positions / self.scale[:, None]))
        stretches = [(spans.before, spans.tail, LONGER)] if before is not None else []
        if spans.recent[1]:
            stretches.append((spans.earlier, spans.recent, TENFOLD))
        for then, now, factor in stretches:
            good &= ~(
                (log.reach(now) > np.maximum(factor * log.reach(then), rounding))
                & (log.stride(now) > np.maximum(factor * log.stride(then), rounding))
            )
        wide = radius > EXACT
        doubt = np.zeros(numbers.size, dtype=bool)
        if before is not None:
            doubt |= wide & close(radius, before)
            good &= ~(wide & (radius > before)) | doubt
        stay, longest = near.stay, near.longest
        again = np.flatnonzero(good & (2 * radius > EXACT))
        if again.size:
            limit = np.maximum(2 * radius[again], EXACT)
            stay[again], longest[again] = self._stays(
                numbers[again], starts[:, again], found.positions[:, again], limit
            )
        first, second, way = log.reach(spans.first), log.reach(spans.second), log.way(spans.tail_way)
        border = close(second, UNSHRUNK * first) | close(way, JITTER * radius)
        lasting = (stay > LASTING * (spans.tail[1] - spans.tail[0])) | (second >= UNSHRUNK * first)
        good &= ~((longest > 0) & (stay < BURST * longest))
        jitters = wide & lasting & (way >= JITTER * radius)
        doubt = (doubt & ~jitters) | (wide & border)
        return good & ~jitters & ~doubt, good & doubt

    def _stays(self, numbers: NDArray[np.intp], starts: Array, positions: Array, limit: Array) -> tuple[Array, Array]:
        """How long the last stay within a limit was, and the longest before."""
        away = larger(np.abs((starts - positions) / self.scale[:, None]))
        none = np.zeros(numbers.size)
        journey = self._journey(numbers, starts)
        journey.watch(self.staying, Stay(positions[0], positions[1], limit, none, (away <= limit).astype(float), none))
        journey.advance(0, self.steps)
        seen = journey.seen()
        return seen.stay, seen.longest

    def _boxed(self, numbers: NDArray[np.intp], starts: Array, low: Array, high: Array) -> NDArray[np.int32]:
        """From which step on runs are in a box."""
        inside = ((starts >= low) & (starts <= high)).all(axis=0)
        none = np.zeros(numbers.size)
        journey = self._journey(numbers, starts)
        journey.watch(boxed, Box(low[0], high[0], low[1], high[1], np.where(inside, -1.0, 0.0), none, none))
        journey.advance(0, self.steps)
        return (journey.seen().outside + 1).astype(np.int32)  # type: ignore[no-any-return]

    def _restless(
        self,
        numbers: NDArray[np.intp],
        starts: Array,
        last: Array,
        found: Found,
        log: Log,
        left: NDArray[np.intp],
        kind: NDArray[np.int8],
        since: NDArray[np.int32],
    ) -> None:
        """Decides about those that stay nowhere: level, in a cycle, or moving."""
        end, spans = self.steps, self.windows
        kind[left], since[left] = MOVING, end
        still = np.flatnonzero(log.way(spans.still)[left] == 0)
        if still.size:
            level = np.array([is_level(self.landscape, starts[:, n], last[:, n]) for n in still])
            flat = still[level]
            if flat.size:
                kind[left[flat]] = FLAT
                since[left[flat]] = self._boxed(numbers[flat], starts[:, flat], last[:, flat], last[:, flat])
                kind[left[flat[since[left[flat]] > max(0, end - STILL)]]] = UNDECIDED
        if self.landscape.batch is not None or not spans.late[1]:
            return
        low, high = log.low(spans.late)[:, left], log.high(spans.late)[:, left]
        low_before, high_before = log.low(spans.quarter_before)[:, left], log.high(spans.quarter_before)[:, left]
        extent = high - low
        size = larger(extent)
        late_way = log.way(spans.late_way)[left]
        circling = (size > MARGIN) & (late_way >= TURNS * size * (1 - BORDER)) & (kind[left] == MOVING)
        beyond = np.maximum(low_before - low, high - high_before)
        change = np.maximum(np.abs(low_before - low), np.abs(high - high_before)).max(axis=0)
        steady = change <= STEADY * size
        corners = [np.concatenate([log.low(span), log.high(span)])[:, left] for span in spans.eighths]
        changes = [np.abs(a - b).max(axis=0) for a, b in pairwise(corners)]
        width = larger(corners[0][2:] - corners[0][:2])
        closes = changes[0] <= CLOSING * width
        for now, then in pairwise(changes):
            closes &= now <= DYING * then
        border = close(late_way, TURNS * size) | close(change, STEADY * size)
        border |= ~steady & close(changes[0], CLOSING * width)
        for now, then in pairwise(changes):
            border |= ~steady & (np.abs(now - DYING * then) <= ROUNDING_ERRORS * (1 + size))
        border &= circling
        circling &= late_way >= TURNS * size
        cycle = circling & (steady | closes)
        bound = circling & ~cycle & (beyond <= OUTGROWN * extent + MARGIN).all(axis=0)
        doubtful = np.flatnonzero(bound)
        if doubtful.size:
            ratio = self._instability(numbers[doubtful], starts[:, doubtful])
            cycle[doubtful] = ratio > 1
            border[doubtful] |= np.abs(ratio - 1) <= BORDER
        kind[left[border]] = UNDECIDED
        round_ = np.flatnonzero(cycle & ~border)
        if round_.size:
            kind[left[round_]] = CYCLE
            place = np.zeros((2, round_.size)) + found.positions[:, left[round_]]
            views = self.scale[:, None]
            since[left[round_]] = self._boxed(
                numbers[round_],
                starts[:, round_],
                place + (low - AROUND * size)[:, round_] * views,
                place + (high + AROUND * size)[:, round_] * views,
            )

    def _instability(self, numbers: NDArray[np.intp], starts: Array) -> Array:
        """The mean of λ_max over the stability limit towards the end; 0 where theory knows no limit."""
        optimizer = self.optimizer_of(numbers)
        steps = unstable_steps(self.steps)
        if optimizer.stability_limit is None or optimizer.rate is None or not steps:
            return np.zeros(numbers.size)
        journey = self._journey(numbers, starts)
        total = np.zeros(numbers.size)
        journey.advance(0, steps[0])
        for step in steps:
            (a, b), (_, d) = self.landscape.hessian(journey.point())
            largest = (a + d) / 2 + np.hypot((a - d) / 2, b)
            total += np.where(np.isfinite(largest), largest, np.nan) / optimizer.stability_limit(step)
            journey.advance(step, step + 1)
        return np.asarray(total / len(steps))
