"""What Step by step says and draws of one update: formulas, tables, lessons, arrows and curves."""

import re
from dataclasses import replace

import numpy as np
import pytest
from visitor import race

from figures import BY_GRADIENT, BY_MOMENTUM, IN_LETTERS, Run, close_up, component_curves, rate_curves
from landscapes import NOISE_MODELS
from optimizers import OPTIMIZERS, to_latex
from optimizers.worked_steps import anatomy
from pages.shared.fields.run_choice import run_choice
from pages.shared.race.recording import measured, recorded
from pages.step_by_step_parts.apart import drawable
from pages.step_by_step_parts.formulas import before_and_after, breadth, formulas, in_plain_text, lesson
from pages.step_by_step_parts.noise import noise_in_words


@pytest.mark.parametrize("kind", NOISE_MODELS)
def test_what_is_said_of_an_updates_noise_makes_the_gradient_that_its_formulas_show(kind):
    choices = race(run_choice("adam", learning_rate=0.1), noise=0.5, seed=3, noise_kind=kind)
    it = recorded(choices, 0)
    sentence, shown = noise_in_words(choices.gradient_noise, 4), anatomy(it, 4)
    first, second = map(float, re.search(r"\((\S+), (\S+)\) for σξ", sentence.replace("−", "-")).groups())
    exact = choices.build().gradient(shown.p)
    given = NOISE_MODELS[kind].change(exact, np.array([first, second]))
    np.testing.assert_allclose(given - exact, shown.g - exact, rtol=0.005)
    assert NOISE_MODELS[kind].latex.format(gradient=r"\nabla f") in sentence
    assert noise_in_words(replace(choices, noise=0.0).gradient_noise, 4) == ""


def test_formulas_name_every_line_with_its_value():
    it = recorded(race(run_choice("adam", learning_rate=0.1)), 0)
    shown = formulas(anatomy(it, 2))
    for letter in ("g &=", r"m &\leftarrow", r"v &\leftarrow", r"\hat m &=", r"\hat v &=", r"p &\leftarrow"):
        assert letter in shown
    assert r"0.9^{2}" in shown
    assert shown.count(r"\begin{aligned}") == shown.count(r"\end{aligned}") == 1
    assert "undefined" not in shown


@pytest.mark.parametrize("rule", ["momentum", "nesterov", "adam"])
def test_formulas_have_the_gradient_and_the_old_momentum_in_the_colours_of_their_arrows(rule):
    it = recorded(race(run_choice(rule, learning_rate=1e-3)), 0)
    update = anatomy(it, 3)
    shown = formulas(update, colours=(BY_GRADIENT, BY_MOMENTUM))
    assert re.sub(r"\\textcolor{#\w+}{((?:[^{}]|{[^{}]*})*)}", r"\1", shown) == formulas(update)
    tints = re.findall(r"\\textcolor{(#\w+)}{((?:[^{}]|{[^{}]*})*)}", shown)
    old = next(memory.before for memory in update.memories if memory.letter == update.momentum)
    assert {latex for colour, latex in tints if colour == IN_LETTERS[BY_GRADIENT]} == {"g", to_latex(update.g)}
    assert [latex for colour, latex in tints if colour == IN_LETTERS[BY_MOMENTUM]] == [update.momentum, to_latex(old)]


def test_every_arrow_is_named_in_the_picture_in_the_colour_of_its_part_of_the_formulas():
    it = recorded(race(run_choice("adam", learning_rate=0.1)), 0)
    figure = close_up(it.landscape, anatomy(it, 3), Run("Adam", "#0084FC", it.run.positions), "log")
    named = {trace.name: trace.line.color for trace in figure.data if trace.showlegend}
    assert set(named) == {"direction of −∇f", "by gradient", "by momentum", "step Δp"}
    assert named["by gradient"] == BY_GRADIENT
    assert named["by momentum"] == BY_MOMENTUM


def test_a_table_says_what_was_before_and_after():
    it = recorded(race(run_choice("momentum", learning_rate=1e-3)), 0)
    p, v = before_and_after(anatomy(it, 1)).splitlines()[2:]
    assert p == "| $p$ | (−1.20, 1.00) | (−0.984, 1.09) |"
    assert v == "| $v$ | (0, 0) | (−216, −88.0) |"


def test_a_lesson_says_whether_the_step_went_down():
    it = recorded(race(run_choice("gradient_descent", learning_rate=1e-4)), 0)
    assert "downhill" in lesson("It", anatomy(it, 1))
    assert "momentum" not in lesson("It", anatomy(it, 2))
    rolling = recorded(race(run_choice("momentum", learning_rate=1e-4)), 0)
    assert "The old momentum makes" in lesson("It", anatomy(rolling, 3))


