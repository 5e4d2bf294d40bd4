"""Learning-rate schedules: functions of the step, counted from 0."""

from collections.abc import Mapping

from optimizers.optimizer import Plan
from optimizers.schedules.cycles import CYCLIC, ONE_CYCLE, ONE_CYCLE_LINEAR, SHORTENING_RESTARTS, WARM_RESTARTS
from optimizers.schedules.decay import COSINE, EXPONENTIAL, INVERSE_SQRT, INVERSE_TIME, POLYNOMIAL
from optimizers.schedules.plateau import (
    REDUCE_ON_PLATEAU,
    REDUCE_ON_PLATEAU_ABSOLUTE,
    OnPlateau,
    PlateauState,
    follow,
)
from optimizers.schedules.rates import learning_rates, never_acts
from optimizers.schedules.staircase import CONSTANT, MULTI_STEP, STEP
from optimizers.schedules.warmup import LINEAR_WARMUP, NOAM, WARMUP, warmup

PLANS: Mapping[str, Plan] = {
    "constant": CONSTANT,
    "step": STEP,
    "multi_step": MULTI_STEP,
    "exponential": EXPONENTIAL,
    "polynomial": POLYNOMIAL,
    "inverse_sqrt": INVERSE_SQRT,
    "inverse_time": INVERSE_TIME,
    "cosine": COSINE,
    "warm_restarts": WARM_RESTARTS,
    "shortening_restarts": SHORTENING_RESTARTS,
    "linear_warmup": LINEAR_WARMUP,
    "warmup": WARMUP,
    "noam": NOAM,
    "one_cycle": ONE_CYCLE,
    "one_cycle_linear": ONE_CYCLE_LINEAR,
    "cyclic": CYCLIC,
    "reduce_on_plateau": REDUCE_ON_PLATEAU,
    "reduce_on_plateau_absolute": REDUCE_ON_PLATEAU_ABSOLUTE,
}

__all__ = [
    "CONSTANT",
    "COSINE",
    "CYCLIC",
    "EXPONENTIAL",
    "INVERSE_SQRT",
    "INVERSE_TIME",
    "LINEAR_WARMUP",
    "MULTI_STEP",
    "NOAM",
    "ONE_CYCLE",
    "ONE_CYCLE_LINEAR",
    "PLANS",
    "POLYNOMIAL",
    "REDUCE_ON_PLATEAU",
    "REDUCE_ON_PLATEAU_ABSOLUTE",
    "SHORTENING_RESTARTS",
    "STEP",
    "WARMUP",
    "WARM_RESTARTS",
    "OnPlateau",
    "PlateauState",
    "follow",
    "learning_rates",
    "never_acts",
    "warmup",
]
