"""The Data page as a visitor uses it, without a browser: parts, tables of one's own, races."""

from dataclasses import replace

import numpy as np
import pytest
from data_choices import SOME, brought, chosen, csv, opened

from landscapes import find_critical_points, formula
from landscapes.from_data import two_wells
from pages.data_parts.choices import (
    about,
    first_choices,
    opening,
)
from pages.data_parts.compute import batch_runs, beside_runs, full_runs, view, wells
from pages.data_parts.flat import compared
from pages.data_parts.flat import curvature_words as curvature_words_of_wells
from pages.data_parts.link import write
from pages.data_parts.model import curvature_words, data_words
from pages.data_parts.problems import UPLOAD
from pages.data_parts.problems.line import MOST_ROUGH
from pages.data_parts.problems.network_data import HANDFUL
from pages.shared.fields.run_choice import run_choice
from words import short


@pytest.mark.parametrize(("problem", "data", "variant"), SOME)
@pytest.mark.parametrize("part", ["model", "batch"])
def test_every_problem_opens_from_its_link(problem, data, variant, part):
    link = write(replace(chosen(problem, data, variant), part=part, steps=40))
    app = opened(**link)
    assert not app.warning
    assert not app.error
    assert app.title[0].value == "Data"


def test_a_race_of_optimizers_opens_from_its_link():
    app = opened(v="1", part="batch", versus="optimizers", look="6", steps="40", run="adam~0.5~cosine~steps~40")
    assert not app.warning
    assert not app.error


def test_flat_and_sharp_opens_from_its_link():
    assert not opened(v="1", part="flat").warning


def test_choosing_another_model_takes_its_data_and_its_own_start():
    app = opened()
    app.selectbox[0].set_value("classifier").run()
    assert not app.exception
    assert app.query_params["model"] == "classifier"
    assert app.selectbox[1].value == "challenger"


def go_to(app, part):
    next(group for group in app.button_group if group.label == "Part").set_value(part).run()
    assert not app.exception
    return app.session_state["data choices"]


def test_as_long_as_nothing_is_chosen_every_part_opens_as_it_comes():
    app = opened()
    assert go_to(app, "batch") == opening("line", "batch")
    assert app.query_params["data"] == "made_line"
    assert go_to(app, "model") == first_choices()


def test_what_was_chosen_is_kept_in_another_part():
    app = opened()
    app.selectbox[1].set_value("galton").run()
    assert go_to(app, "batch").data == "galton"


def test_choosing_the_chain_opens_it_deep_and_another_activation_leaves_it_so():
    app = opened()
    app.selectbox[0].set_value("chain").run()
    assert dict(app.session_state["data choices"].numbers)["depth"] == 10
    app.selectbox[2].set_value("relu").run()
    assert not app.exception
    assert dict(app.session_state["data choices"].numbers)["depth"] == 10
    again = opened(**{key: app.query_params[key] for key in app.query_params})
    assert again.session_state["data choices"] == app.session_state["data choices"]


def test_turning_the_rate_is_in_the_link():
    app = opened()
    slider = next(s for s in app.select_slider if "learning rate" in s.label)
    slider.set_value(1.0).run()
    assert not app.exception
    assert "adam~1" in app.query_params["run"]


def race(clock, **parts):
    return batch_runs(replace(first_choices(), clock=clock, sizes=(0, 5, 1), steps=120, **parts))


@pytest.mark.parametrize("problem", ["layers", "chain"])
def test_a_network_meets_a_handful_of_a_large_table(problem):
    choices = chosen(problem, "galton", "sigmoid")
    assert choices.points().examples == HANDFUL
    assert data_words(choices.points()).startswith(f"Galton's families, 1886, {HANDFUL} of 928: ")
    assert choices.model().examples == HANDFUL


