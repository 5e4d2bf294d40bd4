"""The loop over time: what it keeps, what it counts and where a trajectory ends."""

import numpy as np
import pytest
from optimizer_surfaces import quadratic, script

from landscapes import LANDSCAPES
from optimizers import FAR, OPTIMIZERS, descend


def test_a_run_begins_at_its_start_and_has_one_position_more_than_steps() -> None:
    one = descend(LANDSCAPES["himmelblau"](), OPTIMIZERS["adam"](), np.array([1.0, 2.0]), 7)
    many = descend(LANDSCAPES["himmelblau"](), OPTIMIZERS["adam"](), np.ones((2, 3)), 7)
    assert one.positions.shape == (2, 8)
    assert many.positions.shape == (2, 8, 3)
    np.testing.assert_array_equal(one.positions[:, 0], [1.0, 2.0])


def test_states_are_kept_only_when_asked_for_and_as_the_updates_left_them() -> None:
    landscape, optimizer = quadratic(1.0, 2.0), OPTIMIZERS["momentum"](0.1, momentum=0.5)
    assert descend(landscape, optimizer, np.ones(2), 5).states == ()
    run = descend(landscape, optimizer, np.ones(2), 5, record=True)
    assert [state.t for state in run.states] == [1, 2, 3, 4, 5]
    np.testing.assert_allclose(
        run.positions[:, :-1] - run.positions[:, 1:], 0.1 * np.array([s.v for s in run.states]).T
    )


def test_a_trajectory_that_leaves_is_nan_from_that_step_on_and_the_others_go_on() -> None:
    starts = np.array([[1.0, 0.0], [0.0, 1.0]])
    run = descend(quadratic(300.0, 1.0), OPTIMIZERS["gradient_descent"](0.1), starts, 40).positions
    last = np.flatnonzero(np.isfinite(run[0, :, 0]))[-1]
    assert np.isnan(run[:, last + 1 :, 0]).all()
    assert abs(run[0, last, 0]) * 29 > FAR
    assert np.isfinite(run[..., 1]).all()


def test_leaving_costs_nothing_when_all_have_left_but_the_counts_stay_one_for_each_position() -> None:
    run = descend(quadratic(300.0, 300.0), OPTIMIZERS["gradient_descent"](0.1), np.ones(2), 5000)
    assert run.evaluations < 200
    assert run.spent.shape == (3, 5001)
    assert run.spent[0, -1] == run.evaluations


def test_each_step_sees_the_landscape_of_its_own_batch() -> None:
    run = descend(script((1.0, 10.0, 100.0)), OPTIMIZERS["gradient_descent"](1.0), np.zeros(2), 3)
    np.testing.assert_array_equal(run.positions[0], [0.0, -1.0, -11.0, -111.0])


def test_no_steps_is_a_run_that_stands_where_it_began() -> None:
    run = descend(LANDSCAPES["saddle"](), OPTIMIZERS["newton"](), np.array([1.0, 2.0]), 0)
    np.testing.assert_array_equal(run.positions, [[1.0], [2.0]])
    assert run.evaluations == 0


@pytest.mark.parametrize("start", [[np.nan, 0.0], [np.inf, 0.0], [1e7, 0.0]])
def test_a_start_that_is_nowhere_is_refused(start: list[float]) -> None:
    with pytest.raises(ValueError, match="descend needs a start"):
        descend(LANDSCAPES["saddle"](), OPTIMIZERS["adam"](), np.array(start), 1)


def test_a_negative_number_of_steps_is_refused() -> None:
    with pytest.raises(ValueError, match="descend needs steps"):
        descend(LANDSCAPES["saddle"](), OPTIMIZERS["adam"](), np.ones(2), -1)
