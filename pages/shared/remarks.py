"""What has to be said about a race: its learning rates, schedules that never act, rules that share a name."""

from collections.abc import Mapping, Sequence

import numpy as np

from landscapes import Array
from optimizers import PLANS, Trajectory, differences, learning_rates, partings, short
from optimizers import steps as in_steps
from pages.shared.choices import MOST_STEPS, Choices


def scheduled(choices: Choices, trajectories: Sequence[Trajectory]) -> dict[int, Array]:
    """The learning rate of every step, (steps,), of those runs that have one; nothing where no run has a schedule."""
    if all(run.schedule == "constant" for run in choices.runs):
        return {}
    landscape = choices.build()
    rates = [learning_rates(landscape, run.build(), path) for run, path in zip(choices.runs, trajectories, strict=True)]
    return {slot: rate for slot, rate in enumerate(rates) if rate is not None}


def idle_schedules(choices: Choices, rates: Mapping[int, Array]) -> list[str]:
    """A sentence for every run whose schedule never changes its rate; `rates` has those of each run, (steps,)."""
    sentences, names = [], choices.names()
    for slot, run in enumerate(choices.runs):
        rate = rates.get(slot)
        if run.schedule == "constant" or rate is None or (np.asarray(rate) != rate[0]).any():
            continue
        schedule = run.build().rate
        first = next((t for t in range(MOST_STEPS) if schedule is not None and schedule(t) != rate[0]), None)
        later = "" if first is None else f"; its first change comes with step {first + 1:,}"
        sentences.append(
            f"{names[slot]}: the schedule “{PLANS[run.schedule].name}” never acts within the "
            f"{in_steps(len(rate))} of this run, the rate stays {short(float(rate[0]))}{later}."
        )
    return sentences


def conventions(choices: Choices, names: Sequence[str], positions: Sequence[Array]) -> list[str]:
    """Where two rules that share a name differ, and where they part in this race."""
    optimizers = [run.optimizer for run in choices.runs]
    return [*differences(optimizers), *partings(names, optimizers, positions)]
