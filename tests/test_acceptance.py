"""Facts of the theory that take a landscape, an optimizer and many steps together."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from landscapes import LANDSCAPES, formula
from optimizers import OPTIMIZERS, descend

CASES = json.loads((Path(__file__).parent / "data" / "acceptance_cases.json").read_text())["cases"]
EXPECT = {case["id"]: case["expect"] for case in CASES}
CONDITION = 100.0


def contraction(optimizer, curvature):
    """Spectral radius of an update on λx²/2, read off the rule itself: a linear map of position and velocity."""
    bowl = LANDSCAPES["quadratic_bowl"](kappa=curvature)
    columns = []
    for x, velocity in np.eye(2):
        first = optimizer.init(np.zeros(2))
        state = first._replace(t=1, v=np.array([0.0, velocity]))
        p, state = optimizer.update(np.array([0.0, x]), state, bowl)
        columns.append([p[1], state.v[1]])
    return np.abs(np.linalg.eigvals(np.array(columns).T)).max()


def test_mo_10_polyaks_numbers_contract_every_eigenvalue_alike():
    expected = EXPECT["MO-10"]
    optimizer = OPTIMIZERS["momentum"](learning_rate=expected["lr"], momentum=expected["beta"])
    for curvature in (1.0, 30.0, CONDITION):  # a double root at both ends loses half the digits
        assert contraction(optimizer, curvature) == pytest.approx(expected["rate"], abs=1e-6)


def test_mo_11_nesterovs_two_choices_contract_as_published():
    expected, root = EXPECT["MO-11"], np.sqrt(CONDITION)
    choices = [
        (1 / CONDITION, (root - 1) / (root + 1), expected["rate1"]),
        (expected["lr2"], expected["beta2"], expected["rate2"]),
    ]
    for rate, beta, worst in choices:
        optimizer = OPTIMIZERS["nesterov"](learning_rate=rate, momentum=beta)
        radii = [contraction(optimizer, curvature) for curvature in np.linspace(1.0, CONDITION, 100)]
        assert max(radii) == pytest.approx(worst, abs=1e-6)


@pytest.mark.long
def test_lr_12_gradient_descent_ends_at_the_edge_of_stability():
    valley, expected = formula("(x**2*y**2 - 1)**2/2", domain=((-12, 12), (-12, 12))), EXPECT["LR-12"]
    starts = np.array([[8.0, 10.0, 7.5], [0.2, 0.12, 0.15]])
    ends = descend(valley, OPTIMIZERS["gradient_descent"](learning_rate=0.01), starts, 120_000).positions[:, -1]
    sharpness = np.linalg.eigvalsh(np.moveaxis(valley.hessian(ends), -1, 0))[:, 1]
    np.testing.assert_allclose(sharpness, expected["sharpness"], atol=1e-4)
    np.testing.assert_allclose(np.abs(ends).T, [[expected["x_abs"], expected["y_abs"]]] * 3, atol=1e-4)
    assert (sharpness < expected["two_over_lr"]).all()


def test_ad_15_adagrad_with_a_root_mean_square_explodes_when_theory_says():
    bowl, expected, rate = LANDSCAPES["quadratic_bowl"](kappa=1.0), EXPECT["AD-15"], 0.1

    def dithered(step):
        return replace(bowl, gradient=lambda p: np.add(bowl.gradient(p), [0.0, 1e-6 * (-1) ** step]), batch=None)

    optimizer = OPTIMIZERS["adagrad_rms"](learning_rate=rate)
    y = descend(replace(bowl, batch=dithered), optimizer, np.array([0.0, 1.0]), 5000).positions[1]
    total = float((y[:1000] ** 2).sum())
    assert total == pytest.approx(expected["S"], abs=1e-3)
    assert 4 * total / rate**2 == pytest.approx(expected["onset"], abs=1e-3)
    settled = 500 + int(np.argmax(np.abs(y[500:]) > 1e-3))  # calm long before step 500
    assert abs(settled - expected["first_above_1e3"]) <= 3
    assert np.abs(y[settled:]).max() == pytest.approx(expected["max_after"], rel=1e-3)
