"""The one loop over time: N points through a number of updates, all together."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landscapes import Array, Landscape
from optimizers.optimizer import Optimizer

FAR = 1e6  # a coordinate beyond this has left for good
LOOK = 64  # steps between looks whether every trajectory has left


@dataclass(frozen=True, kw_only=True)
class Trajectory:
    """What a descent leaves: every point it visited and what that cost."""

    positions: Array  # (2, steps + 1) or (2, steps + 1, N); nan from the step on at which a trajectory left
    states: tuple[Any, ...]  # with record=True one for each step, as the update left it
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


def descend(landscape: Landscape, optimizer: Optimizer, start: Array, steps: int, record: bool = False) -> Trajectory:
    """Takes one point, or N at once, through `steps` updates and keeps every position.

    A trajectory that diverges (a coordinate not finite, or beyond 1e6) is nan from that step on, so that a line drawn
    through it ends where it left. N trajectories together are, bit for bit, the N trajectories alone.

    Args:
        start: shape (2,) or (2, N).
        steps: number of updates, 0 or more.
        record: keep the optimizer's state after every update.

    Raises:
        ValueError: `start` is not finite or too far out, or `steps` is negative.
    """
    p = np.array(start, dtype=float)
    if not (np.abs(p) <= FAR).all():
        raise ValueError(f"descend needs a start with coordinates within ±{FAR:g}, got {start}")
    if steps < 0:
        raise ValueError(f"descend needs steps ≥ 0, got {steps}")
    positions = np.full((p.shape[0], steps + 1, *p.shape[1:]), np.nan)
    positions[:, 0] = p
    state, states, meter, spent = optimizer.init(p), [], _Meter(), [(0, 0, 0)]
    still = meter.watch(landscape)
    with np.errstate(all="ignore"):  # a diverging trajectory overflows, and that is data
        for step in range(steps):
            seen = still if landscape.batch is None else meter.watch(landscape.at(step))
            p, state = optimizer.update(p, state, seen)
            positions[:, step + 1] = p
            spent.append((meter.gradients, meter.values, meter.hessians))
            if record:
                states.append(state)
            elif step % LOOK == 0 and not (np.abs(p) <= FAR).all(axis=0).any():
                break
        left = np.logical_or.accumulate(~(np.abs(positions) <= FAR).all(axis=0), axis=0)
    positions[:, left] = np.nan
    spent += spent[-1:] * (steps + 1 - len(spent))
    return Trajectory(
        positions=positions,
        states=tuple(states),
        evaluations=meter.gradients,
        value_evaluations=meter.values,
        hessian_evaluations=meter.hessians,
        spent=np.array(spent, dtype=np.int64).T,
    )
