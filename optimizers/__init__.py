"""How one descends: update rules, schedules, the stepping engine and honest verdicts."""

from collections.abc import Callable, Mapping

from optimizers.adabelief import ADABELIEF
from optimizers.adadelta import ADADELTA
from optimizers.adagrad import ADAGRAD
from optimizers.adagrad_rms import ADAGRAD_RMS
from optimizers.adam import ADAM
from optimizers.adam_decay import ADAM_L2, ADAMW
from optimizers.adam_uncorrected import ADAM_UNCORRECTED
from optimizers.adamax import ADAMAX
from optimizers.adan import ADAN
from optimizers.amsgrad import AMSGRAD
from optimizers.anatomy import Anatomy, History, Line, Memory, Recorded, anatomy, history
from optimizers.bfgs import BFGS
from optimizers.conjugate_gradient import CONJUGATE_GRADIENT
from optimizers.conventions import DIFFERENCES, differences, parting, partings
from optimizers.cycles import CYCLIC, ONE_CYCLE, ONE_CYCLE_LINEAR, WARM_RESTARTS
from optimizers.decay import COSINE, EXPONENTIAL, INVERSE_SQRT, INVERSE_TIME, POLYNOMIAL
from optimizers.engine import FAR, Checkpoint, Trajectory, descend, replay
from optimizers.escape import Escape, escape, leads_down
from optimizers.export import Recipe, run_as_numpy, run_as_torch
from optimizers.gradient_descent import GRADIENT_DESCENT
from optimizers.lbfgs import LBFGS
from optimizers.lecture import CONVENTIONS, TIMES, Correction, Push, corrections, pushes
from optimizers.line_search import LINE_SEARCH
from optimizers.lion import LION
from optimizers.momentum import MOMENTUM
from optimizers.momentum_conventions import MOMENTUM_EMA, MOMENTUM_LEE
from optimizers.nadam import NADAM
from optimizers.nesterov import NESTEROV
from optimizers.newton import DAMPED_NEWTON, NEWTON
from optimizers.optimizer import LearningRate, Optimizer, Plan, Rate, Rule, Schedule, as_schedule
from optimizers.plateau import REDUCE_ON_PLATEAU
from optimizers.prodigy import PRODIGY
from optimizers.radam import RADAM, plain_updates
from optimizers.rates import learning_rates, never_acts
from optimizers.reckoning import to_latex
from optimizers.rmsprop import RMSPROP
from optimizers.rmsprop_centred import RMSPROP_CENTRED
from optimizers.rmsprop_conventions import RMSPROP_HINTON, RMSPROP_LEE
from optimizers.rprop import RPROP
from optimizers.sam import SAM
from optimizers.schedule_free import SCHEDULE_FREE
from optimizers.scipy_methods import NELDER_MEAD, SCIPY_BFGS, SCIPY_TRUST_REGION
from optimizers.sign_descent import SIGN_DESCENT
from optimizers.spread import Spread, expected_spread
from optimizers.staircase import CONSTANT, MULTI_STEP, STEP
from optimizers.table import run_as_csv
from optimizers.verdict import Verdict, verdict
from optimizers.warmup import LINEAR_WARMUP, NOAM, WARMUP
from optimizers.words import apart, coordinates, digits_within, short, steps
from optimizers.yogi import YOGI

RULES: Mapping[str, Rule] = {
    "gradient_descent": GRADIENT_DESCENT,
    "momentum": MOMENTUM,
    "momentum_lee": MOMENTUM_LEE,
    "momentum_ema": MOMENTUM_EMA,
    "nesterov": NESTEROV,
    "adagrad": ADAGRAD,
    "adagrad_rms": ADAGRAD_RMS,
    "adadelta": ADADELTA,
    "rmsprop": RMSPROP,
    "rmsprop_lee": RMSPROP_LEE,
    "rmsprop_hinton": RMSPROP_HINTON,
    "rmsprop_centred": RMSPROP_CENTRED,
    "adam": ADAM,
    "adam_uncorrected": ADAM_UNCORRECTED,
    "amsgrad": AMSGRAD,
    "adamax": ADAMAX,
    "nadam": NADAM,
    "radam": RADAM,
    "adamw": ADAMW,
    "adam_l2": ADAM_L2,
    "adabelief": ADABELIEF,
    "adan": ADAN,
    "lion": LION,
    "yogi": YOGI,
    "rprop": RPROP,
    "sign_descent": SIGN_DESCENT,
    "sam": SAM,
    "schedule_free": SCHEDULE_FREE,
    "prodigy": PRODIGY,
    "line_search": LINE_SEARCH,
    "newton": NEWTON,
    "damped_newton": DAMPED_NEWTON,
    "bfgs": BFGS,
    "lbfgs": LBFGS,
    "conjugate_gradient": CONJUGATE_GRADIENT,
    "nelder_mead": NELDER_MEAD,
    "scipy_bfgs": SCIPY_BFGS,
    "scipy_trust_region": SCIPY_TRUST_REGION,
}
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
    "linear_warmup": LINEAR_WARMUP,
    "warmup": WARMUP,
    "noam": NOAM,
    "one_cycle": ONE_CYCLE,
    "one_cycle_linear": ONE_CYCLE_LINEAR,
    "cyclic": CYCLIC,
    "reduce_on_plateau": REDUCE_ON_PLATEAU,
}
OPTIMIZERS: Mapping[str, Callable[..., Optimizer]] = {key: rule.factory for key, rule in RULES.items()}
SCHEDULES: Mapping[str, Callable[..., Schedule]] = {key: plan.factory for key, plan in PLANS.items()}

__all__ = [
    "CONVENTIONS",
    "DIFFERENCES",
    "FAR",
    "OPTIMIZERS",
    "PLANS",
    "RULES",
    "SCHEDULES",
    "TIMES",
    "Anatomy",
    "Checkpoint",
    "Correction",
    "Escape",
    "History",
    "LearningRate",
    "Line",
    "Memory",
    "Optimizer",
    "Plan",
    "Push",
    "Rate",
    "Recipe",
    "Recorded",
    "Rule",
    "Schedule",
    "Spread",
    "Trajectory",
    "Verdict",
    "anatomy",
    "apart",
    "as_schedule",
    "coordinates",
    "corrections",
    "descend",
    "differences",
    "digits_within",
    "escape",
    "expected_spread",
    "history",
    "leads_down",
    "learning_rates",
    "never_acts",
    "parting",
    "partings",
    "plain_updates",
    "pushes",
    "replay",
    "run_as_csv",
    "run_as_numpy",
    "run_as_torch",
    "short",
    "steps",
    "to_latex",
    "verdict",
]
