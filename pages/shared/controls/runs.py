"""The race in the sidebar: a chip for each run, and ways to add, copy, hide, remove and tune them."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import Any
from zlib import crc32

import streamlit as st

from figures import run_colours
from landscapes import knob_in_words
from optimizers import OPTIMIZERS, PLANS
from optimizers.typed import titled
from pages.shared.controls.clipping import clipping_controls
from pages.shared.controls.controls import knob_label, knob_slider
from pages.shared.controls.own_rule import Suited, own_rule
from pages.shared.controls.suggest import suggested
from pages.shared.controls.tune import tuning
from pages.shared.parts import PICTURE, RUNS, only, part
from pages.shared.state import (
    FIRST_LINES,
    HISTORY,
    MOST_RULES,
    MOST_RUNS,
    TYPED,
    WARMUP,
    History,
    RunChoice,
    clippable,
    clipping_mark,
    few_rules,
    key,
    of_words,
    on_schedule,
    plain,
    rule_of,
    run_marks,
    schedule_knobs,
    set_number,
    takes_schedule,
    takes_warmup,
    typed_rules,
    when_moved,
)
from words import say, short


def run_controls(
    page: History[Any] = HISTORY,
    suited: Suited = suggested,
    tune: Callable[[], None] | None = tuning,
    became: Callable[[], Sequence[str]] = tuple,
    shows: Sequence[str] = (PICTURE,),
    offered: Sequence[str] = (*OPTIMIZERS, TYPED),
    most: int = MOST_RUNS,
) -> None:
    """One chip for each run, and a way to add another, as `suited` makes it.

    Each chip is a part of the page, within the part "runs" that all of this is to be.

    Args:
        became: what became of each run, in a word or two; nothing where that is not known.
        shows: the parts of the page that show what the knobs of a run are at; with none, the whole page is made anew.
        offered: the rules of which a run can be added, and `most` how many runs there may be.
    """
    runs: tuple[RunChoice, ...] = page.current().runs
    for slot in range(len(runs)):
        part(chip_name(slot), page)(partial(chip, page, slot, suited, tune, became, shows))()
    with st.container(horizontal=True, wrap=False, key=f"{page.name}more runs"):
        if len(runs) < most:
            widget = of_words(key(f"{page.name}add to {len(runs)}"))
            st.selectbox(
                say("Add a run"),
                offered,
                index=None,
                placeholder=say("+ Add a run"),
                format_func=rule_name,
                label_visibility="collapsed",
                key=widget,
                on_change=when_moved(widget, lambda: add_run(page, suited, st.session_state[widget])),
            )
        if (
            tune is not None
            and rated(runs)
            and st.button(say("Tune all"), key=f"{page.name}tune all", help=say("Tune the learning rates"))
        ):
            tune()


def chip_name(slot: int) -> str:
    """The name of the part of the page that is a run's chip."""
    return f"chip {slot}"


def chip(
    page: History[Any],
    slot: int,
    suited: Suited,
    tune: Callable[[], None] | None,
    became: Callable[[], Sequence[str]],
    shows: Sequence[str],
) -> None:
    """One run: its rate, and its other knobs where the chip is open."""
    runs: tuple[RunChoice, ...] = page.current().runs
    run, mark, owner = runs[slot], run_marks(runs)[slot], owned(runs)[slot]
    colour = run_colours([run.optimizer for run in runs])[slot]
    name = f"**{say(run.rule.name)}**"
    name = say("{run} (hidden)", run=name) if run.hidden else name
    label = f':color[●]{{foreground="{colour}"}} {name}'
    with st.container(border=True, gap=None, key=f"chip {page.name}{slot}"):
        # The label stays as it is while a knob is turned: with another one the slider would lose the focus.
        row = st.expander(label, type="compact", key=f"{page.name}run {slot}", on_change="rerun")
        with row if row.open else nullcontext():
            one_run(page, slot, run, suited, tune, shows, owner, bare=not row.open)
        said = say("number {number}", number=mark) if mark.isdigit() else mark
        words = [said] * bool(said and not row.open) + list(became()[slot : slot + 1])
        words = [bound for bound in clipping_mark(run) if bound not in said] + words
        if words:
            st.caption(plain(" · ".join(words)))


