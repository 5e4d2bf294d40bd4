"""Each optimizer at its best rate: a sweep of learning rates in the same budget of gradient evaluations."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import streamlit as st

from figures import run_colours, tuning_curves
from landscapes import Array, knobs, noisy
from optimizers import OPTIMIZERS, RULES, descend, short
from pages.shared.choices import Choices, Where, built
from pages.shared.run_choice import RunChoice
from pages.shared.state import choose, current, set_number

RATES = 24
LOWEST = 1e-4  # the sweep goes from here to the knob's upper end


@dataclass(frozen=True, eq=False)
class Sweep:
    """Final losses over learning rates; nan where a run left."""

    rates: Array  # (24,), ascending
    losses: Array  # (24,)

    @property
    def best(self) -> float | None:
        """The rate with the lowest final loss; None where every run left."""
        known = np.isfinite(self.losses)
        return float(self.rates[np.nanargmin(self.losses)]) if known.any() else None


@lru_cache(maxsize=64)
def sweep(where: Where, noise: tuple[float, int], run: RunChoice, start: tuple[float, float], budget: int) -> Sweep:
    """One optimizer from one start at 24 rates, each for as many steps as the budget of gradient evaluations pays."""
    knob = knobs(OPTIMIZERS[run.optimizer])["learning_rate"]
    rates = np.array([float(f"{rate:.2g}") for rate in np.geomspace(max(knob.low, LOWEST), knob.high, RATES)])
    landscape = noisy(built(*where), *noise)
    optimizer = run.build(learning_rate=rates)
    trajectory = descend(landscape, optimizer, np.repeat(np.array(start)[:, None], RATES, axis=1), budget)
    last = int(np.flatnonzero(trajectory.spent[0] <= budget)[-1])
    return Sweep(rates, landscape.value(trajectory.positions[:, last]))


def sweeps(choices: Choices) -> dict[int, Sweep]:
    """The sweep of every run that has a learning rate, by its place in the race."""
    noise = (choices.noise, choices.seed)
    return {
        slot: sweep(choices.where, noise, replace(run, hidden=False), choices.start, choices.steps)
        for slot, run in enumerate(choices.runs)
        if "learning_rate" in dict(run.numbers)
    }


def tuned(choices: Choices) -> bool:
    """Whether every run that has a learning rate is at its best one, as far as sweeps have been asked for."""
    if st.session_state.get("tuned for") != context(choices):
        return False
    found = sweeps(choices)
    return all(dict(choices.runs[slot].numbers)["learning_rate"] == each.best for slot, each in found.items())


def context(choices: Choices) -> tuple[object, ...]:
    """What a tuned rate is tuned for."""
    return choices.where, choices.noise, choices.seed, choices.start, choices.steps


@st.dialog("Tune the learning rates", width="large")
def tuning() -> None:
    """Final loss against learning rate for every run, and a button that takes the best ones."""
    choices = current()
    with st.spinner("Sweeping the rates"):
        found = sweeps(choices)
    names = [RULES[choices.runs[slot].optimizer].name for slot in found]
    colours = run_colours([run.optimizer for run in choices.runs])
    figure = tuning_curves(names, [colours[slot] for slot in found], [(s.rates, s.losses) for s in found.values()])
    bests = ", ".join(
        f"{name} {short(each.best)}" if each.best is not None else f"{name} left at every rate"
        for name, each in zip(names, found.values(), strict=True)
    )
    st.write(
        f"Each run from the same start at {RATES} rates, each time for {choices.steps:,} gradient evaluations. "
        f"Lowest final loss: {bests}."
    )
    st.plotly_chart(figure, alt=f"Final loss against learning rate. Best: {bests}.")
    if st.button("Use the best rates", type="primary", on_click=use_best):
        st.rerun()


def use_best() -> None:
    """Puts every run at its best rate, and remembers what that is the best for."""
    choices = current()
    runs = list(choices.runs)
    for slot, each in sweeps(choices).items():
        if each.best is not None:
            runs[slot] = replace(runs[slot], numbers=set_number(runs[slot].numbers, "learning_rate", each.best))
    st.session_state["tuned for"] = context(choices)
    choose(replace(choices, runs=tuple(runs)), redraw=True)
