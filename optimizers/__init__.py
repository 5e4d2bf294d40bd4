"""How one descends: update rules, schedules, the stepping engine and honest verdicts."""

from collections.abc import Callable, Mapping

from optimizers.bulk import KINDS, Grid, Outcomes, Pool, Tile, most_trajectories, sweep, sweep_in_tiles
from optimizers.clipping import CLIPPING_RULES, LIMIT, Clipping, ClippingRule
from optimizers.conventions import DIFFERENCES, differences, parting, partings
from optimizers.engine import FAR, Checkpoint, Trajectory, descend, farthest, replay
from optimizers.export import Recipe, run_as_csv, run_as_numpy, run_as_torch
from optimizers.memory import EarlySpread, MemoryWeights, early_spread, memory_weights
from optimizers.optimizer import (
    LearningRate,
    Optimizer,
    Plan,
    Rate,
    Rule,
    Schedule,
    as_schedule,
    clipped,
    takes_clipping,
)
from optimizers.rules import RULES, plain_updates
from optimizers.schedules import PLANS, learning_rates, never_acts
from optimizers.theory import Escape, Spread, escape, expected_spread, leads_down, suggested_rate
from optimizers.timeline import TIMELINE, Stage, stage_in_latex
from optimizers.typed import typed_rule
from optimizers.verdicts import Verdict, verdict
from optimizers.warmed import warmed
from optimizers.worked_steps import (
    CONVENTIONS,
    TIMES,
    Anatomy,
    Correction,
    History,
    Line,
    Memory,
    Push,
    Recorded,
    anatomy,
    corrections,
    history,
    pushes,
    to_latex,
    typeset,
)

OPTIMIZERS: Mapping[str, Callable[..., Optimizer]] = {key: rule.factory for key, rule in RULES.items()}
SCHEDULES: Mapping[str, Callable[..., Schedule]] = {key: plan.factory for key, plan in PLANS.items()}

__all__ = [
    "CLIPPING_RULES",
    "CONVENTIONS",
    "DIFFERENCES",
    "FAR",
    "KINDS",
    "LIMIT",
    "OPTIMIZERS",
    "PLANS",
    "RULES",
    "SCHEDULES",
    "TIMELINE",
    "TIMES",
    "Anatomy",
    "Checkpoint",
    "Clipping",
    "ClippingRule",
    "Correction",
    "EarlySpread",
    "Escape",
    "Grid",
    "History",
    "LearningRate",
    "Line",
    "Memory",
    "MemoryWeights",
    "Optimizer",
    "Outcomes",
    "Plan",
    "Pool",
    "Push",
    "Rate",
    "Recipe",
    "Recorded",
    "Rule",
    "Schedule",
    "Spread",
    "Stage",
    "Tile",
    "Trajectory",
    "Verdict",
    "anatomy",
    "as_schedule",
    "clipped",
    "corrections",
    "descend",
    "differences",
    "early_spread",
    "escape",
    "expected_spread",
    "farthest",
    "history",
    "leads_down",
    "learning_rates",
    "memory_weights",
    "most_trajectories",
    "never_acts",
    "parting",
    "partings",
    "plain_updates",
    "pushes",
    "replay",
    "run_as_csv",
    "run_as_numpy",
    "run_as_torch",
    "stage_in_latex",
    "suggested_rate",
    "sweep",
    "sweep_in_tiles",
    "takes_clipping",
    "to_latex",
    "typed_rule",
    "typeset",
    "verdict",
    "warmed",
]
