"""The conventions of momentum, and sharpness-aware descent, against facts derived apart from this code."""

from collections.abc import Iterable

import numpy as np
import pytest
from optimizer_facts import EXPECT, ONE, along_x, same
from optimizer_surfaces import quadratic, slope

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, descend


def drop_after_three(t: int) -> float:
    return 0.1 if t < 3 else 0.01


def test_mo_01_three_conventions_of_momentum_walk_the_same_path_at_a_constant_rate() -> None:
    for name in ("momentum", "momentum_lee"):
        same(along_x(quadratic(1, 1), 6, name, learning_rate=0.1, momentum=0.9), EXPECT["MO-01"]["path"])


def test_mo_02_averaged_momentum_is_ten_times_slower_at_the_same_rate() -> None:
    for rate, key in ((0.1, "path_alpha01"), (1.0, "path_alpha1_first")):
        same(along_x(quadratic(1, 1), 6, "momentum_ema", learning_rate=rate, momentum=0.9), EXPECT["MO-02"][key])


def test_mo_03_dampening_is_not_averaging_because_the_first_velocity_is_whole() -> None:
    numbers = {"learning_rate": 0.1, "momentum": 0.9, "dampening": 0.9}
    same(along_x(quadratic(1, 1), 6, "momentum", **numbers), EXPECT["MO-03"]["path"])


def test_mo_04_nesterov() -> None:
    same(along_x(quadratic(1, 1), 6, "nesterov", learning_rate=0.1, momentum=0.9), EXPECT["MO-04"]["path"])


def test_mo_05_the_conventions_part_when_the_rate_changes() -> None:
    for name, key in (("momentum_lee", "lee_lin"), ("momentum", "pytorch_d2l")):
        ours = along_x(quadratic(1, 1), 6, name, learning_rate=drop_after_three, momentum=0.9)
        same(ours, EXPECT["MO-05"][key])


def test_mo_06_velocities_against_a_constant_gradient() -> None:
    for name, key in (("momentum", "pytorch"), ("momentum_ema", "ng")):
        states = descend(slope(1.0, 0.0), OPTIMIZERS[name](1e-3, momentum=0.9), ONE, 100, record=True).states
        same([states[t - 1].v[0] for t in (1, 2, 3, 10, 100)], EXPECT["MO-06"][key])


@pytest.mark.parametrize(("fact", "name"), [("MO-07", "momentum"), ("MO-08", "nesterov"), ("MO-09", "momentum_ema")])
def test_mo_07_to_09_borders_in_the_plane_of_rate_and_momentum(fact: str, name: str) -> None:
    ours = [OPTIMIZERS[name](learning_rate=1.0, momentum=beta).stability_limit(0) for beta in (0.0, 0.5, 0.9, 0.99)]
    np.testing.assert_allclose(ours, EXPECT[fact]["limit"], rtol=1e-12)


def test_mo_12_steps_to_a_millionth_on_a_valley_of_condition_100() -> None:
    polyak, best, wide = EXPECT["MO-10"], EXPECT["MO-11"], quadratic(1, 100)
    runs: Iterable[tuple[str, dict[str, float]]] = [
        ("gradient_descent", {"learning_rate": 0.01}),
        ("gradient_descent", {"learning_rate": 2 / 101}),
        ("momentum", {"learning_rate": polyak["lr"], "momentum": polyak["beta"]}),
        ("nesterov", {"learning_rate": 0.01, "momentum": 9 / 11}),
        ("nesterov", {"learning_rate": best["lr2"], "momentum": best["beta2"]}),
        ("momentum", {"learning_rate": 0.01, "momentum": 0.9}),
        ("nesterov", {"learning_rate": 0.01, "momentum": 0.9}),
    ]
    steps = []
    for name, numbers in runs:
        path = descend(wide, OPTIMIZERS[name](**numbers), np.ones(2), 1500).positions
        steps.append(int(np.argmax(np.linalg.norm(path, axis=0) <= 1e-6)))
    same(steps, EXPECT["MO-12"]["steps"], tolerance=1)


def test_sa_01_sam_hops_along_the_steepest_direction_only() -> None:
    start = np.array([1.0, 2.0])
    run = descend(quadratic(3.0, 1.0), OPTIMIZERS["sam"](0.1, rho=0.05), start, 2000).positions
    same(np.abs(run[0, -2:]), EXPECT["SA-01"]["abs_x"], tolerance=1e-9)
    same(run[1, -2:], EXPECT["SA-01"]["y"], tolerance=1e-9)


def test_sa_02_one_step_of_sam() -> None:
    run = descend(LANDSCAPES["two_weight_network"](), OPTIMIZERS["sam"](0.05, rho=0.1), np.array([0.5, -1.0]), 1)
    same(run.positions[:, 1], EXPECT["SA-02"]["new"])


def test_sa_03_a_saddle_traps_sam_within_its_radius_and_lets_gradient_descent_go() -> None:
    near, outside = np.array([0.0, 1e-3]), np.array([0.0, 0.0501])
    saddle, sam = quadratic(1.0, -1.0), OPTIMIZERS["sam"](0.1, rho=0.05)
    assert np.abs(descend(saddle, sam, near, 5000).positions[1, 1:]).max() <= EXPECT["SA-03"]["bound"] + 1e-12
    assert np.isnan(descend(saddle, sam, outside, 5000).positions[1, -1])
    plain = descend(saddle, OPTIMIZERS["gradient_descent"](0.1), near, 200).positions[1, -1]
    np.testing.assert_allclose(plain, EXPECT["SA-03"]["gd_after_200"], rtol=1e-9)
