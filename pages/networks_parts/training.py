"""Networks that are trained for the page: each once, with the weights of its steps, for all who ask for it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landscapes import Array, Landscape
from landscapes.networks import MADE_EXAMPLES, Architecture, Examples, network_loss
from optimizers import Checkpoint, descend
from pages.networks_parts.progress import report
from pages.shared.race import in_turn, kept
from pages.shared.state import RunChoice, run_choice

PIECE = 10  # updates between two reports
MOST_OF_ONE = 1_500_000  # parameters times recorded steps: of a longer training every so many are recorded
ADAM = run_choice("adam", learning_rate=0.01)


@dataclass(frozen=True, kw_only=True)
class Training:
    """A network, its examples and how it is trained, by names and numbers: the key of caches."""

    data: str = "signs_drawn"  # one of MADE_EXAMPLES
    examples: int = 200  # that it is trained on
    held_out: int = 400  # others, for the test loss
    width: int = 12
    depth: int = 10
    skip: float = 1.0
    activation: str = "relu"
    normalised: bool = True
    output_loss: str = "cross_entropy"
    seed: int = 0  # of the first weights
    run: RunChoice = ADAM
    steps: int = 300

    @property
    def architecture(self) -> Architecture:
        """The network before it has weights."""
        train, _ = examples_of(self)
        return Architecture(
            inputs=train.inputs.shape[0],
            width=self.width,
            outputs=train.targets.shape[0],
            depth=self.depth,
            skip=self.skip,
            activation=self.activation,
            normalised=self.normalised,
        )

    @property
    def losses(self) -> tuple[Landscape, Landscape]:
        """The loss on the examples that it is trained on, and on those held out."""
        train, test = examples_of(self)
        architecture = self.architecture
        return network_loss(architecture, train, self.output_loss, self.seed), network_loss(
            architecture, test, self.output_loss, self.seed
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class Trained:
    """A network with the weights that it had at its recorded steps."""

    training: Training
    architecture: Architecture
    train: Landscape
    test: Landscape
    steps: "np.ndarray[tuple[int], np.dtype[np.int64]]"  # (K,), those recorded, ascending, the last one among them
    positions: Array  # (D, K), the weights at these steps; finite: a training that diverges ends before

    @property
    def weights(self) -> Array:
        """At the end, (D,)."""
        end: Array = self.positions[:, -1]
        return end

    @property
    def diverged(self) -> bool:
        """Whether the training has left before its last step."""
        return int(self.steps[-1]) < self.training.steps


def examples_of(training: Training) -> tuple[Examples, Examples]:
    """The examples that the network is trained on, and those held out."""
    return made(training.data, training.examples, training.held_out)


@lru_cache(maxsize=8)
def made(data: str, examples: int, held_out: int) -> tuple[Examples, Examples]:
    """A made set, cut in two."""
    every = MADE_EXAMPLES[data](examples + held_out)
    if data == "two_spirals":  # its classes come one behind the other
        order = np.random.default_rng(0).permutation(every.inputs.shape[1])
        every = Examples(every.inputs[:, order], every.targets[:, order])
    return every.part(0, examples), every.part(examples, examples + held_out)


@kept("networks", lambda trained: 8 * trained.positions.size)
def trained(training: Training) -> Trained:
    """The network after its training."""
    architecture, (train, test) = training.architecture, training.losses
    optimizer, every = training.run.build(), recorded_every(training)
    steps, positions = [0], [np.array(train.start)]
    here, end = positions[0], None
    with in_turn(architecture.parameters * training.steps):
        for first in range(0, training.steps, PIECE):
            count = min(PIECE, training.steps - first)
            piece = descend(train, optimizer, here, count, resume=end)
            finite = np.isfinite(piece.positions).all(axis=0)
            for step in range(1, count + 1):
                last = first + step == training.steps or (step < count and not finite[step + 1])
                if finite[step] and (last or (first + step) % every == 0):
                    steps.append(first + step)
                    positions.append(piece.positions[:, step].copy())
            if not finite.all():
                break
            here, end = piece.positions[:, -1], Checkpoint(*piece.end)
            report((first + count) / training.steps)
    return Trained(
        training=training,
        architecture=architecture,
        train=train,
        test=test,
        steps=np.array(steps, dtype=np.int64),
        positions=np.stack(positions, axis=1),
    )


def recorded_every(training: Training) -> int:
    """Of how many steps one is recorded: all, unless they were too many numbers."""
    return -(-training.architecture.parameters * (training.steps + 1) // MOST_OF_ONE)
