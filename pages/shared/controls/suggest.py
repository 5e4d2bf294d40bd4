"""Learning rates that suit a landscape: for a run that is added, and for all that nobody has set when it changes.

Nothing is remembered of who set a rate: one that is as suggested, or as the app opens with, was not set by hand.
"""

from dataclasses import replace

from optimizers import suggested_rate
from pages.shared.race import breathe, kept
from pages.shared.state import (
    Choices,
    RunChoice,
    Where,
    built,
    choose,
    current,
    defaults,
    first_choices,
    landscape_knobs,
    run_choice,
    set_number,
    with_landscape,
)

FULL_STEP = 1.0  # the own rate of rules such as Newton's method and Adadelta, whose steps have a length of their own


@kept("runs")
def rate_for(where: Where, plain: RunChoice) -> float:
    """The rate that suits a run on a landscape; the rule's own where none leads anywhere.

    Args:
        plain: the run as `unrated` makes it.
    """
    knob = plain.knobs["learning_rate"]
    found = suggested_rate(
        built(*where), lambda rates: plain.build(learning_rate=rates), knob.low, knob.high, check=breathe
    )
    return knob.default if found is None else found


def unrated(run: RunChoice) -> RunChoice:
    """A run without what a suggestion does not depend on: its rate, its schedule, and whether it is drawn."""
    numbers = set_number(run.numbers, "learning_rate", run.knobs["learning_rate"].default)
    return RunChoice(run.optimizer, numbers, lines=run.lines)


def suited(run: RunChoice, where: Where) -> RunChoice:
    """The run at a rate that suits a landscape; as it is where its rule finds the length of its steps by itself."""
    knob = run.knobs.get("learning_rate")
    if knob is None or knob.default == FULL_STEP:
        return run
    return replace(run, numbers=set_number(run.numbers, "learning_rate", rate_for(where, unrated(run))))


def suggested(optimizer: str, lines: str = "") -> RunChoice:
    """A run to be added, at a rate that suits the landscape; `lines` are those of a rule that was typed."""
    return suited(run_choice(optimizer, lines=lines), current().where)


def set_by_hand(run: RunChoice, choices: Choices) -> bool:
    """Whether the rate is another than the app opens with, and than it suggests for the landscape, turned or not."""
    opening = {(first.optimizer, first.numbers) for first in first_choices().runs}
    if (run.optimizer, run.numbers) in opening:
        return False
    unturned = defaults(landscape_knobs(choices.landscape, choices.text))
    return all(
        run.numbers != suited(run, replace(choices, numbers=numbers).where).numbers
        for numbers in dict.fromkeys([choices.numbers, unturned])
    )


def with_suited_rates(new: Choices, old: Choices) -> Choices:
    """The new choices, where rates that were not set by hand on the old landscape suit the new one."""
    runs = tuple(run if set_by_hand(run, old) else suited(run, new.where) for run in new.runs)
    return replace(new, runs=runs)


def go_to(landscape: str) -> None:
    """Goes to another landscape, at rates that suit it where nobody has set them."""
    old = current()
    choose(with_suited_rates(with_landscape(landscape, old), old), redraw=True)
