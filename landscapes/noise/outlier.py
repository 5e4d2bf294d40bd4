"""One outlier: a single update whose gradient comes from a bad batch."""

from dataclasses import dataclass

import numpy as np

from landscapes.landscape import Array


@dataclass(frozen=True)
class Outlier:
    """A push on the gradient of a single update: when, how long, and in which direction.

    Raises:
        ValueError: `size` is negative or not finite, `angle` is not finite, or `update` is below 1.
    """

    size: float = 0.0  # length of what is added to the gradient, 0 or more; 0 is no outlier
    update: int = 1  # number of the update that meets it, from 1
    angle: float = 0.0  # its direction in degrees, from the first axis towards the second

    def __post_init__(self) -> None:
        if not (0 <= self.size < np.inf and np.isfinite(self.angle) and self.update >= 1):
            got = f"{self.size}, {self.update}, {self.angle}"
            raise ValueError(f"an outlier needs size ≥ 0, update ≥ 1 and a finite angle, got {got}")

    @property
    def present(self) -> bool:
        """Whether there is one."""
        return self.size > 0

    def at(self, step: int) -> bool:
        """Whether update number `step`, counted from 0, meets it."""
        return self.present and step + 1 == self.update

    @property
    def push(self) -> Array:
        """What is added to the gradient, shape (2,)."""
        return outlier_push(self.size, self.angle)


def outlier_push(size: float, angle: float) -> Array:
    """A vector of a length and a direction in degrees, exact along the axes, shape (2,).

    >>> outlier_push(20.0, 90.0).tolist(), outlier_push(1.0, -180.0).tolist()
    ([0.0, 20.0], [-1.0, 0.0])
    """
    quarters, rest = divmod(angle, 90.0)
    along, across = np.cos(np.radians(rest)), np.sin(np.radians(rest))
    turns = [(along, across), (-across, along), (-along, -across), (across, -along)]
    return size * np.array(turns[int(quarters) % 4]) + 0.0  # no negative zeros
