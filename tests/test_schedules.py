"""Every schedule, rate by rate, against PyTorch, optax and closed forms."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from optimizer_surfaces import quadratic, slope

from landscapes import LANDSCAPES, knobs
from optimizers import OPTIMIZERS, PLANS, SCHEDULES, as_schedule, descend, learning_rates, never_acts

RATES = json.loads((Path(__file__).parent / "data" / "schedules.json").read_text())["rates"]
OURS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "StepLR_30_0.1": ("step", (0.1, 30, 0.1)),
    "MultiStepLR_30_80_0.1": ("multi_step", (0.1, (30, 80), 0.1)),
    "ConstantLR_third_5": ("multi_step", (0.1 / 3, (5,), 3.0)),
    "LinearLR_default": ("linear_warmup", (0.1, 5, 0.1 / 3)),
    "LinearLR_warmup_0.01_20": ("linear_warmup", (0.1, 20, 0.001)),
    "ExponentialLR_0.95": ("exponential", (0.1, 0.95)),
    "PolynomialLR_100_1": ("polynomial", (0.1, 100, 1.0)),
    "PolynomialLR_80_2": ("polynomial", (0.1, 80, 2.0)),
    "CosineAnnealingLR_100": ("cosine", (0.1, 100)),
    "CosineAnnealingWarmRestarts_10_1": ("warm_restarts", (0.1, 10)),
    "CosineAnnealingWarmRestarts_10_2_0.001": ("warm_restarts", (0.1, 10, 2, 0.001)),
    "OneCycleLR_default_100": ("one_cycle", (1.0, 100)),
    "OneCycleLR_linear_3phase_100": ("one_cycle_linear", (1.0, 100)),
    "CyclicLR_triangular_10": ("cyclic", (0.01, 0.1, 10, 10)),
    "CyclicLR_triangular2_10_20": ("cyclic", (0.01, 0.1, 10, 20, 0.5)),
    "CyclicLR_exp_range_10": ("cyclic", (0.01, 0.1, 10, 10, 1.0, 0.98)),
    "LambdaLR_lee_sqrt_decay": ("inverse_sqrt", (0.1,)),
    "LambdaLR_inverse_time": ("inverse_time", (0.1, 0.1)),
    "SequentialLR_linear10_cosine90": ("warmup", (SCHEDULES["cosine"](0.1, 90), 10, 0.01)),
    "Noam_d512_w4000": ("noam", (1.0, 512, 4000)),
    "Noam_d512_w20": ("noam", (1.0, 512, 20)),
    "Noam_d64_w20": ("noam", (1.0, 64, 20)),
    "optax_exponential_decay": ("exponential", (0.1, 0.5**0.1)),
    "optax_exponential_decay_staircase": ("step", (0.1, 10, 0.5)),
    "optax_cosine_decay": ("cosine", (0.1, 80, 0.001)),
    "optax_warmup_cosine_decay": ("warmup", (SCHEDULES["cosine"](0.1, 90, 0.001), 10)),
    "optax_polynomial": ("polynomial", (0.1, 80, 2.0, 0.001)),
    "optax_piecewise_constant": ("multi_step", (0.1, (30, 80), 0.1)),
}
every_schedule = pytest.mark.parametrize("name", SCHEDULES)


def rates(schedule: Callable[[int], Any], count: int) -> np.ndarray:
    return np.array([schedule(t) for t in range(count)])


@pytest.mark.parametrize("recorded", OURS)
def test_each_rate_is_the_librarys(recorded: str) -> None:
    name, numbers = OURS[recorded]
    theirs = RATES[recorded]["rate"]
    np.testing.assert_allclose(rates(SCHEDULES[name](*numbers), len(theirs)), theirs, rtol=0, atol=1e-12)


def test_two_schedules_multiplied_are_a_schedule() -> None:
    late, falling = SCHEDULES["multi_step"](0.1, (20,), 10.0), SCHEDULES["exponential"](0.1, 0.97)
    theirs = RATES["ChainedScheduler_const_exp"]["rate"]
    np.testing.assert_allclose(rates(lambda t: late(t) * falling(t), len(theirs)), theirs, rtol=0, atol=1e-12)


def test_cosine_stays_at_its_end_as_in_optax_where_pytorch_rises_again() -> None:
    theirs = np.array(RATES["CosineAnnealingLR_50_0.001"]["rate"])
    ours = rates(SCHEDULES["cosine"](0.1, 50, 0.001), 101)
    np.testing.assert_allclose(ours[:51], theirs[:51], atol=1e-12)
    assert (ours[50:] == 0.001).all()
    assert theirs[100] == pytest.approx(0.1)


def test_one_cycle_has_its_peak_where_pytorch_has_it_one_step_before_optax() -> None:
    ours = rates(SCHEDULES["one_cycle"](1.0, 100), 120)
    assert ours.argmax() == 29
    assert np.argmax(RATES["optax_cosine_onecycle"]["rate"]) == 30
    assert (ours[99:] == ours[99]).all()


def test_noam_turns_at_the_end_of_its_warm_up() -> None:
    rate = SCHEDULES["noam"]()
    expected = [1.746928107421711e-07, 1.746928107421711e-05, 0.0006987712429686843, 0.00013975424859373687]
    np.testing.assert_allclose([rate(s - 1) for s in (1, 100, 4000, 100000)], expected, rtol=1e-12)


def test_a_plateau_lowers_the_rate_as_pytorch_does() -> None:
    losses = np.array([1.0] * 10 + [0.5] * 91)
    ours = SCHEDULES["reduce_on_plateau"](0.1).rates(losses)
    np.testing.assert_allclose(ours, RATES["ReduceLROnPlateau_default"]["rate"], rtol=0, atol=1e-12)
    assert (np.flatnonzero(np.diff(ours)) + 1).tolist() == [22, 33, 44, 55, 66, 77, 88]


def test_a_plateau_waits_through_its_cooldown_and_never_goes_below_its_end() -> None:
    plan = SCHEDULES["reduce_on_plateau"](1.0, factor=0.5, patience=2, cooldown=3, end=0.2)
    ours = plan.rates(np.ones(40))
    assert (np.flatnonzero(np.diff(ours)) + 1).tolist() == [4, 10, 16]
    np.testing.assert_allclose(ours[[0, 4, 10, 16, 39]], [1.0, 0.5, 0.25, 0.2, 0.2])


def test_a_share_of_a_negative_loss_never_acts_and_a_difference_does() -> None:
    """Beside PyTorch's comparison written out: `threshold_mode` "rel" and "abs", patience 10, factor 0.1."""
    still = np.full(60, -1.0)
    assert (SCHEDULES["reduce_on_plateau"](0.1).rates(still) == 0.1).all()
    drops = np.flatnonzero(np.diff(SCHEDULES["reduce_on_plateau_absolute"](0.1).rates(still))) + 1
    assert drops.tolist() == [12, 23, 34, 45, 56]


