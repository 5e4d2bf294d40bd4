"""Clipping as a choice of every run: in its knobs, its line, its link, and in all that is told of the run."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest
from visitor import choices, drawn, opened, press

from landscapes.noise import noise_draw
from optimizers import Clipping, anatomy, descend
from pages.data_parts.batch_words import bad_batch_words
from pages.data_parts.choices import SCHEMA as DATA_SCHEMA
from pages.data_parts.compute import batch_runs, full_runs
from pages.data_parts.noise import noisy_spread
from pages.shared.controls.own_rule import with_lines
from pages.shared.controls.run_downloads import table
from pages.shared.controls.tune import sweep
from pages.shared.fields import run_choice
from pages.shared.race import bad_batch, measured, race_as_json, recorded
from pages.shared.state import first_choices, with_landscape
from pages.step_by_step_parts.noise import clipping_in_words, noise_in_words
from words import coordinates, short


def clipped_run(by="norm", limit=2.0, optimizer="adam", **numbers):
    return replace(run_choice(optimizer, **numbers), clipping=Clipping(by, limit))


def on_himmelblau(*runs, **parts):
    return replace(with_landscape("himmelblau", first_choices()), runs=runs, steps=30, start=(-4.0, 4.0), **parts)


def clipping_box(app):
    return [box for box in app.selectbox if box.label == "Gradients"]


def limit_field(app):
    (limit,) = [field for field in app.text_input if "the most that is let through" in field.label]
    return limit


def test_clipping_is_chosen_among_a_runs_knobs_stands_in_its_line_and_link_and_is_taken_back():
    app = opened(v="1", steps="20", run=["gradient_descent~0.001", "newton"])
    for slot in range(2):
        app.session_state[f"run {slot}"] = True
    app.run()
    (box,) = clipping_box(app)  # Newton's method has none
    box.select("value").run()
    assert not app.exception
    assert choices(app).runs[0].clipping == Clipping("value", 1.0)
    assert app.query_params["run"] == ["gradient_descent~clip~value~1", "newton"]
    assert any("gᵢ" in caption.value and "≤\xa01" in caption.value for caption in app.caption)
    limit_field(app).input("0.25").run()
    assert choices(app).runs[0].clipping == Clipping("value", 0.25)
    limit_field(app).input("-1").run()
    assert choices(app).runs[0].clipping == Clipping("value", 0.25)
    press(app, "Undo")
    press(app, "Undo")
    assert choices(app).runs[0].clipping is None
    assert app.query_params["run"] == ["gradient_descent", "newton"]


@pytest.mark.parametrize("by", ["norm", "value"])
@pytest.mark.parametrize("optimizer", ["momentum", "adam", "sam"])
def test_an_update_taken_apart_has_the_clipped_gradient_and_ends_where_the_run_does(by, optimizer):
    there = on_himmelblau(
        clipped_run(by, optimizer=optimizer, learning_rate=0.01), noise=0.5, outlier=100.0, outlier_step=7
    )
    seen, it = there.gradient_noise.on(there.build()), recorded(there, 0)
    run = descend(seen, there.runs[0].build(), np.array(there.start), there.steps)
    np.testing.assert_array_equal(it.run.positions, run.positions)
    for t in (1, 7, 8, 30):
        update = anatomy(it, t)
        np.testing.assert_array_equal(
            update.g, there.runs[0].clipping.rule.clip(seen.at(t - 1).gradient(update.p), 2.0)
        )
        np.testing.assert_allclose(update.lines[-1].value, run.positions[:, t], rtol=1e-9)
    assert measured(there, 0).effective.shape == (2, 30)


def test_what_is_said_of_an_updates_gradient_is_what_it_was_given():
    there = on_himmelblau(clipped_run("value", 2.0), outlier=100.0, outlier_step=7, outlier_angle=180.0)
    p = np.array(there.start)
    seen = there.gradient_noise.on(there.build())
    assert "(−2.00, 2.00) instead of (−134, 98.0)" in clipping_in_words(Clipping("value", 2.0), seen.at(0), p)
    np.testing.assert_allclose(seen.gradient(p), [-134, 98], rtol=0.005)
    assert "passes unchanged" in clipping_in_words(Clipping("norm", 1e4), seen.at(0), p)
    assert "(−100, 0)" in noise_in_words(there.gradient_noise, 7)
    assert noise_in_words(there.gradient_noise, 8) == ""
    both = replace(there, noise=0.5).gradient_noise
    assert coordinates(noise_draw(0.5, 0, 6)) in noise_in_words(both, 7)
    assert "(−100, 0)" in noise_in_words(both, 7)


def test_the_bad_batch_is_named_where_the_runs_meet_it():
    there = on_himmelblau(clipped_run(), outlier=100.0, outlier_step=30, outlier_angle=180.0)
    (met,) = bad_batch(there.bad_batch, there.steps_taken)
    assert "update 30 a bad batch adds (−100, 0)" in met
    (missed,) = bad_batch(replace(there, outlier_step=31).bad_batch, there.steps_taken)
    assert "after the last step" in missed
    assert bad_batch(replace(there, outlier=0.0).bad_batch, there.steps_taken) == []


BAD_BATCH_ON_DATA = {
    "v": ["1"],
    "model": ["bowl"],
    "part": ["batch"],
    "versus": ["optimizers"],
    "run": ["gradient_descent~0.05", "gradient_descent~0.05~clip~norm~2", "gradient_descent~0.05~clip~value~1.5"],
    "steps": ["40"],
    "outlier": ["100"],
    "outlier_step": ["30"],
    "outlier_angle": ["180"],
}


def test_a_bad_batch_among_mini_batches_pushes_one_update_of_every_run_and_clipping_cuts_it():
    choices, dropped = DATA_SCHEMA.read(BAD_BATCH_ON_DATA)
    assert dropped == []
    assert DATA_SCHEMA.write(choices) == {
        key: each if key == "run" else each[0] for key, each in BAD_BATCH_ON_DATA.items()
    }
    pushed, by_norm, by_value = batch_runs(choices)
    quiet, *_ = batch_runs(replace(choices, outlier=0.0))
    model, cut = choices.model(), choices.batches(choices.look)
    for race, cap in ((pushed, np.inf), (by_norm, 2.0), (by_value, 1.5)):
        before, after = race.trajectory.positions[:, 29:31].T
        gradient = model.of(cut.rows(29)).gradient(before) + np.array([-100.0, 0.0])
        if race is by_norm:
            gradient = gradient * cap / np.hypot(*gradient)
        np.testing.assert_allclose(after - before, -0.05 * np.clip(gradient, -cap, cap), rtol=1e-7)
    np.testing.assert_array_equal(pushed.trajectory.positions[:, :30], quiet.trajectory.positions[:, :30])
    assert (pushed.trajectory.positions[:, 30:] != quiet.trajectory.positions[:, 30:]).any(axis=0).all()
    jumps = [float(np.hypot(*np.diff(race.trajectory.positions)[:, 29])) for race in batch_runs(choices)]
    (said,) = bad_batch_words(choices, batch_runs(choices))
    assert "At update 30 a bad batch adds (−100, 0) to every gradient" in said
    assert all(f": {short(jump)}" in said for jump in jumps)


def test_a_race_of_sizes_says_which_runs_do_not_come_as_far_as_the_bad_batch():
    link = {key: each for key, each in BAD_BATCH_ON_DATA.items() if key not in ("versus", "run")}
    choices, _ = DATA_SCHEMA.read({**link, "clock": ["epochs"], "steps": ["64"]})
    races = batch_runs(choices)
    (said,) = bad_batch_words(choices, races)
    few = [race.label for race in races if race.updates < 30]
    assert 0 < len(few) < len(races)
    assert all(label in said.partition("Not so many updates")[2] for label in few)
    (late,) = bad_batch_words(replace(choices, outlier_step=100), races)
    assert "after the last step" in late
    assert bad_batch_words(replace(choices, outlier=0.0), races) == []
    assert noisy_spread(replace(choices, clock="updates"), races[-1]) is None  # what theory says is of noise alone


@pytest.mark.parametrize("part", ["model", "batch"])
def test_clipping_works_in_the_races_of_data_with_its_batches_too(part):
    key = "run" if part == "model" else "race"
    link = {
        "v": ["1"],
        "part": [part],
        "model": ["bowl"],
        "steps": ["40"],
        key: ["gradient_descent~0.05~clip~norm~0.5"],
    }
    choices, dropped = DATA_SCHEMA.read(link)
    assert dropped == []
    races = full_runs(choices) if part == "model" else batch_runs(choices)
    for one in races:
        assert one.run.clipping == Clipping("norm", 0.5)
        steps = np.hypot(*np.diff(one.trajectory.positions))
        assert steps.max() == pytest.approx(0.05 * 0.5, rel=1e-3)
    assert DATA_SCHEMA.write(choices)[key] == link[key]


def test_a_table_holds_the_exact_gradients_of_a_clipped_run_and_the_json_its_clipping():
    there = on_himmelblau(clipped_run(optimizer="momentum"))
    rows = list(csv.DictReader(io.StringIO(table(there, 0))))
    points = np.array([[float(row["x"]), float(row["y"])] for row in rows]).T
    landscape = there.build()
    np.testing.assert_allclose([float(row["gradient_norm"]) for row in rows], np.hypot(*landscape.gradient(points)))
    run = descend(landscape, there.runs[0].build(), np.array(there.start), there.steps)
    np.testing.assert_array_equal(points, run.positions)
    assert json.loads(race_as_json(there))["runs"][0]["clipping"] == {"by": "norm", "limit": 2.0}
    plain = replace(there, runs=(run_choice("momentum"),))
    assert "clipping" not in json.loads(race_as_json(plain))["runs"][0]


def test_a_tuned_rate_is_that_of_the_clipped_run():
    there = on_himmelblau(clipped_run(limit=0.5, optimizer="gradient_descent"))
    found = sweep(there.where, there.gradient_noise, there.runs[0], there.start, there.steps)
    for rate, loss in list(zip(found.rates, found.losses, strict=True))[::6]:
        optimizer = there.runs[0].build(learning_rate=rate)
        end = descend(there.build(), optimizer, np.array(there.start), there.steps).positions[:, -1]
        np.testing.assert_allclose(there.build().value(end), loss, equal_nan=True)
    assert np.isfinite(found.losses).all()  # at no rate does it leave


def test_a_rule_of_ones_own_keeps_its_clipping_as_long_as_it_asks_for_gradients_alone():
    run = replace(run_choice("typed", lines="p = p - learning_rate*g"), clipping=Clipping("norm", 3.0))
    suited = lambda optimizer, lines: run_choice(optimizer, lines=lines)  # noqa: E731
    assert with_lines(run, "p = p - 2*learning_rate*g", suited).clipping == Clipping("norm", 3.0)
    assert with_lines(run, "p = p - learning_rate*inverse(hessian)*g", suited).clipping is None


def test_data_asks_for_the_bad_batch_in_the_words_of_explore_and_names_it_under_the_picture():
    app = opened("data", **BAD_BATCH_ON_DATA)
    labels = {each.label for each in (*app.slider, *app.select_slider, *app.text_input)}
    assert any("length that one bad batch adds" in label for label in labels)
    assert any("number of the update that meets the bad batch" in label for label in labels)
    assert "a bad batch adds (−100, 0)" in drawn(app)
