"""What every update rule promises, whichever it is."""

import re
from typing import Any

import numpy as np
import pytest
from optimizer_surfaces import quadratic

from landscapes import LANDSCAPES, Knob, knobs
from optimizers import OPTIMIZERS, RULES, descend
from optimizers.worked_steps.notation import symbol_in_latex

every_rule = pytest.mark.parametrize("name", OPTIMIZERS)
SURFACES = ("rosenbrock", "himmelblau", "saddle", "two_weight_network")
STEPS = 30


def random_starts(count: int) -> np.ndarray:
    return np.random.default_rng(7).uniform(-1.8, 1.8, (2, count))


def inside(knob: Knob, share: float) -> float:
    """A number of a knob's range."""
    if knob.log:
        return float(knob.low ** (1 - share) * knob.high**share)
    return knob.low + share * (knob.high - knob.low)


def locked(state: Any) -> Any:
    """The same state, with arrays that raise when they are written to."""
    for field in state:
        if isinstance(field, np.ndarray):
            field.flags.writeable = False
    return state


@every_rule
@pytest.mark.parametrize("surface", SURFACES)
def test_many_trajectories_together_are_each_alone_bit_for_bit(name: str, surface: str) -> None:
    landscape, optimizer, starts = LANDSCAPES[surface](), OPTIMIZERS[name](), random_starts(5)
    together = descend(landscape, optimizer, starts, STEPS).positions
    for index, start in enumerate(starts.T):
        np.testing.assert_array_equal(descend(landscape, optimizer, start, STEPS).positions, together[..., index])


@every_rule
def test_an_array_of_hyperparameters_is_each_number_alone_bit_for_bit(name: str) -> None:
    landscape, start = LANDSCAPES["himmelblau"](), random_starts(1)
    for parameter, knob in knobs(OPTIMIZERS[name]).items():
        if knob.integer:
            continue
        numbers = np.array([inside(knob, share) for share in (0.2, 0.5, 0.8)])
        together = descend(landscape, OPTIMIZERS[name](**{parameter: numbers}), np.repeat(start, 3, axis=1), STEPS)
        for index, number in enumerate(numbers):
            alone = descend(landscape, OPTIMIZERS[name](**{parameter: float(number)}), start[:, 0], STEPS)
            np.testing.assert_array_equal(alone.positions, together.positions[..., index], err_msg=parameter)


@every_rule
def test_an_update_never_writes_into_what_it_is_given(name: str) -> None:
    landscape, optimizer = LANDSCAPES["himmelblau"](), OPTIMIZERS[name]()
    p = random_starts(3)
    p.flags.writeable = False
    state = optimizer.init(p)
    for _ in range(4):
        p, state = optimizer.update(p, locked(state), landscape)
        p.flags.writeable = False


@every_rule
def test_the_same_update_twice_gives_the_same_point(name: str) -> None:
    landscape, optimizer, p = LANDSCAPES["rosenbrock"](), OPTIMIZERS[name](), random_starts(2)
    state = optimizer.init(p)
    once, after = optimizer.update(p, state, landscape)
    np.testing.assert_array_equal(optimizer.update(p, state, landscape)[0], once)
    np.testing.assert_array_equal(
        optimizer.update(once, after, landscape)[0], optimizer.update(once, after, landscape)[0]
    )


@every_rule
def test_a_number_and_the_schedule_that_never_changes_it_are_the_same(name: str) -> None:
    optimizer = OPTIMIZERS[name]()
    if optimizer.rate is None:
        assert "learning_rate" not in knobs(OPTIMIZERS[name]) or name == "rprop"
        return
    rate = float(np.asarray(optimizer.rate(0)))
    scheduled = OPTIMIZERS[name](learning_rate=lambda t: rate)
    runs = [descend(LANDSCAPES["himmelblau"](), run, random_starts(2), STEPS) for run in (optimizer, scheduled)]
    np.testing.assert_array_equal(runs[0].positions, runs[1].positions)


@every_rule
def test_a_number_outside_its_range_is_refused_by_name(name: str) -> None:
    for parameter, knob in knobs(OPTIMIZERS[name]).items():
        wrong = [float("nan"), -1.0] + ([knob.below] if np.isfinite(knob.below) else [])
        for number in wrong:
            with pytest.raises(ValueError, match=rf"^{name} needs {parameter} "):
                OPTIMIZERS[name](**{parameter: number})


@every_rule
def test_only_a_rate_can_be_a_schedule(name: str) -> None:
    for parameter in knobs(OPTIMIZERS[name]):
        if parameter != "learning_rate" or name == "rprop":
            with pytest.raises(ValueError, match=f"^{name} needs {parameter} to be a number, got a schedule"):
                OPTIMIZERS[name](**{parameter: lambda t: 0.1})


@every_rule
def test_a_rule_says_where_it_comes_from_when_to_use_it_and_how_it_fails(name: str) -> None:
    rule = RULES[name]
    assert len(rule.source) > 20
    assert any(character.isdigit() for character in rule.source)
    assert rule.use.endswith(".")
    assert rule.fails.endswith(".")
    assert sum(rule.name == other.name for other in RULES.values()) == 1


