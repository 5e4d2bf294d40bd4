"""Networks trained with small and large batches to the same training loss: how sharply does the loss bend there?"""

from dataclasses import dataclass

import numpy as np

from landscapes import Array
from landscapes.from_data import Batches
from landscapes.networks import Architecture, Examples, extreme_eigenvalues, network_loss, signs_drawn
from pages.networks_parts.progress import report
from pages.shared.race import in_turn, kept
from words import paragraph, say, short

EXAMPLES, HELD_OUT, WIDTH = 300, 300, 16
SIZES = (4, 16, 64, EXAMPLES)
NETWORKS = 3  # of each size, from the same first weights
MOST_UPDATES = 8000  # of one network
LOOK = 20  # updates between two looks at the loss on all examples, at least
PRODUCTS = 20


@dataclass(frozen=True)
class BatchStudy:
    """To which training loss, at which rate, from which first weights."""

    target: float
    rate: float
    seed: int


@dataclass(frozen=True, eq=False)
class BatchEnds:
    """Where the networks ended, each (sizes, networks); nan where one did not come down to the loss asked for."""

    updates: Array
    losses: Array
    sharpness: Array
    test: Array


@kept("networks", lambda ends: 32 * ends.updates.size)
def batch_ends(study: BatchStudy) -> BatchEnds:
    """Each network followed until its loss on all examples is below the one asked for."""
    every = signs_drawn(EXAMPLES + HELD_OUT)
    examples, held_out = every.part(0, EXAMPLES), every.part(EXAMPLES, EXAMPLES + HELD_OUT)
    architecture = Architecture(
        inputs=examples.inputs.shape[0],
        width=WIDTH,
        outputs=examples.targets.shape[0],
        skip=0.0,
        activation="tanh",
        normalised=False,
    )
    whole, test = (network_loss(architecture, part, "squared_error") for part in (examples, held_out))
    ends = BatchEnds(*(np.full((len(SIZES), NETWORKS), np.nan) for _ in range(4)))
    with in_turn(architecture.parameters * MOST_UPDATES):
        for row, size in enumerate(SIZES):
            for column in range(NETWORKS):
                seed = study.seed * NETWORKS + column
                done = (row * NETWORKS + column) / ends.losses.size
                theta, updates = _followed(architecture, examples, study, size, seed, done)
                with np.errstate(all="ignore"):
                    ends.losses[row, column] = float(whole.value(theta))
                if ends.losses[row, column] <= study.target:
                    ends.updates[row, column] = updates
                    ritz = extreme_eigenvalues(whole, theta, PRODUCTS)
                    ends.sharpness[row, column] = ritz.values[-1]
                    ends.test[row, column] = float(test.value(theta))
    return ends


def _followed(
    architecture: Architecture, examples: Examples, study: BatchStudy, size: int, seed: int, done: float
) -> tuple[Array, int]:
    """The weights when the loss is low enough, or after the most updates, and how many were made."""
    batches = Batches(examples=EXAMPLES, size=size, seed=seed)
    whole = network_loss(architecture, examples, "squared_error")
    theta, look = architecture.initial(seed), max(LOOK, batches.steps_per_epoch // 8)
    for step in range(MOST_UPDATES):
        if step % look == 0:
            report(done)
            with np.errstate(all="ignore"):  # a rate too large lets a network leave, and that is data
                loss = float(whole.value(theta))
            if loss <= study.target or not np.isfinite(loss):
                return theta, step
        rows = batches.rows(step)
        seen = network_loss(
            architecture, Examples(examples.inputs[:, rows], examples.targets[:, rows]), "squared_error"
        )
        with np.errstate(all="ignore"):
            theta = theta - study.rate * seen.gradient(theta)
    return theta, MOST_UPDATES


def batch_words(study: BatchStudy, ends: BatchEnds) -> str:
    """What small batches come to, beside all examples at once, at equal training loss."""
    arrived = ~np.isnan(ends.sharpness)
    setting = say(
        "For each batch size {networks} networks, from the same first weights, were trained at η = {rate} until the "
        "loss on all {examples} examples was at most {target}.",
        networks=NETWORKS,
        rate=short(study.rate),
        examples=EXAMPLES,
        target=short(study.target),
    )
    parts = [setting]
    if not arrived.all():
        parts.append(
            say(
                "{missing} of {all} did not come so far in {most} updates and are left out.",
                missing=int((~arrived).sum()),
                all=arrived.size,
                most=f"{MOST_UPDATES:,}",
            )
        )
    together = arrived[0] & arrived[-1]
    if together.sum() < 2:
        return paragraph(*parts)
    small, large = ends.sharpness[0, together], ends.sharpness[-1, together]
    difference = large - small
    error = float(difference.std(ddof=1) / np.sqrt(difference.size))
    parts.append(
        say(
            "There the largest eigenvalue of the Hessian is {small} in the mean with batches of {size}, and {large} "
            "with all examples at once; of the {count} pairs from the same weights the small batches are flatter in "
            "{flatter}, and the mean difference is {difference} ± {error} (standard error).",
            small=short(float(small.mean())),
            size=SIZES[0],
            large=short(float(large.mean())),
            count=int(together.sum()),
            flatter=int((difference > 0).sum()),
            difference=short(float(difference.mean())),
            error=short(error, 2),
        )
    )
    test = ends.test[-1, together] - ends.test[0, together]
    parts.append(
        say(
            "The test loss is {small} and {large}; its mean difference is {difference} ± {error}.",
            small=short(float(ends.test[0, together].mean())),
            large=short(float(ends.test[-1, together].mean())),
            difference=short(float(test.mean())),
            error=short(float(test.std(ddof=1) / np.sqrt(test.size)), 2),
        )
    )
    return paragraph(*parts)
