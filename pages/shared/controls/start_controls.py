"""The controls of the starts: the one that is dragged, and those that fill in around it."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from figures import ordinal, stride
from landscapes import Domain, Knob, shown
from pages.shared.controls.controls import knob_label, knob_slider
from pages.shared.controls.fields import number_field, number_in
from pages.shared.fields import FARTHEST
from pages.shared.state import (
    ALONE,
    COUNT,
    HISTORY,
    MOST_BY_HAND,
    MOST_POINTS,
    MOST_STEPS,
    RADIUS,
    SEARCHING,
    SIDE,
    ByHand,
    Choices,
    Further,
    Grid,
    Point,
    Ring,
    change,
    choose,
    current,
    for_the_visitor,
    key,
    placed,
    plain,
    undefined_at,
)
from words import digits_within, say, say_n, short

FEWEST = 4  # digits of a coordinate that are shown


def start_controls() -> None:
    """Where the runs begin, and for how many steps they go."""
    choices = current()
    columns = st.columns(3)
    across, up = (say("Start {axis}", axis=shown(axis)) for axis in choices.build().axes)
    coordinate(columns[0], across, choices.start[0], "start x", lambda x: take_start((x, current().start[1])))
    coordinate(columns[1], up, choices.start[1], "start y", lambda y: take_start((current().start[0], y)))
    typed = [number_in(key(name)) for name in ("start x", "start y")]
    wanted = [old if new is None else new for new, old in zip(typed, choices.start, strict=True)]
    if refused := undefined_at(choices.build(), (wanted[0], wanted[1])):
        st.error(plain(say("This start was not taken: {reason}.", reason=refused)))
    steps = key("steps")
    number_field(say("Steps"), 1, MOST_STEPS, choices.steps, steps, lambda n: change(steps=n), place=columns[2])
    if choices.steps_taken < choices.steps:
        st.warning(too_many_steps(choices))


def start_in_words(choices: Choices) -> str:
    """The start, how many more there are, and the steps of every run."""
    digits = max(digits_within(low, high, FEWEST) for low, high in in_sight(choices))
    x, y = (short(each, digits) for each in choices.start)
    said = say_n("({x}, {y}) · {count} step", "({x}, {y}) · {count} steps", choices.steps_taken, x=x, y=y)
    more = len(choices.starts) - 1
    return say_n("{said} · {count} more start", "{said} · {count} more starts", more, said=said) if more else said


def coordinate(
    place: DeltaGenerator, label: str, number: float, name: str, taken: Callable[[float], object] = lambda _: None
) -> None:
    """A field for x or y of a start, with as many digits as tell places on the map apart."""
    digits = max(digits_within(low, high, FEWEST) for low, high in in_sight(current()))
    number_field(label, -FARTHEST, FARTHEST, number, key(name), taken, place=place, format=f"%.{digits}g")


def in_sight(choices: Choices) -> Domain:
    """What the map shows."""
    return choices.zoom or choices.build().domain


def take_start(start: Point) -> None:
    """Takes a start that was typed, where f is defined there; elsewhere the page says so beside the fields."""
    if undefined_at(current().build(), start) is None:
        change(start=start)


def move_start(start: Point, *, transient: bool = False) -> None:
    """Takes a start that was chosen on the map, and shows it in the fields; where f is not defined, it says so.

    A start that is `transient` only passes, and is taken back together with the one where it ends.
    """
    start = placed(start, in_sight(current()))
    refused = undefined_at(current().build(), start)
    if refused is None:
        HISTORY.choose(replace(current(), start=start), transient=transient)
    elif not transient:
        with for_the_visitor():  # this is asked for on the picture, before the page is made anew
            st.toast(plain(say("This start was not taken: {reason}.", reason=refused)))


def further_starts() -> None:
    """More starts: each run begins from all of them."""
    choices = current()
    with st.expander(say("More starts"), key=key("starts"), type="compact", on_change="rerun") as row:
        if not row.open:
            return
        left, right = st.columns(2)
        left.button(say("Ring of starts"), key=key("ring"), on_click=fill, args=(Ring(),), width="stretch")
        right.button(say("Grid of starts"), key=key("grid"), on_click=fill, args=(Grid(),), width="stretch")
        match choices.further:
            case Ring(count=count, radius=radius):
                dial(COUNT, count, "ring count", lambda n: replace(ring(), count=int(n)))
                dial(RADIUS, radius, "ring radius", lambda r: replace(ring(), radius=r))
            case Grid(side=side):
                dial(SIDE, side, "grid side", lambda n: Grid(int(n)))
        one_more(choices)
        st.button(say("Only the first"), key=key("one"), on_click=fill, args=(ALONE,), disabled=not choices.starts[1:])
    if len(choices.starts_within_budget) < len(choices.starts):
        st.warning(too_many_starts(choices))


def dial(knob: Knob, number: float, name: str, made: Callable[[float], Further]) -> None:
    """A slider for a number of the pattern."""
    knob_slider(knob, knob_label(knob), number, name, lambda value: change(further=made(value)))


def ring() -> Ring:
    """The ring as it is chosen now."""
    further = current().further
    return further if isinstance(further, Ring) else Ring()


def one_more(choices: Choices) -> None:
    """Two fields and a button that puts another start there."""
    columns = st.columns(3, vertical_alignment="bottom")
    for axis, name, column, number in zip("xy", choices.build().axes, columns, choices.start, strict=False):
        coordinate(column, shown(name), number, f"another {axis}")
    full = len(choices.starts) > MOST_BY_HAND
    columns[2].button(say("Add"), key=key("another"), on_click=add_typed, disabled=full, width="stretch")


def add_typed() -> None:
    """Puts one more start where the two fields say."""
    x, y = (number_in(key(f"another {axis}")) for axis in "xy")
    if x is not None and y is not None:
        add_start((x, y))


def add_start(start: Point) -> None:
    """Puts one more start; those of a pattern stay where they are, as if they had been put by hand."""
    choices = current()
    _, *others = choices.starts
    if undefined_at(choices.build(), start):
        return move_start(start)  # which says so
    if len(others) < MOST_BY_HAND:
        fill(ByHand((*others, placed(start, in_sight(current())))))
    else:
        with for_the_visitor():  # this is asked for on the picture, before the page is made anew
            st.toast(say("There is room for {most} further starts, and no more.", most=MOST_BY_HAND))


def fill(further: Further) -> None:
    """Takes other further starts."""
    choose(replace(current(), further=further))


def left_out(choices: Choices) -> list[str]:
    """Sentences about what was asked for and does not run."""
    steps = [too_many_steps(choices)] if choices.steps_taken < choices.steps else []
    return [*steps, *([too_many_starts(choices)] if len(choices.starts_within_budget) < len(choices.starts) else [])]


def thinned(choices: Choices) -> list[str]:
    """Which steps of a long run are seen, and where all of them are; nothing where all are seen."""
    steps = choices.steps_taken
    if stride(steps) == 1:
        return []
    return [
        say_n(
            "Drawn and played is every {nth} step and the extremes; "
            "verdicts, numbers and saved runs are of all {count} step.",
            "Drawn and played is every {nth} step and the extremes; "
            "verdicts, numbers and saved runs are of all {count} steps.",
            steps,
            nth=ordinal(stride(steps)),
        )
    ]


def too_many_steps(choices: Choices) -> str:
    """Why not every step runs."""
    taken, asked, most = f"{choices.steps_taken:,}", f"{choices.steps:,}", f"{MOST_POINTS:,}"
    if rules := searching(choices):
        return say(
            "Only {taken} of {asked} steps run: there is room for {most} steps of all runs together, a step of {rules} "
            "counted {times} times. Fewer runs make room.",
            taken=taken,
            asked=asked,
            most=most,
            rules=rules,
            times=SEARCHING,
        )
    return say(
        "Only {taken} of {asked} steps run: there is room for {most} steps of all runs together. Fewer runs make room.",
        taken=taken,
        asked=asked,
        most=most,
    )


def too_many_starts(choices: Choices) -> str:
    """Why not every start runs."""
    taken, asked = len(choices.starts_within_budget), len(choices.starts)
    steps, most = f"{choices.steps_taken:,}", f"{MOST_POINTS:,}"
    if rules := searching(choices):
        return say_n(
            "Only {taken} of {asked} starts run: with {count} run of {steps} steps there is room for no more ({most} "
            "steps in all, a step of {rules} counted {times} times). Fewer steps or runs make room.",
            "Only {taken} of {asked} starts run: with {count} runs of {steps} steps there is room for no more ({most} "
            "steps in all, a step of {rules} counted {times} times). Fewer steps or runs make room.",
            len(choices.runs),
            taken=taken,
            asked=asked,
            steps=steps,
            most=most,
            rules=rules,
            times=SEARCHING,
        )
    return say_n(
        "Only {taken} of {asked} starts run: with {count} run of {steps} steps there is room for no more ({most} "
        "steps in all). Fewer steps or runs make room.",
        "Only {taken} of {asked} starts run: with {count} runs of {steps} steps there is room for no more ({most} "
        "steps in all). Fewer steps or runs make room.",
        len(choices.runs),
        taken=taken,
        asked=asked,
        steps=steps,
        most=most,
    )


def searching(choices: Choices) -> str:
    """The rules whose steps count more than one each; "" where there are none."""
    first, *others = dict.fromkeys(say(run.rule.name) for run in choices.runs if run.weight > 1) or [""]
    for other in others:
        first = say("{first} or {second}", first=first, second=other)
    return first