@every_rule
def test_the_lines_or_the_search_use_every_number_that_can_be_turned(name: str) -> None:
    rule = RULES[name]
    text = rule.lines.text if rule.lines else ""
    for parameter, knob in knobs(OPTIMIZERS[name]).items():
        assert re.search(rf"\b{parameter}\b", text) or symbol_in_latex(knob.symbol) in rule.search, parameter
    for opened, closed in (("{", "}"), (r"\left", r"\right"), (r"\begin", r"\end")):
        # an arrow begins like an opened bracket
        assert rule.search.replace(r"\leftarrow", "").count(opened) == rule.search.count(closed)


@every_rule
def test_every_symbol_of_a_rule_stands_for_one_number_only(name: str) -> None:
    symbols = [knob.symbol for knob in knobs(OPTIMIZERS[name]).values()]
    assert len(symbols) == len(set(symbols))


@pytest.mark.parametrize("share", [0.98, 1.02])
@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("gradient_descent", {}),
        ("momentum", {"momentum": 0.8}),
        ("momentum", {"momentum": 0.8, "dampening": 0.5}),
        ("momentum_lee", {"momentum": 0.8}),
        ("momentum_ema", {"momentum": 0.8}),
        ("nesterov", {"momentum": 0.8}),
    ],
)
def test_the_border_divides_runs_that_settle_from_runs_that_leave(name: str, numbers: dict, share: float) -> None:
    optimizer = OPTIMIZERS[name](learning_rate=0.1, **numbers)
    curvature = share * optimizer.stability_limit(0)
    end = descend(quadratic(curvature, curvature), optimizer, np.array([1e-3, 1e-3]), 2000).positions[0, -1]
    assert abs(end) < 1e-6 if share < 1 else not abs(end) < 1.0


def test_a_border_follows_its_schedule_and_is_infinite_where_the_rate_is_zero() -> None:
    optimizer = OPTIMIZERS["gradient_descent"](learning_rate=lambda t: 0.5 if t < 10 else 0.0)
    assert optimizer.stability_limit(9) == 4.0
    assert optimizer.stability_limit(10) == np.inf


COSTS = {"sam": (2, 0, 0), "newton": (1, 0, 1), "damped_newton": (1, 0, 1)}
SEARCHING = (
    "line_search",
    "bfgs",
    "lbfgs_wolfe",
    "conjugate_gradient",
    "nelder_mead",
    "scipy_bfgs",
    "scipy_trust_region",
)


@every_rule
def test_what_a_step_costs_is_counted(name: str) -> None:
    run = descend(LANDSCAPES["rosenbrock"](), OPTIMIZERS[name](), np.array([-1.2, 1.0]), 20)
    assert (run.evaluations, run.value_evaluations, run.hessian_evaluations) == tuple(run.spent[:, -1])
    if name not in SEARCHING:
        gradients, values, hessians = COSTS.get(name, (1, 0, 0))
        np.testing.assert_array_equal(run.spent, np.outer((gradients, values, hessians), np.arange(21)))
    else:
        assert run.value_evaluations > 20


@pytest.mark.parametrize("name", ["line_search", "bfgs", "lbfgs_wolfe", "conjugate_gradient"])
def test_a_line_search_knows_what_each_trajectory_has_asked_for(name: str) -> None:
    landscape, starts = LANDSCAPES["rosenbrock"](), random_starts(3)
    together = descend(landscape, OPTIMIZERS[name](), starts, 10, record=True)
    for index, start in enumerate(starts.T):
        alone = descend(landscape, OPTIMIZERS[name](), start, 10)
        assert together.states[-1].values[index] == alone.value_evaluations
    assert together.value_evaluations >= together.states[-1].values.max()


@pytest.mark.parametrize("landscape", ["himmelblau", "peaks", "styblinski_tang", "booth"])
@pytest.mark.parametrize("name", ["line_search", "bfgs", "lbfgs_wolfe", "conjugate_gradient"])
def test_a_line_search_that_has_arrived_is_not_made_again_in_every_step(name: str, landscape: str) -> None:
    surface = LANDSCAPES[landscape]()
    run = descend(surface, OPTIMIZERS[name](), surface.start, 1_000)
    assert (run.positions[:, -1] == run.positions[:, -300]).all()
    gradients, values, _ = run.spent[:, -1] - run.spent[:, -300]
    assert gradients <= 2 * 299
    assert values <= 3 * 299


@pytest.mark.parametrize(
    "name", ["line_search", "bfgs", "lbfgs_wolfe", "conjugate_gradient", "nelder_mead", "scipy_trust_region"]
)
def test_a_rule_that_compares_values_never_climbs(name: str) -> None:
    landscape = LANDSCAPES["rosenbrock"]()
    losses = landscape.value(descend(landscape, OPTIMIZERS[name](), random_starts(4), 60).positions)
    assert (np.diff(losses, axis=0) <= 0).all()
