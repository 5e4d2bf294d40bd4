"""What has to be said about a race: its rates, schedules that never act, rules of one name, RAdam's first steps."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from landscapes import Array, Landscape, Outlier
from optimizers import PLANS, differences, partings, plain_updates
from optimizers.schedules import OnPlateau
from pages.shared.race.compute import outcome, rates_taken
from pages.shared.race.race import from_to
from pages.shared.state import MOST_STEPS, Choices, RunChoice
from words import coordinates, paragraph, say, say_n, short
from words import steps as in_steps


def scheduled(choices: Choices) -> dict[int, Array]:
    """The learning rate of every step, (steps,), of those runs that have one; nothing where no run has a schedule."""
    if not any(run.scheduled for run in choices.runs):
        return {}
    runs = [replace(run, hidden=False) for run in choices.runs]
    rates = [
        rates_taken(choices.where, choices.gradient_noise, run, choices.start, choices.steps_taken) for run in runs
    ]
    return {slot: rate for slot, rate in enumerate(rates) if rate is not None}


def rates_in_words(names: Sequence[str], rates: Mapping[int, Array]) -> str:
    """What the curves of the learning rates show; `rates` has those of each run, (steps,), by its number."""
    return from_to(say("The learning rate of every step."), {names[slot]: rate for slot, rate in rates.items()})


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
        sentences += at_rest_below_zero(choices, names[slot], run, rate)
    return sentences


def at_rest_below_zero(choices: Choices, name: str, run: RunChoice, rate: Array) -> list[str]:
    """For a run on PyTorch's plateau whose loss became negative, after which its rate, (steps,), stayed as it was."""
    turned = dict(run.schedule_numbers)
    if run.schedule != "reduce_on_plateau" or not turned["threshold"]:
        return []
    shown = replace(run, hidden=False)
    loss = outcome(choices.where, choices.gradient_noise, shown, choices.start, choices.steps_taken).loss[: len(rate)]
    below = np.flatnonzero(loss[run.warmup :] < 0) + run.warmup
    if not below.size:
        return []
    first = int(below[0])
    if len(rate) - first <= turned["patience"] or (rate[first:] != rate[first]).any():
        return []
    schedule, absolute = say(PLANS[run.schedule].name), say(PLANS["reduce_on_plateau_absolute"].name)
    if first == 0:
        return [
            say(
                "{run}: the loss is negative from the start, and “{schedule}” has not lowered the rate: its threshold "
                "is a share of the loss, and a negative loss at rest counts as progress. “{absolute}” acts there too.",
                run=name,
                schedule=schedule,
                absolute=absolute,
            )
        ]
    return [
        say(
            "{run}: the loss is negative from step {step} on, and “{schedule}” has not lowered the rate since: its "
            "threshold is a share of the loss, and a negative loss at rest counts as progress. “{absolute}” acts there "
            "too.",
            run=name,
            step=f"{first:,}",
            schedule=schedule,
            absolute=absolute,
        )
    ]


def idle(name: str, run: RunChoice, rate: Array) -> str:
    """For a schedule that keeps its first rate all through the run, or all that the warm-up leaves of it."""
    kept = float(rate[run.warmup])
    schedule, steps, learning_rate = say(PLANS[run.schedule].name), in_steps(len(rate)), short(kept)
    first = first_change(run, kept)
    if run.warmup > 0 and first is not None:
        return say(
            "{run}: the schedule “{schedule}” never acts within the {steps} of this run, after its warm-up the rate "
            "stays {rate}; its first change comes with step {first}.",
            run=name,
            schedule=schedule,
            steps=steps,
            rate=learning_rate,
            first=f"{first + 1:,}",
        )
    if run.warmup > 0:
        return say(
            "{run}: the schedule “{schedule}” never acts within the {steps} of this run, after its warm-up the rate "
            "stays {rate}.",
            run=name,
            schedule=schedule,
            steps=steps,
            rate=learning_rate,
        )
    if first is not None:
        return say(
            "{run}: the schedule “{schedule}” never acts within the {steps} of this run, the rate stays {rate}; its "
            "first change comes with step {first}.",
            run=name,
            schedule=schedule,
            steps=steps,
            rate=learning_rate,
            first=f"{first + 1:,}",
        )
    return say(
        "{run}: the schedule “{schedule}” never acts within the {steps} of this run, the rate stays {rate}.",
        run=name,
        schedule=schedule,
        steps=steps,
        rate=learning_rate,
    )


@lru_cache(maxsize=256)
def first_change(run: RunChoice, kept: float) -> int | None:
    """The first step after the warm-up whose rate is another, in the longest run that there is; None without one.

    Nor with a plateau's rate, which depends on losses that are not computed yet.
    """
    schedule = run.build().rate
    if schedule is None or isinstance(schedule, OnPlateau):
        return None
    return next((t for t in range(run.warmup, MOST_STEPS) if schedule(t) != kept), None)


