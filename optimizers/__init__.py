"""How one descends: update rules, schedules, the stepping engine and honest verdicts."""

from optimizers.engine import FAR, Trajectory, descend
from optimizers.optimizer import LearningRate, Optimizer, Rate, Schedule, as_schedule

__all__ = ["FAR", "LearningRate", "Optimizer", "Rate", "Schedule", "Trajectory", "as_schedule", "descend"]
