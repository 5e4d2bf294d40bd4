"""The one loop over time: N points through a number of updates, all together, in any number of dimensions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Landscape
from optimizers.optimizer import Optimizer

FAR = 1e6  # a coordinate beyond this has left for good ...
WINDOWS = 100  # ... unless the landscape's own window reaches so far out that it is beyond so many times its ends
LOOK = 64  # steps between looks whether every trajectory has left
EVERY = 256  # steps between two checkpoints


class Checkpoint(NamedTuple):
    """What a run needs besides its position to go on: how many updates it has made, and the state they left."""

    step: int
    state: Any


@dataclass(frozen=True, kw_only=True)
class Trajectory:
    """What a descent leaves: every point it visited and what that cost."""

    positions: Array  # (2, steps + 1) or (2, steps + 1, N); nan from the step on at which a trajectory left
    undefined_at: Array  # (2,) or (2, N), where it stepped out of the domain of f, which has no value there; else nan
    states: tuple[Any, ...]  # with record=True one for each step, as the update left it
    checkpoints: tuple[Checkpoint, ...]  # the first and every 256th after it; none where the run was cut out of several
    end: Checkpoint  # after the last update that was made, which is an earlier one where every trajectory left
    evaluations: int  # gradient evaluations spent, for each trajectory
    value_evaluations: int  # the same for values of the loss; of N together, what the one that needs most has spent
    hessian_evaluations: int
    spent: NDArray[np.int64]  # gradients, values, Hessians before each position, (3, steps + 1): a race by cost


class _Meter:
    """Counts the evaluations of the landscapes that it shows."""

    def __init__(self) -> None:
        self.gradients = self.values = self.hessians = 0

    def watch(self, landscape: Landscape) -> Landscape:
        def gradient(p: Array) -> Array:
            self.gradients += 1
            return landscape.gradient(p)

        def value(p: Array) -> Array:
            self.values += 1
            return landscape.value(p)

        def hessian(p: Array) -> Array:
            self.hessians += 1
            return landscape.hessian(p)

        return replace(landscape, gradient=gradient, value=value, hessian=hessian)


def farthest(landscape: Landscape) -> float:
    """The size of a coordinate beyond which a trajectory has left for good.

    It is 1e6, and a hundred times the farthest end of the window where that is more, as of a loss of data in the
    billions.
    """
    return max(FAR, WINDOWS * float(np.abs(landscape.domain).max()))


def descend(
    landscape: Landscape,
    optimizer: Optimizer,
    start: Array,
    steps: int,
    record: bool = False,
    *,
    resume: Checkpoint | None = None,
    check: Callable[[], object] | None = None,
) -> Trajectory:
    """Takes one point, or N at once, through `steps` updates and keeps every position.

    A trajectory that diverges (a coordinate not finite, or beyond `farthest`) or steps where the landscape has no value
    is nan from that step on, so that a line drawn through it ends where it left. N trajectories together are, bit for
    bit, the N trajectories alone, and a run in two pieces, the second resumed at the end of the first, is the run in
    one.

    Args:
        start: shape (2,) or (2, N); of a landscape of D coordinates (D,) or (D, N).
        steps: number of updates, 0 or more.
        record: keep the optimizer's state after every update.
        resume: goes on from there; `start` is the position then, nan where a trajectory had left.
        check: called every 64 steps; to stop the run, it raises.

    Raises:
        ValueError: `start` is not finite or too far out, or `steps` is negative.
    """
    p, far = np.array(start, dtype=float), farthest(landscape)
    if resume is None and not (np.abs(p) <= far).all():
        raise ValueError(f"descend needs a start with coordinates within ±{far:g}, got {start}")
    if steps < 0:
        raise ValueError(f"descend needs steps ≥ 0, got {steps}")
    positions = np.full((p.shape[0], steps + 1, *p.shape[1:]), np.nan)
    positions[:, 0] = p
    spent = np.zeros((3, steps + 1), dtype=np.int64)
    first, state = (0, optimizer.init(p)) if resume is None else resume
    states, meter, checkpoints, made = [], _Meter(), [Checkpoint(first, state)], steps
    still = meter.watch(landscape)
    with np.errstate(all="ignore"):  # a diverging trajectory overflows, and that is data
        for step in range(steps):
            seen = still if landscape.batch is None else meter.watch(landscape.at(first + step))
            p, state = optimizer.update(p, state, seen)
            positions[:, step + 1] = p
            spent[:, step + 1] = meter.gradients, meter.values, meter.hessians
            if record:
                states.append(state)
            if step % LOOK == 0:
                if check is not None:
                    check()
                if not (record or (np.abs(p) <= far).all(axis=0).any()):
                    made = step + 1
                    break
            if (step + 1) % EVERY == 0:
                checkpoints.append(Checkpoint(first + step + 1, state))
        left = np.logical_or.accumulate(~(np.abs(positions) <= far).all(axis=0), axis=0)
        undefined_at = np.full(p.shape, np.nan)
        if not landscape.defined_everywhere:
            left, undefined_at = _out_of_the_domain(landscape, positions, left)
    positions[:, left] = np.nan
    spent[:, made:] = spent[:, made, None]
    return Trajectory(
        positions=positions,
        undefined_at=undefined_at,
        states=tuple(states),
        checkpoints=tuple(checkpoints),
        end=Checkpoint(first + made, state),
        evaluations=meter.gradients,
        value_evaluations=meter.values,
        hessian_evaluations=meter.hessians,
        spent=spent,
    )


def _out_of_the_domain(
    landscape: Landscape, positions: Array, left: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], Array]:
    """Which positions are left out, (steps + 1, ...), where f without a value ends a run too; and where it had none.

    A start where f has no value is kept, as its run has to begin somewhere; it ends with the first step.
    """
    nowhere = np.isnan(landscape.value(positions)) & ~left
    ends = nowhere.any(axis=0)
    first = nowhere.argmax(axis=0)
    places = np.take_along_axis(positions, np.broadcast_to(first, positions[:, :1].shape), axis=1)[:, 0]
    gone = np.logical_or.accumulate(nowhere, axis=0)
    gone[0] = False
    return left | gone, np.where(ends, places, np.nan)


def replay(landscape: Landscape, optimizer: Optimizer, run: Trajectory, first: int, last: int) -> list[Any]:
    """The optimizer's state after each number of updates from `first` to `last`, of one trajectory from its start.

    Where the run was not recorded, the updates since the last checkpoint before `first` are made again: at most 255
    more than are asked for.

    Raises:
        ValueError: the run has not made so many updates, `last` is before `first`, or the run was one of several.
    """
    if not 0 <= first <= last <= run.end.step:
        raise ValueError(f"replay needs 0 ≤ first ≤ last ≤ {run.end.step}, got {first} and {last}")
    if run.states:
        return (
            [run.checkpoints[0].state, *run.states[:last]][first:] if first == 0 else list(run.states[first - 1 : last])
        )
    if not run.checkpoints:
        raise ValueError("replay needs a trajectory that ran alone, got one of several")
    before = run.checkpoints[first // EVERY]
    here = run.positions[:, before.step]
    again = descend(landscape, optimizer, here, last - before.step, record=True, resume=before)
    return [before.state, *again.states][first - before.step :]
