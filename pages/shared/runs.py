"""The race in the sidebar: a foldable row for each run, and ways to add, copy, hide, remove and tune them."""

from dataclasses import replace

import streamlit as st

from figures import run_colours
from landscapes import knobs
from optimizers import OPTIMIZERS, PLANS, RULES
from pages.shared.choices import (
    MOST_RUNS,
    WARMUP,
    RunChoice,
    on_schedule,
    run_choice,
    schedule_knobs,
    takes_schedule,
    takes_warmup,
)
from pages.shared.controls import turn
from pages.shared.state import change, choose, current, key, plain, set_number
from pages.shared.suggest import suggested_rate
from pages.shared.tune import tuning


def run_controls() -> None:
    """One foldable row for each run, and a way to add another."""
    choices = current()
    colours = run_colours([run.optimizer for run in choices.runs])
    for slot, (run, colour) in enumerate(zip(choices.runs, colours, strict=True)):
        label = f':color[●]{{foreground="{colour}"}} **{RULES[run.optimizer].name}**{" (hidden)" * run.hidden}'
        row = st.expander(label, expanded=slot == 0, type="compact", key=key(f"run {slot}"), on_change="rerun")
        if row.open:
            with row:
                one_run(slot, run)
    tunable = any("learning_rate" in dict(run.numbers) for run in choices.runs)
    if tunable and st.button("Tune the learning rates", key="tune", type="tertiary", icon=":material/tune:"):
        tuning()
    if len(choices.runs) < MOST_RUNS:
        widget = key(f"add to {len(choices.runs)}")
        st.selectbox(
            "Add a run",
            OPTIMIZERS,
            index=None,
            placeholder="Add a run",
            format_func=lambda name: RULES[name].name,
            label_visibility="collapsed",
            key=widget,
            on_change=lambda: add_run(st.session_state[widget]),
        )


def add_run(optimizer: str | None) -> None:
    """Puts another run at the end, at a rate that suits the landscape."""
    if optimizer is not None:
        choices = current()
        added = run_choice(optimizer, **suggested_rate(choices, optimizer))
        choose(replace(choices, runs=(*choices.runs, added)))


def one_run(slot: int, run: RunChoice) -> None:
    """The knobs of one run, its schedule, and a button that removes it."""

    def put(new: RunChoice) -> None:
        runs = current().runs
        try:
            new.build()
        except ValueError as error:
            st.session_state["refused"] = (slot, str(error))
        else:
            change(runs=(*runs[:slot], new, *runs[slot + 1 :]))

    name = f"run {slot} {run.optimizer}"
    for knob_name, knob in knobs(OPTIMIZERS[run.optimizer]).items():
        words = knob_name.replace("_", " ").rstrip("012")
        turn(
            knob,
            f"{words} {knob.symbol}",
            dict(run.numbers)[knob_name],
            f"{name} {knob_name}",
            lambda value, k=knob_name: put(replace(run, numbers=set_number(run.numbers, k, value))),
        )
    if takes_schedule(run.optimizer):
        widget = key(f"{name} schedule")
        st.session_state.setdefault(widget, run.schedule)
        st.selectbox(
            "Schedule",
            [plan for plan in PLANS if plan != "warmup" or run.schedule == plan],  # the slider below goes before any
            format_func=lambda plan: PLANS[plan].name,
            key=widget,
            on_change=lambda: put(on_schedule(run, st.session_state[widget])),
        )
        for knob_name, knob in schedule_knobs(run.schedule).items():
            turn(
                knob,
                f"{knob.symbol}, {knob.help}",
                dict(run.schedule_numbers)[knob_name],
                f"{name} {run.schedule} {knob_name}",
                lambda value, k=knob_name: put(
                    replace(run, schedule_numbers=set_number(run.schedule_numbers, k, value))
                ),
            )
    if takes_warmup(run):
        turn(
            WARMUP,
            f"Warm-up {WARMUP.symbol}, {WARMUP.help}",
            run.warmup,
            f"{name} warmup",
            lambda value: put(replace(run, warmup=int(value))),
        )
    refused_slot, refusal = st.session_state.pop("refused", (None, ""))
    if refused_slot == slot:
        st.error(plain(f"{refusal}. The last numbers that work together are shown."))
    handle(slot, run, name)


def handle(slot: int, run: RunChoice, name: str) -> None:
    """Copy, hide or show, and remove one run; what is removed comes back by undo."""
    runs = current().runs
    copy, hide, remove = st.columns(3)
    if copy.button("Copy", key=key(f"{name} copy"), type="tertiary", disabled=len(runs) >= MOST_RUNS):
        replace_runs(*runs[: slot + 1], run, *runs[slot + 1 :])
    if hide.button("Show" if run.hidden else "Hide", key=key(f"{name} hide"), type="tertiary"):
        replace_runs(*runs[:slot], replace(run, hidden=not run.hidden), *runs[slot + 1 :])
    if len(runs) > 1 and remove.button("Remove", key=key(f"{name} remove"), type="tertiary"):
        replace_runs(*runs[:slot], *runs[slot + 1 :])


def replace_runs(*runs: RunChoice) -> None:
    """Takes other runs, and shows them in the sidebar."""
    choose(replace(current(), runs=runs), redraw=True)
    st.rerun()
