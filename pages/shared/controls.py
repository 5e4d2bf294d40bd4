"""The controls of the sidebar: what is looked at, what runs on it, from where and how long."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from figures import HEIGHTS, run_colours
from landscapes import LANDSCAPES, FormulaError, Knob, checked_interval, knobs
from optimizers import OPTIMIZERS, PLANS, RULES, short
from pages.shared.choices import (
    MOST_RUNS,
    MOST_STEPS,
    OWN,
    Choices,
    RunChoice,
    built,
    defaults,
    landscape_knobs,
    on,
    run_choice,
    schedule_knobs,
    takes_schedule,
)
from pages.shared.gallery import gallery
from pages.shared.ladder import even, even_step, ladder
from pages.shared.state import change, choose, current, key, plain, set_number
from pages.shared.suggest import suggested_rate


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


def landscape_controls() -> None:
    """The landscape and its knobs, or a formula of one's own."""
    choices = current()
    widget = key("landscape")
    st.session_state.setdefault(widget, choices.landscape)
    st.selectbox(
        "Landscape",
        [*LANDSCAPES, OWN],
        format_func=lambda name: "Your formula" if name == OWN else LANDSCAPES[name].__name__,
        key=widget,
        on_change=lambda: choose(on(st.session_state[widget], current()), redraw=True),
    )
    if st.button("Browse landscapes", key="browse", type="tertiary", icon=":material/grid_view:"):
        gallery()
    if choices.landscape == OWN:
        formula_controls(choices)
    for name, knob in landscape_knobs(choices.landscape, choices.text).items():
        label = f"{knob.symbol}, {knob.help}" if knob.help else knob.symbol
        turn(knob, label, dict(choices.numbers)[name], f"landscape {name}", turned_landscape(name))


def turned_landscape(name: str) -> Callable[[float], None]:
    """What happens when a landscape's knob was turned."""
    return lambda value: change(numbers=set_number(current().numbers, name, value))


def formula_controls(choices: Choices) -> None:
    """A formula and where to look at it; a mistake is pointed at, and the last good landscape stays."""
    widget = key("formula")
    st.session_state.setdefault(widget, choices.text)
    text = st.text_area("f(x, y) =", key=widget, height="content", max_chars=500, help="+ − * / **, sin, cos, exp, …")
    sides = []
    for axis, interval in zip("xy", choices.domain, strict=True):
        for side, column, end in zip(("from", "to"), st.columns(2), interval, strict=True):
            st.session_state.setdefault(key(f"{axis} {side}"), end)
            sides.append(column.number_input(f"{axis} {side}", key=key(f"{axis} {side}"), format="%.4g"))
    try:
        domain = (checked_interval("x", sides[:2]), checked_interval("y", sides[2:]))
        marks = landscape_knobs(OWN, text)
        kept = {name: value for name, value in choices.numbers if name in marks}
        numbers = tuple((dict(defaults(marks)) | kept).items())
        landscape = built(OWN, numbers, text, domain)
    except FormulaError as error:
        st.error(plain(error.reason[0].upper() + error.reason[1:] + "."))
        if error.part:
            st.code(f"{text}\n{' ' * error.start}{'^' * max(1, error.end - error.start)}", language=None)
    except ValueError as error:
        st.error(plain(f"{error}."))
    else:
        new = replace(choices, text=text, domain=domain, numbers=numbers)
        if new != choices:
            choose(new if domain == choices.domain else replace(new, start=landscape.start))


def run_controls() -> None:
    """One foldable row for each run, and a way to add another."""
    choices = current()
    colours = run_colours([run.optimizer for run in choices.runs])
    for slot, (run, colour) in enumerate(zip(choices.runs, colours, strict=True)):
        label = f':color[●]{{foreground="{colour}"}} **{RULES[run.optimizer].name}**'
        row = st.expander(label, expanded=slot == 0, type="compact", key=key(f"run {slot}"), on_change="rerun")
        if row.open:
            with row:
                one_run(slot, run)
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
            PLANS,
            format_func=lambda plan: PLANS[plan].name,
            key=widget,
            on_change=lambda: put(
                replace(run, schedule=(s := st.session_state[widget]), schedule_numbers=defaults(schedule_knobs(s)))
            ),
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
    refused_slot, refusal = st.session_state.pop("refused", (None, ""))
    if refused_slot == slot:
        st.error(plain(f"{refusal}. The last numbers that work together are shown."))
    if len(current().runs) > 1 and st.button("Remove", key=key(f"{name} remove"), type="tertiary"):
        runs = current().runs
        choose(replace(current(), runs=runs[:slot] + runs[slot + 1 :]), redraw=True)
        st.rerun()


def start_controls() -> None:
    """Where the runs begin, and for how many steps they go."""
    choices = current()
    columns = st.columns(3)
    for axis, column, coordinate in zip("xy", columns, choices.start, strict=False):
        widget = key(f"start {axis}")
        st.session_state.setdefault(widget, coordinate)
        column.number_input(f"Start {axis}", -1e6, 1e6, key=widget, format="%.4g", on_change=typed_start, step=None)
    widget = key("steps")
    st.session_state.setdefault(widget, choices.steps)
    columns[2].number_input(
        "Steps", 1, MOST_STEPS, key=widget, on_change=lambda: change(steps=int(st.session_state[widget]))
    )


def typed_start() -> None:
    """Takes the start that was typed."""
    change(start=(float(st.session_state[key("start x")]), float(st.session_state[key("start y")])))


def move_start(start: tuple[float, float]) -> None:
    """Takes a start that was chosen on the map, and shows it in the fields."""
    change(start=start)
    for axis, coordinate in zip("xy", start, strict=True):
        st.session_state[key(f"start {axis}")] = coordinate


def view_controls() -> None:
    """How loss is drawn: height on map and surface, and the axis of the loss curve."""
    for name, label, options in (
        ("height", "Height and colour", HEIGHTS),
        ("axis", "Loss axis", {"log": "Logarithmic", "linear": "Linear"}),
    ):
        widget = key(name)
        st.session_state.setdefault(widget, getattr(current(), name))
        st.selectbox(
            label,
            options,
            format_func=options.__getitem__,
            key=widget,
            on_change=lambda n=name, w=widget: change(**{n: st.session_state[w]}),
        )
