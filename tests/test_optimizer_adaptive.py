"""Rules with a rate for each coordinate, against facts derived apart from this code."""

import numpy as np
import pytest
from optimizer_facts import EXPECT, ONE, along_x, same
from optimizer_surfaces import quadratic, script, slope

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, SCHEDULES, descend

PULLS = (3.0, -1.0, 0.5, 2.0, -0.2)  # a script of gradients


def test_ad_01_and_02_what_the_bias_correction_divides_by() -> None:
    states = descend(slope(1.0, 0.0), OPTIMIZERS["adam"](1e-3), ONE, 1000, record=True).states
    same([states[t - 1].c1 for t in (1, 2, 3, 10, 100)], EXPECT["AD-01"]["factor"])
    same([states[t - 1].c2 for t in (1, 10, 100, 1000)], EXPECT["AD-02"]["factor"])


def test_ad_03_adam_moves_by_its_rate_against_a_constant_gradient() -> None:
    same(along_x(slope(0.02, 0.0), 5, "adam", learning_rate=0.1)[1:], EXPECT["AD-03"]["path"])


def test_ad_04_and_05_the_first_uncorrected_step_and_the_longest_of_all() -> None:
    step = 1 - along_x(slope(5.0, 1.0), 1, "adam_uncorrected", learning_rate=1.0, epsilon=0.0)[1]
    same(step, EXPECT["AD-04"]["ratio"])
    growing = [(0.999 / 0.9) ** t for t in range(2000)]
    path = along_x(script(growing), 2000, "adam_uncorrected", learning_rate=1e-3, epsilon=1e-300)
    np.testing.assert_allclose(-np.diff(path).min() / 1e-3, EXPECT["AD-05"]["sup"], rtol=2e-3)


def test_ad_06_adagrad_against_a_constant_gradient() -> None:
    # 1e-11, because the fact has no ε and ours is 1e-10
    same(along_x(slope(5.0, 0.0), 5, "adagrad", learning_rate=0.1)[1:], EXPECT["AD-06"]["path"], tolerance=1e-11)


def test_ad_07_the_root_mean_square_is_adagrad_only_with_a_falling_rate() -> None:
    same(along_x(script(PULLS), 5, "adagrad_rms", learning_rate=0.1)[1:], EXPECT["AD-07"]["lee_constant"])
    falling = along_x(script(PULLS), 5, "adagrad_rms", learning_rate=SCHEDULES["inverse_sqrt"](0.1))
    same(falling[1:], EXPECT["AD-07"]["lee_decay_equals_classical"])


def test_ad_08_the_first_step_of_rmsprop() -> None:
    for name, alpha, key in (("rmsprop_lee", 0.9, "lee"), ("rmsprop", 0.9, "alpha09"), ("rmsprop", 0.99, "alpha099")):
        numbers = {} if name == "rmsprop_lee" else {"epsilon": 0.0}
        same(1 - along_x(slope(2.0, 1.0), 1, name, learning_rate=0.1, alpha=alpha, **numbers)[1], EXPECT["AD-08"][key])


def test_ad_09_rmsprop_three_ways_on_the_same_gradients() -> None:
    same(along_x(script(PULLS), 5, "rmsprop_lee", learning_rate=0.1, alpha=0.9)[1:], EXPECT["AD-09"]["lee"])
    for name, epsilon, key in (("rmsprop_hinton", 1e-6, "lin"), ("rmsprop", 1e-8, "pytorch")):
        # along x only: where y has no gradient, ε keeps the quotient finite
        same(along_x(script(PULLS), 5, name, learning_rate=0.1, alpha=0.9, epsilon=epsilon)[1:], EXPECT["AD-09"][key])


def test_ad_10_where_epsilon_stands_matters_for_small_gradients() -> None:
    for name, key in (("rmsprop_hinton", "inside"), ("rmsprop", "outside")):
        step = 1 - along_x(slope(1e-3, 0.0), 1, name, learning_rate=1.0, alpha=0.9, epsilon=1e-6)[1]
        same(step, EXPECT["AD-10"][key])


def test_ad_11_weight_decay_and_l2_are_not_the_same() -> None:
    for name in ("adamw", "adam_l2"):
        same(along_x(slope(0.5, 0.0), 1, name, learning_rate=0.1, weight_decay=0.1)[1], EXPECT["AD-11"][name])


def test_ad_12_radam_turns_adaptive_at_its_sixth_step() -> None:
    steps = 1 - along_x(slope(1.0, 1.0), 7, "radam", learning_rate=1e-3, epsilon=0.0)
    same(np.diff(steps)[:5], [1e-3] * 5)
    same(np.diff(steps)[5] / 1e-3, EXPECT["AD-12"]["r6"])