def test_a_race_by_updates_counts_updates():
    assert [each.updates for each in race("updates")] == [120, 120, 120]
    assert [each.examples for each in race("updates")] == [2880, 120 // 5 * 24, 120]


@pytest.mark.parametrize("clock", ["epochs", "examples"])
def test_in_a_race_by_examples_nobody_has_seen_more_than_the_clock_says(clock):
    full, five, single = race(clock)
    assert [each.updates for each in (full, five, single)] == [5, 25, 120]
    assert full.examples == five.examples == single.examples == 120
    np.testing.assert_array_equal(full.shown[:, :24], np.zeros((2, 24)))
    assert (full.shown[:, 24] != 0).all()
    np.testing.assert_array_equal(full.shown[:, 24:48], np.repeat(full.shown[:, 24:25], 24, axis=1))


def test_all_optimizers_of_a_race_meet_the_same_batches():
    two = replace(first_choices(), versus="optimizers", look=5, runs=(run_choice("adam"), run_choice("adam")))
    first, second = batch_runs(two)
    assert (first.label, second.label) == ("Adam", "Adam 2")
    assert first.size == second.size == 5
    np.testing.assert_array_equal(first.shown, second.shown)
    other = batch_runs(replace(two, seed=1))[0]
    assert np.abs(other.shown - first.shown).max() > 0


def test_several_optimizers_race_over_epochs_too():
    races = batch_runs(replace(first_choices(), versus="optimizers", look=5, clock="epochs", steps=50))
    assert [race.label for race in races] == ["Adam", "Momentum", "Gradient descent"]
    assert {race.updates for race in races} == {50}


def test_small_batches_leave_the_sharp_well_and_large_ones_stay_whatever_the_seed():
    for seed in range(3):
        small, large = wells(first_choices().wells, seed)[3]
        assert small.size < large.size
        assert small.flat > 0.7
        assert large.sharp > 0.9
        assert large.test_loss - large.train_loss > 0.3
        assert small.test_loss - small.train_loss < 0.1


def test_the_lowest_minimum_in_view_is_marked():
    best = view(first_choices()).minimum
    np.testing.assert_allclose(best, [454.15844, -40.78365], rtol=1e-6)


def test_a_link_to_a_long_table_asks_for_the_file_and_goes_on_when_it_has_it():
    choices = replace(about(replace(first_choices(), table=brought(41, "mine.csv")), data=UPLOAD), steps=77)
    app = opened(**write(choices))
    assert "made with the file “mine.csv”" in app.info[0].value.replace("\\", "")
    app.file_uploader[0].upload("mine.csv", csv(41), "text/csv").run()
    assert not app.exception
    assert not app.info
    assert app.session_state["data choices"].table.examples == 41
    assert replace(app.session_state["data choices"], table=None) == replace(choices, table=None)


def test_losses_without_a_closed_form_refuse_too_many_rows_with_a_sentence():
    choices = about(replace(first_choices(), table=brought(MOST_ROUGH + 1)), data=UPLOAD)
    assert choices.model().examples == MOST_ROUGH + 1
    with pytest.raises(ValueError, match="Only the squared error has a closed form; with 10,001 rows"):
        choices.model("absolute")


def test_an_uploaded_table_becomes_the_data_and_a_bad_one_is_explained():
    app = opened()
    app.file_uploader[0].upload("mine.csv", b"a,b\n1,2\n2,4\nx,5\n3,7\n", "text/csv").run()
    assert not app.exception
    assert app.selectbox[1].value == UPLOAD
    assert "1 line is left out, for “a” is no number, such as “x”: 4." in app.warning[0].value.replace("\\", "")


def columns_of(app):
    return [str(label) for label in app.session_state["data choices"].table.labels]


def test_the_columns_that_are_chosen_stay_for_a_table_with_the_same_ones_and_for_no_other():
    app = opened()
    uploads = {"words.csv": b"x,y\nlow,1\nhigh,2\n", "first.csv": b"x,y\n1,2\n2,5\n3,7\n"}
    for name, content in uploads.items():
        app.file_uploader[0].upload(name, content, "text/csv").run()
    assert columns_of(app) == ["x", "y"]
    next(box for box in app.selectbox if box.label == "Input x").select("y").run()
    app.file_uploader[0].upload("more.csv", b"x,y\n1,2\n2,5\n4,9\n", "text/csv").run()
    assert columns_of(app) == ["y", "x"]
    app.file_uploader[0].upload("other.csv", b"z,y,x\n1,2,3\n2,5,4\n4,9,6\n", "text/csv").run()
    assert columns_of(app) == ["z", "y"]


BAD_FILES = {
    b"": "The file is empty.",
    b"once upon a time\nthere was a text\n": "The table has too few columns of numbers",
    b"x,y\n1,2\n": "Two rows with numbers in every chosen column are needed, and there are 1",
    b"x,y\n1,2\n,3\n4,\n": "Two rows with numbers in every chosen column are needed, and there are 1",
    b"PK\x03\x04": "save the sheet as CSV",
    b"," * 999_999: "The table has 1,000,000 columns",
    b"\x89PNG\r\n\x1a\n\x00": "The file is not text",
}


def test_of_a_file_of_no_use_the_page_says_why_and_stays_as_it_was():
    app = opened()
    before = app.session_state["data choices"]
    for content, said in BAD_FILES.items():
        app.file_uploader[0].upload("mine.csv", content, "text/csv").run()
        assert not app.exception
        errors = " ".join(error.value for error in app.error).replace("\\", "")
        assert said in errors, content[:20]
        assert app.session_state["data choices"] == before


def test_after_standardising_the_same_optimizers_arrive_sooner_at_rates_that_suit_them():
    choices = chosen("features", "made_features", "raw")
    raw, standardised = full_runs(choices)[2], beside_runs(choices, "standardised")[2]
    assert raw.verdict.kind == "moving"
    assert standardised.verdict.kind == "minimum"


def test_beside_the_cross_entropy_the_squared_error_keeps_its_runs_on_the_plateau_at_the_same_rates():
    choices = chosen("logits", "", "cross_entropy")
    entropy, squared = full_runs(choices)[2], beside_runs(choices, "squared")[2]
    assert entropy.loss[-1] < 0.01
    assert squared.loss[-1] > 1.99


@pytest.mark.parametrize("width", [0.05, 0.2, 0.5, 1.0])
def test_the_curvatures_of_both_wells_are_those_at_their_minima(width):
    train = two_wells(width=width)
    minima = [point for point in find_critical_points(train).points if point.kind == "minimum"]
    flat, sharp = (min(minima, key=lambda p, x=x: abs(p.position[0] - x)).eigenvalues[-1] for x in (0.0, 5.0))
    said = curvature_words_of_wells(train)
    assert f"{short(float(flat))} at the flat minimum and {short(float(sharp))} at the sharp one" in said
    assert f"below 2/λ = {short(2 / float(sharp))}." in said


@pytest.mark.parametrize("shift", [-0.5, 0.0, 0.15, 0.5])
def test_the_test_loss_lies_above_or_below_the_training_loss_as_is_said(shift):
    numbers = tuple((name, shift if name == "shift" else value) for name, value in first_choices().wells)
    train, test, _, results = wells(numbers, 0)
    said = compared(*results, shift=shift)
    for result in results:
        cost = float(test.value(result.ends).mean() - train.value(result.ends).mean())
        assert f"{short(abs(cost))} {'above' if cost >= 0 else 'below'}" in said


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("x**2 + 2*y**2", (1.0, 1.0), "Curvatures at the marker: 2 and 4; gradient descent is stable there below η"),
        ("x**2 - y**2", (0.0, 0.0), "Curvatures at the marker: −2 and 2."),
        ("(x + 3*y)**2", (1.0, 1.0), "Curvatures at the marker: 0 and 20; gradient descent is stable there"),
        ("x + y", (0.0, 0.0), "the loss is straight there, and η alone says how far a step goes."),
        ("0*x + 1", (0.0, 0.0), "the loss is level there, and no update leaves."),
    ],
)
def test_what_the_surface_is_like_at_the_marker_is_said(text, place, said):
    assert said in curvature_words(formula(text), np.array(place))
