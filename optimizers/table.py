"""A run to take away as a table."""

import csv
import io
from typing import Any

import numpy as np

from landscapes import Array, Landscape
from optimizers.engine import Trajectory
from optimizers.optimizer import Optimizer
from optimizers.plateau import PlateauState
from optimizers.rates import learning_rates

AXES = "xy"


def run_as_csv(landscape: Landscape, optimizer: Optimizer, run: Trajectory) -> str:
    """One row for each point of one trajectory: step, position, loss, gradient norm, rate, and what the rule remembers.

    Numbers are written to their last digit. The rate of a row is that of the step that ends there, and so is the
    state; a run that left ends with its last point.
    """
    positions, steps = run.positions, run.positions.shape[1] - 1
    with np.errstate(all="ignore"):
        columns = {
            "step": np.arange(steps + 1),
            **dict(zip(AXES, positions, strict=True)),
            "loss": landscape.value(positions),
            "gradient_norm": np.sqrt((landscape.gradient(positions) ** 2).sum(axis=0)),
        }
    rates = learning_rates(landscape, optimizer, run)
    if rates is not None:
        columns["learning_rate"] = np.concatenate([[np.nan], rates])
    if run.states:
        states = [optimizer.init(positions[:, 0]), *run.states]
        columns |= _remembered([s.inner if isinstance(s, PlateauState) else s for s in states])
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    seen = int(np.isfinite(positions).all(axis=0).sum())
    for row in list(zip(*(column.tolist() for column in columns.values()), strict=True))[:seen]:
        writer.writerow(["" if number != number else number for number in row])
    return text.getvalue()


def _remembered(states: list[Any]) -> dict[str, Array]:
    """Every number in the states as a column: m_x, m_y, c1, b_x_y; what only counts or replays is left out."""
    columns = {}
    for name in states[-1]._fields:
        if name in ("t", "path"):
            continue
        values = np.stack([np.asarray(getattr(state, name), dtype=float) for state in states])
        places = values.shape[1:]
        for place in np.ndindex(places):
            tags = [AXES[i] if places[axis] == len(AXES) else str(i) for axis, i in enumerate(place)]
            columns["_".join([name, *tags])] = values[(slice(None), *place)]
    return columns
