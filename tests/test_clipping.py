"""Clipped gradients: bounded, in the direction they had, and nothing else of a run is changed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from landscapes import LANDSCAPES, noisy
from optimizers import KINDS, OPTIMIZERS, RULES, Clipping, clipped, descend, sweep, takes_clipping, typed_rule, verdict
from optimizers.bulk.lanes import NotRecordable
from optimizers.bulk.recording import record
from optimizers.clipping import CLIPPING_RULES, clip_by_norm, clip_by_value

GRADIENTS = arrays(float, (2, 3), elements=st.floats(-1e6, 1e6))
LIMITS = st.floats(1e-3, 1e3)
HIMMELBLAU = LANDSCAPES["himmelblau"]()
START = np.array([-4.0, 4.5])
CLIPPABLE = [key for key, rule in RULES.items() if takes_clipping(rule)]


@given(GRADIENTS, LIMITS)
def test_by_norm_keeps_the_direction_and_bounds_the_length(g, limit):
    found = clip_by_norm(g, limit)
    before, after = np.hypot(*g), np.hypot(*found)
    assert (after <= limit).all()
    np.testing.assert_allclose(found * before, g * after, rtol=1e-9, atol=1e-300)
    assert ((found * g).sum(axis=0) >= 0).all()
    short = before <= limit - 1e-6
    np.testing.assert_array_equal(found[:, short], g[:, short])
    long = before > limit + 1e-6
    np.testing.assert_allclose(after[long], limit, rtol=2e-6 / limit)


@given(GRADIENTS, LIMITS)
def test_by_value_bounds_each_coordinate_and_leaves_the_small_ones(g, limit):
    found = clip_by_value(g, limit)
    assert (np.abs(found) <= limit).all()
    small = np.abs(g) <= limit
    np.testing.assert_array_equal(found[small], g[small])
    np.testing.assert_array_equal(found[~small], np.sign(g[~small]) * limit)


def test_what_is_no_number_stays_none():
    for rule in CLIPPING_RULES.values():
        assert np.isnan(rule.clip(np.array([np.nan, 1.0]), 1.0)[0])


def test_the_formulas_shown_are_for_both_kinds_and_hold_the_limit():
    for rule in CLIPPING_RULES.values():
        assert "c" in rule.latex.format(gradient="g")
        assert "2.5" in rule.bound.format(limit=2.5)


@pytest.mark.parametrize("by", CLIPPING_RULES)
@pytest.mark.parametrize("name", CLIPPABLE)
def test_a_limit_above_all_gradients_is_the_same_run_bit_for_bit(name, by):
    noise = noisy(HIMMELBLAU, 0.3, seed=2)
    plain = OPTIMIZERS[name](learning_rate=0.001)
    with_it = clipped(plain, Clipping(by, 1e5))
    alone, together = (descend(noise, each, START, 40) for each in (plain, with_it))
    np.testing.assert_array_equal(alone.positions, together.positions)
    assert alone.evaluations == together.evaluations


@pytest.mark.parametrize("by", CLIPPING_RULES)
def test_gradient_descent_by_clipped_gradients_takes_steps_of_rate_times_limit_at_most(by):
    run = descend(HIMMELBLAU, clipped(OPTIMIZERS["gradient_descent"](learning_rate=0.1), Clipping(by, 2.0)), START, 60)
    steps = np.abs(np.diff(run.positions))
    lengths = np.hypot(*steps) if by == "norm" else steps.max(axis=0)
    assert lengths.max() <= 0.2 * (1 + 1e-12)
    assert lengths.max() > 0.2 * (1 - 1e-6)
    gradient = CLIPPING_RULES[by].clip(HIMMELBLAU.gradient(run.positions[:, :-1]), 2.0)
    np.testing.assert_allclose(np.diff(run.positions), -0.1 * gradient, atol=1e-14)


def test_the_gradient_of_a_batch_is_clipped_with_its_noise():
    noise = noisy(HIMMELBLAU, 50.0, seed=1)
    seen = Clipping("norm", 0.5).on(noise)
    for step in range(5):
        expected = clip_by_norm(noise.at(step).gradient(START), 0.5)
        np.testing.assert_array_equal(seen.at(step).gradient(START), expected)
    assert seen.value is noise.value


def test_clipping_is_for_the_rules_whose_steps_are_made_of_gradients_alone():
    for name, rule in RULES.items():
        run = descend(HIMMELBLAU, rule.factory(), START, 8)
        weighs = run.value_evaluations + run.hessian_evaluations > 0
        pairs = name == "lbfgs"  # its curvature is that of differences of gradients
        assert takes_clipping(rule) == (not weighs and not pairs), name
    assert takes_clipping(typed_rule("p = p - learning_rate*g"))
    assert not takes_clipping(typed_rule("p = p - learning_rate*value(p)*g"))
    assert not takes_clipping(typed_rule("p = p - inverse(hessian)*g"))


@pytest.mark.parametrize(("by", "limit"), [("norm", 0.0), ("value", -1.0), ("norm", np.nan), ("length", 1.0)])
def test_impossible_clipping_is_refused(by, limit):
    with pytest.raises(ValueError, match="clipping"):
        Clipping(by, limit)


@pytest.mark.parametrize("by", CLIPPING_RULES)
@pytest.mark.parametrize("name", ["gradient_descent", "nesterov", "adam", "rprop", "sam"])
def test_a_sweep_of_clipped_runs_is_each_run_alone(name, by):
    """Recorded where the rule is, and the ends are those of `descend`, bit for bit."""
    rates = np.array([0.003, 0.01, 0.03, 0.1])
    optimizer = clipped(OPTIMIZERS[name](learning_rate=rates), Clipping(by, 3.0))
    found = sweep(HIMMELBLAU, optimizer, START, 50)
    for n, rate in enumerate(rates):
        alone = clipped(OPTIMIZERS[name](learning_rate=rate), Clipping(by, 3.0))
        run = descend(HIMMELBLAU, alone, START, 50)
        np.testing.assert_array_equal(found.positions[:, n], run.positions[:, -1])
        assert KINDS[found.kinds[n]] == verdict(HIMMELBLAU, alone, run).kind
    unclipped = sweep(HIMMELBLAU, OPTIMIZERS[name](learning_rate=rates), START, 50)
    if name not in ("rprop", "adam"):  # to which the length of a gradient means little
        assert not np.allclose(found.positions, unclipped.positions, equal_nan=True)


def test_a_clipped_step_is_recorded():
    for name in ("gradient_descent", "momentum", "adam"):
        try:
            record(HIMMELBLAU, clipped(OPTIMIZERS[name](), Clipping("norm", 1.0)), 10)
        except NotRecordable as reason:
            pytest.fail(f"{name}: {reason}")


def test_an_unclipped_optimizer_is_itself():
    adam = OPTIMIZERS["adam"]()
    assert clipped(adam, None) is adam
    again = clipped(adam, Clipping("norm", 2.0)).made
    assert again.clipping == Clipping("norm", 2.0)
    assert again.again(learning_rate=0.5).made.clipping == Clipping("norm", 2.0)
