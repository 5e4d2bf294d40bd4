import re

import numpy as np
import pytest

from landscapes import LANDSCAPES, formula
from optimizers import OPTIMIZERS, SCHEDULES, descend
from optimizers.verdicts import verdict

BOWL, NETWORK, ROSENBROCK = (LANDSCAPES[key]() for key in ("quadratic_bowl", "two_weight_network", "rosenbrock"))


def judged(landscape, name, start, steps, **hyperparameters):
    optimizer = OPTIMIZERS[name](**hyperparameters)
    return verdict(landscape, optimizer, descend(landscape, optimizer, np.array(start, dtype=float), steps))


@pytest.mark.parametrize(("steps", "left"), [(60, " It is 0.00111 from there."), (100, ""), (300, ""), (2000, "")])
def test_gradient_descent_on_the_stable_manifold_is_told_that_it_ran_into_a_saddle(steps, left):
    found = judged(NETWORK, "gradient_descent", (0.5, -0.5), steps, learning_rate=0.05)
    assert found.kind == "saddle"
    np.testing.assert_allclose(found.position, 0, atol=1e-12)
    assert found.sentence == (
        "Ran into the saddle at (0, 0): the gradient vanishes there, but the Hessian has a negative eigenvalue −2 "
        f"and the loss falls along (0.71, 0.71).{left}"
    )


@pytest.mark.parametrize("offset", [1e-3, 1e-6, 1e-9])
def test_passing_a_saddle_is_never_called_running_into_it(offset):
    landscape, optimizer = LANDSCAPES["saddle"](), OPTIMIZERS["gradient_descent"](learning_rate=0.1)
    starts = np.array([[-1.5, 0.7, 0.02], [offset] * 3])
    for steps in range(0, 200, 3):
        kinds = {found.kind for found in verdict(landscape, optimizer, descend(landscape, optimizer, starts, steps))}
        assert kinds == {"moving"}


def test_a_start_a_hair_beside_the_stable_manifold_ends_in_the_trough():
    found = judged(NETWORK, "gradient_descent", (0.5, -0.5 + 1e-12), 2000, learning_rate=0.05)
    assert found.kind == "minimum"
    assert found.position.prod() == pytest.approx(1)


def test_a_point_of_a_trough_is_a_minimum_one_of_a_curve_of_them():
    found = judged(NETWORK, "gradient_descent", (1, 1), 10, learning_rate=0.05)
    assert (found.kind, found.step) == ("minimum", 0)
    assert "one of a curve of minima" in found.sentence


@pytest.mark.parametrize("steps", [500, 600, 800, 1000, 1700, 2000, 3500, 5000])
def test_rosenbrock_at_rate_0_005_is_a_cycle(steps):
    found = judged(ROSENBROCK, "gradient_descent", (-1.2, 1), steps, learning_rate=0.005)
    assert found.kind == "cycle"
    assert "more than 2." in found.sentence


def test_the_cycle_on_rosenbrock_is_the_orbit_of_period_2():
    found = judged(ROSENBROCK, "gradient_descent", (-1.2, 1), 10_000, learning_rate=0.005)
    orbit = np.array([[0.534192382791, 0.214651045239], [0.463304484372, 0.285361501832]])  # zeros of p(p(x)) - x
    assert np.abs(orbit - found.position).max(axis=1).min() < 1e-9
    assert "(0.534, 0.215)" in found.sentence
    assert "(0.463, 0.285)" in found.sentence
    assert "period 2" in found.sentence


def test_divergence_names_the_curvature_and_a_rate_that_would_have_held():
    found = judged(ROSENBROCK, "gradient_descent", (-1.2, 1), 500, learning_rate=0.01)
    sharpness = np.linalg.eigvalsh(ROSENBROCK.hessian(np.array([-1.2, 1.0])))[-1]
    product, limit, held = re.search(
        r"λₘₐₓ·η = ([\d.]+) exceeded ([\d.]+) at the start; η below ([\d.]+)", found.sentence
    ).groups()
    assert (found.kind, limit) == ("diverged", "2")
    assert float(product) == pytest.approx(sharpness * 0.01, rel=5e-3)
    assert 0.9 * 2 < float(held) * sharpness < 2


def test_the_border_of_momentum_is_wider():
    found = judged(ROSENBROCK, "momentum", (-1.2, 1), 500, learning_rate=0.01, momentum=0.9)
    assert "exceeded 3.8 at the start" in found.sentence


def test_a_loss_without_a_floor_is_told_from_too_large_a_step():
    found = judged(LANDSCAPES["saddle"](), "gradient_descent", (0.1, 0.1), 500, learning_rate=0.1)
    assert found.kind == "diverged"
    assert "the loss keeps falling that way" in found.sentence


def test_where_f_is_not_defined_the_verdict_says_so():
    found = judged(formula("sqrt(x) + y**2"), "gradient_descent", (-1, 1), 50, learning_rate=0.1)
    assert found.kind == "diverged"
    assert found.sentence == "f is not defined at the start, (−1.00, 1.00): there is nothing to descend."


