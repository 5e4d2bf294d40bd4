"""Directions through a network's parameters: raw, by layer, by filter, and the plane through three points."""

from typing import Literal

import numpy as np

from landscapes.landscape import Array
from landscapes.networks.architecture import Architecture

Scaling = Literal["raw", "layer", "filter"]
SCALINGS: tuple[Scaling, ...] = ("filter", "layer", "raw")


def random_directions(
    architecture: Architecture, theta: Array, seed: int, scaling: Scaling = "filter", count: int = 2
) -> Array:
    """Normal random directions as columns, (D, count), scaled to the network's own weights; nothing along the biases.

    *filter*: every row of a layer's weights, all that go into one unit, gets the norm of the network's row. *layer*:
    every layer's weights get the norm of the network's. *raw*: as they are. A slice along filter-scaled directions
    stays the same where whole layers are rescaled and the network still computes the same; it does not where single
    units are rescaled, each by its own factor.

    Args:
        theta: the network's parameters, (D,).

    Raises:
        ValueError: there is no such scaling, or θ has not the shape of the network.

    Source: H. Li et al., Visualizing the loss landscape of neural nets, arXiv:1712.09913, section 4.
    """
    if scaling not in SCALINGS:
        raise ValueError(f"random_directions needs a scaling out of {', '.join(SCALINGS)}, got {scaling!r}")
    if theta.shape != (architecture.parameters,):
        raise ValueError(f"random_directions needs parameters of shape ({architecture.parameters},), got {theta.shape}")
    rng, weights = np.random.default_rng(seed), architecture.unpacked(theta)
    return np.stack([_direction(architecture, weights, rng, scaling) for _ in range(count)], axis=1)


def _direction(architecture: Architecture, weights: list[Array], rng: np.random.Generator, scaling: Scaling) -> Array:
    parts: list[Array] = []
    for number, weight in enumerate(weights):
        if number % 2:
            parts.append(np.zeros(weight.shape))
            continue
        part = rng.normal(size=weight.shape)
        if scaling == "filter":
            part *= np.linalg.norm(weight, axis=1, keepdims=True) / np.linalg.norm(part, axis=1, keepdims=True)
        elif scaling == "layer":
            part *= np.linalg.norm(weight) / np.linalg.norm(part)
        parts.append(part)
    return architecture.packed(parts)


def through_points(first: Array, second: Array, third: Array) -> tuple[Array, Array, Array]:
    """The plane through three points: origin (D,), orthonormal directions (D, 2), and the points on it, (2, 3).

    The first point is the origin, and the second lies along the first direction.

    Raises:
        ValueError: the three lie on one line.
    """
    sides = np.stack([second - first, third - first], axis=1)
    directions, upper = np.linalg.qr(sides)
    if abs(upper[1, 1]) <= 1e-12 * np.abs(upper).max() or upper[0, 0] == 0:
        raise ValueError("through_points needs three points that do not lie on one line")
    signs = np.sign(np.diag(upper))
    coordinates = np.concatenate([np.zeros((2, 1)), signs[:, None] * upper], axis=1)
    return first, directions * signs, coordinates
