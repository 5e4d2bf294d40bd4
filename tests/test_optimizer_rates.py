"""What the learning rate alone decides: facts about gradient descent, derived and verified apart from this code."""

import numpy as np
import pytest
from optimizer_facts import EXPECT
from optimizer_surfaces import quadratic

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, descend

DESCENT = OPTIMIZERS["gradient_descent"]


def test_lr_01_a_large_rate_rings_across_the_valley_and_a_small_one_never_arrives() -> None:
    fact, start = EXPECT["LR-01"], np.array([-10.0, 1.0])
    ringing = descend(quadratic(0.1, 199.0), DESCENT(1e-2), start, 100).positions
    np.testing.assert_allclose(ringing[:, -1], fact["end_lr_1e2"], atol=1e-9)
    np.testing.assert_array_equal(np.sign(ringing[1, 1:5]), fact["y_signs_first4"])
    crawling = descend(quadratic(0.1, 199.0), DESCENT(1e-7), start, 100000).positions
    np.testing.assert_allclose(crawling[:, -1], fact["end_lr_1e7"], atol=1e-9)


def test_lr_02_two_over_the_largest_curvature_is_the_border() -> None:
    rates, starts = np.array([0.0199, 0.02]), np.ones((2, 2))
    ends = descend(quadratic(1.0, 100.0), DESCENT(rates), starts, 3000).positions[1, -1]
    np.testing.assert_allclose(ends, EXPECT["LR-02"]["y"][:2], rtol=1e-8)
    assert np.isnan(descend(quadratic(1.0, 100.0), DESCENT(0.0201), np.ones(2), 3000).positions[1, -1])


def test_lr_03_the_best_constant_rate() -> None:
    fact = EXPECT["LR-03"]
    end = descend(quadratic(1.0, 100.0), DESCENT(fact["lr"]), np.ones(2), 200).positions[:, -1]
    np.testing.assert_allclose(np.abs(end), fact["after200"], rtol=1e-12)


def test_lr_04_a_run_that_leaves_is_right_up_to_where_it_leaves() -> None:
    fact = EXPECT["LR-04"]
    run = descend(LANDSCAPES["rosenbrock"](), DESCENT(0.01), np.array([-1.2, 1.0]), 20).positions
    np.testing.assert_allclose(run[:, 1:4].T, [fact["step1"], fact["step2"], fact["step3"]], rtol=1e-12)
    assert np.isnan(run[:, fact["first_nonfinite"] :]).all()


def test_lr_05_a_rate_above_the_border_can_end_in_a_cycle_of_two_points() -> None:
    run = descend(LANDSCAPES["rosenbrock"](), DESCENT(0.005), np.array([-1.2, 1.0]), 200000).positions
    last = sorted(run[:, -2:].T.tolist(), reverse=True)
    np.testing.assert_allclose(last, EXPECT["LR-05"]["orbit"], atol=1e-8)


def test_lr_06_steps_to_the_minimum_of_rosenbrock() -> None:
    rates = np.array([0.0005, 0.001, 0.0015, 0.0019, 0.0021])
    starts = np.repeat([[-1.2], [1.0]], 5, axis=1)
    run = descend(LANDSCAPES["rosenbrock"](), DESCENT(rates), starts, 34200).positions
    near = np.linalg.norm(run - 1.0, axis=0) < 1e-3
    steps = [int(column.argmax()) if column.any() else None for column in near.T]
    assert steps == EXPECT["LR-06"]["steps"]


def test_lr_08_the_time_to_leave_a_saddle_is_a_logarithm() -> None:
    start = np.full(2, 1e-6 / np.sqrt(2))
    run = descend(LANDSCAPES["two_weight_network"](), DESCENT(0.05), start, 200).positions
    assert int(np.argmax(np.linalg.norm(run, axis=0) >= 0.1)) == EXPECT["LR-08"]["steps"]


def test_lr_09_on_the_ridge_the_run_ends_in_the_saddle_and_a_hair_beside_it_does_not() -> None:
    landscape = LANDSCAPES["two_weight_network"]()
    on, beside = np.array([0.5, -0.5]), np.array([0.5, -0.5 + 1e-12])
    np.testing.assert_allclose(descend(landscape, DESCENT(0.05), on, 2000).positions[:, -1], 0.0, atol=1e-9)
    escaped = descend(landscape, DESCENT(0.05), beside, 2000).positions[:, -1]
    np.testing.assert_allclose(escaped.prod(), EXPECT["LR-09"]["product_after_escape"], atol=1e-9)


def test_lr_10_one_step_shrinks_the_difference_of_squares_by_a_known_factor() -> None:
    a, b = descend(LANDSCAPES["two_weight_network"](), DESCENT(0.07), np.array([1.3, 0.4]), 1).positions[:, -1]
    np.testing.assert_allclose(a**2 - b**2, EXPECT["LR-10"]["after"], rtol=1e-12)


@pytest.mark.parametrize(("index", "rate"), [(0, 0.1), (1, 0.2), (2, 0.3)])
def test_lr_11_a_large_rate_lands_in_a_flat_minimum(index: int, rate: float) -> None:
    end = descend(LANDSCAPES["two_weight_network"](), DESCENT(rate), np.array([2.5, 0.41]), 20000).positions[:, -1]
    np.testing.assert_allclose(end @ end, EXPECT["LR-11"]["w2norm"][index], atol=1e-6)
    assert end @ end < EXPECT["LR-11"]["bound"][index]
