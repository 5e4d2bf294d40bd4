"""The race in the sidebar: a foldable row for each run, and ways to add, copy, hide, remove and tune them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zlib import crc32

import streamlit as st

from figures import run_colours
from landscapes import knob_in_words
from optimizers import OPTIMIZERS, PLANS
from pages.shared.controls.controls import knob_label, knob_slider
from pages.shared.controls.own_rule import Suited, own_rule
from pages.shared.controls.suggest import suggested
from pages.shared.controls.tune import tuning
from pages.shared.state import (
    FIRST_LINES,
    HISTORY,
    MOST_RULES,
    MOST_RUNS,
    TYPED,
    WARMUP,
    History,
    RunChoice,
    few_rules,
    key,
    on_schedule,
    plain,
    rule_of,
    run_marks,
    schedule_knobs,
    set_number,
    takes_schedule,
    takes_warmup,
    typed_rules,
)
from words import say


def run_controls(
    page: History[Any] = HISTORY,
    suited: Suited = suggested,
    tune: Callable[[], None] | None = tuning,
) -> None:
    """One foldable row for each run, and a way to add another, as `suited` makes it."""
    runs: tuple[RunChoice, ...] = page.current().runs
    colours = run_colours([run.optimizer for run in runs])
    for slot, (run, colour, mark) in enumerate(zip(runs, colours, run_marks(runs), strict=True)):
        name = f"**{say(run.rule.name)}**"
        name = say("{run} (hidden)", run=name) if run.hidden else name
        label = f':color[●]{{foreground="{colour}"}} {name}'
        folded = key(f"{page.name}run {slot}")
        with st.container(gap=None):
            # The label stays as it is while a knob is turned: with another one the slider would lose the focus.
            row = st.expander(label, expanded=slot == 0, type="compact", key=folded, on_change="rerun")
            if row.open:
                with row:
                    one_run(page, slot, run, suited)
            elif mark:
                st.caption(plain(say("number {number}", number=mark) if mark.isdigit() else mark))
    tunable = tune is not None and any("learning_rate" in dict(run.numbers) for run in runs)
    if tunable and st.button(say("Tune the learning rates"), key="tune", type="tertiary", icon=":material/tune:"):
        tune()
    if len(runs) < MOST_RUNS:
        widget = key(f"{page.name}add to {len(runs)}")
        st.selectbox(
            say("Add a run"),
            [*OPTIMIZERS, TYPED],
            index=None,
            placeholder=say("Add a run"),
            format_func=rule_name,
            label_visibility="collapsed",
            key=widget,
            on_change=lambda: add_run(page, suited, st.session_state[widget]),
        )


def rule_name(optimizer: str) -> str:
    """What an optimizer is called in a list."""
    return say(rule_of(optimizer, FIRST_LINES).name)


def add_run(page: History[Any], suited: Suited, optimizer: str | None) -> None:
    """Puts another run at the end; with one rule too many of one's own, another of the last."""
    runs = page.current().runs
    if optimizer is not None:
        rules = typed_rules(runs)
        lines = rules[-1] if len(rules) == MOST_RULES else FIRST_LINES
        page.change(runs=(*runs, suited(optimizer, lines if optimizer == TYPED else "")))


def one_run(page: History[Any], slot: int, run: RunChoice, suited: Suited) -> None:
    """The knobs of one run, its schedule, and a button that removes it."""

    def put(new: RunChoice) -> None:
        runs = page.current().runs
        page.change(runs=few_rules((*runs[:slot], new, *runs[slot + 1 :])))

    name = f"{page.name}run {slot} {run.optimizer}"
    knob_controls(run, name, put, suited)
    handle(page, slot, run, name)


def knob_controls(run: RunChoice, name: str, put: Callable[[RunChoice], None], suited: Suited = suggested) -> None:
    """The knobs of a rule and its schedule; `put` receives the run with other numbers, where they work together."""

    def sound(new: RunChoice) -> None:
        try:
            new.build()
        except ValueError as error:
            st.session_state["refused"] = (name, error.args[0])  # said when the page is made anew, in its language
        else:
            put(new)

    if run.optimizer == TYPED:
        own_rule(run, name, put, suited)
        name = f"{name} {crc32(run.lines.encode()):x}"  # other lines have other knobs, though some are called alike
    for knob_name, knob in run.knobs.items():
        words = knob_in_words(knob_name)
        knob_slider(
            knob,
            words if words == knob.symbol else say("{name} {symbol}", name=say(words), symbol=knob.symbol),
            dict(run.numbers)[knob_name],
            f"{name} {knob_name}",
            lambda value, k=knob_name: sound(replace(run, numbers=set_number(run.numbers, k, value))),
        )
    if takes_schedule(run.optimizer, run.lines):
        widget = key(f"{name} schedule")
        st.session_state.setdefault(widget, run.schedule)
        st.selectbox(
            say("Schedule"),
            [plan for plan in PLANS if plan != "warmup" or run.schedule == plan],  # the slider below goes before any
            format_func=lambda plan: say(PLANS[plan].name),
            key=widget,
            on_change=lambda: sound(on_schedule(run, st.session_state[widget])),
        )
        for knob_name, knob in schedule_knobs(run.schedule).items():
            knob_slider(
                knob,
                knob_label(knob),
                dict(run.schedule_numbers)[knob_name],
                f"{name} {run.schedule} {knob_name}",
                lambda value, k=knob_name: sound(
                    replace(run, schedule_numbers=set_number(run.schedule_numbers, k, value))
                ),
            )
    if takes_warmup(run):
        knob_slider(
            WARMUP,
            say("Warm-up {symbol}, {meaning}", symbol=WARMUP.symbol, meaning=say(WARMUP.help)),
            run.warmup,
            f"{name} warmup",
            lambda value: sound(replace(run, warmup=int(value))),
        )
    refused, refusal = st.session_state.get("refused", ("", ""))
    if refused == name:
        del st.session_state["refused"]
        st.error(plain(say("{reason}. The last numbers that work together are shown.", reason=refusal)))


def handle(page: History[Any], slot: int, run: RunChoice, name: str) -> None:
    """Copy, hide or show, and remove one run; what is removed comes back by undo."""
    runs = page.current().runs
    copy, hide, remove = st.columns(3)
    if copy.button(say("Copy"), key=key(f"{name} copy"), type="tertiary", disabled=len(runs) >= MOST_RUNS):
        replace_runs(page, *runs[: slot + 1], run, *runs[slot + 1 :])
    if hide.button(say("Show") if run.hidden else say("Hide"), key=key(f"{name} hide"), type="tertiary"):
        replace_runs(page, *runs[:slot], replace(run, hidden=not run.hidden), *runs[slot + 1 :])
    if len(runs) > 1 and remove.button(say("Remove"), key=key(f"{name} remove"), type="tertiary"):
        replace_runs(page, *runs[:slot], *runs[slot + 1 :])


def replace_runs(page: History[Any], *runs: RunChoice) -> None:
    """Takes other runs, and shows them in the sidebar."""
    page.choose(replace(page.current(), runs=runs), redraw=True)
    st.rerun()
