"""How playback counts the checkpoints of recorded paths: by their steps, by the epochs recorded, or one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landscapes import Array
from landscapes.grids import TrainingPath
from words import say, short

MOST_STEP = 10**9  # of a training whose steps playback counts
TICKS = 7  # along an axis of recorded epochs


@dataclass(frozen=True, eq=False)
class Clock:
    """What one step of playback is."""

    stops: tuple[NDArray[np.int64], ...]  # of each path, the steps of playback at which its checkpoints are
    recorded: bool  # whether the paths have steps or epochs that ascend; else playback counts checkpoints
    moments: Array | None = None  # the steps or epochs at 0, 1, 2, ... of playback, where they are not these numbers

    @property
    def steps(self) -> int:
        """The last step of playback."""
        return max((int(each[-1]) for each in self.stops), default=0)

    @property
    def every(self) -> int:
        """Of how many steps of playback one is a checkpoint's."""
        return (int(np.gcd.reduce(np.concatenate(self.stops))) if self.stops else 0) or 1

    @property
    def along(self) -> str:
        """What the steps of playback are called, under an axis."""
        if not self.recorded:
            return say("checkpoint")
        return say("step of training") if self.moments is None else say("epoch, as recorded")

    def place(self, steps: Array) -> Array | None:
        """Where recorded steps are on an axis of playback; None where that cannot be told."""
        if self.recorded and self.moments is None:
            return steps
        if self.moments is None or not ((steps >= self.moments[0]) & (steps <= self.moments[-1])).all():
            return None
        places: Array = np.interp(steps, self.moments, np.arange(self.moments.size))
        return places

    @property
    def axis(self) -> dict[str, Any]:
        """Names the epochs on an axis of playback, where its numbers are others."""
        if self.moments is None:
            return {}
        at = np.unique(np.linspace(0, self.moments.size - 1, TICKS).round().astype(int))
        return {"tickvals": at.tolist(), "ticktext": [short(float(each)) for each in self.moments[at]]}

    def in_words(self) -> list[str]:
        """What playback counts, where that is not the steps of training."""
        if not self.stops or (self.recorded and self.moments is None):
            return []
        if self.moments is None:
            return [say("Playback counts checkpoints, as no steps that ascend were recorded with them.")]
        return [
            say(
                "Playback counts the checkpoints, which were recorded at the epochs {first} to {last}; the axes below "
                "name these.",
                first=short(float(self.moments[0])),
                last=short(float(self.moments[-1])),
            )
        ]


def clock_of(paths: Sequence[TrainingPath]) -> Clock:
    """By the recorded steps where these are whole; by all that were recorded, in their order; else by checkpoints."""
    steps = [path.steps for path in paths if path.steps is not None and _ascends(path.steps)]
    if not paths or len(steps) < len(paths):
        return Clock(tuple(np.arange(path.coordinates.shape[1]) for path in paths), recorded=False)
    if all(_counts(each) for each in steps):
        return Clock(tuple(each.astype(np.int64) for each in steps), recorded=True)
    moments = np.unique(np.concatenate(steps))
    return Clock(tuple(np.searchsorted(moments, each) for each in steps), recorded=True, moments=moments)


def _ascends(steps: Array) -> bool:
    return bool(np.isfinite(steps).all() and (np.diff(steps) > 0).all())


def _counts(steps: Array) -> bool:
    """Whether numbers that ascend can be those of steps."""
    return bool((steps == np.floor(steps)).all() and steps[0] >= 0 and steps[-1] <= MOST_STEP)
