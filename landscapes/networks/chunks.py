"""Functions of many points at once, a few at a time, so that what they need stays in the processor's cache."""

from collections.abc import Callable

import numpy as np

from landscapes.networks.activations import Numbers


def in_chunks(function: Callable[[Numbers], Numbers], points: Numbers, chunk: int) -> Numbers:
    """A function of (D, K) for any axes behind the first, called with at most `chunk` of the K at a time."""
    if points.ndim == 1:
        return function(points)
    flat = points.reshape(points.shape[0], -1)
    parts = [function(flat[:, begin : begin + chunk]) for begin in range(0, max(1, flat.shape[1]), chunk)]
    together = np.concatenate(parts, axis=-1)
    return together.reshape(*together.shape[:-1], *points.shape[1:])
