"""The scale of heights where losses are extreme: far from zero, nearly the same, enormous, tiny."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures import HEIGHTS, contour_map, heights, surface
from figures.height import LEVELS, mesh
from landscapes import formula
from words import digits_within

EXTREME = ["1e8+x**2+y**2", "-1e6+x**2", "1e100*x**2+y", "1e-100*x", "exp(300*x)", "5e11+3*x+y", "1e-9*(x**2+y**2)"]
POWERS = st.floats(-6, 6).map(lambda power: 10.0**power)


@pytest.mark.parametrize("kind", HEIGHTS)
@pytest.mark.parametrize("text", EXTREME)
def test_the_map_of_extreme_losses_has_all_its_level_sets_and_the_surface_labels_that_differ(text, kind):
    landscape = formula(text)
    scale = heights(landscape, landscape.domain, kind)
    chart = contour_map(landscape, [], scale, landscape.domain).data[0]
    levels = np.arange(chart.contours.start, chart.contours.end + chart.contours.size / 2, chart.contours.size)
    assert len(levels) == LEVELS
    drawn = scale.of(landscape.value(mesh(landscape.domain, 81)))
    assert all((drawn < level).any() and (drawn > level).any() for level in levels)
    labels = [label for _, label in scale.ticks]
    assert len(labels) >= 2
    assert len(set(labels)) == len(labels)
    assert max(map(len, labels)) <= 9
    assert np.all(np.diff([height for height, _ in scale.ticks]) > 0)


@pytest.mark.parametrize("text", ["1e15+x", "1e8+1e-9*y", "7", "3+0*x"])
@pytest.mark.parametrize("kind", HEIGHTS)
def test_losses_that_differ_by_rounding_alone_are_one_colour(text, kind):
    landscape = formula(text)
    scale = heights(landscape, landscape.domain, kind)
    drawn = scale.of(landscape.value(mesh(landscape.domain, 41)))
    assert np.ptp(drawn) < (scale.high - scale.low) / LEVELS


@given(st.floats(-1e12, 1e12), POWERS)
def test_labels_of_the_height_say_the_loss_there(offset, size):
    shifted = formula("offset + size*(x**2 + y**2)", parameters={"offset": offset, "size": size})
    scale = heights(shifted, shifted.domain, "loss")
    for height, label in scale.ticks:
        loss = scale.origin + float(label.replace("−", "-"))
        assert float(scale.of(np.array(loss))) == pytest.approx(height, rel=1e-6, abs=1e-6 * (scale.high - scale.low))


@given(st.floats(-1e9, 1e9), POWERS)
def test_the_hover_tells_losses_apart_that_are_a_hundredth_of_the_view_from_each_other(offset, size):
    landscape = formula("offset + size*x", parameters={"offset": offset, "size": size})
    scale = heights(landscape, landscape.domain)
    (low, high), _ = landscape.domain
    losses = landscape.value(np.stack([np.linspace(low, high, 101), np.zeros(101)]))
    told = {f"{loss:.{scale.digits + 1}g}" for loss in losses}
    assert len(told) == 101 or np.ptp(losses) < 1e4 * np.spacing(np.abs(losses).max())


@given(st.floats(-1e9, 1e9), POWERS)
def test_as_many_digits_tell_a_thousandth_apart_and_no_more(low, span):
    high = low + span
    digits = digits_within(low, high, least=1)
    unit = 10.0 ** (np.floor(np.log10(max(abs(low), abs(high)))) + 1 - digits)
    assert unit <= 1.03e-2 * (high - low) or digits == 15
    assert unit >= 9e-5 * (high - low) or digits == 3


def test_a_surface_far_up_counts_its_labels_from_a_round_number():
    landscape = formula("1e8+x**2+y**2")
    axis = surface(landscape, [], heights(landscape, landscape.domain), landscape.domain).layout.scene.zaxis
    assert axis.title.text == "f − 100000000"
    assert axis.ticktext[-1] == "8"
    below = formula("x**2+y**2-1e8")
    axis = surface(below, [], heights(below, below.domain), below.domain).layout.scene.zaxis
    assert axis.title.text == "f + 100000000"
