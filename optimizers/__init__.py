"""How one descends: update rules, schedules, the stepping engine and honest verdicts."""

from collections.abc import Callable, Mapping

from optimizers.adagrad import ADAGRAD
from optimizers.adam import ADAM
from optimizers.decay import CONSTANT, COSINE, EXPONENTIAL, STEP
from optimizers.engine import FAR, Trajectory, descend
from optimizers.gradient_descent import GRADIENT_DESCENT
from optimizers.momentum import MOMENTUM
from optimizers.nesterov import NESTEROV
from optimizers.optimizer import LearningRate, Optimizer, Plan, Rate, Rule, Schedule, as_schedule
from optimizers.rmsprop import RMSPROP
from optimizers.verdict import Verdict, verdict
from optimizers.warmup import LINEAR_WARMUP

RULES: Mapping[str, Rule] = {
    "gradient_descent": GRADIENT_DESCENT,
    "momentum": MOMENTUM,
    "nesterov": NESTEROV,
    "adagrad": ADAGRAD,
    "rmsprop": RMSPROP,
    "adam": ADAM,
}
PLANS: Mapping[str, Plan] = {
    "constant": CONSTANT,
    "step": STEP,
    "exponential": EXPONENTIAL,
    "cosine": COSINE,
    "linear_warmup": LINEAR_WARMUP,
}
OPTIMIZERS: Mapping[str, Callable[..., Optimizer]] = {key: rule.factory for key, rule in RULES.items()}
SCHEDULES: Mapping[str, Callable[..., Schedule]] = {key: plan.factory for key, plan in PLANS.items()}

__all__ = [
    "FAR",
    "OPTIMIZERS",
    "PLANS",
    "RULES",
    "SCHEDULES",
    "LearningRate",
    "Optimizer",
    "Plan",
    "Rate",
    "Rule",
    "Schedule",
    "Trajectory",
    "Verdict",
    "as_schedule",
    "descend",
    "verdict",
]
