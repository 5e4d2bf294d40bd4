"""A slider's range is no limit: links and fields take every number that means something, to its last digit."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from visitor import choices, control, opened, press, said

from landscapes import LANDSCAPES, knobs
from optimizers import OPTIMIZERS, SCHEDULES, run_as_numpy
from pages.explore_parts.picture import picture
from pages.explore_parts.race import raced
from pages.shared.controls.ladder import ladder
from pages.shared.controls.run_downloads import recipe
from pages.shared.controls.suggest import suited
from pages.shared.controls.tune import sweeps
from pages.shared.fields.run_choice import WARMUP, run_choice, schedule_knobs, takes_schedule
from pages.shared.fields.typed import exact, number_for
from pages.shared.race.compute import outcomes
from pages.shared.race.trajectories import race_as_json
from pages.shared.state.choices import OWN, SETTINGS, first_choices, landscape_knobs, with_landscape
from pages.shared.state.link import read, write
from pages.shared.state.session import set_number

LECTURE = ["1e-7", "1e-6", "1.2e-6", "1.14493082421e-06", "0.0330578512397", "0.01980198019801980", "1e3", "0.00001"]
NONE = ["abc", "-1", "nan", "inf", "1e400", "1e-400", "0,5", "1_0", "1" * 33]
RULES_KNOBS = [(rule, name) for rule, factory in OPTIMIZERS.items() for name in knobs(factory)]
KNOBS = [
    *(knob for factory in [*OPTIMIZERS.values(), *LANDSCAPES.values()] for knob in knobs(factory).values()),
    *(knob for name in SCHEDULES for knob in schedule_knobs(name).values()),
    *landscape_knobs(OWN, "a*x").values(),
    *SETTINGS.values(),
    WARMUP,
]
UNTIDY = [0.0, 5e-324, 1e-300, 1e-160, 1.2345678901234566e-7, 0.1 + 0.2, 1e4, 1e160, 1.7e308]


def numbers(knob):
    """Whatever the knob can have."""
    if knob.integer:
        return st.integers(int(knob.least), int(knob.top)).map(float)
    near = st.floats(knob.low, knob.high)
    return (near | st.sampled_from(UNTIDY) | st.floats(allow_nan=False, allow_infinity=False)).filter(knob.open_to)


def link_of(made):
    return {key: [value] if isinstance(value, str) else value for key, value in write(made).items()}


def with_number(rule, name, value, **others):
    run = run_choice(rule)
    return replace(first_choices(), runs=(replace(run, numbers=set_number(run.numbers, name, value)),), **others)


@pytest.mark.long
@given(st.data())
@settings(max_examples=200)
def test_every_number_that_means_something_survives_a_link(data):
    rule, name = data.draw(st.sampled_from(RULES_KNOBS))
    schedule = data.draw(st.sampled_from(list(SCHEDULES))) if takes_schedule(rule) else "constant"
    landscape = data.draw(st.sampled_from([*LANDSCAPES, OWN]))
    own = {"text": "a*x**2 + b*y**2"} if landscape == OWN else {}
    there = with_landscape(landscape, replace(first_choices(), **own))
    run = run_choice(rule, schedule)
    run = replace(run, numbers=set_number(run.numbers, name, data.draw(numbers(knobs(OPTIMIZERS[rule])[name]))))
    run = replace(run, schedule_numbers=drawn(data, schedule_knobs(schedule)))
    made = replace(
        there,
        runs=(run,),
        numbers=drawn(data, landscape_knobs(landscape, there.text)),
        **{key: data.draw(numbers(SETTINGS[key])) for key in ("noise", "tolerance")},
        seed=int(data.draw(numbers(SETTINGS["seed"]))),
    )
    assert read(link_of(made)) == (made, [])


def drawn(data, marks):
    return tuple((name, data.draw(numbers(knob))) for name, knob in marks.items())


@given(st.data())
@settings(max_examples=200)
def test_a_slider_grows_to_hold_every_number_and_its_stops_can_be_told_apart(data):
    knob = data.draw(st.sampled_from(KNOBS))
    number = data.draw(numbers(knob))
    stops = ladder(knob, number)
    assert number in stops
    assert {knob.low, knob.high} <= set(stops)
    assert stops == sorted(set(stops))
    assert all(knob.open_to(stop) for stop in stops)
    assert len(stops) <= 400
    texts = [exact(stop) for stop in stops]
    assert len(set(texts)) == len(texts)
    assert [number_for(knob, text, "it") for text in texts] == stops


@pytest.mark.parametrize("text", LECTURE)
@pytest.mark.parametrize("page", ["explore", "step_by_step"])
def test_the_rates_of_the_lectures_open_from_a_link_exactly(page, text):
    app = opened(page, v="1", run=f"gradient_descent~{text}", steps="20")
    assert not said(app)
    assert dict(choices(app).runs[0].numbers)["learning_rate"] == float(text)
    assert control(app, "select_slider", "learning rate η").value == float(text)
    assert number_for(knobs(OPTIMIZERS["adam"])["learning_rate"], field(app, "learning rate η").value, "") == float(
        text
    )


def test_the_picture_of_a_small_rate_is_that_of_the_slide():
    """On the bowl each step keeps 1 - η and 1 - κη of the distance."""
    link = {"landscape": ["quadratic_bowl"], "knobs": ["kappa~1000000"], "run": ["gradient_descent~1e-7"]}
    there, dropped = read({**link, "start": ["1~1"], "steps": ["100"]})
    assert dropped == []
    kept = 1 - 1e-7 * np.array([1.0, 1e6])
    np.testing.assert_allclose(outcomes(there)[0].trajectory.positions[:, -1], kept**100, rtol=1e-12)


def field(app, label):
    return control(app, "text_input", f"{label}: exact number")


@pytest.mark.long
@given(st.data())
@settings(max_examples=20)
def test_what_is_typed_is_taken_to_the_last_digit_and_taken_back_by_undo(data):
    rule, name = data.draw(st.sampled_from([(r, n) for r, n in RULES_KNOBS if r in ("adam", "momentum", "rprop")]))
    knob = knobs(OPTIMIZERS[rule])[name]
    label = f"{name.replace('_', ' ').rstrip('012')} {knob.symbol}"
    first, second = data.draw(st.lists(numbers(knob), min_size=2, max_size=2, unique=True))
    made = with_number(rule, name, first, steps=3)
    app = opened(**{key: value[0] for key, value in link_of(made).items()})
    assert not said(app)
    assert choices(app) == made
    assert control(app, "select_slider", label).value == first
    field(app, label).input(exact(second)).run()
    assert not app.exception
    assert dict(choices(app).runs[0].numbers)[name] == second
    assert control(app, "select_slider", label).value == second
    assert link_of(choices(app))["run"] == [app.query_params["run"]]
    press(app, "Undo")
    assert choices(app) == made
    assert number_for(knob, field(app, label).value, "") == first


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_rate_stays_in_its_field_with_the_reason_and_nothing_else_is_lost(text):
    app = opened(v="1", landscape="himmelblau", run="adam~1e-7", steps="20")
    before, link = choices(app), dict(app.query_params)
    field(app, "learning rate η").input(text).run()
    assert not app.exception
    assert choices(app) == before
    assert dict(app.query_params) == link
    assert field(app, "learning rate η").value == text
    assert "learning rate η is a number ≥ 0, such as 0\\.001" in said(app)
    assert "1e−7 stays" in said(app)
    control(app, "select_slider", "learning rate η").set_value(0.1).run()
    assert not said(app)
    assert field(app, "learning rate η").value == "0.1"


@pytest.mark.parametrize(("text", "why"), [("1", "≥ 0 and \\< 1"), ("1.5", "≥ 0 and \\< 1"), ("-0.1", "≥ 0 and \\< 1")])
def test_a_memory_of_one_is_refused_with_the_limit(text, why):
    app = opened(v="1", run="momentum~0.01", steps="20")
    field(app, "momentum β").input(text).run()
    assert f"momentum β is a number {why}" in said(app)
    assert dict(choices(app).runs[0].numbers)["momentum"] == 0.9


def test_an_emptied_field_shows_again_what_was_chosen():
    app = opened(v="1", run="momentum~1e-7", steps="20")
    field(app, "learning rate η").input("").run()
    assert field(app, "learning rate η").value == "1e−7"
    assert not said(app)


def test_landscape_noise_and_tolerance_have_their_fields_too():
    app = opened(v="1", steps="20")
    field(app, "b, steepness of the valley walls").input("1e3").run()
    assert dict(choices(app).numbers)["b"] == 1000.0
    app.session_state["noise row 0"] = True
    app.run()
    field(app, "σ, gradient noise in each coordinate").input("12.5").run()
    app.session_state["noise row 0"] = True
    app.run()
    field(app, "tolerance, how near to the lowest loss counts").input("1e-15").run()
    assert (choices(app).noise, choices(app).tolerance) == (12.5, 1e-15)
    assert app.query_params["noise"] == "12.5"


def extremes(knob):
    """The largest and the smallest numbers that it can have, and one of the lectures."""
    wild = (0.0, 5e-324, 1e-7, 1 - 2**-53, 1e160, 1.7e308, 2.0**53 - 1)
    return [value for value in (*wild, knob.high) if knob.open_to(value)]


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_every_rule_is_drawn_and_saved_at_the_ends_of_what_floats_hold(rule):
    for name, knob in knobs(OPTIMIZERS[rule]).items():
        runs = [with_number(rule, name, value).runs[0] for value in extremes(knob)]
        there = replace(first_choices(), runs=tuple(runs), steps=6)
        assert len(set(there.names())) == len(runs)
        assert picture(raced(there)).around["table"].rows
        saved = json.loads(race_as_json(there))["runs"]
        assert [run["numbers"][name] for run in saved] == extremes(knob)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_schedule_is_drawn_at_the_ends_of_what_floats_hold(schedule):
    plain = run_choice("gradient_descent", schedule)
    for name, knob in schedule_knobs(schedule).items():
        numbers = [set_number(plain.schedule_numbers, name, value) for value in extremes(knob)]
        runs = tuple(replace(plain, schedule_numbers=each) for each in numbers)
        assert picture(raced(replace(first_choices(), runs=runs, steps=400))).around["table"].rows


def test_a_script_holds_the_rate_to_its_last_digit():
    there = with_number("gradient_descent", "learning_rate", 1.2345678901234566e-7, steps=5)
    assert "learning_rate=1.2345678901234566e-07" in run_as_numpy(there.build(), recipe(there, there.runs[0]))


def test_tuning_looks_at_the_rate_that_a_run_has_and_finds_none_better_than_the_best():
    """With κ = 4,000,000 gradient descent is stable below 5e-7: no rate of the slider's own range is."""
    link = {"landscape": ["quadratic_bowl"], "knobs": ["kappa~4000000"], "steps": ["50"], "start": ["1~1"]}
    there, _ = read({**link, "run": ["gradient_descent~1.25e-7"]})
    found = sweeps(there)[0]
    assert 1.25e-7 in found.rates
    assert found.best is not None
    assert found.best < 5e-7
    at = list(found.rates).index(1.25e-7)
    assert found.losses[at] == outcomes(there)[0].loss[-1]


def test_a_run_that_is_added_begins_at_a_rate_that_its_landscape_can_bear():
    there, _ = read({"landscape": ["quadratic_bowl"], "knobs": ["kappa~4000000"], "start": ["1~1"]})
    added = suited(run_choice("gradient_descent"), there.where)
    assert 1e-8 <= dict(added.numbers)["learning_rate"] < 5e-7  # 2 over the largest eigenvalue
