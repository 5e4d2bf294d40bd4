"""Lines through data: as published, and as the lecture's descents reach them."""

import json
from pathlib import Path

import numpy as np
import pytest
from data_models import LINES, line

from optimizers import OPTIMIZERS, descend

FACTS = Path(__file__).parent / "data" / "acceptance_cases.json"
CASES = {case["id"]: case for case in json.loads(FACTS.read_text())["cases"]}


@pytest.mark.long
def test_the_lectures_regression_descends_as_recorded():
    """The sum of the squares is n times their mean: rates for the sum are rates for the mean over n."""
    expected, model = CASES["LR-07"]["expect"], line("combat_points", "squared")
    n, start = model.examples, np.array([-4.0, -120.0])
    eigenvalues = n * np.linalg.eigvalsh(model.full.hessian(start))
    np.testing.assert_allclose(eigenvalues, expected["eig"], rtol=1e-8)
    np.testing.assert_allclose(eigenvalues[1] / eigenvalues[0], expected["kappa"], rtol=1e-8)
    np.testing.assert_allclose(2 / eigenvalues[1], expected["two_over_lmax"], rtol=1e-8)
    np.testing.assert_allclose(1 - 1e-6 * eigenvalues[1], expected["steep_factor_1e6"], rtol=1e-8)
    np.testing.assert_allclose(model.full.gradient(np.array(expected["optimum"][::-1])), 0, atol=1e-8)
    rates = np.array([1e-7, 1e-6, 1.2e-6]) * n
    run = descend(model.full, OPTIMIZERS["gradient_descent"](learning_rate=rates), np.tile(start[:, None], 3), 100_000)
    np.testing.assert_allclose(run.positions[:, -1, 0], expected["gd_1e7"][::-1], rtol=1e-6)
    np.testing.assert_allclose(run.positions[:, -1, 1], expected["gd_1e6"][::-1], rtol=1e-6)
    assert np.isnan(run.positions[:, -1, 2]).all() == expected["gd_12e7_diverges"]


@pytest.mark.long
def test_adagrad_arrives_at_the_lectures_line_where_gradient_descent_does_not():
    """The size of the loss does not matter to AdaGrad: the mean of the squares takes it the way their sum would."""
    expected, model = CASES["LR-07"]["expect"], line("combat_points", "squared")
    run = descend(model.full, OPTIMIZERS["adagrad"](learning_rate=1.0), np.array([-4.0, -120.0]), 100_000)
    np.testing.assert_allclose(run.positions[:, -1], expected["adagrad_lr1"][::-1], rtol=1e-6)
    np.testing.assert_allclose(run.positions[:, -1], expected["optimum"][::-1], rtol=1e-3)


@pytest.mark.parametrize(
    ("name", "slope", "intercept"), [("hubble", 454.15844092, -40.7836491), ("forbes", 0.522892, -81.06373)]
)
def test_the_best_line_is_the_published_one(name, slope, intercept):
    """Hubble's: the least squares of his table; Forbes': S. Weisberg, Applied Linear Regression, ch. 1."""
    p = np.array([slope, intercept])
    landscape = line(name, "squared").full
    newton = np.linalg.solve(landscape.hessian(p), landscape.gradient(p))
    assert np.abs(newton / p).max() < 1e-6


def test_galtons_children_are_nearer_the_average_than_their_parents():
    data = LINES["galton"]()
    covariance = np.cov(data.inputs[0], data.target)
    assert data.examples == 928
    assert round(covariance[0, 1] / covariance[0, 0], 3) == 0.646  # F. Galton wrote 2/3
