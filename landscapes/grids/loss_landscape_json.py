"""The JSON that LossLandscape exports: X, Y, loss_grid_2d, trajectory_data and hessian.

Source: P. Sun, LossLandscape, https://github.com/PascalSun/LossLandscape, core/storage.py, export_for_frontend.
"""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from landscapes.grids.record import LossGrid, TrainingPath, loss_grid, names_in, training_path
from landscapes.landscape import Array
from words import message

MOST_VALUES = 80_000  # by commas, colons and brackets, before any is read; a grid of 150 × 150 has three arrays
ASCII = bytes(code if code < 128 else ord("?") for code in range(256))  # names are not looked at
CURVES = {"losses": "path_loss", "val_losses": "path_validation_loss", "epochs": "steps"}
HESSIAN = {"epochs": "hessian_steps", "max_eigenvalue": "hessian_largest", "trace": "hessian_trace"}


def read_json(content: bytes) -> LossGrid | TrainingPath:
    """A grid, or a path where there is no grid.

    Raises:
        ValueError: a sentence that says what is missing or does not fit.
    """
    if sum(content.count(mark) for mark in (b",", b":", b"[", b"{")) > MOST_VALUES:
        raise ValueError(
            message(
                "The JSON file has more than {most} values: export it without its three-dimensional grid, or save the "
                "grid as NPZ.",
                most=f"{MOST_VALUES:,}",
            )
        )
    try:
        found = json.loads(str(content.translate(ASCII), "ascii"), parse_int=_float)
    except (ValueError, RecursionError) as error:
        raise ValueError(message("The JSON file is damaged or incomplete.")) from error
    if isinstance(found, list):
        found = {"loss_grid_2d": found}
    if not isinstance(found, dict):
        raise ValueError(message("The JSON file has no entry “loss_grid_2d” with the losses."))
    names = {ours: theirs for theirs, ours in names_in([*found], ("x", "y", "loss")).items()}
    beside = _of(found, "trajectory_data")
    parts = {ours: _curve(beside.get(theirs)) for theirs, ours in CURVES.items()}
    one, two = _curve(beside.get("traj_1")), _curve(beside.get("traj_2"))
    if one is not None and two is not None and one.shape == two.shape:
        parts["path"] = np.array([one, two])
    parts |= {ours: _curve(_of(found, "hessian").get(theirs)) for theirs, ours in HESSIAN.items()}
    known = {name: values for name, values in parts.items() if values is not None}
    if "loss" not in names and "path" in known:
        return training_path(known)
    known["loss"] = _matrix(found.get(names.get("loss", "")), "loss_grid_2d")
    for axis in ("x", "y"):
        if axis in names:
            values = found[names[axis]]
            line = _curve(values) if isinstance(values, list) and not any(map(_is_list, values)) else None
            known[axis] = _matrix(values, names[axis]) if line is None else line
    return loss_grid(known)


def _float(digits: str) -> float:
    return float(digits)


def _of(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = found.get(name)
    return part if isinstance(part, dict) else {}


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _number(value: Any) -> float:
    return float(value) if isinstance(value, float) else np.nan


def _curve(values: Any) -> Array | None:
    return np.array([_number(value) for value in values]) if isinstance(values, list) and values else None


def _matrix(rows: Any, name: str) -> Array:
    whole = isinstance(rows, list) and rows and all(isinstance(row, list) for row in rows)
    if not whole or len({len(row) for row in rows}) != 1 or not rows[0]:
        raise ValueError(
            message("The JSON file has no entry “{name}” with rows of numbers that are equally long.", name=name)
        )
    matrix: Array = np.array([[_number(value) for value in row] for row in rows])
    return matrix
