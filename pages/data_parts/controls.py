"""The sidebar of the Data page: what is fitted, what runs on it, and which batches it meets."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from figures import MOST_FRAMES, ordinal, stride, thinned_words
from optimizers import RULES
from pages.data_parts.choices import (
    MOST_SIZES,
    SCALED,
    SCHEMA,
    WELLS,
    DataChoices,
    cautious_run,
    fitted,
    problem_knobs,
    suited,
    turned_to,
    usual_data,
)
from pages.data_parts.pictures.fields import MACHINE
from pages.data_parts.pictures.knobs import knobs_of
from pages.data_parts.problems import PROBLEMS, UPLOAD
from pages.data_parts.state import HISTORY, change, choose, current, key
from pages.data_parts.table import table_controls
from pages.shared.controls import field_control, knob_controls, knob_label, knob_slider, run_controls
from pages.shared.fields import bad_batch_fields
from pages.shared.parts import PICTURE, RUNS, only, part
from pages.shared.state import FIRST_LINES, TYPED, RunChoice, of_words, plain, rule_of, set_number, when_moved
from words import paragraph, say

RACER = "racer"  # the part of the page with the knobs of one rule


def pick(
    label: str,
    options: Mapping[str, str],
    present: str,
    name: str,
    taken: Callable[[str], None],
    more: str = "",
) -> None:
    """A list to choose from, and what there is to say about the present choice."""
    widget = of_words(key(name))
    st.session_state.setdefault(widget, present)
    st.selectbox(
        label,
        options,
        format_func=options.__getitem__,
        key=widget,
        on_change=when_moved(widget, lambda: taken(st.session_state[widget])),
        help=plain(more) or None,
    )


def problem_controls() -> None:
    """Model, data, loss, and their knobs; a change of any of the three starts from its own place."""
    choices = current()
    kind = PROBLEMS[choices.problem]
    pick(
        say("Model"),
        {name: say(problem.name) for name, problem in PROBLEMS.items()},
        choices.problem,
        "model",
        lambda name: choose(turned_to(current(), problem=name, data=kept_data(name)), redraw=True),
    )
    if kind.sets:
        sets = {name: say(make().name) for name, make in kind.sets.items()}
        if kind.takes_table and (choices.table is not None or choices.data == UPLOAD):
            sets[UPLOAD] = say("Your table")
        origin = kind.sets[choices.data]().source if choices.data in kind.sets else ""
        pick(
            say("Data"),
            sets,
            choices.data,
            "set",
            lambda name: choose(turned_to(current(), data=name), redraw=True),
            say(origin) if origin else "",
        )
        if kind.takes_table:
            missing = choices.data == UPLOAD and choices.table is None
            with st.expander(say("Bring a table"), type="compact", expanded=missing):
                table_controls()
    if len(kind.variants) > 1:
        pick(
            say(kind.variants_label),
            {variant: say(label) for variant, label in kind.variants.items()},
            choices.variant,
            "loss",
            lambda name: choose(turned_to(current(), variant=name), redraw=True),
        )
    if kind.scales:
        widget = key("scaled")
        st.session_state.setdefault(widget, choices.scaled)
        st.toggle(
            say(SCALED.label),
            key=widget,
            help=say(SCALED.help),
            on_change=when_moved(
                widget, lambda: choose(fitted(replace(current(), scaled=st.session_state[widget])), redraw=True)
            ),
        )
    for name, knob in problem_knobs(choices.problem, choices.data, choices.variant).items():
        knob_slider(
            knob,
            knob_label(knob),
            dict(choices.numbers)[name],
            f"data knob {name}",
            lambda value, n=name: change(numbers=set_number(current().numbers, n, value)),
        )


def kept_data(problem: str) -> str:
    """The data for another model: those that are chosen, where it takes them."""
    choices, kind = current(), PROBLEMS[problem]
    return choices.data if kind.takes(choices.data) else usual_data(problem, choices.part)


def race_controls() -> None:
    """The runs on all examples, and how many updates they take."""
    run_controls(HISTORY, lambda optimizer, lines: suited(current(), optimizer, lines), tune=None)
    steps_control()


def steps_control() -> None:
    """How many updates."""
    field_control(HISTORY, "steps", SCHEMA.fields["steps"])
    for sentence in left_out(current()):
        st.warning(sentence)


def left_out(choices: DataChoices) -> list[str]:
    """Why not every update is made, where that is so."""
    taken = choices.steps_taken
    if taken == choices.steps:
        return []
    return [
        say(
            "Only {taken} of {steps} updates run: there is no room for more of all runs together. Fewer runs, smaller "
            "batches or a simpler model make room.",
            taken=f"{taken:,}",
            steps=f"{choices.steps:,}",
        )
    ]


def thinned_steps(choices: DataChoices) -> list[str]:
    """Which updates of a long run are seen; nothing where all are."""
    taken = choices.steps_taken
    each = stride(taken, MOST_FRAMES)
    if each == 1:
        return []
    drawn = say("Drawn is {points}; verdicts and table are of all updates.", points=thinned_words(taken))
    shown = say("Playback shows every {nth} update.", nth=ordinal(each))
    return [paragraph(shown, drawn if stride(taken) > 1 else "")]


def batch_controls() -> None:
    """What races, how an epoch is cut, and what the race is measured by."""
    choices = current()
    examples = choices.model().examples
    field_control(HISTORY, "versus", SCHEMA.fields["versus"])
    if choices.versus == "optimizers":
        run_controls(HISTORY, lambda optimizer, lines: cautious_run(current(), optimizer, lines), tune=None)
    else:
        sizes_controls(choices, examples)
    for name in ("order", "drop_last", "clock"):
        field_control(HISTORY, name, SCHEMA.fields[name])
    if current().clock == "seconds":
        knobs_of("machine", MACHINE, RUNS)
    columns = st.columns(2)
    with columns[0]:
        steps_control()
    with columns[1]:
        field_control(HISTORY, "seed", SCHEMA.fields["seed"])
    for name in bad_batch_fields(current()):
        field_control(HISTORY, name, SCHEMA.fields[name])


def racer_controls() -> None:
    """The knobs of the rule that runs with batches of several sizes, and its schedule."""
    racer = current().racer
    knob_controls(
        racer,
        f"data racer {racer.optimizer}",
        take_racer,
        lambda optimizer, lines: cautious_run(current(), optimizer, lines),
    )


def take_racer(run: RunChoice) -> None:
    """Takes other knobs of the rule that runs with batches of several sizes."""
    change(racer=run)
    only(PICTURE, RACER)


def sizes_controls(choices: DataChoices, examples: int) -> None:
    """What races, and with how many examples at a time."""
    pick(
        say("Optimizer"),
        {name: say(rule.name) for name, rule in RULES.items()} | {TYPED: say(rule_of(TYPED, FIRST_LINES).name)},
        choices.racer.optimizer,
        "racer",
        lambda name: choose(replace(current(), racer=cautious_run(current(), name)), redraw=True),
    )
    with st.expander(say("Its knobs and its schedule"), type="compact"):
        part(RACER, HISTORY)(racer_controls)()
    sizes = tuple(dict.fromkeys(size for size in (1, 2, 4, 8, 16, 32, 64, 128, 256, *choices.sizes) if size < examples))
    widget = of_words(key(f"sizes {examples}"))
    st.session_state.setdefault(widget, [size for size in choices.sizes if size < examples])
    st.pills(
        say("Batch sizes, of {count} examples", count=f"{examples:,}"),
        sorted(sizes, key=lambda size: size or examples),
        selection_mode="multi",
        format_func=lambda size: say("all {count}", count=f"{examples:,}") if size == 0 else str(size),
        key=widget,
        on_change=when_moved(widget, lambda: change(sizes=tuple(st.session_state[widget])[:MOST_SIZES] or (0,))),
    )


def well_controls() -> None:
    """The wells, the noise, and the two batch sizes."""
    knobs_of("wells", WELLS)
    field_control(HISTORY, "seed", SCHEMA.fields["seed"])


def moved_marker(x: float, y: float) -> None:
    """Takes a place that was chosen on the map, which the picture alone shows."""
    change(start=(x, y))
    only(PICTURE)