def chips_that_show(slot: int, old: Sequence[RunChoice], new: Sequence[RunChoice]) -> str:
    """The part of the page that shows what was changed at a run: its own chip, or all of them where others differ too.

    They do where they are told apart from that run by its numbers, and where it takes another share of the steps.
    """
    others = [
        [(run, mark) for number, (run, mark) in enumerate(zip(runs, run_marks(runs), strict=True)) if number != slot]
        for runs in (old, new)
    ]
    alone = others[0] == others[1] and old[slot].weight == new[slot].weight
    return chip_name(slot) if alone else RUNS


def owned(runs: Sequence[RunChoice]) -> list[str]:
    """What the knobs of each run are called after: its rule, and which run of it; nothing where there is one run.

    Unlike the name of a run it stays as it is while a knob is turned.
    """
    if len(runs) == 1:
        return [""]
    rules = [run.optimizer for run in runs]
    names = [say(run.rule.name) for run in runs]
    counts = [rules[:slot].count(rule) + 1 for slot, rule in enumerate(rules)]
    return [
        name if rules.count(rule) == 1 else say("{run} {number}", run=name, number=count)
        for name, rule, count in zip(names, rules, counts, strict=True)
    ]


def rated(runs: Sequence[RunChoice]) -> bool:
    """Whether any of the runs has a learning rate."""
    return any("learning_rate" in dict(run.numbers) for run in runs)


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


def one_run(
    page: History[Any],
    slot: int,
    run: RunChoice,
    suited: Suited,
    tune: Callable[[], None] | None,
    shows: Sequence[str],
    owner: str,
    *,
    bare: bool = False,
) -> None:
    """The knobs of one run, its schedule, and buttons that copy, hide and remove it; `bare`, its rate alone."""

    def put(new: RunChoice) -> None:
        old = page.current().runs
        runs = few_rules((*old[:slot], new, *old[slot + 1 :]))
        page.change(runs=runs)
        if shows:
            only(*shows, chips_that_show(slot, old, runs))

    name = f"{page.name}run {slot} {run.optimizer}"
    if bare:
        knob_sliders(run, name, put, owner, bare=True)
        return
    knob_controls(run, name, put, suited, owner)
    if (
        tune is not None
        and rated(page.current().runs)
        and st.button(say("Tune the learning rates"), key=f"{name} tune", type="tertiary", icon=":material/tune:")
    ):
        tune()
    handle(page, slot, run, name)


def knob_sliders(
    run: RunChoice, name: str, sound: Callable[[RunChoice], None], owner: str = "", *, bare: bool = False
) -> None:
    """A slider for each knob of a rule; `bare`, for its learning rate alone, with the number beside the run's name."""
    for knob_name, knob in run.knobs.items():
        if bare and knob_name != "learning_rate":
            continue
        number = dict(run.numbers)[knob_name]
        if bare:
            rate = say("{symbol} {number}", symbol=knob.symbol, number=short(number))
            st.markdown(f":primary[{plain(rate)}]")
        words = knob_in_words(knob_name)
        knob_slider(
            knob,
            words if words == knob.symbol else say("{name} {symbol}", name=say(words), symbol=knob.symbol),
            number,
            f"{name} {knob_name}",
            lambda value, k=knob_name: sound(replace(run, numbers=set_number(run.numbers, k, value))),
            owner=owner,
            bare=bare,
        )


def knob_controls(
    run: RunChoice,
    name: str,
    put: Callable[[RunChoice], None],
    suited: Suited = suggested,
    owner: str = "",
) -> None:
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
        body = titled(run.lines).body  # with other lines come other knobs, though some are called alike
        name = f"{name} {crc32(body.encode()):x}"
    knob_sliders(run, name, sound, owner)
    if takes_schedule(run.optimizer, run.lines):
        widget = of_words(key(f"{name} schedule"))
        st.session_state.setdefault(widget, run.schedule)
        st.selectbox(
            say("Schedule"),
            [plan for plan in PLANS if plan != "warmup" or run.schedule == plan],  # the slider below goes before any
            format_func=lambda plan: say(PLANS[plan].name),
            key=widget,
            on_change=when_moved(widget, lambda: sound(on_schedule(run, st.session_state[widget]))),
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
                owner=owner,
            )
    if takes_warmup(run):
        knob_slider(
            WARMUP,
            say("Warm-up {symbol}, {meaning}", symbol=WARMUP.symbol, meaning=say(WARMUP.help)),
            run.warmup,
            f"{name} warmup",
            lambda value: sound(replace(run, warmup=int(value))),
            owner=owner,
        )
    if clippable(run.optimizer, run.lines):
        clipping_controls(run, name, put, owner)
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
