"""A run to take away as a table."""

import csv
import io
from collections.abc import Iterable
from typing import Any

import numpy as np

from landscapes import Array, Landscape
from optimizers.engine import Trajectory, replay
from optimizers.optimizer import Optimizer
from optimizers.schedules import PlateauState, learning_rates

CHUNK = 2048  # rows that are made at once


def run_as_csv(landscape: Landscape, optimizer: Optimizer, trajectories: Iterable[Trajectory]) -> str:
    """A row for each point: start (from 1), step, position, loss, gradient norm, rate, and what the rule remembers.

    Every step has its row, and numbers are written to their last digit. The rate of a row is that of the step that ends
    there, and so is the state; a trajectory that left ends with its last point.

    Args:
        trajectories: of one run, each from a start of its own: positions (2, steps + 1).
    """
    text = io.StringIO()
    writer = csv.writer(text)
    for number, trajectory in enumerate(trajectories, 1):
        seen = int(np.isfinite(trajectory.positions).all(axis=0).sum())
        columns = _columns(landscape, optimizer, trajectory)
        for first in range(0, seen, CHUNK):
            last = min(first + CHUNK, seen)
            states = replay(landscape, optimizer, trajectory, first, last - 1)
            part = {name: column[first:last] for name, column in columns.items()} | _remembered(states, landscape.axes)
            if number == 1 and first == 0:
                writer.writerow(["start", *part])
            for row in zip(*(column.tolist() for column in part.values()), strict=True):
                writer.writerow([number, *("" if entry != entry else entry for entry in row)])
    return text.getvalue()


def _columns(landscape: Landscape, optimizer: Optimizer, run: Trajectory) -> dict[str, Array]:
    positions, steps = run.positions, run.positions.shape[1] - 1
    with np.errstate(all="ignore"):
        columns = {
            "step": np.arange(steps + 1),
            **dict(zip(landscape.axes, positions, strict=True)),
            "loss": landscape.value(positions),
            "gradient_norm": np.sqrt((landscape.gradient(positions) ** 2).sum(axis=0)),
        }
    rates = learning_rates(landscape, optimizer, run)
    if rates is not None:
        columns["learning_rate"] = np.concatenate([[np.nan], rates])
    return columns


def _remembered(states: list[Any], axes: tuple[str, str]) -> dict[str, Array]:
    """Every number in the states as a column: m_x, m_y, c1, b_x_y; what only counts or replays is left out."""
    columns = {}
    inner = [state.inner if isinstance(state, PlateauState) else state for state in states]
    for name in inner[-1]._fields:
        if name in ("t", "path"):
            continue
        values = np.array([getattr(state, name) for state in inner], dtype=float)
        places = values.shape[1:]
        for place in np.ndindex(places):
            tags = [axes[i] if places[axis] == len(axes) else str(i) for axis, i in enumerate(place)]
            columns["_".join([name, *tags])] = values[(slice(None), *place)]
    return columns
