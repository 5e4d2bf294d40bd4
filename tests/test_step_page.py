"""The Step by step page without a browser: every rule taken apart, the lecture's numbers, what can be saved."""

import re

import pytest
from visitor import choices, control, opened

from figures.stage.packing import unpack
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SCHEDULES, pushes
from pages.shared.state.choices import OWN
from pages.step_by_step_parts.noise import noise_in_words


def button(app, label):
    (found,) = [button for button in app.button if button.label == label]
    return found


def field(app, label):
    (found,) = [field for field in app.text_input if field.label == label]
    return found


def text(app):
    return "\n".join(part.value for part in [*app.markdown, *app.caption, *app.info, *app.warning])


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_rule_is_taken_apart(name):
    app = opened("step_by_step", v="1", run=name, steps="12", update="3")
    assert "update 3" in text(app)
    assert r"\Delta p &=" in text(app)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_an_update_is_taken_apart_on_every_landscape(name):
    app = opened("step_by_step", v="1", landscape=name, run=["adam", "newton"], steps="6", update="2")
    assert text(app).count(r"\Delta p &=") == 2


@pytest.mark.parametrize("typed", ["7", "x", "abs(x) + abs(y)", "log(x*y)", "1/x", "sqrt(x)", "exp(exp(x*x))"])
def test_no_formula_breaks_the_page(typed):
    opened("step_by_step", v="1", landscape=OWN, f=typed, run=["adam", "newton"], steps="9", update="4")


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_schedule_can_be_taken_apart(schedule):
    app = opened("step_by_step", v="1", run=f"adam~learning_rate~0.1~{schedule}", steps="12", update="3")
    assert r"\Delta p &=" in text(app)


def test_forward_and_back_go_one_update_and_the_link_follows():
    app = opened("step_by_step", v="1", run="adam", steps="12")
    button(app, "Forward").click().run()
    button(app, "Forward").click().run()
    assert app.session_state["choices"].update == 3
    assert app.query_params["update"] == "3"
    button(app, "Back").click().run()
    assert field(app, "Update, 1 to 12").value == "2"
    button(app, "Last").click().run()
    assert app.session_state["choices"].update == 12
    assert button(app, "Forward").disabled
    button(app, "First").click().run()
    assert button(app, "Back").disabled
    assert "update" not in app.query_params


def test_the_arrow_keys_step():
    shortcuts = {button.label: button.proto.shortcut for button in opened("step_by_step", v="1").button}
    assert {label: shortcuts[label] for label in ("First", "Back", "Forward", "Last")} == {
        "First": "home",
        "Back": "left",
        "Forward": "right",
        "Last": "end",
    }


def test_a_number_jumps_to_its_update():
    app = opened("step_by_step", v="1", run="adam", steps="12")
    field(app, "Update, 1 to 12").set_value("9").run()
    assert "update 9:" in text(app)


def test_an_update_beyond_the_run_is_its_last():
    assert "update 12:" in text(opened("step_by_step", v="1", run="adam", steps="12", update="400"))


def test_a_run_that_has_left_says_so_beside_one_that_has_not():
    app = opened("step_by_step", v="1", run=["gradient_descent~learning_rate~0.1", "adam"], steps="40", update="40")
    (warning,) = app.warning
    last = re.search(r"left at step (\d+).*number (\d+)", warning.value)
    assert int(last[1]) == int(last[2]) + 1
    assert "Adam, update 40" in text(app)
    earlier = opened("step_by_step", v="1", run="gradient_descent~learning_rate~0.1", steps="40", update=last[2])
    assert not earlier.warning


def test_two_runs_stand_beside_each_other_and_any_two_can_be_chosen():
    app = opened("step_by_step", v="1")
    assert text(app).count(r"\Delta p &=") == 2
    (pills,) = [group for group in app.button_group if group.label == "Runs"]
    pills.set_value([0, 2]).run()
    assert not app.exception
    assert "Gradient descent, update 1" in text(app)
    assert "Nesterov momentum, update 1" not in text(app)


