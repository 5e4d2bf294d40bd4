"""The hidden units of a network in another order: the same function, far away in the space of parameters."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from landscapes.landscape import Array, Landscape
from landscapes.networks.architecture import Architecture
from landscapes.networks.plane import line

Orders = NDArray[np.int64]  # (depth + 1, width): which of the old units stands at each place, layer by layer
ROUNDS = 100  # of the matching through all layers, at most; a handful is usual


class Barrier(NamedTuple):
    """How much higher than between its ends a straight line through the loss rises."""

    height: float  # the most by which the loss lies above the straight line between the losses at the ends; at least 0
    share: float  # of the way, where that is
    shares: Array  # (points,)
    losses: Array  # (points,)


def barrier(loss: Landscape, begin: Array, end: Array, points: int = 25) -> Barrier:
    """The barrier on the straight line from one parameter vector (D,) to another, seen at so many points.

    Source: J. Frankle et al., Linear mode connectivity and the lottery ticket hypothesis, arXiv:1912.05671; R. Entezari
    et al., The role of permutation invariance in linear mode connectivity, arXiv:2110.06296, definition 2.1.
    """
    shares, losses = line(loss, begin, end, points)
    above = losses - ((1 - shares) * losses[0] + shares * losses[-1])
    above[[0, -1]] = 0.0
    highest = int(above.argmax())
    return Barrier(float(above[highest]), float(shares[highest]), shares, losses)


def shuffled_units(architecture: Architecture, seed: int) -> Orders:
    """A random order of the hidden units in every layer; one order for all layers where skip connections tie them."""
    rng = np.random.default_rng(seed)
    if architecture.skip:
        return np.tile(rng.permutation(architecture.width), (architecture.depth + 1, 1))
    return np.stack([rng.permutation(architecture.width) for _ in range(architecture.depth + 1)])


def with_units_in_order(architecture: Architecture, theta: Array, orders: Orders) -> Array:
    """The parameters (D,) of the same function with its hidden units in another order.

    Raises:
        ValueError: an order is not one of all units, or skip connections tie the layers and their orders differ.
    """
    if orders.shape != (architecture.depth + 1, architecture.width):
        raise ValueError(
            f"with_units_in_order needs orders of shape ({architecture.depth + 1}, {architecture.width}), "
            f"got {orders.shape}"
        )
    if (np.sort(orders, axis=1) != np.arange(architecture.width)).any():
        raise ValueError("with_units_in_order needs every unit once in every layer's order")
    if architecture.skip and (orders != orders[0]).any():
        raise ValueError("with_units_in_order needs the same order in all layers, as skip connections tie their units")
    parts = architecture.unpacked(theta)
    for number, order in enumerate(orders):
        parts[2 * number] = parts[2 * number][order]
        parts[2 * number + 1] = parts[2 * number + 1][order]
        parts[2 * number + 2] = parts[2 * number + 2][:, order]
    return architecture.packed(parts)


def matching_units(architecture: Architecture, theta: Array, other: Array) -> Orders:
    """The order of the other network's hidden units that brings its parameters near to θ, found layer by layer.

    Each layer's order is the best for the orders of its neighbours, as an assignment problem; the layers take turns
    until nothing gets better. With one hidden layer this is the best of all orders, with more it need not be.

    Source: S. Ainsworth, J. Hayase, S. Srinivasa, Git Re-Basin, arXiv:2209.04836, Algorithm 1.
    """
    ours, theirs = architecture.unpacked(theta), architecture.unpacked(other)
    layers = architecture.depth + 1
    orders = np.tile(np.arange(architecture.width), (layers, 1))
    best, found = _agreement(ours, theirs, orders), orders
    for _ in range(ROUNDS):
        orders = found.copy()
        gains = _gains(ours, theirs, orders)
        if architecture.skip:
            together = np.sum([gains(number) for number in range(layers)], axis=0)
            orders[:] = linear_sum_assignment(together, maximize=True)[1]
        else:
            for number in range(layers):
                orders[number] = linear_sum_assignment(gains(number), maximize=True)[1]
        agreement = _agreement(ours, theirs, orders)
        if agreement <= best:
            break
        best, found = agreement, orders
    return found


def _gains(ours: list[Array], theirs: list[Array], orders: Orders) -> Callable[[int], Array]:
    """For a layer: what it adds to the agreement that our unit i is their unit j, (width, width)."""

    def gains(number: int) -> Array:
        into, out = 2 * number, 2 * number + 2
        before = slice(None) if number == 0 else orders[number - 1]
        after = slice(None) if number == len(orders) - 1 else orders[number + 1]
        gain: Array = ours[into] @ theirs[into][:, before].T
        gain = gain + ours[into + 1] @ theirs[into + 1].T
        return gain + ours[out].T @ theirs[out][after]

    return gains


def _agreement(ours: list[Array], theirs: list[Array], orders: Orders) -> float:
    """The dot product of all our parameters with theirs in that order: the larger, the nearer."""
    total = 0.0
    for number in range(len(orders) + 1):
        weights, bias = theirs[2 * number], theirs[2 * number + 1]
        if number:
            weights = weights[:, orders[number - 1]]
        if number < len(orders):
            weights, bias = weights[orders[number]], bias[orders[number]]
        total += float((ours[2 * number] * weights).sum() + (ours[2 * number + 1] * bias).sum())
    return total
