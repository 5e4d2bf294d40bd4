"""Rules that have to be each other, and rules whose whole path is known."""

import numpy as np
import pytest
import scipy.optimize
from optimizer_surfaces import quadratic, slope

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SCHEDULES, descend

STARTS = np.random.default_rng(3).uniform(-1.5, 1.5, (2, 4))
STEPS = 40
INVERSE_SQRT = SCHEDULES["inverse_sqrt"]
PAIRS = {
    "momentum 0 is gradient descent": (("momentum", {"momentum": 0.0}), ("gradient_descent", {})),
    "nesterov 0 is gradient descent": (("nesterov", {"momentum": 0.0}), ("gradient_descent", {})),
    "averaged momentum 0 is gradient descent": (("momentum_ema", {"momentum": 0.0}), ("gradient_descent", {})),
    "a radius of 0 makes sam gradient descent": (("sam", {"rho": 0.0}), ("gradient_descent", {})),
    "schedule-free with no average is gradient descent": (("schedule_free", {"beta1": 0.0}), ("gradient_descent", {})),
    "the rate inside is momentum, if constant": (("momentum_lee", {"momentum": 0.7}), ("momentum", {"momentum": 0.7})),
    "averaged momentum is momentum at (1 - β) times the rate": (
        ("momentum_ema", {"momentum": 0.7}),
        ("momentum", {"momentum": 0.7, "learning_rate": 1e-3 * (1 - 0.7)}),
    ),
    "uncorrected adam without a first memory is rmsprop": (
        ("adam_uncorrected", {"beta1": 0.0, "beta2": 0.95, "epsilon": 1e-8}),
        ("rmsprop", {"alpha": 0.95, "epsilon": 1e-8}),
    ),
    "adam without memories is sign descent": (
        ("adam", {"beta1": 0.0, "beta2": 0.0, "epsilon": 0.0}),
        ("sign_descent", {}),
    ),
    "lion without memories and decay is sign descent": (
        ("lion", {"beta1": 0.0, "beta2": 0.0, "weight_decay": 0.0}),
        ("sign_descent", {}),
    ),
    "adamw without decay is adam": (("adamw", {"weight_decay": 0.0}), ("adam", {})),
    "adam with L2 of 0 is adam": (("adam_l2", {"weight_decay": 0.0}), ("adam", {})),
    "the root mean square with η/√(t + 1) is adagrad": (
        ("adagrad_rms", {"learning_rate": INVERSE_SQRT(1e-3)}),
        ("adagrad", {"epsilon": 0.0}),
    ),
    "a line search that is never refused is gradient descent": (("line_search", {}), ("gradient_descent", {})),
}


