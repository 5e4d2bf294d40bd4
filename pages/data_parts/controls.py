"""The sidebar of the Data page: what is fitted, what runs on it, and which batches it meets."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from figures import run_colours
from landscapes import Knob, knobs
from optimizers import OPTIMIZERS, RULES, short
from pages.data_parts.choices import (
    CLOCKS,
    MOST_RUNS,
    MOST_SEED,
    MOST_STEPS,
    ORDERS,
    RATED,
    WELLS,
    DataRun,
    about,
    fitted,
    problem_knobs,
    suited,
)
from pages.data_parts.problems import PROBLEMS, UPLOAD
from pages.data_parts.state import change, choose, current, key
from pages.data_parts.table import table_controls
from pages.shared.ladder import even, even_step, ladder
from pages.shared.state import set_number


def turn(knob: Knob, label: str, number: float, name: str, taken: Callable[[float], None]) -> None:
    """A slider for a knob; `taken` receives the number when it was moved."""
    widget = key(name)
    st.session_state.setdefault(widget, number)

    def moved() -> None:
        taken(float(st.session_state[widget]))

    if even(knob):
        st.slider(label, knob.low, knob.high, step=even_step(knob), key=widget, on_change=moved, format="%.4g")
    else:
        st.select_slider(label, ladder(knob, number), format_func=short, key=widget, on_change=moved)


def pick(label: str, options: Mapping[str, str], present: str, name: str, taken: Callable[[str], None]) -> None:
    """A list to choose from."""
    widget = key(name)
    st.session_state.setdefault(widget, present)
    st.selectbox(
        label, options, format_func=options.__getitem__, key=widget, on_change=lambda: taken(st.session_state[widget])
    )


def problem_controls() -> None:
    """Model, data, loss, and their knobs; a change of any of the three starts from its own place."""
    choices = current()
    kind = PROBLEMS[choices.problem]
    pick(
        "Model",
        {name: problem.name for name, problem in PROBLEMS.items()},
        choices.problem,
        "model",
        lambda name: choose(about(current(), problem=name), redraw=True),
    )
    if kind.sets:
        sets = {name: make().name for name, make in kind.sets.items()}
        if choices.table is not None and kind.takes_table:
            sets[UPLOAD] = "Your table"
        pick("Data", sets, choices.data, "set", lambda name: choose(about(current(), data=name), redraw=True))
        if kind.takes_table:
            with st.expander("Bring a table (CSV)", type="compact"):
                table_controls()
    if len(kind.variants) > 1:
        label = "Features" if choices.problem == "features" else "Loss" if "squared" in kind.variants else "Activation"
        pick(
            label,
            kind.variants,
            choices.variant,
            "loss",
            lambda name: choose(about(current(), variant=name), redraw=True),
        )
    if kind.scales:
        widget = key("scaled")
        st.session_state.setdefault(widget, choices.scaled)
        st.toggle(
            "Standardise the feature",
            key=widget,
            help="Less its mean, over its standard deviation.",
            on_change=lambda: choose(fitted(replace(current(), scaled=st.session_state[widget])), redraw=True),
        )
    for name, knob in problem_knobs(choices.problem, choices.data, choices.variant).items():
        label = f"{knob.symbol}, {knob.help}" if knob.help else knob.symbol
        turn(
            knob,
            label,
            dict(choices.numbers)[name],
            f"knob {name}",
            lambda value, n=name: change(numbers=set_number(current().numbers, n, value)),
        )


def run_controls() -> None:
    """One row for each run: its optimizer and its learning rate."""
    choices = current()
    colours = run_colours([run.optimizer for run in choices.runs])
    for slot, (run, colour) in enumerate(zip(choices.runs, colours, strict=True)):
        st.markdown(f':color[●]{{foreground="{colour}"}} **{RULES[run.optimizer].name}**')
        one_run(run, f"run {slot}", lambda new, s=slot: put(s, new))
        if len(choices.runs) > 1 and st.button("Remove", key=key(f"remove {slot} {run.optimizer}"), type="tertiary"):
            runs = choices.runs[:slot] + choices.runs[slot + 1 :]
            choose(replace(current(), runs=runs), redraw=True)
            st.rerun()
    if len(choices.runs) < MOST_RUNS:
        widget = key(f"add to {len(choices.runs)}")
        st.selectbox(
            "Add a run",
            RATED,
            index=None,
            placeholder="Add a run",
            format_func=lambda name: RULES[name].name,
            label_visibility="collapsed",
            key=widget,
            on_change=lambda: add(st.session_state[widget]),
        )
    steps_control()


def put(slot: int, run: DataRun) -> None:
    """Takes a run in the place of another."""
    runs = current().runs
    change(runs=(*runs[:slot], run, *runs[slot + 1 :]))


def add(optimizer: str | None) -> None:
    """Puts another run at the end, at a rate that suits the loss."""
    if optimizer is not None:
        change(runs=(*current().runs, suited(current(), optimizer)))


def one_run(run: DataRun, name: str, taken: Callable[[DataRun], None]) -> None:
    """The learning rate of a run."""
    knob = knobs(OPTIMIZERS[run.optimizer])["learning_rate"]
    turn(
        knob,
        "learning rate η",
        run.rate,
        f"{name} {run.optimizer} rate",
        lambda rate: taken(DataRun(run.optimizer, rate)),
    )


def steps_control() -> None:
    """How many updates."""
    widget = key("steps")
    st.session_state.setdefault(widget, current().steps)
    st.number_input("Updates", 1, MOST_STEPS, key=widget, on_change=lambda: change(steps=int(st.session_state[widget])))


def batch_controls() -> None:
    """The racer, the sizes that race, how an epoch is cut, and what the race is measured by."""
    choices = current()
    examples = choices.model().examples
    pick(
        "Optimizer",
        {name: RULES[name].name for name in RATED},
        choices.racer.optimizer,
        "racer",
        lambda name: choose(replace(current(), racer=suited(current(), name)), redraw=True),
    )
    one_run(choices.racer, "racer", lambda run: change(racer=run))
    sizes = tuple(dict.fromkeys(size for size in (1, 2, 4, 8, 16, 32, 64, 128, 256, *choices.sizes) if size < examples))
    widget = key(f"sizes {examples}")
    st.session_state.setdefault(widget, [size for size in choices.sizes if size < examples])
    st.pills(
        f"Batch sizes, of {examples:,} examples",
        sorted(sizes, key=lambda size: size or examples),
        selection_mode="multi",
        format_func=lambda size: f"all {examples:,}" if size == 0 else str(size),
        key=widget,
        on_change=lambda: change(sizes=tuple(st.session_state[widget])[:MOST_RUNS] or (0,)),
    )
    pick("Batches", ORDERS, choices.order, "order", lambda order: change(order=order))
    last = key("drop")
    st.session_state.setdefault(last, choices.drop_last)
    st.toggle(
        "Drop the last batch where it is small",
        key=last,
        on_change=lambda: change(drop_last=bool(st.session_state[last])),
    )
    pick("Race by", CLOCKS, choices.clock, "clock", lambda clock: change(clock=clock))
    columns = st.columns(2)
    with columns[0]:
        steps_control()
    with columns[1]:
        seed_control()


def seed_control() -> None:
    """Which throw of the dice."""
    widget = key("seed")
    st.session_state.setdefault(widget, current().seed)
    st.number_input("Seed", 0, MOST_SEED, key=widget, on_change=lambda: change(seed=int(st.session_state[widget])))


def well_controls() -> None:
    """The wells, the noise, and the two batch sizes."""
    choices = current()
    for name, knob in WELLS.items():
        turn(
            knob,
            f"{knob.symbol}, {knob.help}" if name in ("noise", "rate") else f"{name}: {knob.help}",
            dict(choices.wells)[name],
            f"well {name}",
            lambda value, n=name: change(wells=set_number(current().wells, n, value)),
        )
    seed_control()


def move_marker(x: float, y: float) -> None:
    """Takes a place that was chosen on the map."""
    change(start=(x, y))
