"""Any number of trajectories at once: where each ends, what became of it, and when."""

from optimizers.bulk.grid import Grid
from optimizers.bulk.outcomes import KINDS, Outcomes, Tile
from optimizers.bulk.pool import Pool
from optimizers.bulk.sweep import MOST, most_trajectories, sweep, sweep_in_tiles

__all__ = ["KINDS", "MOST", "Grid", "Outcomes", "Pool", "Tile", "most_trajectories", "sweep", "sweep_in_tiles"]