@pytest.mark.parametrize("offset", [-1000.0, -1.0, 0.0, 5.0])
def test_an_absolute_threshold_does_not_see_what_is_added_to_the_loss(offset: float) -> None:
    plan, losses = absolute_plan_and_losses()
    np.testing.assert_array_equal(plan.rates(losses + offset), plan.rates(losses))


def absolute_plan_and_losses():
    losses = np.random.default_rng(3).normal(size=(300, 5)).round(3).cumsum(axis=0)
    return SCHEDULES["reduce_on_plateau_absolute"](0.1, patience=3, threshold=0.25, factor=0.5), losses


def test_with_an_absolute_threshold_every_rate_is_that_of_the_rule_written_out() -> None:
    plan, losses = absolute_plan_and_losses()
    watched = [losses[0].copy() + np.inf, np.zeros(5), np.full(5, 0.1)]  # best, bad and rate, step by step
    for t, f in enumerate(losses):
        np.testing.assert_allclose(plan.rates(losses[: t + 1])[-1], watched[2], rtol=1e-12)
        best, bad, rate = watched
        better = f < best - 0.25
        bad = np.where(better, 0, bad + 1)
        low = rate * np.where((bad > 3) & (rate * 0.5 > 1e-8), 0.5, 1.0)
        watched = [np.where(better, f, best), np.where(bad > 3, 0, bad), low]


@pytest.mark.parametrize(("first", "shorter", "shortest"), [(40, 0.5, 5), (7, 0.9, 1), (3, 0.3, 20), (1, 0.5, 1)])
def test_restarts_come_closer_together_until_the_shortest_cycle(first: int, shorter: float, shortest: int) -> None:
    plan = SCHEDULES["shortening_restarts"](1.0, first, shorter, shortest, 0.1)
    ours, t = rates(plan, 400), 0
    length = first
    for cycle in range(12):
        length = max(min(first, shortest), round(first * shorter**cycle))
        expected = [0.1 + 0.45 * (1 + np.cos(np.pi * k / length)) for k in range(length)]
        np.testing.assert_allclose(ours[t : t + length], expected, rtol=1e-12)
        t += length
    assert length == min(first, shortest) or (first, shorter) == (7, 0.9)


@pytest.mark.parametrize("name", SCHEDULES)
def test_any_schedule_may_follow_a_warm_up_and_its_time_begins_after_it(name: str) -> None:
    plain = SCHEDULES[name]()
    ours = rates(SCHEDULES["warmup"](plain, 20, 0.001), 90)
    np.testing.assert_allclose(np.diff(ours[:21]), (plain(0) - 0.001) / 20, rtol=1e-9)
    assert ours[0] == 0.001
    np.testing.assert_array_equal(ours[20:], rates(plain, 70))


