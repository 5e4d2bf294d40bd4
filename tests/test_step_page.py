"""The Step by step page without a browser: every rule taken apart, the lecture's numbers, what can be saved."""

import re
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from figures import Run, close_up, component_curves, rate_curves
from landscapes import LANDSCAPES, formula
from optimizers import OPTIMIZERS, SCHEDULES, anatomy, pushes
from pages.shared.choices import OWN, first_choices, run_choice, takes_schedule
from pages.shared.compute import outcomes
from pages.shared.recording import measured, recorded
from pages.shared.remarks import conventions, idle_schedules, scheduled
from pages.shared.save import recipe, table
from pages.step_parts.formulas import before_and_after, breadth, formulas, in_plain_text, lesson
from pages.step_parts.update import drawable

MENU = "../pages/menu.py"


def opened(page="step_by_step", **link):
    app = AppTest.from_file(MENU, default_timeout=30)
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    if page != "explore":
        app.switch_page(f"{page}.py").run()
    assert not app.exception
    return app


def button(app, label):
    (found,) = [button for button in app.button if button.label == label]
    return found


def field(app, label):
    (found,) = [field for field in app.number_input if field.label == label]
    return found


def text(app):
    return "\n".join(part.value for part in [*app.markdown, *app.caption, *app.info, *app.warning])


def race(*runs, **others):
    return replace(first_choices(), runs=tuple(runs), steps=20, **others)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_rule_is_taken_apart(name):
    app = opened(v="1", run=name, steps="12", update="3")
    assert "update 3" in text(app)
    assert r"\Delta p &=" in text(app)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_an_update_is_taken_apart_on_every_landscape(name):
    app = opened(v="1", landscape=name, run=["adam", "newton"], steps="6", update="2")
    assert text(app).count(r"\Delta p &=") == 2


@pytest.mark.parametrize("typed", ["7", "x", "abs(x) + abs(y)", "log(x*y)", "1/x", "sqrt(x)", "exp(exp(x*x))"])
def test_no_formula_breaks_the_page(typed):
    opened(v="1", landscape=OWN, f=typed, run=["adam", "newton"], steps="9", update="4")


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_schedule_can_be_taken_apart(schedule):
    app = opened(v="1", run=f"adam~learning_rate~0.1~{schedule}", steps="12", update="3")
    assert r"\Delta p &=" in text(app)


def test_forward_and_back_go_one_update_and_the_link_follows():
    app = opened(v="1", run="adam", steps="12")
    button(app, "Forward").click().run()
    button(app, "Forward").click().run()
    assert app.session_state["choices"].update == 3
    assert app.query_params["update"] == "3"
    button(app, "Back").click().run()
    assert field(app, "Update, 1 to 12").value == 2
    button(app, "Last").click().run()
    assert app.session_state["choices"].update == 12
    assert button(app, "Forward").disabled
    button(app, "First").click().run()
    assert button(app, "Back").disabled
    assert "update" not in app.query_params


def test_the_arrow_keys_step():
    shortcuts = {button.label: button.proto.shortcut for button in opened(v="1").button}
    assert {label: shortcuts[label] for label in ("First", "Back", "Forward", "Last")} == {
        "First": "home",
        "Back": "left",
        "Forward": "right",
        "Last": "end",
    }


def test_a_number_jumps_to_its_update():
    app = opened(v="1", run="adam", steps="12")
    field(app, "Update, 1 to 12").set_value(9).run()
    assert "update 9:" in text(app)


def test_an_update_beyond_the_run_is_its_last():
    assert "update 12:" in text(opened(v="1", run="adam", steps="12", update="400"))


def test_a_run_that_has_left_says_so_beside_one_that_has_not():
    app = opened(v="1", run=["gradient_descent~learning_rate~0.1", "adam"], steps="40", update="40")
    (warning,) = app.warning
    last = re.search(r"left at step (\d+).*number (\d+)", warning.value)
    assert int(last[1]) == int(last[2]) + 1
    assert "Adam, update 40" in text(app)
    earlier = opened(v="1", run="gradient_descent~learning_rate~0.1", steps="40", update=last[2])
    assert not earlier.warning


def test_two_runs_stand_beside_each_other_and_any_two_can_be_chosen():
    app = opened(v="1")
    assert text(app).count(r"\Delta p &=") == 2
    (pills,) = [group for group in app.button_group if group.label == "Runs"]
    pills.set_value([0, 2]).run()
    assert not app.exception
    assert "Gradient descent, update 1" in text(app)
    assert "Nesterov momentum, update 1" not in text(app)


def test_the_lectures_tables_are_printed_digit_by_digit():
    app = opened(v="1", sheet="tables")
    assert "| 2 | 0.665 | 1 | 0.2835 | −0.1 | 0.1835 | −1.835 | −0.1835 |" in text(app)
    for row in ("1 | 0.1 | 0.001", "2 | 0.19 | 0.001999", "3 | 0.271 | 0.002997", "10 | 0.651322 | 0.00995512"):
        assert f"| {row} |" in text(app)
    assert "| 100 | 0.999973 | 0.0952079 |" in text(app)


def test_the_lectures_knobs_turn_its_table():
    app = opened(v="1", sheet="tables")
    field(app, "η").set_value(1.0).run()
    last = pushes(rate=1.0)[-1]
    assert f"{last.m:.4g}" in text(app)


def test_formulas_name_every_line_with_its_value():
    it = recorded(race(run_choice("adam", learning_rate=0.1)), 0)
    shown = formulas(anatomy(it, 2))
    for letter in ("g &=", r"m &\leftarrow", r"v &\leftarrow", r"\hat m &=", r"\hat v &=", r"p &\leftarrow"):
        assert letter in shown
    assert r"0.9^{2}" in shown
    assert shown.count(r"\begin{aligned}") == shown.count(r"\end{aligned}") == 1
    assert "undefined" not in shown


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
    assert "the old momentum makes" in lesson("It", anatomy(rolling, 3))


