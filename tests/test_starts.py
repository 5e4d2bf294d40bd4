"""Several starts: where they are, that each run from each is the run alone, and what is said of them together."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from visitor import choices, control, drawn, opened, press

from landscapes import LANDSCAPES, Noise
from optimizers import OPTIMIZERS
from pages.shared.controls.start_controls import too_many_starts
from pages.shared.fields.run_choice import run_choice
from pages.shared.race.compute import critical_points, crowds, lowest, outcome, outcomes
from pages.shared.race.race import entries
from pages.shared.race.tables import table
from pages.shared.state.choices import MOST_POINTS, first_choices, with_landscape
from pages.shared.state.starts import ByHand, Grid, Ring, placed

DOMAIN = ((-2.0, 6.0), (0.0, 1.0))


def test_a_ring_lies_round_the_start_with_the_proportions_of_the_view():
    x, y = np.array(Ring(12, 0.25).places((1.0, 0.5), DOMAIN)).T
    np.testing.assert_allclose(((x - 1) / 8) ** 2 + (y - 0.5) ** 2, 0.25**2, rtol=1e-6)
    assert len({*zip(x, y, strict=True)}) == 12
    assert (x[0], y[0]) == (3.0, 0.5)


def test_a_grid_has_the_middle_of_each_tile_wherever_the_start_is():
    places = Grid(2).places((9.0, 9.0), DOMAIN)
    assert places == ((0.0, 0.25), (4.0, 0.25), (0.0, 0.75), (4.0, 0.75))


def test_a_ring_far_from_zero_is_a_ring_too():
    view = ((999.999, 1000.001), (999.999, 1000.001))
    x, y = np.array(Ring(24, 0.25).places((1000.0, 1000.0), view)).T - 1000
    np.testing.assert_allclose(np.hypot(x, y), 0.25 * 0.002, rtol=3e-4)


@given(st.floats(-1e6, 1e6), st.floats(-10, 3), st.floats(0, 1))
def test_a_start_lies_where_it_was_put_to_a_thousandth_of_what_the_map_shows(low, power, share):
    high = low + 10.0**power
    assume(high - low > 1e4 * np.spacing(max(abs(low), abs(high))))
    at = low + share * (high - low)
    x, y = placed((at, at), ((low, high), (low, high)))
    assert abs(x - at) <= 1e-3 * (high - low)
    assert x == y


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_run_from_several_starts_is_the_run_from_each_alone_with_the_same_noise(name):
    there = replace(
        with_landscape("himmelblau", first_choices()),
        runs=(run_choice(name),),
        further=Grid(2),
        noise=0.1,
        seed=4,
        steps=30,
    )
    (together,) = crowds(there)
    for start, one in zip(there.starts_within_budget[1:], together, strict=True):
        alone = outcome(there.where, Noise(0.1, 4), there.runs[0], start, 30)
        np.testing.assert_array_equal(one.trajectory.positions, alone.trajectory.positions)
        np.testing.assert_array_equal(one.loss, alone.loss)
        assert one.verdict.sentence == alone.verdict.sentence


def test_more_points_than_there_is_room_for_are_never_computed_and_that_is_said():
    crowded = replace(first_choices(), runs=(run_choice("adam"),) * 8, further=Grid(5), steps=5000)
    assert len(crowded.starts) == 26
    assert (
        len(crowded.starts_within_budget) * 8 * 5000 <= MOST_POINTS < (len(crowded.starts_within_budget) + 1) * 8 * 5000
    )
    assert "Only 5 of 26 starts run" in too_many_starts(crowded)
    one = replace(crowded, further=ByHand())
    assert one.starts_within_budget == one.starts == (one.start,)


def test_another_landscape_keeps_a_pattern_and_forgets_points():
    assert with_landscape("beale", replace(first_choices(), further=Ring(5))).further == Ring(5)
    assert with_landscape("beale", replace(first_choices(), further=ByHand(((1.0, 2.0),)))).further == ByHand()


def test_the_table_counts_minima_and_tells_best_and_median_loss():
    """Gradient descent on x⁴/4 - x²/2 + y²: to (1, 0), to (-1, 0), along the ridge to the saddle, and away."""
    plain = replace(first_choices(), landscape="formula", numbers=(), text="x**4/4 - x**2/2 + y**2", noise=0.0)
    runs = (run_choice("gradient_descent", learning_rate=0.1), run_choice("momentum", learning_rate=0.1))
    there = replace(plain, runs=runs, start=(0.5, 1.0), further=ByHand(((-0.5, 1.0), (0.0, 1.0), (40.0, 0.0))))
    race = entries(there, outcomes(there), crowds(there))
    assert race[0].sentence == (
        "Gradient descent: 2 of 4 starts reach a minimum, at 2 different places; 1 at a saddle, 1 diverged."
    )
    found = critical_points(there.where)
    shown = table(there, race, lowest(found), tuned=False, digits=3)
    assert shown.columns == ["Run", "At a minimum", "Best loss", "Median loss", "f within 1e−8"]
    assert shown.rows[0][1:4] == ["2 of 4", "−0.25", "−0.125"]
    assert int(shown.rows[0][4]) == race[0].outcome.arrival(-0.25, there.tolerance)
    crowd, alone = race[0].lines()
    assert (crowd.faint, crowd.lanes, alone.faint) == (True, {"lanes": 3}, False)


def unfolded(app):
    """The page with the row of the starts open, which is not the page's to remember."""
    app.session_state["starts 0"] = True
    return app.run()


