"""Explore and Curvature as a visitor uses them, without a browser."""

from dataclasses import replace

import pytest
from menu import NAMES
from visitor import choices, control, drawn, opened, press, said

from figures.stage.packing import unpack
from landscapes import LANDSCAPES, NOISE_MODELS, Noise, find_critical_points, formula
from optimizers import OPTIMIZERS
from pages.curvature_parts.choices import PARTS
from pages.shared.race.compute import critical_points, lowest, outcomes
from pages.shared.state.choices import CURVES, MOST_RUNS, OWN, first_choices, first_on_curvature


def test_a_visitor_without_a_link_sees_three_ways_down_the_valley():
    app = opened()
    assert choices(app) == first_choices()
    assert not said(app)


def test_every_landscape_can_be_chosen_and_starts_where_it_has_something_to_show():
    app = opened(v="1", run="adam", steps="20", landscape="saddle")
    for name in LANDSCAPES:
        control(app, "selectbox", "Landscape").select(name).run()
        assert not app.exception, name
        assert choices(app).landscape == name
        assert choices(app).start == LANDSCAPES[name]().start, name


def test_every_optimizer_can_be_added():
    for place, name in enumerate(OPTIMIZERS):
        if place % (MOST_RUNS - 1) == 0:  # a race is full
            app = opened(v="1", run="adam", steps="20")
        control(app, "selectbox", "Add a run").select(name).run()
        assert not app.exception, name
        assert choices(app).runs[-1].optimizer == name


def test_at_most_eight_runs_race_and_the_last_one_stays():
    app = opened()
    for _ in range(5):
        control(app, "selectbox", "Add a run").select("adagrad").run()
    assert len(choices(app).runs) == 8
    assert not [box for box in app.selectbox if box.label == "Add a run"]
    for _ in range(7):
        press(app, "Remove")
    assert [run.optimizer for run in choices(app).runs] == ["adagrad"]
    assert not [button for button in app.button if button.label == "Remove"]


def test_a_copied_run_has_a_name_of_its_own():
    app = opened()
    press(app, "Copy")
    assert choices(app).names() == ["Adam", "Adam 2", "Nesterov momentum", "Gradient descent"]


def test_a_hidden_run_still_races_and_can_be_shown_again():
    app = opened()
    press(app, "Hide")
    assert choices(app).runs[0].hidden
    press(app, "Show")
    assert choices(app) == first_choices()


def test_choices_are_taken_back_and_taken_again():
    app = opened()
    press(app, "Remove")
    shorter = choices(app)
    press(app, "Undo")
    assert choices(app) == first_choices()
    press(app, "Redo")
    assert choices(app) == shorter


def test_tuned_rates_are_the_best_of_the_sweep_and_the_table_says_so():
    app = opened(v="1", landscape="quadratic_bowl", run="gradient_descent~learning_rate~0.0001", steps="60")
    press(app, "Tune the learning rates")
    press(app, "Use the best rates")
    (run,) = choices(app).runs
    assert dict(run.numbers)["learning_rate"] > 0.05
    assert "every rate tuned" in drawn(app)


def test_noise_and_its_seed_change_the_runs_and_stand_in_the_link():
    quiet = opened(v="1", steps="20")
    noisy = opened(v="1", steps="20", noise="0.5", seed="3")
    assert choices(noisy).noise == 0.5
    ends = [outcomes(choices(app))[0].trajectory.positions[:, -1].tolist() for app in (quiet, noisy)]
    assert ends[0] != ends[1]


def ends_of(app):
    return [outcome.trajectory.positions[:, -1].tolist() for outcome in outcomes(choices(app))]


def with_noise_row(app):
    app.session_state["noise row 0"] = True
    return app.run()


def kinds_of_noise(app):
    return [box for box in app.selectbox if box.label == "Kind of noise"]


def test_a_link_without_a_kind_of_noise_has_additive_noise_and_every_kind_has_its_own_runs():
    link = {"v": "1", "steps": "20", "noise": "0.5", "seed": "3"}
    usual = opened(**link)
    assert "noise_kind" not in usual.query_params
    assert choices(usual).gradient_noise == Noise(0.5, 3)
    found = {kind: opened(**link, noise_kind=kind) for kind in NOISE_MODELS}
    assert ends_of(found["additive"]) == ends_of(usual)
    assert len({str(ends_of(app)) for app in found.values()}) == len(NOISE_MODELS)
    for kind, app in found.items():
        assert choices(app).gradient_noise == Noise(0.5, 3, NOISE_MODELS[kind])


