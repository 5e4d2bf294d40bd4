"""Logistic regression of two features: its loss and derivatives, and the border that is drawn between the classes."""

from dataclasses import replace

import numpy as np
import pytest
from data_choices import chosen, followed, opened
from scipy.optimize import minimize

from figures import Run, borders
from landscapes import CLASSIFICATION_LOSSES, centred_classifier, classes, own_data, read_table
from pages.data_parts.choices import about, first_choices
from pages.data_parts.compute import full_runs, view
from pages.data_parts.link import write
from pages.data_parts.model import data_words, words
from pages.data_parts.problems import PROBLEMS, UPLOAD

FLOWERS = (
    b"sepal;petal;kind\n5,1;1,4;setosa\n4,9;1,3;setosa\n6,2;4,5;virginica\n"
    b"5,8;5,1;virginica\n6,0;1,6;setosa\n5;4;virginica"
)
HALF = np.array([1.5, 0.25])


def flowers():
    return classes(read_table(FLOWERS), ["sepal", "petal"], "kind")


def cloud():
    rng = np.random.default_rng(3)
    target = np.arange(60) % 2
    return own_data([*(rng.normal(size=(2, 60)) * [[1.0], [30.0]] + target * [[1.0], [20.0]]), target], ("a", "b", "c"))


def test_the_loss_is_the_mean_of_the_cross_entropy_of_the_centred_features():
    data = flowers()
    np.testing.assert_array_equal(data.target, [0, 0, 1, 1, 0, 1])
    score = HALF @ (data.inputs - data.inputs.mean(axis=1, keepdims=True))
    chance = 1 / (1 + np.exp(-score))
    right = -np.mean(data.target * np.log(chance) + (1 - data.target) * np.log(1 - chance))
    model = centred_classifier(data, CLASSIFICATION_LOSSES["cross_entropy"])
    np.testing.assert_allclose(model.full.value(HALF), right, rtol=1e-13)


def test_the_minimum_that_the_page_shows_is_that_of_the_sum():
    choices = about(replace(first_choices(), table=cloud()), problem="border", data=UPLOAD, variant="cross_entropy")
    features = cloud().inputs - cloud().inputs.mean(axis=1, keepdims=True)
    signs = 2 * cloud().target - 1

    def loss(p):
        return np.logaddexp(0, -signs * (p @ features)).mean()

    best = minimize(loss, np.zeros(2), method="BFGS", options={"gtol": 1e-10}).x
    np.testing.assert_allclose(view(choices).minimum, best, rtol=1e-5)
    assert {race.verdict.kind for race in full_runs(choices)} <= {"minimum", "moving"}


@pytest.mark.parametrize("weights", [(1.0, 0.0), (0.0, 2.0), (1.5, 0.25), (-3.0, 0.4), (1e-9, 1e-9)])
def test_the_border_goes_through_the_picture_where_the_score_is_0_and_points_to_class_1(weights):
    data, weights = cloud(), np.array(weights)
    figure = borders(data, weights, [Run("one", "#123456", np.array([[1.0, weights[0]], [1.0, weights[1]]]))])
    moving, still = figure.data[-2:]
    low, high = (np.array([figure.layout.xaxis.range[k], figure.layout.yaxis.range[k]]) for k in (0, 1))
    off = data.inputs.mean(axis=1)
    for x, y in ((still.x, still.y), (moving.meta["across"][-1], moving.meta["frames"][-1])):
        scores = weights @ (np.array([x, y]) - off[:, None])
        scale = np.abs(weights) @ (high - low)
        np.testing.assert_allclose(scores[[0, 1, 3, 4]], 0, atol=2e-3 * scale)
        assert scores[2] > 0.05 * scale
        assert all(np.any((end < low) | (end > high)) for end in (np.array([x[k], y[k]]) for k in (0, 4)))
    assert moving.meta["frames"].shape == moving.meta["across"].shape == (2, 5)


def test_weights_of_0_have_no_border_and_a_run_that_begins_there_has_one_from_its_first_step():
    run = Run("one", "#123456", np.array([[0.0, 1.0], [0.0, 1.0]]))
    moving, still = borders(cloud(), np.zeros(2), [run]).data[-2:]
    assert np.isnan(still.x).all()
    assert np.isnan(moving.meta["frames"][0]).all()
    assert np.isfinite(moving.meta["frames"][1]).all()


def test_the_page_reads_fits_and_says_how_and_its_link_opens_the_same():
    app = opened(model="border")
    app = app.text_area(key="data pasted").set_value(FLOWERS.decode()).run()
    assert not app.exception
    choices = app.session_state["data choices"]
    assert tuple(map(str, choices.table.labels)) == ("sepal", "petal", "kind, 1 = virginica")
    assert "the border passes through both means" in " ".join(words(choices, choices.points()))
    again, dropped = followed(write(replace(choices, scaled=True)))
    assert dropped == []
    assert tuple(map(str, again.points().labels)) == (
        "sepal, standardised",
        "petal, standardised",
        "kind, 1 = virginica",
    )
    np.testing.assert_allclose(again.points().inputs.std(axis=1), 1)
    assert sum("is standardised" in sentence for sentence in words(again, again.points())) == 2


def test_a_feature_that_is_the_same_in_every_row_is_named():
    table = own_data([[1, 1, 1], [1, 2, 3], [0, 1, 0]], ("a", "b", "c"))
    with pytest.raises(ValueError, match="“a” is the same in every row"):
        about(replace(first_choices(), table=table), problem="border", data=UPLOAD).build()


def test_of_many_rows_some_are_fitted_and_that_is_said():
    table = own_data(np.vstack([np.random.default_rng(0).normal(size=(2, 5000)), np.arange(5000) % 2]), "abc")
    data = PROBLEMS["border"].prepare(table)
    assert data.examples == 2000
    assert ", 2,000 of 5,000: " in data_words(data)


def test_the_squared_error_stands_beside_it():
    choices = chosen("border", "made_clouds", "cross_entropy")
    assert PROBLEMS[choices.problem].beside == "squared"
    assert choices.model("squared").full.value(np.zeros(2)) == pytest.approx(0.25)
