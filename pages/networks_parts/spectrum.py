"""How does the loss of a network bend at the end of training, and how sharp may it become on the way?"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from figures import bins_of, edge, eigenvalue_counts, training_losses
from figures.stage import Panel, stage
from landscapes import Array, Landscape
from landscapes.networks import (
    MOST_EXACT,
    Density,
    exact_eigenvalues,
    extreme_eigenvalues,
    sharpness,
    spectral_density,
    times_hessian,
)
from pages.networks_parts.choices import SCHEMA
from pages.networks_parts.choices.spectrum import SpectrumChoices
from pages.networks_parts.progress import report, stage_of, worked
from pages.networks_parts.spectrum_words import binned, edge_words, end_words, loss_words
from pages.networks_parts.state import HISTORY
from pages.networks_parts.training import Trained, Training, trained
from pages.shared.controls import field_control
from pages.shared.race import in_turn, kept
from pages.shared.state import run_choice
from words import say

PLACES = 81  # along training, where the largest eigenvalue is found
PRODUCTS = 12  # with the Hessian for each of them
PROBES, DEEP = 10, 30  # random starts for the distribution at the end, and the products of each


@dataclass(frozen=True, eq=False)
class Spectrum:
    """A training, the largest eigenvalue along it, and the eigenvalues at its end."""

    network: Trained
    steps: Array  # (P,), where the largest eigenvalue was found
    largest: Array  # (P,)
    losses: tuple[Array, Array]  # on the training and on the test examples at the recorded steps, (K,) each
    exact: Array | None  # all eigenvalues at the end, ascending; None where there are too many
    ends: tuple[float, float]  # the smallest and the largest at the end, as far as 30 products find them
    error: float  # an eigenvalue lies within so much of the largest
    density: Density | None  # where not all are known
    slope: float  # the norm of the gradient at the end


def controls() -> None:
    """The network, its data and its training."""
    for name in SpectrumChoices.__dataclass_fields__:
        field_control(HISTORY, name, SCHEMA.fields[name])


def training_of(choices: SpectrumChoices) -> Training:
    """A plain tanh network without normalisation, by gradient descent on all examples."""
    return Training(
        data=choices.spectrum_data,
        width=choices.spectrum_width,
        depth=choices.spectrum_depth,
        skip=0.0,
        activation="tanh",
        normalised=False,
        output_loss=choices.spectrum_loss,
        seed=choices.spectrum_seed,
        run=run_choice("gradient_descent", learning_rate=choices.spectrum_rate),
        steps=choices.spectrum_steps,
    )


@kept("networks", lambda found: 8 * (3 * found.network.steps.size + 2 * found.network.architecture.parameters))
def spectrum_of(training: Training) -> Spectrum:
    """The training, and its eigenvalues."""
    with stage_of(0.0, 0.3):
        network = trained(training)
    picked = np.unique(np.linspace(0, network.steps.size - 1, PLACES).round().astype(int))
    theta, size, exact, density = network.weights, network.architecture.parameters, None, None
    with in_turn(size * PLACES * PRODUCTS):
        with stage_of(0.3, 0.8):
            along = network.positions[:, picked]
            _, largest = sharpness(counted(network.train, along.shape[1] * PRODUCTS), along, 1, PRODUCTS)
        with stage_of(0.8, 0.85):
            ritz = extreme_eigenvalues(counted(network.train, DEEP), theta, DEEP)
        with stage_of(0.85, 1.0):
            if size <= MOST_EXACT:
                exact = exact_eigenvalues(counted(network.train, size // 32 + 1), theta)
            else:
                density = spectral_density(counted(network.train, PROBES * DEEP), theta, PROBES, DEEP)
    return Spectrum(
        network=network,
        steps=network.steps[picked].astype(float),
        largest=largest,
        losses=(network.train.value(network.positions), network.test.value(network.positions)),
        exact=exact,
        ends=(float(ritz.values[0]), float(ritz.values[-1])) if exact is None else (float(exact[0]), float(exact[-1])),
        error=float(ritz.errors[-1]) if exact is None else 0.0,
        density=density,
        slope=float(np.linalg.norm(network.train.gradient(theta))),
    )


def counted(loss: Landscape, products: int) -> Landscape:
    """The loss, which reports each product with its Hessian as a share of so many."""
    product, made = times_hessian(loss), 0

    def reporting(theta: Array, v: Array) -> Array:
        nonlocal made
        made += 1
        report(min(1.0, made / products))
        return product(theta, v)

    return replace(loss, times_hessian=reporting)


def show(choices: SpectrumChoices) -> None:
    """The largest eigenvalue against 2/η, the loss, and the eigenvalues at the end."""
    asked = (training_of(choices),)
    found = worked(
        say("Training the network and finding its eigenvalues"),
        asked,
        lambda: spectrum_of(*asked),
        spectrum_of.has(*asked),
    )
    if found is None:
        return
    limit = 2 / choices.spectrum_rate
    at_the_edge, losses, at_the_end = edge_words(found, limit), loss_words(found), end_words(found)
    steps = found.network.steps.astype(float)
    stage(
        [
            Panel("edge", edge(found.steps, found.largest, limit), alt=at_the_edge),
            Panel("loss", training_losses(steps, *found.losses), alt=losses),
            Panel("eigenvalues", end_picture(found), alt=at_the_end),
        ],
        key="spectrum",
        rows=[["edge", "eigenvalues"], ["loss"]],
        notes=[at_the_edge, losses, at_the_end],
        title="fall-line-spectrum",
    )


def end_picture(found: Spectrum) -> Any:
    """All eigenvalues at the end in bins, or the estimate of how many lie in each."""
    title = say("Eigenvalues at the end of training")
    if found.exact is not None:
        edges = bins_of(found.exact)
        return eigenvalue_counts(edges, np.histogram(found.exact, edges)[0].astype(float), title=title)
    counts, errors, edges = binned(found)
    return eigenvalue_counts(edges, counts, errors, title)
