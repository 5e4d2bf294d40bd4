"""The curvature along a run against the stability limit of each step, under every kind of schedule."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from sentences import after, numbers, shown

from figures import RUN_COLOURS, in_the_dark, sharpness
from figures.sharpness import LIMIT
from landscapes import LANDSCAPES, formula
from landscapes.curvature import eigenvalues
from optimizers import OPTIMIZERS, PLANS, descend
from pages.curvature_parts.along import comparison, limits, stability, steps_taken
from pages.shared.fields.run_choice import on_schedule, run_choice
from pages.shared.state import first_on_curvature

STEPS = 60
PRODUCTS = {  # λη up to which a step is stable on a quadratic
    "gradient_descent": lambda beta: 2.0,
    "momentum": lambda beta: 2 + 2 * beta,
    "momentum_lee": lambda beta: 2 + 2 * beta,
    "momentum_ema": lambda beta: (2 + 2 * beta) / (1 - beta),
    "nesterov": lambda beta: (2 + 2 * beta) / (1 + 2 * beta),
}
PLACES = {
    "rosenbrock": LANDSCAPES["rosenbrock"](),
    "himmelblau": LANDSCAPES["himmelblau"](),
    "quadratic_bowl": LANDSCAPES["quadratic_bowl"](),
    "x**4 + y**4": formula("x**4 + y**4", start=(1.5, -1.0)),
    "log(x) + y**2": formula("log(x) + y**2", start=(0.5, 1.0)),
}


def scheduled(optimizer, rate, schedule, warmup=0):
    return replace(on_schedule(run_choice(optimizer, learning_rate=rate), schedule), warmup=warmup)


def rates_of(run, landscape, path):
    """The rate of every step, from the schedule alone; one that listens to the loss is asked by its states."""
    optimizer = run.build()
    if not run.schedule.startswith("reduce_on_plateau"):
        return np.array([float(optimizer.rate(step)) for step in range(STEPS)])
    trajectory = descend(landscape, optimizer, path[:, 0], STEPS, record=True)
    plan = optimizer.rate
    before = [plan.begin(np.zeros(1)).rate, *(state.watch.rate for state in trajectory.states[:-1])]
    return np.array([float(np.ravel(plan.at(step, rate))[0]) for step, rate in enumerate(before)])


@pytest.mark.parametrize("schedule", PLANS)
@pytest.mark.parametrize("optimizer", PRODUCTS)
def test_every_number_about_the_limit_is_recomputed(optimizer, schedule):
    for name, warmup in product(PLACES, [0] if PLANS[schedule].rises else [0, 20]):
        landscape = PLACES[name]
        run = scheduled(optimizer, 0.01, schedule, warmup)
        with np.errstate(all="ignore"):
            trajectory = descend(landscape, run.build(), np.array(landscape.start), STEPS)
            path = trajectory.positions
            taken = steps_taken(trajectory)
            assert np.isfinite(path[:, : taken + 1]).all()
            assert taken == STEPS or not np.isfinite(path[:, taken + 1]).all()
            rates, limit = stability(landscape, run, trajectory)
        expected = rates_of(run, landscape, path)[:taken]
        np.testing.assert_allclose(rates[:taken], expected, rtol=1e-12, err_msg=f"{name} {warmup}")
        with np.errstate(divide="ignore"):
            border = PRODUCTS[optimizer](dict(run.numbers).get("momentum", 0.0)) / expected
        np.testing.assert_allclose(limit[:taken], border, rtol=1e-12, err_msg=f"{name} {warmup}")
        check_limits(limits("It", rates[:taken], limit[:taken]), expected, border)
        highest = np.linalg.eigvalsh(np.moveaxis(landscape.hessian(path[:, :taken]), -1, 0))[:, 1]
        check_comparison(comparison(highest, limit[:taken]), highest, border)


def check_limits(said, rates, border):
    if not rates.size:
        assert "no step" in said
    elif (rates == rates[0]).all():
        assert "changes" not in said
        if rates[0]:
            assert shown(rates[0], after(said, "η = "))
            assert shown(border[0], after(said, "stays below "))
        else:
            assert "stands still" in said
    else:
        step, low, rate = after(said, "lowest at step ", 3)
        assert shown(border.min(), low)
        assert border[int(step)] == border.min()
        assert shown(rates[int(step)], rate)
        step, *rest = after(said, "highest at step ", 3)
        assert border[int(step)] == border.max()
        if np.isinf(border.max()):
            assert "without a limit at η = 0" in said
        else:
            assert shown(border.max(), rest[0])
            assert shown(rates[int(step)], rest[1])


def check_comparison(said, highest, border):
    beyond = np.flatnonzero(highest > border * (1 + 1e-9))
    if not highest.size:
        assert said == ""
    elif not beyond.size:
        assert f"none of {highest.size} step" in said
    else:
        count, of, first, met, held = numbers(said)
        assert (count, of, first) == (beyond.size, highest.size, beyond[0])
        assert met > held
        assert met == pytest.approx(highest[beyond[0]], rel=5e-3)
        assert held == pytest.approx(border[beyond[0]], rel=5e-3)


def test_a_warm_up_does_not_make_the_limit_infinite():
    landscape = LANDSCAPES["rosenbrock"]()
    run = scheduled("gradient_descent", 0.001, "constant", warmup=10)
    trajectory = descend(landscape, run.build(), np.array(landscape.start), STEPS)
    said = limits("Gradient descent", *stability(landscape, run, trajectory))
    assert "lowest at step 10, 2000 at η = 0.001" in said
    assert "highest at step 0, without a limit at η = 0" in said


def test_numbers_near_the_limit_are_told_apart():
    assert comparison(np.array([199.9, 200.0004, 1.0]), np.full(3, 200.0)) == (
        "λₘₐₓ is above the limit of the step at 1 of 3 steps, first at step 1: 200.0004 against 200."
    )
    assert comparison(np.full(3, 10.0), np.full(3, 2 / 0.2)) == "λₘₐₓ is above the limit at none of 3 steps."


@pytest.mark.parametrize("name", [name for name, make in OPTIMIZERS.items() if make().stability_limit is not None])
def test_a_run_shrinks_below_the_limit_and_grows_above_it(name):
    limit = float(OPTIMIZERS[name]().stability_limit(0))
    for share, shrinks in ((0.99, True), (1.01, False)):
        bowl = formula(f"{share * limit / 2}*x**2 + y**2", ((-1, 1), (-1, 1)))
        x = np.abs(descend(bowl, OPTIMIZERS[name](), np.array([1e-3, 0.0]), 4000).positions[0])
        assert (x[-1000:].max() < x[:1000].max()) == shrinks


@pytest.mark.parametrize("name", [name for name, make in OPTIMIZERS.items() if make().stability_limit is None])
def test_no_limit_is_drawn_where_none_is_known(name):
    landscape = LANDSCAPES["quadratic_bowl"]()
    run = run_choice(name)
    trajectory = descend(landscape, run.build(), np.array(landscape.start), 5)
    assert stability(landscape, run, trajectory)[1] is None


def test_the_drawn_limit_follows_the_schedule_and_the_axis_holds_the_eigenvalues():
    landscape = LANDSCAPES["quadratic_bowl"]()
    run = scheduled("gradient_descent", 0.1, "cosine")
    trajectory = descend(landscape, run.build(), np.array(landscape.start), STEPS)
    along, (_, limit) = eigenvalues(landscape, trajectory.positions), stability(landscape, run, trajectory)
    figure = sharpness(along, limit, "#000000")
    (line,) = [trace for trace in figure.data if trace.name == LIMIT]
    np.testing.assert_array_equal(line.y, np.where(np.isfinite(limit), limit, np.nan))
    low, high = figure.layout.yaxis.range
    assert low < 0 < 10 < high < 40


@pytest.mark.parametrize("colour", RUN_COLOURS[1:3])
def test_both_eigenvalues_have_their_line_in_the_legend(colour):
    figure = sharpness(np.array([[1.0, 2.0], [3.0, 4.0]]), None, colour)
    for name, dash in (("λ<sub>max</sub>", "solid"), ("λ<sub>min</sub>", "dot")):
        playing, entry = [trace for trace in figure.data if trace.name == name]
        assert (playing.showlegend, entry.showlegend) == (False, None)
        assert playing.line == entry.line
        assert (entry.line.color, entry.line.dash) == (colour, dash)
        assert entry.meta["dark"] == playing.meta["dark"] == {"line": {"color": in_the_dark(colour)}}
        assert not entry.meta.get("plays")
    assert figure.layout.showlegend


def test_curvature_opens_with_a_run_beyond_the_limit_and_one_below_it():
    opening = first_on_curvature()
    landscape, met, held = opening.build(), [], []
    for run in opening.runs[:2]:
        trajectory = descend(landscape, run.build(), np.array(opening.start), opening.steps)
        met.append(np.linalg.eigvalsh(np.moveaxis(landscape.hessian(trajectory.positions[:, :-1]), -1, 0)).max(axis=1))
        held.append(2 / run.build().rate(0))
    assert (met[0] > held[0]).mean() > 0.5
    assert (met[0] < held[0]).any()
    assert (met[1] < held[1]).all()