def test_an_unknown_kind_of_noise_is_additive_and_said():
    app = opened(v="1", steps="20", noise="0.5", noise_kind="pink")
    assert choices(app).noise_kind == "additive"
    assert "noise" in said(app)
    assert "one of additive, multiplicative" in said(app)


@pytest.mark.parametrize("page", ["explore", "step_by_step"])
def test_the_kind_of_noise_is_chosen_where_there_is_noise_stands_in_the_link_and_is_taken_back(page):
    assert kinds_of_noise(with_noise_row(opened(page, v="1", steps="20"))) == []
    app = with_noise_row(opened(page, v="1", steps="20", noise="0.5"))
    (box,) = kinds_of_noise(app)
    assert (box.value, len(box.options)) == ("additive", len(NOISE_MODELS))
    assert NOISE_MODELS["additive"].about in [caption.value for caption in app.caption]
    box.select("multiplicative").run()
    assert not app.exception
    assert choices(app).gradient_noise == Noise(0.5, 0, NOISE_MODELS["multiplicative"])
    assert app.query_params["noise_kind"] == "multiplicative"
    press(app, "Undo")
    assert choices(app).gradient_noise == Noise(0.5)
    assert "noise_kind" not in app.query_params


@pytest.mark.parametrize("curve", CURVES)
def test_every_curve_can_stand_beside_the_loss(curve):
    opened(v="1", landscape="himmelblau", curve=curve, order="winner", size="hall", steps="30")


def test_a_turned_knob_is_in_the_choices_and_in_the_link():
    app = opened()
    control(app, "select_slider", "b, steepness of the valley walls").set_value(50.0).run()
    assert dict(choices(app).numbers)["b"] == 50.0
    assert app.query_params["knobs"] == "b~50"


def test_a_warm_up_is_a_choice_of_every_run_whose_schedule_has_none_of_its_own():
    app = opened(v="1", run="adam~cosine", steps="60")
    control(app, "select_slider", "Warm-up W, steps").set_value(20.0).run()
    assert app.query_params["run"] == "adam~cosine~warmup~20"
    assert "Learning rate" in drawn(app)
    control(app, "selectbox", "Schedule").select("noam").run()
    assert choices(app).runs[0].warmup == 0
    assert not [slider for slider in app.select_slider if slider.label.startswith("Warm-up")]


def test_a_good_formula_is_drawn_and_its_free_names_become_knobs():
    app = opened()
    control(app, "selectbox", "Landscape").select(OWN).run()
    control(app, "text_area", "f(x, y) =").input("x**2 + depth*y**2").run()
    assert not app.exception
    assert choices(app).text == "x**2 + depth*y**2"
    assert dict(choices(app).numbers) == {"depth": 1.0}


def test_a_start_that_nobody_moved_is_where_the_formula_is_defined_and_one_that_was_moved_stays():
    app = opened()
    control(app, "selectbox", "Landscape").select(OWN).run()
    control(app, "text_area", "f(x, y) =").input("x - log(x) + y**2").run()
    assert choices(app).start[0] > 0
    app = opened(v="1", landscape="formula", f="x**2+y**2", start="-1.5~1", run="adam", steps="20")
    control(app, "text_area", "f(x, y) =").input("x - log(x) + y**2").run()
    assert choices(app).start == (-1.5, 1.0)


def test_a_typo_is_pointed_at_and_the_last_good_picture_stays():
    app = opened()
    control(app, "selectbox", "Landscape").select(OWN).run()
    control(app, "text_area", "f(x, y) =").input("x**2 + 3*y**2 + sin(").run()
    assert not app.exception
    assert "bracket" in said(app)
    assert "^" in app.code[0].value
    assert choices(app).text == first_choices().text


def test_an_empty_range_is_refused_in_a_sentence():
    app = opened()
    control(app, "selectbox", "Landscape").select(OWN).run()
    control(app, "text_input", "x to").set_value("-9").run()
    assert not app.exception
    assert "smaller to a larger" in said(app)
    assert choices(app).domain == first_choices().domain


def test_a_link_opens_what_it_says():
    app = opened(v="1", landscape="himmelblau", run="momentum~learning_rate~0.01", start="0~0.5", steps="77")
    assert choices(app).landscape == "himmelblau"
    assert [run.optimizer for run in choices(app).runs] == ["momentum"]
    assert choices(app).start == (0.0, 0.5)
    assert choices(app).steps == 77
    assert not said(app)


