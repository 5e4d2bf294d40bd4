"""Random hyperparameters for record_optimizers.py, rule by rule, within what makes sense."""

from collections.abc import Callable

import numpy as np

Numbers = dict[str, float]
RATES = {  # where the rates are drawn from, by rule; others between 1e-3 and 1e-1
    "gradient_descent": (1e-5, 1e-3),
    "momentum": (1e-5, 1e-3),
    "momentum_lee": (1e-5, 1e-3),
    "momentum_ema": (1e-4, 5e-3),
    "nesterov": (1e-5, 1e-3),
    "adadelta": (0.3, 3.0),
    "lbfgs": (0.02, 1.0),
    "prodigy": (0.3, 1.0),
    "qhm": (1e-4, 5e-3),
    "sam": (1e-5, 1e-3),
    "schedule_free": (1e-5, 1e-3),
}
NUMBERS: dict[str, tuple[str, ...]] = {  # what each rule takes beside its rate
    "momentum": ("momentum", "dampening"),
    "momentum_lee": ("momentum",),
    "momentum_ema": ("momentum",),
    "nesterov": ("momentum",),
    "adagrad": ("epsilon",),
    "adadelta": ("rho", "epsilon"),
    "rmsprop": ("alpha", "epsilon"),
    "rmsprop_hinton": ("alpha", "epsilon"),
    "rmsprop_centred": ("alpha", "epsilon"),
    "nadam": ("beta1", "beta2", "epsilon", "momentum_decay"),
    "adamw": ("beta1", "beta2", "epsilon", "weight_decay"),
    "adam_l2": ("beta1", "beta2", "epsilon", "weight_decay"),
    "rprop": ("shrink", "grow", "shortest", "longest"),
    "lbfgs": ("history",),
    "adabelief": ("beta1", "beta2", "epsilon", "epsilon_root"),
    "adan": ("beta1", "beta2", "beta3", "epsilon", "epsilon_root"),
    "lion": ("beta1", "beta2", "weight_decay"),
    "sign_descent": (),
    "gradient_descent": (),
    "sam": ("rho",),
    "schedule_free": ("beta1",),
    "prodigy": ("beta1", "beta2", "epsilon", "first_estimate"),
    "qhm": ("momentum", "nu"),
}
ADAMS = ("beta1", "beta2", "epsilon")


def drawn(rng: np.random.Generator, rule: str, library: str) -> Numbers:
    """Random numbers for a rule, within what makes sense."""
    low, high = RATES.get(rule, (1e-3, 1e-1))
    draw: dict[str, Callable[[], float]] = {
        "momentum": lambda: rng.uniform(0.0, 0.97),
        "nu": lambda: rng.uniform(0.0, 1.0),
        "dampening": lambda: rng.uniform(0.0, 0.9) if library == "torch" else 0.0,  # optax has none
        "rho": lambda: rng.uniform(0.01, 0.2) if rule == "sam" else rng.uniform(0.5, 0.99),
        "alpha": lambda: rng.uniform(0.5, 0.999),
        "beta1": lambda: rng.uniform(0.3, 0.98),
        "beta2": lambda: 1 - 10 ** rng.uniform(-4, -0.5),
        "beta3": lambda: 1 - 10 ** rng.uniform(-3, -0.5),
        "epsilon": lambda: 10 ** rng.uniform(-9, -3),
        "epsilon_root": lambda: 10 ** rng.uniform(-16, -6),
        "weight_decay": lambda: 10 ** rng.uniform(-3, 0),
        "momentum_decay": lambda: 10 ** rng.uniform(-3, -1),
        "shrink": lambda: rng.uniform(0.3, 0.8),
        "grow": lambda: rng.uniform(1.05, 1.5),
        "shortest": lambda: 1e-6,
        "longest": lambda: rng.uniform(0.2, 2.0),
        "history": lambda: int(rng.integers(1, 8)),
        "first_estimate": lambda: 10 ** rng.uniform(-6, -3),
    }
    rate = float(np.exp(rng.uniform(np.log(low), np.log(high))))
    return {"learning_rate": rate} | {name: draw[name]() for name in NUMBERS.get(rule, ADAMS)}
