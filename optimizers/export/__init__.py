"""A run to take away: as a table, as a NumPy script, as a PyTorch script."""

from optimizers.export.script import Recipe, run_as_numpy, run_as_torch
from optimizers.export.table import run_as_csv

__all__ = ["Recipe", "run_as_csv", "run_as_numpy", "run_as_torch"]
