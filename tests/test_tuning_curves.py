"""The picture of a sweep: its axes stay readable, and its hover has the losses themselves."""

import numpy as np
import pytest

from figures import tuning_curves
from figures.tuning import DEEPEST

RATES = np.geomspace(1e-4, 1, 5)


def drawn(*losses):
    return tuning_curves(["Run"] * len(losses), ["#0084FC"] * len(losses), [(RATES, np.array(row)) for row in losses])


@pytest.mark.parametrize("lowest", [0.0, 5e-324, 1e-315, 1e-200, 1e-31])
def test_a_run_that_arrives_leaves_the_others_in_view(lowest):
    losses = [3.0, 0.5, 1e-6, lowest, np.nan]
    figure = drawn(losses)
    low, high = figure.layout.yaxis.range
    assert low <= np.log10(3 * DEEPEST)
    assert high - low < 40
    heights = np.array(figure.data[0].y)
    np.testing.assert_array_equal(heights[:3], losses[:3])
    assert heights[3] == pytest.approx(3 * DEEPEST)
    np.testing.assert_array_equal(figure.data[0].customdata, losses)
    assert figure.data[1].x == RATES[3]


def test_negative_losses_are_drawn_above_the_lowest():
    figure = drawn([-1.0, -2.0, -5.0, np.nan, np.nan], [-4.0, 3.0, np.nan, np.nan, np.nan])
    np.testing.assert_array_equal(figure.data[0].y[:2], [4.0, 3.0])
    assert "above the lowest" in figure.layout.yaxis.title.text
    assert figure.data[0].customdata[2] == -5.0
    assert figure.data[0].text[2].endswith(": −5")


@pytest.mark.parametrize("losses", [[np.nan] * 5, [0.0] * 5, [2.0] * 5, [-2.0] * 5])
def test_a_sweep_in_which_nothing_differs_can_be_drawn(losses):
    assert np.isfinite(drawn(losses).layout.yaxis.range).all()