def test_a_column_is_as_broad_as_its_longest_number():
    assert breadth(r"m &= 0.9 \begin{pmatrix} 12.5 \\ 3 \end{pmatrix}") == 11


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"1 - \beta_1^t", "1 − β₁ᵗ"),
        (r"v_{\max}", "v max"),
        (r"\sigma", "σ"),
        ("g_{-1}", "g before"),
        (r"\hat{v}", "v̂"),
        (r"\mathrm{largest}", "largest"),
        (r"m_{\mathrm{old}}", "m old"),
        (r"\theta_{2}", "θ₂"),
        (r"{m_{1}}_{-1}", "m₁ before"),
        (r"\mathrm{a\_b}", "a_b"),
    ],
)
def test_letters_are_said_in_plain_text(latex, plain):
    assert in_plain_text(latex) == plain


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_memory_has_a_curve_of_its_length(name):
    curves = drawable(measured(race(run_choice(name)), 0).memories)
    assert all(values.shape[-1] == 21 and values.size <= 63 for values in curves.values())
    wanted = {"adagrad": ["s"], "adam": ["m", "v", r"1 - \beta_1^t, \beta_2^t"], "momentum": ["v"], "rprop": ["g_{-1}"]}
    assert list(curves)[: len(wanted.get(name, []))] == wanted.get(name, [])


def test_arrows_start_at_the_point_and_end_at_their_tips():
    it = recorded(race(run_choice("momentum", learning_rate=1e-3)), 0)
    update = anatomy(it, 3)
    figure = close_up(it.landscape, update, Run("Momentum", "#D55E00", it.run.positions), "log")
    ends = {trace.name: np.array([trace.x[1], trace.y[1]]) for trace in figure.select_traces({"mode": "lines+markers"})}
    np.testing.assert_array_equal(ends["step Δp"], update.step)
    np.testing.assert_array_equal(ends["by momentum"], update.from_memory)
    np.testing.assert_allclose(ends["by gradient"], update.step - update.from_memory)
    downhill = ends["direction of −∇f"]
    assert np.linalg.norm(downhill) == pytest.approx(np.linalg.norm(update.step))
    assert downhill @ update.g == pytest.approx(-np.linalg.norm(update.g) * np.linalg.norm(update.step))
    (x0, x1), (y0, y1) = figure.layout.xaxis.range, figure.layout.yaxis.range
    for end in ends.values():
        assert x0 < end[0] < x1
        assert y0 < end[1] < y1


def test_a_step_of_a_billionth_is_seen_as_sharply_as_any():
    it = recorded(race(run_choice("gradient_descent", learning_rate=1e-5), start=(1.0, 1.0 + 1e-7)), 0)
    update = anatomy(it, 1)
    figure = close_up(it.landscape, update, Run("It", "#0072B2", it.run.positions), "log")
    assert np.linalg.norm(update.step) < 1e-9
    assert figure.layout.xaxis.range[1] - figure.layout.xaxis.range[0] < 1e-8
    (sea,) = figure.select_traces(selector={"type": "contour"})
    assert len(np.unique(np.float32(sea.x))) == len(sea.x)
    middle = len(sea.x) // 2
    away = np.array([sea.x[middle], sea.y[middle]])
    assert sea.customdata[middle][middle] == pytest.approx(float(it.landscape.value(update.p + away)))


def test_an_update_that_moves_nowhere_still_has_a_close_up():
    it = recorded(race(run_choice("gradient_descent"), start=(1.0, 1.0)), 0)
    figure = close_up(it.landscape, anatomy(it, 5), Run("It", "#0072B2", it.run.positions), "log")
    low, high = figure.layout.xaxis.range
    assert low < -0.05 < 0.05 < high


def test_components_are_told_apart_and_the_update_is_marked():
    values = np.array([[1.0, 2.0, np.nan], [-1.0, 0.5, 4.0]])
    figure = component_curves("v", Run("It", "#0072B2", values), values, at=1, logarithmic=True)
    assert [trace.line.dash for trace in figure.data] == ["solid", "dot"]
    np.testing.assert_array_equal(figure.data[1].y, [np.nan, 0.5, 4.0])
    assert figure.layout.shapes[0].x0 == 1


def test_rates_far_apart_are_drawn_on_a_logarithmic_axis_and_others_are_not():
    runs = [Run("A", "#0072B2", np.zeros((2, 4))), Run("B", "#D55E00", np.zeros((2, 4)))]
    near = rate_curves(runs, {0: np.array([0.1, 0.05, 0.0])})
    far = rate_curves(runs, {0: np.array([0.1, 0.05, 0.02]), 1: np.full(3, 1e-4)})
    assert (near.layout.yaxis.type, far.layout.yaxis.type) == (None, "log")
    np.testing.assert_array_equal(near.data[0].y, [0.1, 0.05, 0.0, np.nan])