def test_a_column_is_as_broad_as_its_longest_number():
    assert breadth(r"m &= 0.9 \begin{pmatrix} 12.5 \\ 3 \end{pmatrix}") == 11


@pytest.mark.parametrize(
    ("latex", "plain"),
    [(r"1 - \beta_1^t", "1 − β₁ᵗ"), (r"v_{\max}", "v max"), (r"\sigma", "σ"), ("g_{-1}", "g before")],
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
    np.testing.assert_array_equal(ends["step"], update.step)
    np.testing.assert_array_equal(ends["part of the momentum"], update.from_memory)
    np.testing.assert_allclose(ends["part of the gradient"], update.step - update.from_memory)
    downhill = ends["−∇f, direction"]
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


def test_a_schedule_that_never_acts_is_pointed_out_with_the_step_at_which_it_would():
    choices = race(run_choice("adam", "step", learning_rate=0.1))
    rates = scheduled(choices, [outcome.trajectory for outcome in outcomes(choices)])
    (sentence,) = idle_schedules(choices, rates)
    assert sentence == (
        "Adam: the schedule “Staircase” never acts within the 20 steps of this run, the rate stays 0.1; "
        "its first change comes with step 31."
    )
    longer = replace(choices, steps=31)
    acting = scheduled(longer, [outcome.trajectory for outcome in outcomes(longer)])
    assert idle_schedules(longer, acting) == []


@pytest.mark.parametrize(
    ("schedule", "warmup", "said"),
    [
        ("constant", 10, []),
        ("cosine", 10, []),
        (
            "step",
            10,
            [
                "Adam: the schedule “Staircase” never acts within the 20 steps of this run, after its warm-up the rate "
                "stays 0.1; its first change comes with step 41."
            ],
        ),
        (
            "cosine",
            40,
            [
                "Adam: the warm-up of 40 steps outlasts the 20 steps of this run; the rate only comes to 0.0475, "
                "and “Cosine” never begins."
            ],
        ),
        (
            "constant",
            20,
            ["Adam: the warm-up of 20 steps outlasts the 20 steps of this run; the rate only comes to 0.095."],
        ),
    ],
)
def test_what_a_warm_up_leaves_of_a_schedule_is_said(schedule, warmup, said):
    choices = race(replace(run_choice("adam", schedule, learning_rate=0.1), warmup=warmup))
    rates = scheduled(choices, [outcome.trajectory for outcome in outcomes(choices)])
    assert idle_schedules(choices, rates) == said


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if takes_schedule(name)])
def test_a_constant_rate_is_no_idle_schedule(name):
    choices = race(run_choice(name))
    assert scheduled(choices, [outcome.trajectory for outcome in outcomes(choices)]) == {}
    assert idle_schedules(choices, {0: measured(choices, 0).rate}) == []


def test_two_rules_of_one_name_are_told_apart_with_the_step_at_which_they_part():
    choices = race(run_choice("adam", learning_rate=0.1), run_choice("adam_uncorrected", learning_rate=0.1))
    paths = [recorded(choices, slot).run.positions for slot in (0, 1)]
    what, where = conventions(choices, choices.names(), paths)
    assert "3.16η" in what
    assert where == "Adam and Adam, uncorrected part here at step 1."
    app = opened(v="1", run=["adam", "adam_uncorrected"], steps="9")
    assert "3.16η" in text(app)


def test_what_is_saved_is_the_run_that_is_seen():
    choices = race(
        run_choice("lbfgs", history=3.0), run_choice("adam", "warmup", learning_rate=0.2), noise=0.25, seed=4
    )
    for slot in (0, 1):
        rows = table(choices, slot).splitlines()
        seen = outcomes(choices)[slot].trajectory.positions
        assert len(rows) - 1 == int(np.isfinite(seen).all(axis=0).sum())
        x, y = map(float, rows[-1].split(",")[1:3])
        np.testing.assert_array_equal([x, y], seen[:, len(rows) - 2])
    assert recipe(choices, choices.runs[0]).numbers["history"] == 3
    it = recipe(choices, choices.runs[1])
    assert it.plan is SCHEDULES["warmup"]
    assert it.plan_numbers["then"] == 0.2
    assert it.noise == (0.25, 4)


@pytest.mark.parametrize("page", ["explore", "step_by_step"])
@pytest.mark.parametrize("run", ["adam", "lion", "adam~reduce_on_plateau", "lbfgs~history~4"])
def test_a_run_can_be_saved_from_both_pages(page, run):
    app = opened(page, v="1", run=run, steps="9")
    labels = [part.label for part in app.get("download_button")]
    assert labels[:3] == ["All trajectories, JSON", "Table, CSV", "Python with NumPy"]
    assert ("Python with PyTorch" in labels) == (run in ("adam", "lbfgs~history~4"))


def test_a_hidden_run_is_recorded_once():
    choices = race(run_choice("adam"))
    hidden = replace(choices, runs=(replace(choices.runs[0], hidden=True),))
    assert recorded(choices, 0) is recorded(hidden, 0)


def test_a_landscape_of_ones_own_is_saved_without_its_text():
    own = replace(race(run_choice("adam")), landscape=OWN, text="depth*x**2 + y**2", numbers=(("depth", 2.0),))
    assert own.build().program is not None
    assert formula(own.text).program("numpy") != own.build().program("numpy")
    assert "depth" not in own.build().program("torch")
