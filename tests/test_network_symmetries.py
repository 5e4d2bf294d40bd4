from functools import cache

import numpy as np
import pytest

from landscapes import Landscape
from landscapes.networks import (
    Architecture,
    barrier,
    matching_units,
    network_loss,
    shuffled_units,
    signs_drawn,
    with_units_in_order,
)
from optimizers import OPTIMIZERS, descend


@cache
def trained(seed):
    """A network with one hidden layer of 16 units on the made signs: architecture, training loss, parameters."""
    architecture = Architecture(inputs=64, width=16, outputs=10, normalised=False)
    loss = network_loss(architecture, signs_drawn(400), seed=seed)
    run = descend(loss, OPTIMIZERS["adam"](learning_rate=0.01), np.array(loss.start), 400)
    return architecture, loss, run.positions[:, -1]


@pytest.mark.parametrize("skip", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("normalised", [True, False])
def test_hidden_units_in_another_order_are_the_same_function_elsewhere(skip, normalised):
    architecture = Architecture(inputs=64, width=9, outputs=10, depth=3, skip=skip, normalised=normalised)
    loss = network_loss(architecture, signs_drawn(60))
    theta = architecture.initial(1) + 0.01
    moved = with_units_in_order(architecture, theta, shuffled_units(architecture, seed=2))
    assert np.linalg.norm(moved - theta) > 1
    assert loss.value(moved) == pytest.approx(loss.value(theta), rel=1e-13)
    np.testing.assert_array_equal(np.sort(moved), np.sort(theta))


def test_a_shuffled_copy_has_the_same_loss_and_a_wall_before_it_until_its_units_are_matched():
    architecture, loss, theta = trained(0)
    copy = with_units_in_order(architecture, theta, shuffled_units(architecture, seed=0))
    assert abs(loss.value(copy) - loss.value(theta)) < 1e-15
    assert barrier(loss, theta, copy).height > 0.3
    back = with_units_in_order(architecture, copy, matching_units(architecture, theta, copy))
    np.testing.assert_array_equal(back, theta)
    assert barrier(loss, theta, back).height < 1e-12


@pytest.mark.parametrize("skip", [0.0, 1.0])
def test_deep_networks_are_matched_back_too(skip):
    architecture = Architecture(inputs=64, width=12, outputs=10, depth=2, skip=skip)
    theta = architecture.initial(3)
    copy = with_units_in_order(architecture, theta, shuffled_units(architecture, seed=4))
    back = with_units_in_order(architecture, copy, matching_units(architecture, theta, copy))
    np.testing.assert_array_equal(back, theta)


def test_between_two_seeds_matching_takes_most_of_the_wall_away():
    architecture, loss, theta = trained(0)
    _, _, other = trained(1)
    matched = with_units_in_order(architecture, other, matching_units(architecture, theta, other))
    before, after = barrier(loss, theta, other), barrier(loss, theta, matched)
    assert before.height > 0.2
    assert after.height < 0.5 * before.height
    assert np.linalg.norm(matched - theta) < np.linalg.norm(other - theta)


def test_a_barrier_is_measured_above_the_straight_line_between_the_losses():
    hill = Landscape(
        name="Hill",
        latex="",
        value=lambda p: 3 * p[0] + 4 * p[0] * (1 - p[0]),
        gradient=np.zeros_like,
        hessian=np.zeros_like,
    )
    found = barrier(hill, np.zeros(3), np.ones(3), 5)
    assert found.height == pytest.approx(1)
    assert found.share == pytest.approx(0.5)
    assert barrier(hill, np.ones(3), np.ones(3)).height == 0


def test_orders_that_are_none_are_refused():
    architecture = Architecture(inputs=2, width=3, outputs=2, depth=1)
    theta = architecture.initial(0)
    for orders, message in [
        (np.zeros((1, 3), dtype=int), "shape"),
        (np.zeros((2, 3), dtype=int), "every unit once"),
        (np.array([[0, 1, 2], [1, 0, 2]]), "the same order"),
    ]:
        with pytest.raises(ValueError, match=message):
            with_units_in_order(architecture, theta, orders)
