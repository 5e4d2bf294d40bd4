"""Critical points of a small network, found from places along its training, and what chance alone would make."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.stats import spearmanr

from landscapes import Array
from landscapes.networks import (
    MOST_DIMENSIONS,
    Architecture,
    Searches,
    answers_of_a_teacher,
    critical_searches,
    network_loss,
    random_critical_points,
    random_matrices,
    share_of_minima,
    share_of_positive_matrices,
)
from optimizers import OPTIMIZERS, descend
from pages.networks_parts.progress import report, stage_of
from pages.shared.race import in_turn, kept
from words import paragraph, say, say_n, short

EXAMPLES, INPUTS = 60, 4
STEPS, RATE = 300, 0.2  # of the training along which the searches begin
SEARCHED = 100  # steps of each search
DRAWN = 4000  # matrices of each dimension and kind
DRAWN_DIMENSIONS = 6
SAME = 1e-6  # of a loss: critical points that differ by less are copies of one, with units or signs exchanged


@dataclass(frozen=True)
class Student:
    """A network with one hidden layer that learns what a teacher answers, and the searches in its loss."""

    width: int
    searches: int
    seed: int

    @property
    def architecture(self) -> Architecture:
        """Four inputs, one hidden layer, one answer."""
        return Architecture(inputs=INPUTS, width=self.width, outputs=1, skip=0.0, activation="tanh", normalised=False)


@kept("networks", lambda found: 16 * found.points.size)
def searched(asked: Student) -> Searches:
    """Searches from places along gradient descent, each of another network and at another step."""
    architecture = asked.architecture
    loss = network_loss(architecture, answers_of_a_teacher(EXAMPLES, asked.seed, INPUTS), "squared_error")
    rng = np.random.default_rng(asked.seed)
    starts = np.stack([architecture.initial(int(n)) for n in rng.integers(2**31, size=asked.searches)], axis=1)
    with in_turn(architecture.parameters * asked.searches * (STEPS + SEARCHED)):
        paths = descend(
            loss, OPTIMIZERS["gradient_descent"](learning_rate=RATE), starts, STEPS, check=partial(report, 0.0)
        )
        steps = rng.integers(STEPS + 1, size=asked.searches)
        with stage_of(0.05, 0.9):
            return critical_searches(loss, paths.positions[:, steps, np.arange(asked.searches)], SEARCHED, report)


@dataclass(frozen=True, eq=False)
class Chance:
    """Shares without a negative eigenvalue by dimension: of random fields' critical points, and of random matrices."""

    dimensions: Array  # (N,)
    exact: tuple[Array, Array]  # (N,) each
    drawn_at: Array  # (M,)
    drawn: tuple[Array, Array]  # (M,) each
    errors: tuple[Array, Array]  # (M,) each


@kept("networks", lambda chance: 80 * chance.dimensions.size)
def by_chance(seed: int) -> Chance:
    """Both shares, computed, and counted among matrices that are drawn."""
    dimensions, drawn_at = range(1, MOST_DIMENSIONS + 1), range(1, DRAWN_DIMENSIONS + 1)
    exact = tuple(np.array([share(n) for n in dimensions]) for share in (share_of_minima, share_of_positive_matrices))
    drawn = []
    for draw in (random_critical_points, random_matrices):
        for number in drawn_at:
            counted = draw(number, DRAWN, seed)
            drawn.append((counted.shares[0], counted.errors[0]))
            report(0.9 + 0.1 * len(drawn) / (2 * DRAWN_DIMENSIONS))
    both = np.array(drawn).reshape(2, DRAWN_DIMENSIONS, 2)
    return Chance(
        np.array(dimensions, dtype=float),
        (exact[0], exact[1]),
        np.array(drawn_at, dtype=float),
        (both[0, :, 0], both[1, :, 0]),
        (both[0, :, 1], both[1, :, 1]),
    )


def different(losses: Array) -> int:
    """How many losses there are that differ by more than rounding."""
    ordered = np.sort(losses)
    return int((np.diff(ordered) > SAME * np.abs(ordered[1:])).sum()) + 1 if ordered.size else 0


def search_words(asked: Student, found: Searches) -> str:
    """How many searches converged, to what, and how the share of positive eigenvalues goes with the loss."""
    count = int(found.found.sum())
    total = say_n("{count} search", "{count} searches", asked.searches)
    began = say(
        "{total} for a point where the gradient is zero began along training runs of a network with {parameters} "
        "parameters.",
        total=total,
        parameters=asked.architecture.parameters,
    )
    if not count:
        return paragraph(began, say("None of them converged."))
    losses, positive, negative = found.losses[found.found], found.positive[found.found], found.negative[found.found]
    without = int((negative == 0).sum())
    parts = [
        began,
        say(
            "{count} converged, to critical points of {kinds} different losses; the other {rest} ended elsewhere and "
            "are left out, and which ones they are is not by chance.",
            count=count,
            kinds=different(losses),
            rest=asked.searches - count,
        ),
        say(
            "Converged with negative eigenvalues, and so no minima: {saddles}; without any: {without}.",
            saddles=count - without,
            without=without,
        ),
    ]
    if np.ptp(losses) > SAME * losses.max() and np.ptp(positive) > 0:
        parts.append(
            say(
                "The rank correlation of their loss with the share of positive eigenvalues is {correlation}.",
                correlation=short(float(spearmanr(losses, positive).statistic), 2),
            )
        )
    zero = 1 - positive - negative
    if zero.max() > 0.5 / asked.architecture.parameters:
        parts.append(
            say(
                "Up to {zero} of the eigenvalues of one point are zero to rounding and count as neither.",
                zero=f"{zero.max():.0%}",
            )
        )
    return paragraph(*parts)


def chance_words(chance: Chance) -> str:
    """The two statements, beside each other."""
    last = int(chance.drawn_at[-1])
    fields, matrices = (float(shares[last - 1]) for shares in chance.exact)
    return say(
        "Two different statements. Of the critical points of an isotropic Gaussian random field in {dimensions} "
        "dimensions {fields} are minima: with each dimension more the share is about halved. A random symmetric matrix "
        "of that size (Gaussian orthogonal ensemble) has positive eigenvalues alone with probability {matrices}, which "
        "falls faster than by any constant factor. The Hessian at a critical point is no such matrix: it is shifted as "
        "a whole, and weighted by its determinant. Lines are exact, points are {drawn} drawn matrices each with their "
        "standard error; where none was met there is no point. A network's loss is neither.",
        dimensions=last,
        fields=short(fields),
        matrices=short(matrices),
        drawn=f"{DRAWN:,}",
    )
