"""What has to be said about a race: its learning rates, schedules that never act, rules that share a name."""

from collections.abc import Mapping, Sequence

from landscapes import Array
from optimizers import PLANS, Trajectory, differences, learning_rates, partings, short
from optimizers import steps as in_steps
from pages.shared.choices import Choices
from pages.shared.race import from_to
from pages.shared.run_choice import MOST_STEPS, RunChoice


def scheduled(choices: Choices, trajectories: Sequence[Trajectory]) -> dict[int, Array]:
    """The learning rate of every step, (steps,), of those runs that have one; nothing where no run has a schedule."""
    if not any(run.scheduled for run in choices.runs):
        return {}
    landscape = choices.build()
    rates = [learning_rates(landscape, run.build(), path) for run, path in zip(choices.runs, trajectories, strict=True)]
    return {slot: rate for slot, rate in enumerate(rates) if rate is not None}


def rates_in_words(names: Sequence[str], rates: Mapping[int, Array]) -> str:
    """What the curves of the learning rates show; `rates` has those of each run, (steps,), by its number."""
    return from_to("The learning rate of every step.", {names[slot]: rate for slot, rate in rates.items()})


def idle_schedules(choices: Choices, rates: Mapping[int, Array]) -> list[str]:
    """A sentence for every run whose schedule never changes its rate; `rates` has those of each run, (steps,)."""
    sentences, names = [], choices.names()
    for slot, run in enumerate(choices.runs):
        rate = rates.get(slot)
        if not run.scheduled or rate is None:
            continue
        if run.warmup >= len(rate):
            sentences.append(outlasted(names[slot], run, rate))
        elif run.schedule != "constant" and (rate[run.warmup :] == rate[run.warmup]).all():
            sentences.append(idle(names[slot], run, rate))
    return sentences


def idle(name: str, run: RunChoice, rate: Array) -> str:
    """For a schedule that keeps its first rate all through the run, or all that the warm-up leaves of it."""
    schedule, kept = run.build().rate, rate[run.warmup]
    first = next((t for t in range(run.warmup, MOST_STEPS) if schedule is not None and schedule(t) != kept), None)
    later = "" if first is None else f"; its first change comes with step {first + 1:,}"
    after = "after its warm-up " * (run.warmup > 0)
    return (
        f"{name}: the schedule “{PLANS[run.schedule].name}” never acts within the {in_steps(len(rate))} of this run, "
        f"{after}the rate stays {short(float(kept))}{later}."
    )


def outlasted(name: str, run: RunChoice, rate: Array) -> str:
    """For a warm-up that is longer than the run."""
    missing = f", and “{PLANS[run.schedule].name}” never begins" * (run.schedule != "constant")
    return (
        f"{name}: the warm-up of {in_steps(run.warmup)} outlasts the {in_steps(len(rate))} of this run; "
        f"the rate only comes to {short(float(rate[-1]))}{missing}."
    )


def conventions(choices: Choices, names: Sequence[str], positions: Sequence[Array]) -> list[str]:
    """Where two rules that share a name differ, and where they part in this race."""
    optimizers = [run.optimizer for run in choices.runs]
    return [*differences(optimizers), *partings(names, optimizers, positions)]
