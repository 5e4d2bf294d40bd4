"""How much each past gradient counts: measured on the rules, against the formulas and against real gradients."""

from dataclasses import replace

import numpy as np
import pytest
from visitor import control, opened, said

from figures import weight_bars
from landscapes import knobs
from optimizers import OPTIMIZERS, descend, memory_weights
from optimizers.memory import MEMORIES
from optimizers.memory.weights import impulses
from pages.step_by_step_parts.memory import fading_words, formula, mean_words, squares_words, velocity_words

TURNED = [(1, 0.9, 0.99), (7, 0.5, 0.9), (20, 0.0, 0.0), (60, 0.99, 0.999), (200, 0.999, 0.9999)]
turned = pytest.mark.parametrize(("updates", "beta", "beta2"), TURNED)


def text(app):
    return "\n".join(part.value for part in [*app.markdown, *app.caption])


@turned
def test_what_is_measured_is_what_the_formula_says(updates, beta, beta2):
    age = np.arange(updates)[::-1]
    for weights in memory_weights(updates, beta, beta2):
        memory = weights.memory
        b = beta2 if memory.squares else beta
        expected = b**age if memory.optimizer == "momentum" else (1 - b) * b**age
        if memory.correction:
            expected = expected / (1 - b**updates)
        np.testing.assert_allclose(weights.each, expected, rtol=1e-9, err_msg=str(memory))
        assert weights.beta == b


@turned
def test_corrected_weights_sum_to_one_and_others_do_not(updates, beta, beta2):
    for weights in memory_weights(updates, beta, beta2):
        b = weights.beta
        if weights.memory.correction:
            assert weights.total == pytest.approx(1, rel=1e-12)
        elif weights.memory.optimizer == "momentum":
            assert weights.total == pytest.approx((1 - b**updates) / (1 - b), rel=1e-9)
        else:
            assert weights.total == pytest.approx(1 - b**updates, rel=1e-9)


def test_the_weighted_sum_of_any_gradients_is_what_the_rule_remembers_and_moves_by():
    updates, rng = 25, np.random.default_rng(0)
    gradients = rng.standard_normal((2, updates))
    still = impulses(2)
    met = replace(still, batch=lambda step: replace(still, gradient=lambda p: gradients[:, step]))
    for weights in memory_weights(updates, 0.8, 0.95):
        memory = weights.memory
        rule = OPTIMIZERS[memory.optimizer](learning_rate=0.1, **{memory.coefficient: weights.beta})
        run = descend(met, rule, np.zeros(2), updates, record=True)
        seen = gradients**2 if memory.squares else gradients
        scale = getattr(run.end.state, memory.correction) if memory.correction else 1
        np.testing.assert_allclose(seen @ weights.each, getattr(run.end.state, memory.field) / scale, rtol=1e-9)
        if memory.coefficient == "momentum":
            np.testing.assert_allclose(run.positions[:, -1] - run.positions[:, -2], -0.1 * gradients @ weights.each)


def test_every_memory_has_the_coefficient_of_its_rule():
    for memory in MEMORIES:
        assert memory.coefficient in knobs(OPTIMIZERS[memory.optimizer])
    assert sum(memory.squares for memory in MEMORIES) == 3


@turned
def test_the_bars_are_the_weights_and_the_line_is_the_effective_memory(updates, beta, beta2):
    _, _, mean, corrected, *_ = memory_weights(updates, beta, beta2)
    figure = weight_bars("Adam", [("m̂", corrected), ("m", mean)])
    behind, before = figure.data
    np.testing.assert_array_equal(behind.y, corrected.each)
    np.testing.assert_array_equal(before.y, mean.each)
    assert list(behind.x) == list(range(1, updates + 1))
    lines = [shape.x0 for shape in figure.layout.shapes]
    assert lines == ([pytest.approx(updates + 0.5 - 1 / (1 - beta))] if 1 / (1 - beta) < updates else [])


def test_what_is_said_are_the_numbers():
    velocity, _, mean, corrected, _, squares, corrected_squares = memory_weights()
    assert "the first of 20 counts 0.135" in velocity_words(velocity)  # 0.9¹⁹
    assert "count 8.78, and never more than 1/(1 − β) = 10" in velocity_words(velocity)  # (1 - 0.9²⁰)/0.1
    assert "sum to 0.878: a share of 0.122" in mean_words(mean, corrected)
    assert mean_words(mean, corrected).endswith("sum to 1.")
    assert "sum to 0.182" in squares_words(squares, corrected_squares)  # 1 - 0.99²⁰
    assert "= 10: a gradient that many updates old counts 0.349" in fading_words(velocity)  # 0.9¹⁰
    assert "more than have been made so far: 5" in fading_words(memory_weights(updates=5)[0])


def test_against_a_steady_gradient_rmsprops_step_is_as_long_as_is_said():
    updates = 20
    still = impulses(2)
    steady = replace(still, gradient=lambda p: np.full(2, 3.0), batch=None)
    run = descend(steady, OPTIMIZERS["rmsprop"](0.1, alpha=0.99), np.zeros(2), updates)
    times = float(run.positions[0, -2] - run.positions[0, -1]) / 0.1
    *_, squares, corrected = memory_weights(updates, beta2=0.99)
    assert f"its step is {times:.3g} η long" in squares_words(squares, corrected)


def test_a_formula_is_there_for_every_memory():
    assert [formula(weights) for weights in memory_weights()][:2] == [r"\beta^k", r"(1 - \beta)\,\beta^k"]
    assert all("t}" in formula(each) for each in memory_weights() if each.memory.correction)


def test_the_page_has_its_knobs_in_the_link_and_says_the_sums():
    app = opened("step_by_step", v="1", sheet="memory")
    assert "| Adam | $\\hat m$ |" in text(app)
    control(app, "select_slider", "β, memory of the gradient").set_value(0.5).run()
    control(app, "select_slider", "t, updates made so far").set_value(3).run()
    assert not app.exception
    assert app.query_params["memory"] == "updates~3~beta~0.5"
    assert "sum to 0.875" in text(app)  # 1 - 0.5³
    refused = opened("step_by_step", v="1", sheet="memory", memory="updates~201")
    assert "updates 201" in said(refused)
    assert refused.session_state["choices"].memory == opened("step_by_step", v="1").session_state["choices"].memory
