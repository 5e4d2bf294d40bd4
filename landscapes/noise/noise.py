"""Gradient noise of a given size, and a single outlier: every step has its own draw, the same for every run."""

from dataclasses import dataclass, replace

import numpy as np

from landscapes.landscape import Array, Landscape
from landscapes.noise.additive import additive
from landscapes.noise.model import NoiseModel
from landscapes.noise.outlier import Outlier

NO_OUTLIER = Outlier()


@dataclass(frozen=True)
class Noise:
    """Gradient noise as one value: its size, its seed, in which way it changes a gradient, and a single outlier.

    Raises:
        ValueError: `sigma` or `seed` is negative or not finite.
    """

    sigma: float = 0.0  # σ, standard deviation of each coordinate's draw, 0 or more; 0 is no noise
    seed: int = 0  # 0 or more
    model: NoiseModel = additive
    outlier: Outlier = NO_OUTLIER

    def __post_init__(self) -> None:
        if not (0 <= self.sigma < np.inf and self.seed >= 0):
            raise ValueError(f"noise needs sigma ≥ 0 and seed ≥ 0, got {self.sigma} and {self.seed}")

    @property
    def present(self) -> bool:
        """Whether every update meets some."""
        return self.sigma > 0

    @property
    def latex(self) -> str:
        """The gradient that an update rule is given; {gradient} in it is that of the landscape."""
        return self.model.latex if self.present else "{gradient}"

    def on(self, landscape: Landscape) -> Landscape:
        """The landscape whose gradient is changed at every update number `step` by a draw of its own, and once more.

        `at(step)` depends on seed, step and outlier alone, so that all runs of a race meet the same draws and a link is
        a picture. The landscape's own gradient stays exact: verdicts and curves are about the loss without noise. Of a
        landscape that is seen in mini-batches it is the batch's gradient that is changed.

        >>> from landscapes import LANDSCAPES, NOISE_MODELS
        >>> bowl = Noise(0.1, seed=3, model=NOISE_MODELS["multiplicative"]).on(LANDSCAPES["quadratic_bowl"]())
        >>> bowl.at(5).gradient(np.zeros(2)).tolist()
        [0.0, 0.0]
        """
        if not (self.present or self.outlier.present):
            return landscape

        def batch(step: int) -> Landscape:
            seen = landscape.at(step)
            draw = noise_draw(self.sigma, self.seed, step) if self.present else None
            push = self.outlier.push if self.outlier.at(step) else None

            def gradient(p: Array) -> Array:
                g, shape = seen.gradient(p), (2, *[1] * (p.ndim - 1))
                g = g if draw is None else self.model.change(g, draw.reshape(shape))
                return g if push is None else g + push.reshape(shape)

            return replace(seen, gradient=gradient, batch=None)

        return replace(landscape, batch=batch)


def noise_draw(sigma: float, seed: int, step: int) -> Array:
    """σξ of update number `step`, shape (2,), with ξ from a standard normal distribution."""
    return sigma * np.random.default_rng([seed, step]).standard_normal(2)


def noisy(landscape: Landscape, sigma: float, seed: int = 0) -> Landscape:
    """The landscape whose gradient, at update number `step`, is off by σξ with ξ normal in both coordinates.

    `at(step)` depends on seed and step alone, so that all runs of a race meet the same draws and a link is a picture.
    The landscape's own gradient stays exact: verdicts and curves are about the loss without noise. `Noise` has the
    other ways in which draws change a gradient.

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
    return Noise(sigma, seed).on(landscape)
