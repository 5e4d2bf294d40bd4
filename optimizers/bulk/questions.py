"""What is asked about each block of trajectories whose path is at hand, as programs: has it settled at a minimum?

The tests are those of `Settling`, which judges whole tiles as well.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from landscapes import Array
from optimizers.bulk.emit_along import BEFORE, RESULT, TIME
from optimizers.bulk.lanes import Lanes, Recorder
from optimizers.bulk.observers import Approach, Look, Observer, Stay, approaching, looking, staying
from optimizers.bulk.recording import POINT, Key, Program, leaves, rebuilt, trimmed
from optimizers.bulk.settling import Glance, Settling
from optimizers.bulk.windows import Log, Windows
from optimizers.verdicts import REACH

UNTOLD, SETTLED, RESTLESS = 0.0, 1.0, -1.0  # which of them a run is at the minimum next to its end
RESULTS = ("fate", "x", "y", "since")
LOOK, STAY = Look._fields, Stay._fields
SEEN = (*STAY, *Approach._fields[1:])  # what is known of the way, in the order of its rows
NAMES = (*SEEN, "number", "radius", "rounding", "fate")
Answer = tuple[dict[Key, Any], list[Any]]  # what is put down, and the conditions under which there is more to ask


def program(ask: Callable[[Recorder], Answer]) -> Program:
    """What a question does with the numbers of each trajectory that it asks a recorder for."""
    recorder = Recorder()
    recorder.fixed = True
    found, conditions = ask(recorder)
    made = {
        key: each if isinstance(each, Lanes) else Lanes(recorder, recorder.plain(each)) for key, each in found.items()
    }
    outputs = [(key, int(each.nodes)) for key, each in made.items()]
    return trimmed(recorder, outputs, [int(each.nodes) for each in conditions])


class Questions:
    """The questions about runs of so many steps, and where their numbers stand: the rows of a table for one block.

    Args:
        scale: a view, (2,).
    """

    def __init__(self, steps: int, windows: Windows, scale: Array) -> None:
        self.steps, self.windows, self.scale = steps, windows, scale
        self.settling = Settling(steps, windows, scale)
        self.parts = list(pairwise(windows.towards_the_end))
        self.rows: dict[Key, int] = {(name, 0): row for row, name in enumerate(NAMES)}
        self.looks = [len(NAMES) + len(LOOK) * k for k in range(len(self.parts))]  # the first row of each part
        self.rows |= {("look", k, n): row + n for k, row in enumerate(self.looks) for n in range(len(LOOK))}
        self.rows |= {(RESULT, name, 0): row for row, name in enumerate(RESULTS)}

    def opening(self, recorder: Recorder) -> Answer:
        """Nothing is known."""
        p = recorder.lanes(POINT, shape=(2,))
        return {("number", 0): -1.0, ("x", 0): p[0], ("y", 0): p[1], **_result(UNTOLD, p, float(self.steps))}, []

    def nearest(self, recorder: Recorder) -> Answer:
        """Is a minimum, whose numbers stand in the slots, the place next to the end?"""
        p = recorder.lanes(POINT, shape=(2,))
        x, y, radius, number = (Lanes(recorder, np.array(recorder.node("slot", k))) for k in range(4))
        here = np.maximum(*(np.abs((p[k] - place) / self.scale[k]) for k, place in enumerate((x, y)))) <= radius
        new = {"number": number, "x": x, "y": y}
        return {(name, 0): np.where(here, each, recorder.lanes(name)) for name, each in new.items()}, []

    def met(self, recorder: Recorder) -> Answer:
        """Is there such a minimum?"""
        return {}, [recorder.lanes("number") >= 0]

    def looking(self, recorder: Recorder) -> Answer:
        """What a stretch looks like, position by position."""
        return self._kept(recorder, looking(self.scale), Look(*LOOK))  # type: ignore[arg-type]

    def glance(self, recorder: Recorder) -> Answer:
        """What the last twentieth tells, and what is known before the way to there is looked at."""
        p, log, place = self._end(recorder)
        met = recorder.lanes("number") >= 0
        known = met & self.settling.at_one_place(log)
        found = self.settling.glance(log, place, known, self.settling.views(np.abs(p - place)))
        may = found.stays & (found.radius <= REACH)
        fate = np.where(may, SETTLED, np.where(met & ~found.stays, RESTLESS, UNTOLD))
        numbers: dict[str, Any] = {
            "radius": found.radius,
            "limit": found.limit,
            "rounding": found.rounding,
            "fate": fate,
        }
        numbers |= {"outside": -1.0, **dict.fromkeys(("stay", "longest", "reach", "stride"), 0.0)}
        return {(RESULT, "fate", 0): np.where(may, UNTOLD, fate)} | {
            (name, 0): each for name, each in numbers.items()
        }, [may]

    def staying(self, recorder: Recorder) -> Answer:
        """How long runs were near their minima, position by position."""
        return self._kept(recorder, staying(self.scale), Stay(*STAY))  # type: ignore[arg-type]

    def approaching(self, recorder: Recorder) -> Answer:
        """The same, and how they moved."""
        return self._kept(recorder, approaching(self.scale), _approach(STAY, *SEEN[len(STAY) :]))

    def verdict(self, recorder: Recorder) -> Answer:
        """What comes of it all."""
        p, log, place = self._end(recorder)
        seen: dict[str, Any] = {name: recorder.lanes(name) for name in NAMES}
        may: Any = seen["fate"] == SETTLED
        glance = Glance(may, seen["radius"], seen["limit"], seen["rounding"])
        approach = _approach(tuple(seen[name] for name in STAY), *(seen[name] for name in SEEN[len(STAY) :]))
        stays, open_ = self.settling.stays(log, place, glance, approach)
        settled = may & stays
        there = [np.where(settled, place[k], p[k]) for k in range(2)]
        since = np.where(settled, seen["outside"] + 1.0, float(self.steps))
        fate = np.where(stays, SETTLED, np.where(open_, UNTOLD, RESTLESS))
        return _result(np.where(may, fate, seen["fate"]), there, since), []

    def _kept(self, recorder: Recorder, observer: Observer, names: Any) -> Answer:
        """What an observer keeps in mind of a position; `names` stand where its numbers do."""
        before, p = recorder.lanes(BEFORE, shape=(2,)), recorder.lanes(POINT, shape=(2,))
        seen = observer.keep(before, p, rebuilt(names, lambda _, name: recorder.lanes(name)), recorder.lanes(TIME))
        return {(name, 0): each for (_, name), (_, each) in zip(leaves(names), leaves(seen), strict=True)}, []

    def _end(self, recorder: Recorder) -> tuple[Any, Log, Any]:
        """Where a run ended, what its last twentieth looks like, and the place next to it."""
        looks: Any = [
            (first, last, recorder.lanes("look", k, shape=(len(LOOK),))) for k, (first, last) in enumerate(self.parts)
        ]
        place: Any = np.stack([recorder.lanes("x"), recorder.lanes("y")])
        return recorder.lanes(POINT, shape=(2,)), Log(looks), place


def _result(fate: Any, place: Any, since: Any) -> dict[Key, Any]:
    return {(RESULT, name, 0): each for name, each in zip(RESULTS, (fate, *place, since), strict=True)}


def _approach(stay: Any, *rest: Any) -> Approach:
    return Approach(Stay(*stay), *rest)
