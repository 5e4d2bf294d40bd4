"""The loop over time: what it keeps, what it counts and where a trajectory ends."""

import numpy as np
import pytest
from optimizer_surfaces import quadratic, script

from landscapes import LANDSCAPES, noisy
from optimizers import FAR, OPTIMIZERS, SCHEDULES, descend, engine, replay
from optimizers.engine import _Meter


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


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_run_in_two_pieces_is_the_run_in_one(name: str) -> None:
    landscape, optimizer = noisy(LANDSCAPES["himmelblau"](), 0.1, seed=3), OPTIMIZERS[name]()
    whole = descend(landscape, optimizer, np.array([1.0, 2.0]), 70)
    one = descend(landscape, optimizer, np.array([1.0, 2.0]), 30)
    other = descend(landscape, optimizer, one.positions[:, -1], 40, resume=one.end)
    np.testing.assert_array_equal(np.hstack([one.positions, other.positions[:, 1:]]), whole.positions)
    assert other.end.step == whole.end.step == 70
    assert one.evaluations + other.evaluations == whole.evaluations
    np.testing.assert_array_equal(one.spent[:, -1:] + other.spent, whole.spent[:, 30:])


def test_of_several_that_go_on_those_that_had_left_stay_away() -> None:
    landscape, optimizer = quadratic(300.0, 1.0), OPTIMIZERS["gradient_descent"](0.1)
    starts = np.array([[1.0, 0.0], [0.0, 1.0]])
    whole = descend(landscape, optimizer, starts, 60)
    one = descend(landscape, optimizer, starts, 40)
    other = descend(landscape, optimizer, one.positions[:, -1], 20, resume=one.end)
    np.testing.assert_array_equal(other.positions[:, 1:], whole.positions[:, 41:])


@pytest.mark.parametrize(("name", "every"), [*((name, 32) for name in OPTIMIZERS), ("adam", engine.EVERY)])
def test_any_state_of_a_run_can_be_had_again(name: str, every: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before, at and after a checkpoint, at the end, and however far apart the checkpoints are."""
    monkeypatch.setattr(engine, "EVERY", every)
    landscape = noisy(LANDSCAPES["himmelblau"](), 0.1, seed=3)
    optimizer = OPTIMIZERS[name](
        **({"learning_rate": SCHEDULES["reduce_on_plateau"](0.005)} if OPTIMIZERS[name]().rate else {})
    )
    start = np.array([1.0, 2.0])
    steps = 2 * every + every // 3
    recorded, plain = (descend(landscape, optimizer, start, steps, record=record) for record in (True, False))
    assert [checkpoint.step for checkpoint in plain.checkpoints] == [0, every, 2 * every]
    for first, last in ((0, 0), (0, 3), (every - 1, every + 2), (2 * every - 1, 2 * every), (steps, steps)):
        again = replay(landscape, optimizer, plain, first, last)
        expected = [optimizer.init(start), *recorded.states][first : last + 1]
        assert len(again) == len(expected)
        for one, other, read in zip(expected, again, replay(landscape, optimizer, recorded, first, last), strict=True):
            np.testing.assert_equal(other, one)
            np.testing.assert_equal(read, one)


def test_no_state_is_made_up_for_an_update_that_was_never_made() -> None:
    landscape, optimizer = quadratic(300.0, 300.0), OPTIMIZERS["gradient_descent"](0.1)
    run = descend(landscape, optimizer, np.ones(2), 5000)
    for first, last in ((-1, 3), (4, 3), (0, run.end.step + 1)):
        with pytest.raises(ValueError, match="replay needs"):
            replay(landscape, optimizer, run, first, last)


def test_a_check_that_raises_ends_a_run_within_64_steps() -> None:
    class Enough(Exception):
        pass

    seen = []

    def check() -> None:
        seen.append(meter.gradients)
        if len(seen) == 3:
            raise Enough

    meter = _Meter()
    watched = meter.watch(quadratic(1.0, 2.0))
    with pytest.raises(Enough):
        descend(watched, OPTIMIZERS["gradient_descent"](0.1), np.ones(2), 200_000, check=check)
    assert seen == [1, 65, 129]
