"""Each optimizer at its best rate: a sweep of learning rates in the same budget of gradient evaluations."""

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from figures import in_the_dark, run_colours, tuning_curves
from landscapes import Array, Knob, Landscape, Noise
from optimizers import Optimizer, descend
from pages.shared.race import breathe, in_turn, kept
from pages.shared.state import (
    Choices,
    RunChoice,
    Where,
    built,
    choose,
    current,
    for_the_visitor,
    run_names,
    set_number,
)
from words import listed, say, say_n, short

RATES = 24
PIECE = 5000  # steps that are held at once
LOWEST = 1e-4  # the sweep goes from here to the knob's upper end, and on to the rate that the run has


@dataclass(frozen=True, eq=False)
class Sweep:
    """Final losses over learning rates; nan where a run left."""

    rates: Array  # (R,), ascending
    losses: Array  # (R,)

    @property
    def best(self) -> float | None:
        """The rate with the lowest final loss; None where every run left."""
        known = np.isfinite(self.losses)
        return float(self.rates[np.nanargmin(self.losses)]) if known.any() else None


@kept("runs")
def sweep(where: Where, noise: Noise, run: RunChoice, start: tuple[float, float], budget: int) -> Sweep:
    """One optimizer from one start at 24 rates and its own, each for as many steps as its evaluations pay."""
    rates = swept(run.knobs["learning_rate"], dict(run.numbers)["learning_rate"])
    landscape = noise.on(built(*where))
    with in_turn(run.weight * budget):
        ends = after(
            landscape, run.build(learning_rate=rates), np.repeat(np.array(start)[:, None], rates.size, axis=1), budget
        )
    return Sweep(rates, landscape.value(ends))


def after(landscape: Landscape, optimizer: Optimizer, starts: Array, budget: int) -> Array:
    """Where runs are once a budget of gradient evaluations is spent, each, or as many steps are made, shape (2, N).

    A piece of the way is held at a time: all of a long one would be hundreds of megabytes.
    """
    spent, made, resume = 0, 0, None
    while made < budget:
        piece = descend(landscape, optimizer, starts, min(PIECE, budget - made), resume=resume, check=breathe)
        last = int(np.flatnonzero(spent + piece.spent[0] <= budget)[-1])
        starts = piece.positions[:, last]
        if last < piece.positions.shape[1] - 1:
            break
        spent, made, resume = spent + piece.evaluations, made + last, piece.end
    return starts


def swept(knob: Knob, own: float) -> Array:
    """24 rates to two digits, evenly spread on a logarithmic scale that holds the `own` rate, and that rate itself.

    >>> swept(Knob("η", 1e-5, 10.0, log=True), 1.25e-7)[[0, 1, -1]].tolist()
    [1.25e-07, 2.8e-07, 10.0]
    """
    own_rate = [own] if own > 0 else []  # a logarithmic scale has no zero
    low, high = min([max(knob.low, LOWEST), *own_rate]), max([knob.high, *own_rate])
    spread = [float(f"{rate:.2g}") for rate in np.geomspace(low, high, RATES)]
    return np.array(sorted({rate for rate in spread if low <= rate <= high} | set(own_rate)))


def sweeps(choices: Choices) -> dict[int, Sweep]:
    """The sweep of every run that has a learning rate, by its place in the race."""
    return {
        slot: sweep(
            choices.where, choices.gradient_noise, replace(run, hidden=False), choices.start, choices.steps_taken
        )
        for slot, run in enumerate(choices.runs)
        if "learning_rate" in dict(run.numbers)
    }


def tuned(choices: Choices) -> bool:
    """Whether every run that has a learning rate is at the best one that a sweep has found for it."""
    tuned_for, best = st.session_state.get("tuned for", (None, frozenset()))
    rated = {replace(run, hidden=False) for run in choices.runs if "learning_rate" in dict(run.numbers)}
    return bool(rated) and tuned_for == context(choices) and rated <= best


def context(choices: Choices) -> tuple[object, ...]:
    """What a tuned rate is tuned for."""
    return choices.where, choices.gradient_noise, choices.start, choices.steps_taken


def tuning() -> None:
    """Opens the sweep over the page."""
    st.dialog(say("Tune the learning rates"), width="large")(swept_rates)()


@for_the_visitor()
def swept_rates() -> None:
    """Final loss against learning rate for every run, and a button that takes the best ones."""
    choices = current()
    with st.spinner(say("Sweeping the rates")):
        found = sweeps(choices)
    all_names = run_names(choices.runs, rates=False)
    names = [all_names[slot] for slot in found]
    colours = run_colours([run.optimizer for run in choices.runs])
    if st.context.theme.type == "dark":
        colours = [in_the_dark(colour) for colour in colours]
    figure = tuning_curves(names, [colours[slot] for slot in found], [(s.rates, s.losses) for s in found.values()])
    bests = listed(
        say("{run} at η = {rate}", run=name, rate=short(each.best))
        if each.best is not None
        else say("{run} left at every rate", run=name)
        for name, each in zip(names, found.values(), strict=True)
    )
    st.write(
        say_n(
            "Each run from the same start at {rates} rates and at its own, each time for {count} gradient evaluation. "
            "The final loss is lowest for {bests}.",
            "Each run from the same start at {rates} rates and at its own, each time for {count} gradient evaluations. "
            "The final loss is lowest for {bests}.",
            choices.steps_taken,
            rates=RATES,
            bests=bests,
        )
    )
    st.plotly_chart(
        figure,
        config={"displayModeBar": False},  # it would lie on the legend
        alt=say("Final loss against learning rate. It is lowest for {bests}.", bests=bests),
    )
    if st.button(say("Use the best rates"), type="primary", on_click=use_best):
        st.rerun()


def use_best() -> None:
    """Puts every run at its best rate, and remembers what that is the best for."""
    choices = current()
    runs, best = list(choices.runs), set()
    for slot, each in sweeps(choices).items():
        if each.best is not None:
            runs[slot] = replace(runs[slot], numbers=set_number(runs[slot].numbers, "learning_rate", each.best))
            best.add(replace(runs[slot], hidden=False))
    st.session_state["tuned for"] = context(choices), frozenset(best)
    choose(replace(choices, runs=tuple(runs)), redraw=True)