TABLE = {
    "torch.SGD": ("gradient_descent", {}),
    "torch.SGD{'momentum': 0.9}": ("momentum", {"momentum": 0.9}),
    "torch.SGD{'momentum': 0.9, 'dampening': 0.9}": ("momentum", {"momentum": 0.9, "dampening": 0.9}),
    "torch.SGD{'momentum': 0.9, 'nesterov': True}": ("nesterov", {"momentum": 0.9}),
    "torch.Adagrad": ("adagrad", {}),
    "torch.Adadelta": ("adadelta", {}),
    "torch.RMSprop": ("rmsprop", {}),
    "torch.RMSprop{'centered': True}": ("rmsprop_centred", {}),
    "torch.Adam": ("adam", {}),
    "torch.Adam{'weight_decay': 0.1}": ("adam_l2", {"weight_decay": 0.1}),
    "torch.Adam{'amsgrad': True}": ("amsgrad", {}),
    "torch.AdamW{'weight_decay': 0.1}": ("adamw", {"weight_decay": 0.1}),
    "torch.Adamax": ("adamax", {}),
    "torch.NAdam": ("nadam", {}),
    "torch.RAdam": ("radam", {}),
    "torch.Rprop": ("rprop", {}),
    "optax.rmsprop": ("rmsprop_hinton", {}),
    "optax.adamw": ("adamw", {"weight_decay": 1e-4}),
    "optax.adabelief": ("adabelief", {}),
    "optax.yogi": ("yogi", {}),
    "optax.lion": ("lion", {}),
    "optax.adan": ("adan", {}),
    "optax.sign_sgd": ("sign_descent", {}),
}


@pytest.mark.parametrize("library", TABLE)
def test_ad_13_two_steps_with_the_defaults_are_the_librarys(library: str) -> None:
    name, numbers = TABLE[library]
    run = descend(slope(0.5, -4.0), OPTIMIZERS[name](learning_rate=0.1, **numbers), np.array([1.0, 2.0]), 2).positions
    same((run[:, 1:] - run[:, :1]).T, EXPECT["AD-13"]["table"][library], tolerance=1e-9)


def test_ad_14_the_root_mean_square_explodes_after_a_long_calm_and_the_sum_does_not() -> None:
    valley, start, fact = LANDSCAPES["two_weight_network"](), np.array([0.02, 9.0]), EXPECT["AD-14"]
    loss = valley.value(descend(valley, OPTIMIZERS["adagrad_rms"](0.05), start, 5000).positions)
    assert (loss[:40].argmin(), loss[14:].argmax() + 14) == (fact["argmin"], fact["argmax"])
    same(loss[0], fact["f0"])
    same(loss[fact["argmax"]], fact["fmax"], tolerance=1e-6)
    calm = valley.value(descend(valley, OPTIMIZERS["adagrad"](0.05), start, 5000).positions)
    assert calm[6:].max() < 4e-4


@pytest.mark.parametrize(("curvature", "alpha"), [(1.0, 0.99), (50.0, 0.9)])
def test_ad_16_rmsprop_ends_hopping_by_half_its_rate_whatever_the_curvature(curvature: float, alpha: float) -> None:
    end = descend(quadratic(curvature, curvature), OPTIMIZERS["rmsprop"](0.01, alpha, 0.0), np.ones(2), 20000).positions
    same(np.abs(end[:, -2:]), EXPECT["AD-16"]["abs_x"], tolerance=1e-9)
    assert (end[:, -1] * end[:, -2] < 0).all()


@pytest.mark.long
def test_ad_17_adam_never_settles_at_a_constant_rate() -> None:
    starts = np.stack([np.linspace(1.0, 2.9, 20), np.zeros(20)])
    late = descend(quadratic(1.0, 1.0), OPTIMIZERS["adam"](0.01), starts, 100000).positions[0, 50000:]
    largest = np.abs(late).max(axis=0) / 0.01
    assert ((largest > 0.2) & (largest < 0.35)).all()


def test_ad_18_rprop_moves_in_its_first_step() -> None:
    steps = np.diff(along_x(script((1.0, 1.0, 1.0, -1.0, 1.0)), 5, "rprop", learning_rate=0.1))
    same(steps, EXPECT["AD-18"]["torch"])


def test_ad_19_uncorrected_adam_has_a_cycle_of_two_points() -> None:
    path, curvature = np.array(EXPECT["AD-19"]["path"]), 3.0
    optimizer, landscape = OPTIMIZERS["adam_uncorrected"](0.01, epsilon=0.0), quadratic(curvature, curvature)
    p = np.full(2, path[-1])  # one step before the first recorded point
    g = landscape.gradient(p)
    state = optimizer.init(p)._replace(t=1, m=-0.1 / 1.9 * g, v=g**2)
    for expected in path:
        p, state = optimizer.update(p, state, landscape)
        same(p, expected, tolerance=1e-15)
