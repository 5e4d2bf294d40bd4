"""The zero of a logarithmic loss axis is the landscape's, never that of the run that fell farthest."""

from dataclasses import replace

import pytest

from landscapes import LANDSCAPES
from pages.explore_parts.picture import NONE, curve_panels
from pages.explore_parts.race import raced
from pages.shared.controls.suggest import with_suited_rates
from pages.shared.race.race import loss_axis
from pages.shared.state.choices import first_choices, with_landscape

NO_MINIMUM = "Loss, on a linear axis: no minimum in view"
LOWER = "Loss, on a linear axis: it falls below the minima in view"


def opened_on(name, **others):
    return raced(replace(with_suited_rates(with_landscape(name, first_choices()), first_choices()), **others))


@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_axis_is_logarithmic_above_a_minimum_in_view_and_linear_where_there_is_nothing_to_measure_from(name):
    race = opened_on(name)
    axis = loss_axis(race.shown, race.lowest, True)
    floor = min(entry.outcome.loss.min() for entry in race.shown)
    if axis.base:
        assert axis.base == race.lowest
        assert floor >= axis.base - 1e-9 * max(1, abs(axis.base))
    if not axis.logarithmic:
        assert floor <= 0 or race.lowest is None
        assert (axis.title == NO_MINIMUM) == (race.lowest is None)
        assert axis.title in (NO_MINIMUM, LOWER)
    (loss, _) = curve_panels(race, NONE)
    assert (loss.figure.layout.yaxis.type == "log") == axis.logarithmic
    assert loss.figure.layout.title.text == axis.title


@pytest.mark.parametrize("name", ["saddle", "monkey_saddle"])
def test_without_a_lower_bound_the_axis_is_linear_and_says_so(name):
    race = opened_on(name)
    assert loss_axis(race.shown, race.lowest, True).title == NO_MINIMUM


@pytest.mark.parametrize("name", ["styblinski_tang", "himmelblau", "saddle"])
def test_another_run_never_moves_the_zero(name):
    race = opened_on(name)
    axes = {loss_axis([entry], race.lowest, True).base for entry in race.shown}
    assert len(axes) == 1


def test_a_linear_axis_that_was_chosen_shows_the_loss_itself():
    race = opened_on("styblinski_tang", axis="linear")
    axis = loss_axis(race.shown, race.lowest, False)
    assert (axis.base, axis.logarithmic, axis.title) == (0.0, False, "Loss")
