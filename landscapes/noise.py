"""Gradient noise of a given size: every step has its own draw, the same for every run that takes the step."""

from dataclasses import replace

import numpy as np

from landscapes.landscape import Array, Landscape


def noisy(landscape: Landscape, sigma: float, seed: int = 0) -> Landscape:
    """The landscape whose gradient, at update number `step`, is off by σξ with ξ normal in both coordinates.

    `at(step)` depends on seed and step alone, so that all runs of a race meet the same draws and a link is a picture.
    The landscape's own gradient stays exact: verdicts and curves are about the loss without noise.

    >>> from landscapes import formula
    >>> bowl = noisy(formula("x**2 + y**2"), sigma=0.1, seed=3)
    >>> here = np.zeros(2)
    >>> bool((bowl.at(5).gradient(here) == bowl.at(5).gradient(here)).all()), bowl.gradient(here).tolist()
    (True, [0.0, 0.0])

    Args:
        sigma: standard deviation of each coordinate, 0 or more.
        seed: 0 or more.

    Raises:
        ValueError: `sigma` or `seed` is negative or not finite.
    """
    if not (0 <= sigma < np.inf and seed >= 0):
        raise ValueError(f"noise needs sigma ≥ 0 and seed ≥ 0, got {sigma} and {seed}")
    if sigma == 0:
        return landscape

    def batch(step: int) -> Landscape:
        draw = sigma * np.random.default_rng([seed, step]).standard_normal(2)

        def gradient(p: Array) -> Array:
            return np.add(landscape.gradient(p), draw.reshape(2, *[1] * (p.ndim - 1)))

        return replace(landscape, gradient=gradient, batch=None)

    return replace(landscape, batch=batch)
