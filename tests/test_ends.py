"""Where the axis of a curve ends."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from figures.ends import EDGE, linear_ends, logarithmic_ends

NUMBERS = st.floats(-1e100, 1e100)
POSITIVE = st.floats(1e-300, 1e300)


@given(NUMBERS, NUMBERS)
def test_a_linear_axis_holds_every_number_and_a_quarter_more_at_most_beyond_each(a, b):
    low, high = sorted((a, b))
    below, above = linear_ends(low, high)["range"]
    span = high - low or abs(high) or 1.0
    assert below < low
    assert high < above
    assert above - below <= (1 + 2 / 4) * (1 + 2 * EDGE) * span * (1 + 1e-6) or high == low


@given(POSITIVE, POSITIVE)
def test_a_logarithmic_axis_holds_every_number_and_a_power_of_ten_or_a_quarter_more_at_most_beyond_each(a, b):
    low, high = math.log10(min(a, b)), math.log10(max(a, b))
    below, above = logarithmic_ends(min(a, b), max(a, b))["range"]
    most = max(1.0, (high - low) / 4) + EDGE * (above - below)
    assert low - most < below < low
    assert high < above < high + most


@given(st.floats(1e-6, 1.0), st.floats(1.0, 1e6), st.floats(0.97, 1.03))
def test_a_small_change_of_a_curve_leaves_the_axis_as_it_is_or_moves_it_by_a_whole_mark(low, high, change):
    assume(high / low > 1.1)
    before, after = (logarithmic_ends(low, top)["range"] for top in (high, high * change))
    (below, above), (_, other) = before, after
    assert other == above or abs(other - above) > math.log10(2) / 2
    assert below == pytest.approx(
        after[0], abs=EDGE * abs(other - above) + 1e-9
    )  # the room behind it, of a longer axis


@given(st.floats(1e-300, 1e300), st.floats(1e-12, 0.09))
def test_a_logarithmic_axis_of_numbers_that_are_nearly_the_same_is_filled_by_them(low, change):
    high = low * (1 + change)
    assume(low < high)
    below, above = logarithmic_ends(low, high)["range"]
    assert below <= math.log10(low)
    assert math.log10(high) <= above
    assert math.log10(high / low) > 0.5 * (above - below) or change < 1e-9


def test_marks_between_powers_of_ten_are_labelled_where_one_or_two_powers_are_in_view():
    assert "dtick" not in logarithmic_ends(1.0, 5.0)
    assert logarithmic_ends(1.0, 50.0)["dtick"] == "D2"
    assert logarithmic_ends(49_700.0, 300_000.0)["dtick"] == "D2"  # less than one, but more with what is rounded
    assert "dtick" not in logarithmic_ends(1.0, 500.0)


def test_numbers_too_far_apart_for_a_float_leave_the_axis_to_the_drawing():
    assert linear_ends(-1.7e308, 1.7e308) == {}
