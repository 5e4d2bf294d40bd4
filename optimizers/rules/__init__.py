"""The update rules: one rule a file, with its variants beside it."""

from collections.abc import Mapping
from importlib import import_module

from optimizers.optimizer import Rule
from optimizers.rules.adam import adam
from optimizers.rules.adam_uncorrected import adam_uncorrected
from optimizers.rules.arithmetic import apply, dot
from optimizers.rules.gradient_descent import gradient_descent
from optimizers.rules.momentum import MomentumState, momentum
from optimizers.rules.momentum_conventions import MomentumEMAState, MomentumLeeState, momentum_ema, momentum_lee
from optimizers.rules.newton import eigen
from optimizers.rules.radam import plain_updates

FILES = (  # in the order of the menu
    "gradient_descent",
    "momentum",
    "momentum_conventions",
    "qhm",
    "nesterov",
    "adagrad",
    "adagrad_rms",
    "adadelta",
    "rmsprop",
    "rmsprop_conventions",
    "rmsprop_centred",
    "adam",
    "adam_uncorrected",
    "amsgrad",
    "adamax",
    "nadam",
    "radam",
    "adam_decay",
    "adabelief",
    "adan",
    "lion",
    "yogi",
    "rprop",
    "sign_descent",
    "sam",
    "schedule_free",
    "prodigy",
    "line_search",
    "newton",
    "bfgs",
    "lbfgs_wolfe",
    "lbfgs",
    "conjugate_gradient",
    "scipy_methods",
)
RULES: Mapping[str, Rule] = {
    rule.factory.__name__: rule
    for name in FILES
    for rule in vars(import_module(f"{__name__}.{name}")).values()
    if isinstance(rule, Rule)
}

__all__ = [
    "FILES",
    "RULES",
    "MomentumEMAState",
    "MomentumLeeState",
    "MomentumState",
    "adam",
    "adam_uncorrected",
    "apply",
    "dot",
    "eigen",
    "gradient_descent",
    "momentum",
    "momentum_ema",
    "momentum_lee",
    "plain_updates",
]
