"""How does the loss of a network bend at the end of training, and how sharp may it become on the way?"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import streamlit as st

from figures import bins_of, edge, eigenvalue_counts, training_losses
from figures.stage import Drawing, Panel, drawing, stage, viewed
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
from pages.networks_parts.choices import SCHEMA, NetworksChoices
from pages.networks_parts.choices.spectrum import SpectrumChoices
from pages.networks_parts.grid import losses_at
from pages.networks_parts.progress import report, stage_of, worked
from pages.networks_parts.spectrum_words import binned, edge_words, end_words, loss_words, so_far
from pages.networks_parts.state import HISTORY
from pages.networks_parts.training import Trained, Training, trained
from pages.shared.controls import field_control
from pages.shared.race import in_turn, kept
from pages.shared.size import panels_in_size
from pages.shared.state import run_choice
from pages.shared.work import Frozen, drawn_once, frozen
from words import say

PLACES = 81  # along training, where the largest eigenvalue is found
PRODUCTS = 12  # with the Hessian for each of them
PARTS = 8  # of a training, after each of which what is known is shown
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


@dataclass(frozen=True, eq=False)
class Grown:
    """What is known of a training after a part of it."""

    network: Trained
    steps: Array  # (P,), where the largest eigenvalue was found
    largest: Array  # (P,)
    vector: Array  # (D,), near the last one's eigenvector
    losses: tuple[Array, Array]  # on the training and on the test examples at the recorded steps so far, (K,) each


@kept("networks", lambda grown: 8 * (2 * grown.vector.size + 2 * grown.losses[0].size))
def grown(training: Training, parts: int) -> Grown:
    """The training after so many of its PARTS: each goes on where the one before has ended."""
    before = grown(training, parts - 1) if parts > 1 else None
    network = trained(training)
    picked = np.unique(np.linspace(0, network.steps.size - 1, PLACES).round().astype(int))
    places = picked[: -(-picked.size * parts // PARTS)]
    first, seen = (before.steps.size, before.losses[0].size) if before else (0, 0)
    along = network.positions[:, places[first:]]
    with in_turn(network.architecture.parameters * along.shape[1] * PRODUCTS):
        with stage_of(0.0, 0.9):
            loss = counted(network.train, along.shape[1] * PRODUCTS)
            found = sharpness(loss, along, 1, PRODUCTS, before.vector if before else None)
        with stage_of(0.9, 1.0):
            more = [
                losses_at(each, network.positions[:, seen : places[-1] + 1]) for each in (network.train, network.test)
            ]
    earlier = (before.largest, *before.losses) if before else (np.empty(0),) * 3
    largest, train, test = (np.concatenate(both) for both in zip(earlier, (found.values, *more), strict=True))
    return Grown(network, network.steps[places].astype(float), largest, found.vector, (train, test))


@kept("networks", lambda found: 8 * (3 * found.network.steps.size + 2 * found.network.architecture.parameters))
def spectrum_of(training: Training) -> Spectrum:
    """The training, and its eigenvalues."""
    for parts in range(1, PARTS + 1):
        with stage_of(0.8 * (parts - 1) / PARTS, 0.8 * parts / PARTS):
            along = grown(training, parts)
    network, exact, density = along.network, None, None
    theta, size = network.weights, network.architecture.parameters
    with in_turn(size * PROBES * DEEP):
        with stage_of(0.8, 0.85):
            ritz = extreme_eigenvalues(counted(network.train, DEEP), theta, DEEP)
        with stage_of(0.85, 1.0):
            if size <= MOST_EXACT:
                exact = exact_eigenvalues(counted(network.train, size // 32 + 1), theta)
            else:
                density = spectral_density(counted(network.train, PROBES * DEEP), theta, PROBES, DEEP)
    return Spectrum(
        network=network,
        steps=along.steps,
        largest=along.largest,
        losses=along.losses,
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


def show(choices: NetworksChoices) -> None:
    """The largest eigenvalue against 2/η and the loss, which grow as training goes, and the eigenvalues at its end."""
    training = training_of(choices)
    if spectrum_of.has(training):
        show_as_far(choices, 0)
        return
    parts = max((number for number in range(1, PARTS + 1) if grown.has(training, number)), default=0)
    if parts:
        show_as_far(choices, parts)
    text = say("Finding the eigenvalues at the end") if parts == PARTS else say("Training the network")
    if worked(text, (training,), lambda: next_part(training, parts), ready=False) is not None:
        st.rerun()


def next_part(training: Training, parts: int) -> Grown | Spectrum:
    """What follows after so many parts of the training: one more, or the eigenvalues at its end."""
    if parts == PARTS:
        with stage_of(PARTS / (PARTS + 1), 1.0):
            return spectrum_of(training)
    with stage_of(parts / (PARTS + 1), (parts + 1) / (PARTS + 1)):
        trained(training)
        return grown(training, parts + 1)


def known(training: Training, parts: int) -> Grown | Spectrum:
    """What is known after so many parts of a training; all of it with 0."""
    return grown(training, parts) if parts else spectrum_of(training)


def show_as_far(choices: NetworksChoices, parts: int) -> None:
    """The stage with that."""
    seen = pictured(choices, parts, frozen(viewed("spectrum")))
    stage(seen, key="spectrum", title="fall-line-spectrum", heading=say("Spectrum"))


@drawn_once
def pictured(choices: NetworksChoices, parts: int, views: Frozen) -> Drawing:
    """Largest eigenvalue, losses and end, as far as they are known; the axes are those of the whole training."""
    found = known(training_of(choices), parts)
    limit, whole = 2 / choices.spectrum_rate, float(found.network.steps[-1])
    if isinstance(found, Spectrum):
        notes = [edge_words(found, limit), loss_words(found), end_words(found)]
    else:
        notes = [so_far(found)]
    steps = found.network.steps[: found.losses[0].size].astype(float)
    panels = [
        Panel("edge", edge(found.steps, found.largest, limit, whole), alt=notes[0]),
        Panel("loss", training_losses(steps, *found.losses, whole), alt=notes[min(1, len(notes) - 1)]),
    ]
    rows = [["edge", "loss"]]
    if isinstance(found, Spectrum):
        panels.append(Panel("eigenvalues", end_picture(found), alt=notes[-1]))
        rows.append(["eigenvalues"])
    rows.append(["table"])
    return drawing(panels_in_size(panels, choices.size), key="spectrum", rows=rows, notes=notes, views=dict(views))


def end_picture(found: Spectrum) -> Any:
    """All eigenvalues at the end in bins, or the estimate of how many lie in each."""
    title = say("Eigenvalues at the end of training")
    if found.exact is not None:
        edges = bins_of(found.exact)
        return eigenvalue_counts(edges, np.histogram(found.exact, edges)[0].astype(float), title=title)
    counts, errors, edges = binned(found)
    return eigenvalue_counts(edges, counts, errors, title)
