"""The first step of every rule in closed form, with numbers that are nobody's defaults."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from optimizer_surfaces import quadratic

from optimizers import OPTIMIZERS, descend

CURVATURES = np.array([3.0, 0.5])
START = np.array([0.7, -1.9])
G = CURVATURES * START  # the gradient there
RATE, B, B1, B2, B3, E, E0, W = 0.03, 0.8, 0.85, 0.97, 0.9, 1e-3, 1e-4, 0.2
ADAM = {"beta1": B1, "beta2": B2, "epsilon": E}


def unit(g: np.ndarray) -> np.ndarray:
    return g / (np.abs(g) + E)


def nadam_factor(decay: float) -> float:
    mu, after = (B1 * (1 - 0.5 * 0.96 ** (t * decay)) for t in (1, 2))
    return 1 + after * (1 - B1) / (1 - mu * after)


def yogi_step() -> np.ndarray:
    m = B1 * 1e-6 + (1 - B1) * G
    v = 1e-6 - (1 - B2) * np.sign(1e-6 - G**2) * G**2
    return RATE * m / (1 - B1) / (np.sqrt(v / (1 - B2)) + E)


def wolfe_step() -> np.ndarray:
    """Along -g, whose slope changes by g·Hg a unit: doubled until at most 0.9 of the slope is left."""
    alpha = RATE / np.abs(G).sum()
    while G @ G - alpha * (G @ (CURVATURES * G)) > 0.9 * (G @ G):
        alpha *= 2
    return alpha * G


FIRST: dict[str, tuple[dict[str, float], Callable[[], np.ndarray]]] = {
    "gradient_descent": ({}, lambda: RATE * G),
    "momentum": ({"momentum": B, "dampening": 0.4}, lambda: RATE * G),
    "momentum_lee": ({"momentum": B}, lambda: RATE * G),
    "momentum_ema": ({"momentum": B}, lambda: RATE * (1 - B) * G),
    "nesterov": ({"momentum": B}, lambda: RATE * (1 + B) * G),
    "adagrad": ({"epsilon": E}, lambda: RATE * unit(G)),
    "adagrad_rms": ({}, lambda: RATE * np.sign(G)),
    "adadelta": ({"rho": B, "epsilon": E}, lambda: RATE * np.sqrt(E) * G / np.sqrt((1 - B) * G**2 + E)),
    "rmsprop": ({"alpha": B, "epsilon": E}, lambda: RATE * G / (np.sqrt(1 - B) * np.abs(G) + E)),
    "rmsprop_lee": ({"alpha": B}, lambda: RATE * np.sign(G)),
    "rmsprop_hinton": ({"alpha": B, "epsilon": E}, lambda: RATE * G / np.sqrt((1 - B) * G**2 + E)),
    "rmsprop_centred": ({"alpha": B, "epsilon": E}, lambda: RATE * G / (np.sqrt(B * (1 - B)) * np.abs(G) + E)),
    "adam": (ADAM, lambda: RATE * unit(G)),
    "adam_uncorrected": (ADAM, lambda: RATE * (1 - B1) * G / (np.sqrt(1 - B2) * np.abs(G) + E)),
    "amsgrad": (ADAM, lambda: RATE * unit(G)),
    "adamax": (ADAM, lambda: RATE * unit(G)),
    "nadam": (ADAM | {"momentum_decay": 0.05}, lambda: RATE * nadam_factor(0.05) * unit(G)),
    "radam": (ADAM, lambda: RATE * G),
    "adamw": (ADAM | {"weight_decay": W}, lambda: RATE * (unit(G) + W * START)),
    "adamw_free_decay": (ADAM | {"weight_decay": W}, lambda: RATE * unit(G) + W * START),
    "adam_l2": (ADAM | {"weight_decay": W}, lambda: RATE * unit(G + W * START)),
    "adabelief": (
        ADAM | {"epsilon_root": E0},
        lambda: RATE * G / (np.sqrt((B1 * G) ** 2 + E0 / (1 - B2)) + E),
    ),
    "adan": (ADAM | {"beta3": B3, "epsilon_root": E0}, lambda: RATE * G / (np.sqrt(G**2 + E0) + E)),
    "lion": ({"beta1": B1, "beta2": B2, "weight_decay": W}, lambda: RATE * (np.sign(G) + W * START)),
    "yogi": (ADAM, yogi_step),
    "rprop": ({}, lambda: RATE * np.sign(G)),
    "sign_descent": ({}, lambda: RATE * np.sign(G)),
    "sam": ({"rho": 0.3}, lambda: RATE * CURVATURES * (START + 0.3 * G / np.hypot(*G))),
    "schedule_free": ({"beta1": B1}, lambda: RATE * G),
    "prodigy": (ADAM | {"first_estimate": 0.01}, lambda: 0.01 * RATE * G / (np.abs(G) + E / np.sqrt(1 - B2))),
    "line_search": ({}, lambda: RATE * G),
    "newton": ({}, lambda: RATE * START),
    "damped_newton": ({"damping": E}, lambda: RATE * G / (CURVATURES + E)),
    "bfgs": ({}, lambda: RATE * G),
    "lbfgs_wolfe": ({"history": 3}, wolfe_step),
    "lbfgs": ({"history": 3}, lambda: RATE * G / np.abs(G).sum()),
    "conjugate_gradient": ({}, lambda: G * (G @ G) / (G @ (CURVATURES * G))),
}


@pytest.mark.parametrize("name", FIRST)
def test_the_first_step_is_the_formula(name: str) -> None:
    numbers, step = FIRST[name]
    run = descend(quadratic(*CURVATURES), OPTIMIZERS[name](learning_rate=RATE, **numbers), START, 1)
    np.testing.assert_allclose(run.positions[:, 0] - run.positions[:, 1], step(), rtol=1e-12)


def test_every_rule_is_the_papers_by_its_first_step_here_or_by_a_recorded_run() -> None:
    recorded = json.loads((Path(__file__).parent / "data" / "optimizers.json").read_text())
    replayed = {"nelder_mead", "scipy_bfgs", "scipy_trust_region"}  # SciPy's own points
    assert set(FIRST) | {case["rule"] for case in recorded["cases"]} | replayed == set(OPTIMIZERS)


@pytest.mark.parametrize("steepness", [1e-3, 1.0, 1e3])
def test_adams_first_step_is_the_rate_whatever_the_gradient(steepness: float) -> None:
    run = descend(quadratic(steepness, steepness), OPTIMIZERS["adam"](0.1, epsilon=1e-14), START, 1).positions
    np.testing.assert_allclose(np.abs(run[:, 1] - run[:, 0]), 0.1, rtol=1e-9)