@pytest.mark.parametrize("steps", range(300, 3300, 300))
def test_rmsprop_hopping_about_a_minimum_is_never_said_to_have_reached_it(steps):
    found = judged(BOWL, "rmsprop", (-1.5, 1), steps, learning_rate=0.01, alpha=0.9)
    assert found.kind in ("cycle", "moving")


def test_adam_after_a_late_burst_is_not_at_the_minimum_however_near_it_is():
    found = judged(ROSENBROCK, "adam", (-1.2, 1), 5000, learning_rate=0.05)
    before = judged(ROSENBROCK, "adam", (-1.2, 1), 3500, learning_rate=0.05)
    assert (before.kind, found.kind) == ("minimum", "moving")
    assert "close to the minimum at (1.00, 1.00)" in found.sentence


def test_momentum_flying_through_a_minimum_has_not_reached_it():
    bowl = formula("(x**2 + y**2)/2")
    found = judged(bowl, "momentum", (1, 1), 1, learning_rate=1.0, momentum=0.9)
    assert found.kind == "moving"  # exactly at (0, 0), with all its velocity


def test_the_reach_of_a_minimum_is_the_step_from_which_the_run_stays():
    found = judged(BOWL, "gradient_descent", (-1.5, 0), 400, learning_rate=0.1)  # |x| = 1.5 · 0.9^t ≤ 0.004 from t = 57
    assert (found.kind, found.step) == ("minimum", 57)
    assert found.sentence == "Reached the minimum at (0, 0) after 57 steps."


@pytest.mark.parametrize("scale", [1e-90, 1e-9, 1.0, 1e9, 1e90])
@pytest.mark.parametrize("stretch", [1e-3, 1.0, 1e3])
def test_neither_the_units_of_the_loss_nor_those_of_an_axis_matter(scale, stretch):
    landscape = formula(
        f"{scale!r}*(x**2 + 3*(y/{stretch!r})**2)", domain=((-2, 2), (-2 * stretch, 2 * stretch)), start=(1, stretch)
    )
    optimizer = OPTIMIZERS["newton"]()
    assert verdict(landscape, optimizer, descend(landscape, optimizer, np.array([1, stretch]), 10)).kind == "minimum"


def test_a_rate_that_has_died_away_is_no_arrival():
    found = judged(BOWL, "gradient_descent", (-1.5, 1), 2000, learning_rate=SCHEDULES["exponential"](0.1, factor=0.9))
    assert found.kind == "moving"
    assert "because the learning rate is" in found.sentence


def test_newton_is_told_what_it_ran_into():
    hill = formula("x**4 - x**2 + y**4 - y**2")
    assert judged(hill, "newton", (0.1, 0.1), 20).sentence.startswith("Ran onto the maximum at (0, 0) after")
    assert judged(hill, "newton", (0.1, 0.8), 20).kind == "saddle"


def test_without_a_step_only_an_exact_start_has_arrived():
    saddle = LANDSCAPES["saddle"]()
    assert judged(saddle, "gradient_descent", (0, 0), 0).kind == "saddle"
    assert judged(saddle, "gradient_descent", (1e-4, 0), 0).kind == "moving"


def test_an_infinite_or_missing_hessian_is_no_arrival():
    for text in ("sqrt(x) + y**2", "1/x", "log(x)*y"):
        assert judged(formula(text), "gradient_descent", (0, 0), 5, learning_rate=0.1).kind in ("diverged", "moving")


@pytest.mark.parametrize("name", ["gradient_descent", "momentum", "adam"])
def test_verdicts_of_many_runs_are_those_of_each_alone(name):
    landscape, rates = LANDSCAPES["himmelblau"](), np.array([0.0, 1e-4, 0.01, 0.02, 0.3])
    starts = np.array([[1.0, -2.0, 3.1, -3.0, 4.0], [1.0, 2.0, 1.9, -3.0, -2.0]])
    optimizer = OPTIMIZERS[name](learning_rate=rates)
    together = verdict(landscape, optimizer, descend(landscape, optimizer, starts, 300))
    alone = [
        judged(landscape, name, start, 300, learning_rate=float(eta))
        for start, eta in zip(starts.T, rates, strict=True)
    ]
    assert [found[0] for found in together] == [found[0] for found in alone]
    assert [found[2:] for found in together] == [found[2:] for found in alone]


@pytest.mark.parametrize(
    ("text", "start", "kind", "said"),
    [
        ("(x - 1)**2", 1.9, "minimum", "Reached the minimum at x = 1 after"),
        ("cos(x)", 0.0, "maximum", "Stays on the maximum at x = 0 from the start: the gradient vanishes there, but"),
        (
            "x**4",
            0.0,
            "minimum",
            "At the minimum at x = 0 from the start, a degenerate one: the second derivative is zero",
        ),
        ("7", 0.5, "flat", "The gradient is zero to rounding at x = 0.5, and so is the second derivative"),
    ],
)
def test_a_landscape_of_one_variable_is_judged_by_that_variable(text, start, kind, said):
    found = judged(formula(text), "gradient_descent", (start, 0.5), 400, learning_rate=0.1)
    assert found.kind == kind
    assert found.sentence.startswith(said)