def test_ring_grid_and_one_more_fill_in_and_only_the_first_takes_them_back():
    app = unfolded(opened(v="1", steps="20"))
    press(app, "Ring of starts")
    assert choices(app).further == Ring()
    assert app.query_params["starts"] == "ring~8~0.2"
    control(unfolded(app), "select_slider", "n, starts on the ring").set_value(5.0).run()
    control(unfolded(app), "select_slider", "r, its radius, as a share of the view").set_value(0.1).run()
    assert app.query_params["starts"] == "ring~5~0.1"
    assert "of 6" in drawn(app)
    press(unfolded(app), "Grid of starts")
    control(unfolded(app), "select_slider", "n, rows and columns of the grid").set_value(2.0).run()
    control(unfolded(app), "text_input", "x").set_value("0.25")
    press(app, "Add")
    assert choices(app).further.points[:2] == ((-1.0, 0.0), (1.0, 0.0))
    assert choices(app).further.points[4:] == ((0.25, 1.0),)
    press(unfolded(app), "Only the first")
    assert choices(app).further == ByHand()
    press(app, "Undo")
    assert len(choices(app).starts) == 6


def test_a_start_too_many_is_refused_in_a_sentence():
    app = opened(v="1", steps="20", start="~".join(["0.5"] * 48))
    press(unfolded(app), "Add")
    assert len(choices(app).starts) == 25
    full = unfolded(app)
    assert next(button for button in full.button if button.label == "Add").disabled
    grid = opened(v="1", steps="20", starts="grid~5")
    before = choices(grid)
    assert next(button for button in unfolded(grid).button if button.label == "Add").disabled
    assert choices(grid) == before


def test_starts_where_the_landscape_is_not_defined_are_told_as_such():
    app = opened(v="1", landscape="formula", f="log(x) + y**2", x="-2~2", y="-2~2", starts="grid~2", steps="30")
    assert "∞" in drawn(app)


@pytest.mark.parametrize("name", ["parabola", "rosenbrock", "double_well"])
def test_every_kind_of_picture_takes_several_starts(name):
    app = opened(v="1", landscape=name, starts="grid~2", steps="20", curve="distance", order="winner")
    assert len(choices(app).starts) == 5
    assert LANDSCAPES[name]().name in drawn(app)


def moved():
    from dataclasses import replace

    import streamlit as st

    from pages.shared.state.session import HISTORY, current

    for x, transient in st.session_state["moves"]:
        HISTORY.choose(replace(current(), start=(x, 0.0)), transient=transient)


def test_two_drags_are_two_choices_though_the_second_begins_where_the_first_ended():
    app = AppTest.from_function(moved)
    app.session_state["moves"] = [(0.1, True), (0.2, True), (0.2, False), (0.2, True), (0.3, True), (0.4, False)]
    app.run()
    assert [choices.start[0] for choices in app.session_state["past"]] == [-1.2, 0.2]


def taken_back():
    from dataclasses import replace

    from pages.shared.state.session import HISTORY, change

    change(start=(0.1, 0.0))
    for x in (0.2, 0.3):
        HISTORY.choose(replace(HISTORY.current(), start=(x, 0.0)), transient=True)
    HISTORY.undo()
    change(start=(0.4, 0.0))


def test_what_follows_an_undo_in_the_middle_of_a_drag_is_a_choice_of_its_own():
    app = AppTest.from_function(taken_back).run()
    assert [choices.start[0] for choices in app.session_state["past"]] == [-1.2, 0.1]
