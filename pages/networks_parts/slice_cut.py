"""Planes through the weights of two networks, without skip connections and with them, and the losses on them."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from figures import Slice
from landscapes import Array, Domain, Landscape
from landscapes.networks import path_plane, plane, random_directions
from pages.networks_parts.choices.slice import STEPS, SliceChoices
from pages.networks_parts.grid import losses_on
from pages.networks_parts.progress import stage_of
from pages.networks_parts.training import Trained, Training, trained
from pages.shared.race import in_turn, kept

WINDOW: Domain = ((-1.0, 1.0), (-1.0, 1.0))
MOMENTS = np.linspace(0, STEPS, 13).astype(np.int64)  # the steps around whose weights a training is sliced
MOMENT_SIDE = 31  # nodes along each side of these slices


@dataclass(frozen=True, eq=False)
class Cut:
    """A plane through the weights of a network at a step of its training."""

    network: Trained
    step: int
    origin: Array  # (D,)
    directions: Array  # (D, 2)
    window: Domain

    def landscape(self, examples: str) -> Landscape:
        """The loss on the plane, on the examples of one kind."""
        loss = self.network.train if examples == "train" else self.network.test
        return plane(loss, self.origin, self.directions, self.window)

    def weights(self, point: tuple[float, float]) -> Array:
        """Of the network at a point of the plane, (D,)."""
        there: Array = self.origin + self.directions @ np.array(point)
        return there


def trainings(choices: SliceChoices) -> tuple[Training, Training]:
    """The network without skip connections, and with them."""
    both = Training(
        data=choices.slice_data,
        width=choices.slice_width,
        depth=choices.slice_depth,
        skip=0.0,
        activation=choices.slice_activation,
        normalised=choices.slice_norm == "batch",
        output_loss="squared_error" if choices.slice_data == "wave" else "cross_entropy",
        seed=choices.slice_seed,
        steps=STEPS,
    )
    return both, replace(both, skip=choices.slice_skip)


@kept("networks", lambda cut: 8 * cut.directions.size)
def cut_of(training: Training, step: int, scale: str, seed: int) -> Cut:
    """The plane through the weights at the recorded step that is nearest."""
    network = trained(training)
    at = int(np.abs(network.steps - step).argmin())
    origin, window = network.positions[:, at], WINDOW
    if scale == "pca":
        found = path_plane(network.positions, origin)
        low, high = found.coordinates.min(axis=1), found.coordinates.max(axis=1)
        half = 0.65 * float((high - low).max())
        (x, y) = (low + high) / 2
        window = ((float(x) - half, float(x) + half), (float(y) - half, float(y) + half))
        directions = found.directions
    else:
        directions = random_directions(network.architecture, origin, seed, scale)  # type: ignore[arg-type]
    return Cut(network, int(network.steps[at]), origin, directions, window)


@kept("networks", lambda sliced: 8 * sliced.losses.size)
def sliced(training: Training, step: int, scale: str, seed: int, examples: str, side: int) -> Slice:
    """The losses on the plane."""
    cut = cut_of(training, step, scale, seed)
    with in_turn(cut.origin.size * side * side):
        return losses_on(cut.landscape(examples), cut.window, side)


@dataclass(frozen=True, eq=False)
class Played:
    """A network sliced around its weights at several steps of its training."""

    steps: NDArray[np.int64]  # (K,), those at which they are seen, ascending
    cuts: tuple[Cut, ...]  # K
    slices: tuple[Slice, ...]  # K


def played(training: Training, scale: str, seed: int, examples: str) -> Played:
    """The slices of a whole training, each computed once."""
    cuts, slices = [], []
    for number, step in enumerate(MOMENTS):
        with stage_of(number / MOMENTS.size, (number + 1) / MOMENTS.size):
            slices.append(sliced(training, int(step), scale, seed, examples, MOMENT_SIDE))
        cuts.append(cut_of(training, int(step), scale, seed))
    return Played(MOMENTS, tuple(cuts), tuple(slices))


def is_played(training: Training, scale: str, seed: int, examples: str) -> bool:
    """Whether all of them are there already."""
    return all(sliced.has(training, int(step), scale, seed, examples, MOMENT_SIDE) for step in MOMENTS)