def test_a_plateau_after_a_warm_up_sees_only_what_comes_after_it() -> None:
    plain = SCHEDULES["reduce_on_plateau"](0.8, factor=0.5, patience=2)
    warmed, losses = SCHEDULES["warmup"](plain, 10), np.ones((40, 3))
    ours = warmed.rates(losses)
    np.testing.assert_allclose(ours[:10, 1], 0.08 * np.arange(10), atol=1e-15)
    np.testing.assert_array_equal(ours[10:], plain.rates(losses[10:]))
    landscape = quadratic(1.0, 1.0)
    rule = OPTIMIZERS["sign_descent"](learning_rate=warmed)
    run = descend(landscape, rule, np.array([1.0, -0.5]), 40)
    steps = np.abs(np.diff(run.positions[0]))
    np.testing.assert_allclose(steps, learning_rates(landscape, rule, run), atol=1e-15)
    assert steps[39] < steps[10] / 8


@pytest.mark.parametrize("name", ["gradient_descent", "adam", "bfgs", "prodigy"])
def test_a_rule_on_a_plateau_drops_the_rate_of_each_trajectory_alone(name: str) -> None:
    optimizer = OPTIMIZERS[name](learning_rate=SCHEDULES["reduce_on_plateau"](0.02, factor=0.5, patience=3))
    landscape, starts = LANDSCAPES["himmelblau"](), np.random.default_rng(5).uniform(-2, 2, (2, 3))
    together = descend(landscape, optimizer, starts, 60)
    for index, start in enumerate(starts.T):
        np.testing.assert_array_equal(
            descend(landscape, optimizer, start, 60).positions, together.positions[..., index]
        )
    per_step = learning_rates(landscape, optimizer, together)
    assert per_step is not None
    assert per_step.shape == (60, 3)
    assert (np.diff(per_step, axis=0) <= 0).all()


def test_a_plateau_saves_a_run_that_would_hop_for_ever() -> None:
    landscape, start = quadratic(1.0, 1.0), np.array([1.0, -0.5])
    hopping = OPTIMIZERS["sign_descent"](learning_rate=0.3)
    settling = OPTIMIZERS["sign_descent"](learning_rate=SCHEDULES["reduce_on_plateau"](0.3, factor=0.5, patience=2))
    ends = [np.abs(descend(landscape, rule, start, 200).positions[:, -1]).max() for rule in (hopping, settling)]
    assert ends[0] > 0.05
    assert ends[1] < 1e-6


@every_schedule
def test_a_schedule_is_taken_by_a_rule_and_moves_it_by_its_rate(name: str) -> None:
    schedule = SCHEDULES[name]()
    run = descend(slope(1.0, 2.0), OPTIMIZERS["gradient_descent"](learning_rate=schedule), np.zeros(2), 30)
    expected = learning_rates(slope(1.0, 2.0), OPTIMIZERS["gradient_descent"](learning_rate=schedule), run)
    np.testing.assert_allclose(-np.diff(run.positions[0]), expected, rtol=1e-9, atol=1e-15)


@every_schedule
def test_rates_are_never_negative_and_always_finite(name: str) -> None:
    ours = rates(SCHEDULES[name](), 500)
    assert np.isfinite(ours).all()
    assert (ours >= 0).all()


@every_schedule
def test_a_schedule_has_its_words_and_refuses_what_means_nothing(name: str) -> None:
    assert PLANS[name].use.endswith(".")
    assert r"\eta" in PLANS[name].latex
    first = next(iter(knobs(SCHEDULES[name])))
    with pytest.raises(ValueError, match=rf"^{name} needs {first} ≥ 0, got -1"):
        SCHEDULES[name](-1.0)


@pytest.mark.parametrize("name", sorted(set(SCHEDULES) - {"reduce_on_plateau", "warmup"}))
def test_an_array_of_first_rates_is_each_rate_alone(name: str) -> None:
    together = [SCHEDULES[name](np.array([0.1, 0.2]))(t) for t in range(40)]
    alone = [[SCHEDULES[name](rate)(t) for rate in (0.1, 0.2)] for t in range(40)]
    np.testing.assert_array_equal(together, alone)


@pytest.mark.parametrize("steps", [1, 2, 3, 10])
@pytest.mark.parametrize("name", ["one_cycle", "one_cycle_linear", "cosine", "polynomial", "linear_warmup"])
def test_a_schedule_of_hardly_any_steps_is_still_one(name: str, steps: int) -> None:
    assert np.isfinite(rates(SCHEDULES[name](0.1, steps), 20)).all()


def test_a_schedule_that_never_acts_within_a_run_is_told() -> None:
    drop = SCHEDULES["step"](0.1, every=50)
    assert never_acts(drop, 50)
    assert not never_acts(drop, 51)
    assert never_acts(as_schedule(0.1), 1000)
