"""A table on the Data page: pasted rows are read, asked about, changed, and travel in the link."""

from dataclasses import replace

import numpy as np
import pytest
from data_choices import followed, opened

from landscapes import own_data
from pages.data_parts.choices import about, first_choices
from pages.data_parts.compute import full_runs, view
from pages.data_parts.link import write
from pages.data_parts.model import words
from pages.data_parts.problems import UPLOAD
from pages.data_parts.table_in_link import read_text, table_text, wanted

SALARIES = "years;salary\n1,1;39.343\n2,2;?\n4,5;61.111\n10,3;122.391\n10,5;many\n"


def pasted(text, **link):
    app = opened(**link)
    return app.text_area(key="data pasted").set_value(text).run()


def warned(app):
    return [warning.value.replace("\\", "") for warning in app.warning]


def data_of(app):
    return app.session_state["data choices"].table


def part(app, name):
    return next(box for box in [*app.selectbox, *app.radio, *app.text_input] if str(box.key).endswith(f" {name}"))


def test_pasted_rows_are_the_data_and_every_line_left_out_is_named():
    app = pasted(SALARIES)
    data = data_of(app)
    np.testing.assert_array_equal(data.inputs, [[1.1, 4.5, 10.3]])
    np.testing.assert_array_equal(data.target, [39343, 61111, 122391])
    assert warned(app) == [
        "1 line is left out, for “salary” is missing: 3.",
        "1 line is left out, for “salary” is no number, such as “many”: 6.",
    ]


def test_what_is_ambiguous_is_asked_and_no_number_is_used_before():
    app = pasted("x;y\n1,234;5\n2,345;6\n3,456;8\n")
    assert data_of(app) is None
    app = part(app, "decimal").set_value(",").run()
    np.testing.assert_array_equal(data_of(app).inputs, [[1.234, 2.345, 3.456]])


def test_what_was_recognised_can_be_changed():
    app = pasted("1;2\n3;4\n5;7\n")
    assert data_of(app).examples == 3
    app = part(app, "header").set_value("first row").run()
    assert tuple(map(str, data_of(app).labels)) == ("1", "2")
    app = part(app, "header").set_value("none").run()
    app = part(app, "missing").set_value("-9 7").run()
    assert data_of(app).examples == 2
    assert warned(app) == ["1 line is left out, for “column 2” is missing: 3."]


def test_a_classifier_takes_two_names_and_two_features_take_three_columns():
    app = pasted("mass,kind\n1,cat\n3,dog\n2,cat\n2.5,dog\n", model="classifier")
    np.testing.assert_array_equal(data_of(app).target, [0, 1, 0, 1])
    assert not app.exception
    app = pasted("a,b,c\n1,2,3\n2,1,4\n3,5,9\n", model="features")
    np.testing.assert_array_equal(data_of(app).inputs, [[1, 2, 3], [2, 1, 5]])
    assert not app.exception


def test_three_columns_travel_in_a_link():
    data = own_data([[1.0, 2.0], [3.0, 4.0], [5.0, 7.5]], ("a", "b", "c"))
    back = read_text(table_text(data))
    assert back.labels == data.labels
    np.testing.assert_array_equal(back.inputs, data.inputs)
    np.testing.assert_array_equal(back.target, data.target)
    choices = about(replace(first_choices(), table=data, own_rates=True), problem="features", data=UPLOAD)
    link = write(choices)
    again, dropped = followed(link)
    assert dropped == []
    assert write(again) == link
    assert wanted(data).columns == ("a", "b", "c")


def test_an_older_link_to_a_table_opens_at_the_rates_that_it_left_out():
    link = {"v": "1", "data": "upload", "table": "x~y~1~30000~2~50000~3~90000", "scaled": "1"}
    older, dropped = followed(link)
    assert dropped == []
    assert not older.own_rates
    assert dict(older.runs[0].numbers)["learning_rate"] == 10.0  # where the slider ends
    newer, _ = followed(link | {"rates": "1"})
    assert dict(newer.runs[0].numbers)["learning_rate"] > 1000
    assert followed(write(newer))[0].runs == newer.runs


SCALES = [(1, 1), (1, 1e5), (1, 1e9), (1e9, 1e9), (1e-9, 1e-9), (1e-9, 1e9), (1e9, 1e-9), (1, 1e-9)]


@pytest.mark.parametrize("scaled", [False, True])
@pytest.mark.parametrize(("across", "up"), SCALES)
def test_the_loss_and_its_rates_are_in_the_scale_of_the_data(across, up, scaled):
    x = np.linspace(1, 10, 12)
    y = 3 * x + 5 + np.cos(7 * x)
    table = own_data([across * x, up * y], ("x", "y"))
    choices = about(replace(first_choices(), table=table, own_rates=True), data=UPLOAD, scaled=scaled)
    landscape, data = choices.build(), choices.points()
    design = np.array([data.inputs[0], np.ones(12)])
    best = np.linalg.lstsq((design / np.abs(design).max(axis=1, keepdims=True)).T, data.target, rcond=None)[0]
    best = best / np.abs(design).max(axis=1)
    np.testing.assert_allclose(view(choices).minimum, best, rtol=1e-9)
    place = best * [0.5, 1.5]
    rest = place @ design - data.target
    np.testing.assert_allclose(landscape.value(place), (rest**2).mean(), rtol=1e-12)
    np.testing.assert_allclose(landscape.gradient(place), 2 * design @ rest / 12, rtol=1e-9)
    np.testing.assert_allclose(landscape.hessian(place), 2 * design @ design.T / 12, rtol=1e-12)
    for (low, high), middle in zip(landscape.domain, best, strict=True):
        assert low < middle < high
        assert high - low < 60 * abs(middle)
    steepest = np.linalg.eigvalsh(landscape.hessian(place))[-1]
    descent = next(run for run in choices.runs if run.optimizer == "gradient_descent")
    assert 0.01 < dict(descent.numbers)["learning_rate"] * steepest < 2
    for race in full_runs(choices):
        assert race.verdict.kind != "diverged"
        assert race.loss[-1] < race.loss[0] / 2


def test_a_start_far_out_is_in_the_link_of_a_table_in_billions():
    table = own_data([[1e9, 2e9, 3e9], [1e9, 3e9, 4e9]], ("x", "y"))
    choices = about(replace(first_choices(), table=table, own_rates=True), data=UPLOAD)
    moved = replace(choices, start=(1.0, 2e9))
    assert followed(write(moved))[0].start == (1.0, 2e9)


def test_standardising_is_said_with_its_numbers():
    choices = about(
        replace(first_choices(), table=own_data([[1e9, 3e9], [1, 2]], ("x", "y"))), data=UPLOAD, scaled=True
    )
    np.testing.assert_allclose(choices.points().inputs, [[-1, 1]])
    assert words(choices, choices.points())[2] == (
        "The feature is standardised: less its mean, 2e9, and over its standard deviation, 1e9."
    )
    assert "standardised:" not in " ".join(words(replace(choices, scaled=False), choices.points()))
