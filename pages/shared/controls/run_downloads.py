"""Takes runs away: all as JSON; one as a table, as Python with NumPy, as Python with PyTorch."""

import re

import streamlit as st

from figures import ordinal, stride
from landscapes import knobs
from optimizers import SCHEDULES, Recipe, run_as_csv, run_as_numpy, run_as_torch
from pages.shared.controls.download import download
from pages.shared.race import from_every_start, race_as_json
from pages.shared.state import Choices, RunChoice, key, run_marks, schedule_knobs, whole
from words import say, say_n


def save(choices: Choices) -> None:
    """A button that opens what can be saved, all runs or one; nothing is written before it is asked for."""
    names = choices.names()
    with st.popover(say("Save the runs"), width="stretch", on_change="rerun", key="saving") as menu:
        if not menu.open:
            return
        download(
            say("All trajectories, JSON"),
            lambda: race_as_json(choices),
            f"{choices.landscape}.json",
            "application/json",
        )
        if stride(choices.steps_taken) > 1:
            nth = ordinal(stride(choices.steps_taken))
            st.caption(say("Every file holds every step. Drawn is every {nth} step and the extremes.", nth=nth))
        widget = key(f"save {len(names)}")
        st.session_state[widget] = st.session_state.get(widget, 0)  # the place in the race stays when the names change
        slot = st.selectbox(say("Run"), range(len(names)), format_func=names.__getitem__, key=widget)
        if choices.starts_within_budget[1:]:
            count = len(choices.starts_within_budget)
            st.caption(say_n("Every file holds all {count} start.", "Every file holds all {count} starts.", count))
        run, landscape = choices.runs[slot], choices.build()
        name = file_name(choices, slot)
        download(say("Table, CSV"), lambda: table(choices, slot), f"{name}.csv", "text/csv")
        if landscape.program is None:
            st.caption(say("This landscape is made from data and has no formula, so there is no script."))
            return
        it = recipe(choices, run)
        download(say("Python with NumPy"), lambda: run_as_numpy(landscape, it), f"{name}.py", "text/x-python")
        script = run_as_torch(landscape, it)
        if script is not None:
            download(say("Python with PyTorch"), script, f"{name}-torch.py", "text/x-python")


def file_name(choices: Choices, slot: int) -> str:
    """Landscape, optimizer and what tells the run from the others of its rule, without an ending."""
    mark = run_marks(choices.runs)[slot].replace("−", "-")
    return "-".join([choices.landscape, choices.runs[slot].optimizer, *re.findall(r"[\w.-]+", mark)])


def table(choices: Choices, slot: int) -> str:
    """The points of a run from every start with all that its rule remembers, as CSV."""
    landscape, optimizer = choices.gradient_noise.on(choices.build()), choices.runs[slot].build()
    return run_as_csv(landscape, optimizer, (it.run for it in from_every_start(choices, slot)))


def recipe(choices: Choices, run: RunChoice) -> Recipe:
    """A run by names and numbers, for a script that makes it again."""
    rule, numbers = run.rule, whole(run.numbers, run.knobs)
    noise = choices.gradient_noise
    plain = Recipe(rule, numbers, choices.starts_within_budget, choices.steps_taken, noise=noise, clipping=run.clipping)
    if not run.scheduled:
        return plain
    plan = SCHEDULES[run.schedule]
    first = next(iter(knobs(plan)))
    turned = {first: numbers["learning_rate"]} | whole(run.schedule_numbers, schedule_knobs(run.schedule))
    return plain._replace(plan=plan, plan_numbers=turned, warmup=run.warmup)
