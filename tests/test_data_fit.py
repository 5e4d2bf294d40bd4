"""The model through its data: it moves with the steps of each run, within bounded bytes."""

from dataclasses import replace

import numpy as np
import pytest
from data_choices import chosen

from figures import Run
from figures.data_fit import agreement, chances, fit, frames
from figures.stage.packing import compact
from landscapes import LINES, shares
from pages.data_parts.compute import full_runs
from pages.data_parts.panels import drawn, fitted_model
from pages.data_parts.problems import PROBLEMS


def moving(figure):
    return {trace.name: trace for trace in figure.data if (trace.meta or {}).get("plays")}


def test_the_line_of_each_run_moves_with_its_steps_and_that_of_the_marker_stays():
    data, choices = LINES["three_points"](), chosen("line", "three_points", "squared")
    path = np.array([[0.0, 1.0, 1.5], [0.0, 2.0, 5 / 3]])
    model = choices.model()
    figure = fit(data, model.predict, model.straight, np.array([1.0, 2.0]), [Run("Adam", "#0072B2", path)])
    line = moving(figure)["Adam"]
    x = np.array(line.x)
    pixel = np.ptp(figure.layout.yaxis.range) / 2000
    np.testing.assert_allclose(line.meta["frames"], path[0][:, None] * x + path[1][:, None], atol=pixel)
    np.testing.assert_array_equal(line.y, line.meta["frames"][-1])
    marker = next(trace for trace in figure.data if trace.name == "at the marker")
    np.testing.assert_allclose(marker.y, np.array(marker.x) + 2.0, rtol=1e-12)


def test_a_run_that_left_keeps_the_last_model_it_had():
    path = np.array([[1.0, 2.0, np.nan, np.nan], [0.0, 0.0, np.nan, np.nan]])
    model = chosen("line", "three_points", "squared").model()
    shown = frames(model.predict(path, np.array([1.0])), 1.0)
    np.testing.assert_array_equal(shown[:, 0], [1, 2, 2, 2])


@pytest.mark.parametrize("problem", ["line", "classifier", "layers", "chain", "logits", "features"])
def test_a_model_that_moves_over_the_longest_run_takes_at_most_200_kilobytes(problem):
    choices = chosen(problem, "", "")
    choices = replace(choices, steps=5000, runs=choices.runs[:1])
    runs = drawn(["one"], ["#0072B2"], full_runs(choices))
    meta = moving(PROBLEMS[problem].predictions(fitted_model(choices, runs)).figure)["one"].meta
    shown, steps = meta["frames"], meta["steps"]
    assert shown.shape[0] == len(steps)
    assert (steps[0], steps[-1]) == (0, choices.steps_taken)
    assert np.ptp(np.diff(steps)[:-1]) == 0
    assert compact(shown).nbytes < 200_000


def test_bars_of_shares_end_where_the_softmax_does():
    path = np.array([[0.0, 3.0], [0.0, 1.0]])
    bars = moving(chances(np.zeros(2), [Run("Adam", "#0072B2", path)]))["Adam"]
    np.testing.assert_allclose(bars.meta["frames"][:, [1, 5, 9]], np.array(shares(path)).T, atol=1e-3)
    assert not np.any(bars.meta["frames"][:, [0, 3, 4, 7, 8, 11]])


def test_dots_of_two_features_end_at_what_the_run_predicts():
    choices = chosen("features", "two_scales", "raw")
    data, path = choices.points(), np.array([[0.0, 1.5], [0.0, 0.04]])
    dots = moving(agreement(data, data.inputs, 0.0, np.zeros(2), [Run("Adam", "#0072B2", path)]))["Adam"]
    shown = dots.meta["frames"]
    np.testing.assert_allclose(shown[1, ::2], path[:, 1] @ data.inputs, atol=1e-2)
    assert not np.any(shown[0, ::2])
    assert np.isnan(shown[:, 1::2]).all()
    np.testing.assert_array_equal(np.array(dots.x)[::2], data.target)