@pytest.mark.parametrize("claim", PAIRS)
def test_two_rules_are_one(claim: str) -> None:
    paths = [
        descend(LANDSCAPES["himmelblau"](), OPTIMIZERS[name](**({"learning_rate": 1e-3} | numbers)), STARTS, STEPS)
        for name, numbers in PAIRS[claim]
    ]
    np.testing.assert_allclose(paths[0].positions, paths[1].positions, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("rate", [0.05, 0.3])
def test_gradient_descent_on_a_quadratic_is_a_power(rate: float) -> None:
    run = descend(quadratic(1.0, 4.0), OPTIMIZERS["gradient_descent"](rate), np.array([2.0, -1.0]), 30).positions
    powers = np.arange(31)
    np.testing.assert_allclose(run[0], 2.0 * (1 - rate) ** powers, rtol=1e-12)
    np.testing.assert_allclose(run[1], -1.0 * (1 - 4 * rate) ** powers, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", ["newton", "damped_newton", "conjugate_gradient"])
def test_second_order_ends_in_the_minimum_of_a_quadratic_at_once(name: str) -> None:
    numbers = {"damping": 0.0} if name == "damped_newton" else {}
    end = descend(quadratic(1.0, 1e4), OPTIMIZERS[name](**numbers), np.array([2.0, -1.0]), 2).positions[:, -1]
    np.testing.assert_allclose(end, 0.0, atol=1e-9)


def test_newton_goes_to_a_saddle_and_its_saddle_free_variant_doubles_its_distance_from_it() -> None:
    saddle, start = quadratic(1.0, -1.0), np.array([0.5, 1e-3])
    assert np.abs(descend(saddle, OPTIMIZERS["newton"](), start, 1).positions[:, -1]).max() == 0.0
    away = descend(saddle, OPTIMIZERS["damped_newton"](damping=0.0), start, 8).positions
    np.testing.assert_allclose(away[1], 1e-3 * 2.0 ** np.arange(9), rtol=1e-12)
    assert away[0, -1] == 0.0


def test_newton_stays_where_there_is_neither_slope_nor_curvature_and_leaves_where_only_curvature_is_missing() -> None:
    newton = OPTIMIZERS["newton"]()
    trough = descend(quadratic(1.0, 0.0), newton, np.array([1.0, 2.0]), 1).positions[:, -1]
    np.testing.assert_array_equal(trough, [0.0, 2.0])
    assert np.isnan(descend(slope(1.0, 0.0), newton, np.zeros(2), 1).positions[:, -1]).all()


@pytest.mark.parametrize("name", ["adagrad_rms", "rmsprop_lee", "sam", "prodigy", "lion", "bfgs", "conjugate_gradient"])
def test_a_critical_point_is_not_left_and_not_lost_in_a_quotient(name: str) -> None:
    numbers = {"weight_decay": 0.0} if name == "lion" else {}
    run = descend(quadratic(1.0, -1.0), OPTIMIZERS[name](**numbers), np.zeros(2), 5).positions
    np.testing.assert_array_equal(run, 0.0)


def test_centred_rmsprop_survives_the_rounding_that_makes_the_plain_form_nan() -> None:
    optimizer = OPTIMIZERS["rmsprop_centred"](1e-12, alpha=0.9)
    run = descend(slope(-92.085, 0.0), optimizer, np.zeros(2), 1000, record=True)
    assert min(float((state.v - state.m**2)[0]) for state in run.states) < 0
    assert np.isfinite(run.positions).all()


def test_sweeping_learning_rates_at_once_is_a_line_search_by_hand() -> None:
    rates = np.array([0.1, 0.3, 0.5, 0.7])
    run = descend(quadratic(2.0, 2.0), OPTIMIZERS["gradient_descent"](rates), np.ones((2, 4)), 1).positions
    np.testing.assert_allclose(run[0, 1], 1 - 2 * rates, atol=1e-15)


def test_learned_curvature_reaches_the_minimum_of_rosenbrock_while_gradient_descent_crawls() -> None:
    landscape, start = LANDSCAPES["rosenbrock"](), np.array([-1.2, 1.0])
    ends = {
        name: landscape.value(descend(landscape, OPTIMIZERS[name](), start, 60).positions[:, -1])
        for name in ("bfgs", "conjugate_gradient", "gradient_descent")
    }
    assert max(ends["bfgs"], ends["conjugate_gradient"]) < 1e-9
    assert ends["gradient_descent"] > 1.0


@pytest.mark.parametrize(
    ("name", "method", "derivatives"),
    [("nelder_mead", "Nelder-Mead", 0), ("scipy_bfgs", "BFGS", 1), ("scipy_trust_region", "trust-exact", 2)],
)
def test_scipys_methods_are_shown_iteration_by_iteration_and_end_where_scipy_ends(
    name: str, method: str, derivatives: int
) -> None:
    landscape, start = LANDSCAPES["rosenbrock"](), np.array([-1.2, 1.0])
    given = dict(zip(("jac", "hess"), (landscape.gradient, landscape.hessian), strict=True))
    kept = {key: given[key] for key in ("jac", "hess")[:derivatives]}
    result = scipy.optimize.minimize(landscape.value, start, method=method, options={"maxiter": 1000}, **kept)
    run = descend(landscape, OPTIMIZERS[name](), start, result.nit + 5)
    np.testing.assert_array_equal(run.positions[:, result.nit], result.x)
    np.testing.assert_array_equal(run.positions[:, -1], result.x)
    assert run.value_evaluations == result.nfev


def test_a_simplex_leaves_as_data_where_the_loss_has_no_bottom() -> None:
    run = descend(LANDSCAPES["saddle"](), OPTIMIZERS["nelder_mead"](), np.array([1.0, 0.5]), 1200).positions
    assert np.isnan(run[:, -1]).all()
