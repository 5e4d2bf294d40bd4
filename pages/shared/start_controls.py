"""The controls of the starts: the one that is dragged, and those that fill in round it."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from landscapes import Knob
from pages.shared.choices import MOST_POINTS, Choices
from pages.shared.controls import turn
from pages.shared.fields import number_field
from pages.shared.link import FARTHEST
from pages.shared.run_choice import MOST_STEPS
from pages.shared.starts import ALONE, COUNT, MOST_BY_HAND, RADIUS, SIDE, ByHand, Further, Grid, Point, Ring, digits
from pages.shared.state import KEPT, change, choose, current, key


def start_controls() -> None:
    """Where the runs begin, and for how many steps they go."""
    choices = current()
    columns = st.columns(3)
    coordinate(columns[0], "Start x", choices.start[0], "start x", lambda x: change(start=(x, current().start[1])))
    coordinate(columns[1], "Start y", choices.start[1], "start y", lambda y: change(start=(current().start[0], y)))
    steps = key("steps")
    number_field("Steps", 1, MOST_STEPS, choices.steps, steps, lambda n: change(steps=n), place=columns[2])


def coordinate(
    place: DeltaGenerator, label: str, number: float, name: str, taken: Callable[[float], object] = lambda _: None
) -> None:
    """A field for x or y of a start."""
    number_field(label, -FARTHEST, FARTHEST, number, key(name), taken, place=place, format="%.4g")


def move_start(start: Point, *, under_way: bool = False) -> None:
    """Takes a start that was chosen on the map, and shows it in the fields.

    A start that is `under_way` only passes: the fields are not made anew, so the browser would send back
    what they still show, and that would count as typed.
    """
    start = digits(start[0]), digits(start[1])
    KEPT.choose(replace(current(), start=start), under_way=under_way)
    if not under_way:
        for axis, number in zip("xy", start, strict=True):
            st.session_state[key(f"start {axis}")] = number


def further_starts() -> None:
    """More starts: each run begins from all of them."""
    choices = current()
    with st.expander("More starts", key=key("starts"), type="compact", on_change="rerun") as row:
        if not row.open:
            return
        left, right = st.columns(2)
        left.button("Ring of starts", key=key("ring"), on_click=fill, args=(Ring(),), width="stretch")
        right.button("Grid of starts", key=key("grid"), on_click=fill, args=(Grid(),), width="stretch")
        match choices.further:
            case Ring(count=count, radius=radius):
                dial(COUNT, count, "ring count", lambda n: replace(ring(), count=int(n)))
                dial(RADIUS, radius, "ring radius", lambda r: replace(ring(), radius=r))
            case Grid(side=side):
                dial(SIDE, side, "grid side", lambda n: Grid(int(n)))
        one_more(choices)
        st.button("Only the first", key=key("one"), on_click=fill, args=(ALONE,), disabled=not choices.starts[1:])
    if len(choices.raced) < len(choices.starts):
        st.warning(too_many(choices))


def dial(knob: Knob, number: float, name: str, made: Callable[[float], Further]) -> None:
    """A slider for a number of the pattern."""
    turn(knob, f"{knob.symbol}, {knob.help}", number, name, lambda value: change(further=made(value)))


def ring() -> Ring:
    """The ring as it is chosen now."""
    further = current().further
    return further if isinstance(further, Ring) else Ring()


def one_more(choices: Choices) -> None:
    """Two fields and a button that puts another start there."""
    columns = st.columns(3, vertical_alignment="bottom")
    for axis, column, number in zip("xy", columns, choices.start, strict=False):
        coordinate(column, axis, number, f"another {axis}")
    full = len(choices.starts) > MOST_BY_HAND
    columns[2].button("Add", key=key("another"), on_click=add_typed, disabled=full, width="stretch")


def add_typed() -> None:
    """Puts one more start where the two fields say."""
    x, y = (st.session_state[key(f"another {axis}")] for axis in "xy")
    if x is not None and y is not None:
        add_start((x, y))


def add_start(start: Point) -> None:
    """Puts one more start; those of a pattern stay where they are, as if they had been put by hand."""
    choices = current()
    _, *others = choices.starts
    if len(others) < MOST_BY_HAND:
        fill(ByHand((*others, (digits(start[0]), digits(start[1])))))
    else:
        st.toast(f"There is room for {MOST_BY_HAND} further starts, and no more.")


def fill(further: Further) -> None:
    """Takes other further starts."""
    choose(replace(current(), further=further))


def too_many(choices: Choices) -> str:
    """Why not every start runs."""
    return (
        f"Only {len(choices.raced)} of {len(choices.starts)} starts run: with {len(choices.runs)} runs of "
        f"{choices.steps:,} steps there is room for no more ({MOST_POINTS:,} points in all). "
        f"Fewer steps or runs make room."
    )