def test_the_lectures_tables_are_printed_digit_by_digit():
    app = opened("step_by_step", v="1", sheet="tables")
    for row in (
        "P1 | −3.5 | −4 | 0.35 | 0.36 | 0.71",
        "P2 | 0 | −2 | 0 | 0.18 | 0.18",
        "P3 | 1 | −2 | −0.1 | 0.18 | 0.08",
    ):
        assert f"| {row} |" in text(app)
    for remembered in ("−7.1 | −1.8 | −0.8", "0.71 | 0.18 | 0.08", "−0.71 | −0.18 | −0.08", "−3.95 | −1.8 | −1.7"):
        assert f"$ | {remembered} |" in text(app)
    for letter in (r"$\beta$", r"$\lambda$", r"$\gamma$"):
        assert f"| {letter} |" in text(app)
    for row in (
        "1 | 0.1 | 0.001 | 0.05 | 0.5 |",
        "2 | 0.19 | 0.001999",
        "3 | 0.271 | 0.002997",
        "10 | 0.651322 | 0.00995512",
    ):
        assert f"| {row}" in text(app)
    assert "| 100 | 0.999973 | 0.0952079 |" in text(app)


def test_the_lectures_pictures_are_beside_its_tables():
    app = opened("step_by_step", v="1", sheet="tables")
    stages = [e.proto for e in app.get("bidi_component") if e.proto.component_name == "fall_line_stage"]
    panels = [name for stage in stages for name in unpack(stage.bytes)[0]["panels"]]
    assert panels == ["pushes", "means", "steps"]


def test_the_lectures_knobs_turn_its_tables_and_are_in_the_link():
    app = opened("step_by_step", v="1", sheet="tables")
    control(app, "select_slider", "η, length of a step").set_value(1.0).run()
    control(app, "select_slider", "β₁, memory of the running mean of the gradient").set_value(0.5).run()
    assert not app.exception
    assert app.query_params["lecture"] == "learning_rate~1~beta1~0.5"
    assert f"| {pushes(1.0)[2].movement:.6g} |" in text(app)
    assert "| 2 | 0.75 | 0.001999 | 0.375 |" in text(app)
    again = opened("step_by_step", v="1", sheet="tables", lecture="learning_rate~1~beta1~0.5")
    assert again.session_state["choices"] == app.session_state["choices"]
    assert text(again) == text(app)


@pytest.mark.parametrize("page", ["explore", "step_by_step"])
@pytest.mark.parametrize("run", ["adam", "lion", "adam~reduce_on_plateau", "lbfgs~history~4"])
def test_a_run_can_be_saved_from_both_pages(page, run):
    app = opened(page, v="1", run=run, steps="9")
    app.session_state["saving"] = True
    app.run()
    labels = [part.label for part in app.get("download_button")]
    assert labels[:3] == ["All trajectories, JSON", "Table, CSV", "Python with NumPy"]
    assert ("Python with PyTorch" in labels) == (run in ("adam", "lbfgs~history~4"))
    assert "starts" not in text(app)


def test_where_there_are_several_starts_the_menu_says_that_every_file_holds_them():
    app = opened("explore", v="1", starts="ring~5~0.1")
    app.session_state["saving"] = True
    app.run()
    assert "Every file holds all 6 starts." in [caption.value for caption in app.caption]


def test_the_noise_of_an_update_is_said_and_only_where_there_is_some():
    link = {"v": "1", "run": "adam", "steps": "12", "update": "3"}
    assert "this update was given" not in text(opened("step_by_step", **link))
    app = opened("step_by_step", **link, noise="0.5", noise_kind="multiplicative")
    assert noise_in_words(choices(app).gradient_noise, 3) in text(app)


def test_a_number_that_is_changed_elsewhere_stands_in_a_new_field_and_one_that_is_typed_in_the_same():
    def field():
        return control(app, "text_input", "Update, 1 to 40")

    app = opened("step_by_step", v="1", run="adam~0.1", steps="40", update="5")
    before = field().id
    control(app, "button", "Last").click().run()
    assert (field().value, field().id == before) == (
        "40",
        False,
    )  # what a browser still says of the old one is nobody's
    before = field().id
    field().set_value("7").run()
    assert (field().value, field().id == before) == ("7", True)  # so that the keyboard stays in it
    control(app, "button", "Forward").click().run()
    assert (field().value, field().id == before) == ("8", False)
