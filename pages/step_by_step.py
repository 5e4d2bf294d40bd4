"""What does a rule do with the gradient and with what it remembers, in one single update?"""

from contextlib import nullcontext
from functools import partial

import streamlit as st

from pages.shared.controls import (
    header,
    landscape_controls,
    no_questions,
    noise_controls,
    page_parts,
    run_controls,
    save,
    start_controls,
    view_controls,
    where_they_end,
    which_rate,
)
from pages.shared.parts import PICTURE, RUNS, first_part, group, part
from pages.shared.race import recorded
from pages.shared.state import Choices, begin, current, first_choices
from pages.step_by_step_parts import memory, tables, timeline, update, warm_up
from rooms import Question
from words import say

SHOW = {
    "update": update.show,
    "tables": tables.show,
    "memory": memory.show,
    "timeline": timeline.show,
    "warm_up": warm_up.show,
}


@first_part()
def top() -> None:
    """Name, formula, the way back and the link."""
    choices = current()
    taken_apart = choices.sheet == "update"
    header(
        say("Step by step"),
        choices.build() if taken_apart else None,
        questions=partial(questions, choices) if taken_apart else no_questions,
    )


def questions(choices: Choices) -> list[Question]:
    """Where each run will end, of which the map shows the way so far; and what rate one would take."""
    runs = [(name, recorded(choices, slot).run.positions) for slot, name in enumerate(choices.names())]
    return [*where_they_end(runs, choices.build().domain, plays=False), which_rate()]


@part(PICTURE)
def show() -> None:
    """The sheet that was chosen."""
    choices = current()
    SHOW[choices.sheet](choices)


@group("landscape")
def landscape() -> None:
    """What is looked at."""
    landscape_controls()


@group(RUNS)
def runs() -> None:
    """A chip for each run."""
    run_controls()


@group("more")
def more() -> None:
    """Where the runs begin and how far they go, their noise, how they are drawn, and what can be saved."""
    start_controls()
    noise_controls()
    view_controls("height", "size")
    save(current())


begin(first_choices())
top()
page_parts("sheet")
show()
if current().sheet == "update":  # the others have numbers of their own
    with nullcontext() if st.context.is_embedded else st.sidebar:
        landscape()
        runs()
        more()