def test_what_a_link_asks_for_in_vain_is_said():
    app = opened(v="1", landscape="atlantis", steps="1e9")
    assert choices(app) == first_choices()
    assert "atlantis" in said(app)
    assert "200,000" in said(app)


def test_a_start_chosen_on_the_map_is_taken_and_shown_in_the_fields():
    app = opened()
    app.session_state["stage"] = {"start": [0.25, -0.5]}
    app.run()
    assert not app.exception


@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_landscape_is_shown_by_two_parts_of_curvature_and_every_part_shows_many(name):
    parts, at = list(PARTS), list(LANDSCAPES).index(name)
    for part in (parts[at % len(parts)], parts[(at + 1 + at // len(parts) % 4) % len(parts)]):
        app = opened("curvature", v="1", landscape=name, part=part)
        assert choices(app).part == part


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "text",
    [
        *("7", "x", "abs(x) + abs(y)", "log(x*y)", "1/x", "exp(-x**2 - y**2)", "(x**2 + y**2 - 1)**2"),
        *("1e100*x**2 - y**2", "((x - 0.123)**2 + y**2)**0.75", "x*abs(x) - y**2", "x**2 - abs(y)**1.5"),
        "-(x - 0.1)**4 + (y - 0.4)**2",
    ],
)
def test_curvature_survives_formulas_without_critical_points_and_with_odd_ones(text, part):
    opened("curvature", v="1", landscape=OWN, f=text, part=part)


def test_curvature_without_a_link_opens_where_minima_saddles_and_a_maximum_are_in_view():
    app = opened("curvature")
    assert choices(app) == first_on_curvature()
    assert {point.kind for point in critical_points(choices(app).where).points} == {"minimum", "saddle", "maximum"}
    assert app.query_params["landscape"] == "himmelblau"
    assert not said(app)


def test_a_link_opens_on_curvature_what_it_always_did():
    assert choices(opened("curvature", v="1")) == first_choices()
    assert choices(opened("curvature", v="1", part="maps")) == replace(first_choices(), part="maps")
    assert choices(opened("curvature", steps="77")) == replace(first_choices(), steps=77)


def test_what_was_chosen_on_explore_stays_on_curvature():
    app = opened()
    press(app, "Remove")
    chosen = choices(app)
    app.switch_page("curvature.py").run()
    assert choices(app) == chosen


def test_as_long_as_nothing_was_chosen_each_page_shows_its_own_opening():
    app = opened()
    app.switch_page("curvature.py").run()
    assert choices(app) == first_on_curvature()
    app.switch_page("explore.py").run()
    assert choices(app) == first_choices()
    press(app, "Remove")
    press(app, "Undo")
    app.switch_page("curvature.py").run()
    assert choices(app) == first_choices()
    assert not app.exception


@pytest.mark.parametrize(("place", "words"), [("1~1", "a minimum, but not a strict one"), ("1~1.001", "Near by, ")])
def test_the_local_model_knows_the_curve_of_minima(place, words):
    app = opened("curvature", v="1", landscape="two_weight_network", part="model", point=place)
    assert words in drawn(app)
    assert "has length 0," not in drawn(app)


def test_the_worked_example_is_one_click_away():
    app = opened("curvature")
    control(app, "button", "Worked example: (1 − w₁w₂)²").click().run()
    assert not app.exception
    assert choices(app).landscape == "two_weight_network"
    assert choices(app).part == "escape"
    assert choices(app).point == (0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("x**2 - y**4", None),
        ("x**4 + y**4 - 1", -1.0),
        ("(x - y)**2 + 2", 2.0),
        ("3 - (x - y)**2", None),
        ("x**3", None),
    ],
)
def test_the_lowest_minimum_is_one_whatever_its_hessian_is_and_no_saddle(text, best):
    found = lowest(find_critical_points(formula(text, ((-1, 1), (-1, 1)))))
    assert found is None if best is None else found == pytest.approx(best, abs=1e-12)


PART = [(page, {}) for page in NAMES] + [("curvature", {"part": part}) for part in PARTS]


@pytest.mark.parametrize(("page", "part"), PART)
def test_no_text_alternative_holds_markup(page, part):
    told = [
        panel["alt"]
        for stage in opened(page, v="1", steps="20", **part).get("bidi_component")
        if stage.proto.component_name == "fall_line_stage"
        for panel in unpack(stage.proto.bytes)[0]["panels"].values()
    ]
    assert told
    assert [text for text in told if "<" in text] == []