def outlasted(name: str, run: RunChoice, rate: Array) -> str:
    """For a warm-up that is longer than the run."""
    warmup, steps, reached = in_steps(run.warmup), in_steps(len(rate)), short(float(rate[-1]))
    if run.schedule == "constant":
        return say(
            "{run}: the warm-up of {warmup} outlasts the {steps} of this run; the rate only comes to {rate}.",
            run=name,
            warmup=warmup,
            steps=steps,
            rate=reached,
        )
    return say(
        "{run}: the warm-up of {warmup} outlasts the {steps} of this run; the rate only comes to {rate}, and "
        "“{schedule}” never begins.",
        run=name,
        warmup=warmup,
        steps=steps,
        rate=reached,
        schedule=say(PLANS[run.schedule].name),
    )


def bad_batch(outlier: Outlier, updates: int) -> list[str]:
    """Which of so many updates meets the outlier, and what that adds; nothing where there is none."""
    if not outlier.present:
        return []
    update = f"{outlier.update:,}"
    if outlier.update > updates:
        return [say("The bad batch of update {update} comes after the last step.", update=update)]
    push = coordinates(outlier.push)
    return [say("At update {update} a bad batch adds {push} to every gradient.", update=update, push=push)]


def conventions(choices: Choices, names: Sequence[str], positions: Sequence[Array]) -> list[str]:
    """Where two rules that share a name differ, and where they part in this race."""
    optimizers = [run.optimizer for run in choices.runs]
    return [*differences(optimizers), *partings(names, optimizers, positions)]


def thrown_out(
    landscape: Landscape, names: Sequence[str], runs: Sequence[RunChoice], positions: Sequence[Array]
) -> list[str]:
    """For every RAdam whose first updates, momentum alone, lead out of view; `positions` are each (2, steps + 1)."""
    return [
        sentence
        for name, run, path in zip(names, runs, positions, strict=True)
        if run.optimizer == "radam" and (sentence := _thrown_out(landscape, name, run, path))
    ]


def _thrown_out(landscape: Landscape, name: str, run: RunChoice, path: Array) -> str:
    beta2, steps = dict(run.numbers)["beta2"], path.shape[1] - 1
    count = plain_updates(beta2, steps)
    low, high = np.array(landscape.domain).T[:, :, None]
    inside = ((low <= path) & (path <= high)).all(axis=0)[: count + 1]
    if not inside[0] or inside.all():
        return ""
    step = int(np.argmin(inside))
    before, after = path[:, step - 1], path[:, step]
    rate = run.build().rate
    eta = short(float(rate(step - 1))) if rate is not None else short(float("nan"))
    return paragraph(_plain_steps(name, count, steps), _step_out(landscape, before, after, step, eta))


def _plain_steps(name: str, count: int, steps: int) -> str:
    """How many of the first updates of a RAdam are momentum alone."""
    if count == steps:
        return say(
            "{run}: all its steps are plain momentum at the learning rate itself, never divided by √v.", run=name
        )
    if count == 1:
        return say(
            "{run}: its first step is plain momentum at the learning rate itself, not yet divided by √v.", run=name
        )
    return say_n(
        "{run}: its first {count} step is plain momentum at the learning rate itself, not yet divided by √v.",
        "{run}: its first {count} steps are plain momentum at the learning rate itself, not yet divided by √v.",
        count,
        run=name,
    )


def _step_out(landscape: Landscape, before: Array, after: Array, step: int, eta: str) -> str:
    """The step that leads out of view, beside Adam's where it is the first."""
    place, slope = coordinates(before), short(float(np.hypot(*landscape.gradient(before))))
    finite = bool(np.isfinite(after).all())
    length = short(float(np.hypot(*(after - before)))) if finite else ""
    if finite and step == 1:
        return say(
            "Step {step}, at η = {eta} from {place}, where the gradient is {slope} long, is {length} long and leaves "
            "the view; Adam’s first step is at most {eta} along each axis.",
            step=step,
            eta=eta,
            place=place,
            slope=slope,
            length=length,
        )
    if finite:
        return say(
            "Step {step}, at η = {eta} from {place}, where the gradient is {slope} long, is {length} long and leaves "
            "the view.",
            step=step,
            eta=eta,
            place=place,
            slope=slope,
            length=length,
        )
    if step == 1:
        return say(
            "Step {step}, at η = {eta} from {place}, where the gradient is {slope} long, is too long to be followed "
            "and leaves the view; Adam’s first step is at most {eta} along each axis.",
            step=step,
            eta=eta,
            place=place,
            slope=slope,
        )
    return say(
        "Step {step}, at η = {eta} from {place}, where the gradient is {slope} long, is too long to be followed and "
        "leaves the view.",
        step=step,
        eta=eta,
        place=place,
        slope=slope,
    )
