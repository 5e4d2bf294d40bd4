"""What a network is before it has weights: its sizes, its skip connections, how its parameters lie in one vector."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from landscapes.landscape import Array
from landscapes.networks.activations import UNIT_ACTIVATIONS, Numbers

MOST_PARAMETERS = 20_000


@dataclass(frozen=True, kw_only=True)
class Architecture:
    """A fully connected network: h ← W₀x + b₀, then `depth` times h ← s·h + W φ(n(h)) + b, then W φ(n(h)) + b.

    s is `skip`: 1 makes a residual network, 0 a plain one, and what lies between is between them. Where `normalised`, n
    takes from each unit its mean over the examples and divides by its standard deviation over them (batch
    normalisation, ε = 1e-5, without weights of its own); else n(h) = h. `depth` 0 is a network with one hidden layer.

    Raises:
        ValueError: a size is not positive, `skip` is outside 0..1, the activation is unknown, or the network has more
            than 20,000 parameters.

    Source: K. He, X. Zhang, S. Ren, J. Sun, Identity mappings in deep residual networks, arXiv:1603.05027, eq. (4),
    with one layer in a block; S. Ioffe, C. Szegedy, Batch normalization, arXiv:1502.03167, Algorithm 1.
    """

    inputs: int
    width: int
    outputs: int
    depth: int = 0
    skip: float = 1.0
    activation: str = "relu"
    normalised: bool = True

    def __post_init__(self) -> None:
        sizes = {"inputs": self.inputs, "width": self.width, "outputs": self.outputs}
        for name, size in sizes.items():
            if size < 1:
                raise ValueError(f"Architecture needs {name} ≥ 1, got {name}={size}")
        if self.depth < 0:
            raise ValueError(f"Architecture needs depth ≥ 0, got depth={self.depth}")
        if not 0 <= self.skip <= 1:
            raise ValueError(f"Architecture needs 0 ≤ skip ≤ 1, got skip={self.skip}")
        if self.activation not in UNIT_ACTIVATIONS:
            known = ", ".join(UNIT_ACTIVATIONS)
            raise ValueError(f"Architecture needs an activation out of {known}, got {self.activation!r}")
        if self.parameters > MOST_PARAMETERS:
            raise ValueError(
                f"Architecture needs at most {MOST_PARAMETERS:,} parameters, got {self.parameters:,}; "
                "make it narrower or less deep"
            )

    @cached_property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """Of weights and bias, layer by layer: (to, from) and (to, 1)."""
        hidden = ((self.width, self.width), (self.width, 1)) * self.depth
        return (
            (self.width, self.inputs),
            (self.width, 1),
            *hidden,
            (self.outputs, self.width),
            (self.outputs, 1),
        )

    @cached_property
    def slices(self) -> tuple[slice, ...]:
        """Where each of them lies in the vector of all parameters."""
        ends = np.cumsum([0, *(rows * columns for rows, columns in self.shapes)]).tolist()
        return tuple(slice(begin, end) for begin, end in pairwise(ends))

    @property
    def parameters(self) -> int:
        """D, the number of coordinates of the loss."""
        return sum(rows * columns for rows, columns in self.shapes)

    def unpacked(self, theta: Numbers) -> list[Numbers]:
        """Weights and biases by turns; of (D,) each has its shape, of (D, K) one axis of K before it."""
        parts = zip(self.shapes, self.slices, strict=True)
        if theta.ndim == 1:
            return [theta[part].reshape(shape) for shape, part in parts]
        return [np.ascontiguousarray(theta[part].T).reshape(-1, *shape) for shape, part in parts]

    def packed(self, parts: Sequence[Numbers]) -> Numbers:
        """The vector of all parameters, (D,) or (D, K): the inverse of `unpacked`."""
        if parts[0].ndim == 2:
            return np.concatenate([part.ravel() for part in parts])
        return np.concatenate([part.reshape(len(part), -1) for part in parts], axis=1).T

    def initial(self, seed: int, gain: float = 1.0) -> Array:
        """Random weights, (D,): normal, of variance 2 over the number of inputs for ReLU and 1 over it else; biases 0.

        The first and the last layer have variance 1 over it; `gain` multiplies the weights between them.

        Source: K. He et al., Delving deep into rectifiers, arXiv:1502.01852, eq. (10).
        """
        rng, last = np.random.default_rng(seed), len(self.shapes) - 2
        parts: list[Array] = []
        for number, shape in enumerate(self.shapes):
            if number % 2:
                parts.append(np.zeros(shape))
                continue
            inner = 0 < number < last
            variance = UNIT_ACTIVATIONS[self.activation].variance if inner else 1.0
            parts.append(rng.normal(size=shape) * np.sqrt(variance / shape[1]) * (gain if inner else 1.0))
        return self.packed(parts)
