"""The controls of the sidebar: what is looked at, what runs on it, from where and how long."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from landscapes import (
    LANDSCAPES,
    Domain,
    FormulaError,
    Knob,
    checked_interval,
    names_of,
    shown,
    suggested_axes,
    with_axes,
)
from pages.shared.controls.fields import not_taken, number_field, number_in
from pages.shared.controls.gallery import gallery, picture
from pages.shared.controls.ladder import ladder
from pages.shared.controls.suggest import go_to, with_suited_rates
from pages.shared.fields import bad_batch_fields, settled
from pages.shared.state import (
    GRID,
    HISTORY,
    OWN,
    SCHEMA,
    Choices,
    Field,
    History,
    Number,
    OneOf,
    Schema,
    Switch,
    change,
    choose,
    current,
    defaults,
    exact,
    key,
    landscape_knobs,
    nearest,
    number_for,
    of_words,
    own_key,
    plain,
    set_number,
    when_moved,
)
from words import digits_within, listed, say

PICTURE = 48  # pixels of the landscape's small picture


def knob_label(knob: Knob) -> str:
    """A knob's symbol and what it means."""
    symbol = say(knob.symbol)
    return say("{symbol}, {meaning}", symbol=symbol, meaning=say(knob.help)) if knob.help else symbol


def knob_slider(
    knob: Knob,
    label: str,
    number: float,
    name: str,
    taken: Callable[[float], None],
    *,
    owner: str = "",
    bare: bool = False,
) -> None:
    """A slider for a knob, and a field for its exact number; `taken` receives the number when it was moved or typed.

    The slider grows to hold what is typed. A text that is no number for the knob stays in its field, with the reason.

    Args:
        owner: whose knob it is, where a page shows the same knob of several: a part of the name, and not seen.
        bare: whether the slider stands without its label and without the field, which others then show.
    """
    state, slider, field = st.session_state, own_key(key(name), number), own_key(key(f"{name} typed"), number)
    reached: set[float] = state.setdefault("reached", {}).setdefault(key(name), set())
    reached.add(number)  # so that the slider never shrinks under one's hand
    text, refusal = state.get(field) or exact(number), ""
    try:
        if number_for(knob, text, label) != number:
            text = exact(number)
    except ValueError as error:
        refusal = not_taken(text, error, number)
    state[slider], state[field] = number, text  # said anew each time: on another page they are other widgets

    def moved() -> None:
        state[field] = exact(state[slider])
        taken(float(state[slider]))

    def typed() -> None:
        with suppress(ValueError):  # the reason is said when the page is made anew
            taken(number_for(knob, state[field], label))

    called = say("{owner}: {label}", owner=owner, label=label) if owner else label
    with st.container(key=f"knob {key(name)}"):
        if owner and not bare:
            st.markdown(plain(label))
        st.select_slider(
            called,
            ladder(knob, *reached),
            format_func=exact,
            key=slider,
            on_change=when_moved(slider, moved),
            label_visibility="collapsed" if bare or owner else "visible",
        )
        if not bare:
            st.text_input(
                say("{label}: exact number", label=called),
                key=field,
                on_change=when_moved(field, typed),
                label_visibility="collapsed",
            )
    if refusal:
        st.error(plain(refusal))


def field_control(page: History[Any], name: str, field: Field) -> None:
    """The control of a field on its page: a list of options, a switch, a number to type, or a slider.

    Raises:
        TypeError: the field is of several values, for which its page has a control of its own.
    """
    value, widget = getattr(page.current(), name), key(f"{page.name}{name}")

    def taken(new: float) -> None:
        page.change(**{name: new})

    match field:
        case OneOf(label=label, options=options):
            names, widget = settled(options, page.current()), of_words(widget)
            st.session_state.setdefault(widget, value)
            st.selectbox(
                say(label),
                names,
                format_func=lambda option: say(names[option]),
                key=widget,
                help=say(field.help) if field.help else None,
                on_change=when_moved(widget, lambda: page.change(**{name: st.session_state[widget]})),
            )
        case Switch(label=label):
            st.session_state.setdefault(widget, value)
            st.toggle(
                say(label),
                key=widget,
                help=say(field.help) if field.help else None,
                on_change=when_moved(widget, lambda: page.change(**{name: bool(st.session_state[widget])})),
            )
        case Number(knob=knob):
            label = say(field.label) if field.label else knob_label(knob)
            if knob.integer:
                number_field(label, int(knob.least), int(knob.top), value, widget, taken)
            else:
                knob_slider(knob, label, value, f"{page.name}{name}", taken)
        case _:
            raise TypeError(f"{name} is no choice of one line")


def page_parts(name: str, page: History[Any] = HISTORY, schema: Schema[Any] = SCHEMA) -> None:
    """The parts of a page in one row, of which one is shown.

    Args:
        page: whose choices they are among, and `schema` what is known of these.

    Raises:
        TypeError: the field is no short list.
    """
    widget, field = of_words(key(f"{page.name}{name}")), schema.fields[name]
    if not isinstance(field, OneOf):
        raise TypeError(f"{name} is no short list")
    options = field.options
    st.session_state.setdefault(widget, getattr(page.current(), name))
    st.segmented_control(
        say(field.label),
        options,
        format_func=lambda option: say(options[option]),
        key=widget,
        required=True,
        label_visibility="collapsed",
        on_change=when_moved(widget, lambda: page.change(**{name: st.session_state[widget]})),
    )


def landscape_controls() -> None:
    """A card with the landscape's picture, name and formula; it opens the list, the gallery and the knobs."""
    choices = current()
    landscape = choices.build()
    with st.container(border=True, gap=None, key="card landscape"):
        st.image(
            picture(choices.where, PICTURE),
            width=PICTURE,
            alt=say("Map of {landscape}", landscape=say(landscape.name)),
        )
        # The name alone is the label: with one that changes while a knob is turned, its slider would lose the focus.
        row = st.expander(
            f"**{landscape_name(choices.landscape)}**",
            expanded=choices.landscape == OWN,
            type="compact",
            key="landscape card",
            on_change="rerun",
        )
        st.markdown(f"${landscape.latex}$")
        if row.open:
            with row:
                landscape_choices(choices)


def landscape_choices(choices: Choices) -> None:
    """The landscape and its knobs, or a formula of one's own."""
    widget = of_words(key("landscape"))
    st.session_state.setdefault(widget, choices.landscape)
    st.selectbox(
        say("Landscape"),
        [*LANDSCAPES, OWN, *([GRID] if choices.landscape == GRID else [])],
        format_func=landscape_name,
        key=widget,
        on_change=when_moved(widget, lambda: go_to(st.session_state[widget])),
    )
    if st.button(say("Browse landscapes"), key="browse", type="tertiary", icon=":material/grid_view:"):
        gallery()
    if choices.landscape == OWN:
        formula_controls(choices)
    for name, knob in landscape_knobs(choices.landscape, choices.text).items():
        number = dict(choices.numbers)[name]
        knob_slider(knob, knob_label(knob), number, f"landscape {name}", turned_landscape(name))


def landscape_name(name: str) -> str:
    """What a landscape is called, or that it is the person's own."""
    if name in (OWN, GRID):
        return say("Your formula") if name == OWN else say("A grid of losses")
    return say(LANDSCAPES[name].__name__)


def turned_landscape(name: str) -> Callable[[float], None]:
    """What happens when a landscape's knob was turned."""
    return lambda value: change(numbers=set_number(current().numbers, name, value))


def formula_controls(choices: Choices) -> None:
    """A formula and where to look at it; a mistake is pointed at, and the last good landscape stays."""
    widget = formula_key()
    st.session_state.setdefault(widget, choices.text)
    st.text_area(
        f"f({', '.join(map(shown, suggested_axes(choices.text)))}) =",
        key=widget,
        height="content",
        max_chars=500,
        help=say(
            "As you write it: 2x, x², |x|, sin x, exp, max, where(x > 0, x, 0), code with np. or math., or LaTeX."
        ),
        on_change=when_moved(widget, take_formula),
    )
    below = st.container()  # where a mistake is pointed at
    axes_control(choices)
    for axis, name, interval in zip("xy", suggested_axes(choices.text), choices.domain, strict=True):
        labels = {"from": say("{axis} from", axis=shown(name)), "to": say("{axis} to", axis=shown(name))}
        for (side, label), column, end in zip(labels.items(), st.columns(2), interval, strict=True):
            format = f"%.{digits_within(*interval, 4)}g"
            number_field(
                label, None, None, end, key(f"{axis} {side}"), lambda _: take_formula(), place=column, format=format
            )
    try:
        typed_formula()
    except FormulaError as error:
        reason = str(error.reason)
        below.error(plain(say("{reason}.", reason=reason[0].upper() + reason[1:])))
        if error.part:
            text = st.session_state[widget]
            below.code(f"{text}\n{' ' * error.start}{'^' * max(1, error.end - error.start)}", language=None)
    except ValueError as error:
        st.error(plain(say("{reason}.", reason=error)))


def axes_control(choices: Choices) -> None:
    """Which names of the formula are its axes, where there are others: the choice is written into the formula."""
    axes = suggested_axes(choices.text)
    names = tuple(dict.fromkeys((*axes, *names_of(choices.text))))
    if len(names_of(choices.text)) <= len(axes) and set(names_of(choices.text)) <= set(axes):
        return
    for number, (label, place) in enumerate(
        zip((say("Axis across"), say("Axis upwards")), st.columns(len(axes)), strict=True)
    ):
        widget = own_key(key(f"axis {number}"), axes[number])
        st.session_state[widget] = axes[number]
        taken = partial(take_axes, number, axes, widget)
        place.selectbox(label, names, format_func=shown, key=widget, on_change=when_moved(widget, taken))
    if fixed := [shown(name) for name in names if name not in axes]:
        st.caption(
            say(
                "A slice through a function of more variables: at the numbers set below for {names}.",
                names=listed(fixed),
            )
        )


def take_axes(number: int, axes: tuple[str, str], widget: str) -> None:
    """Takes another name for an axis; the name of the other axis changes places with it."""
    name = st.session_state[widget]
    new = [axes[number] if each == name else each for each in axes]
    new[number] = name
    text = with_axes(current().text, (new[0], new[1]))
    if not take_formula(text):
        st.session_state[formula_key()] = text  # beside what is wrong


def formula_key() -> str:
    """The key of the field for the formula: a new one where that was changed beside the field, by its axes."""
    return own_key(key("formula"), current().text)


def typed_formula(text: str | None = None) -> Choices:
    """The choices with the formula and the intervals that stand in the fields, or with another formula than that.

    A start that nobody moved goes where the new formula has its own.

    Raises:
        ValueError: one of them is none; a `FormulaError` where it is the formula.
    """
    choices = current()
    text = st.session_state[formula_key()] if text is None else text
    x, y = (checked_interval(axis, [number_in(key(f"{axis} {side}")) for side in ("from", "to")]) for axis in "xy")
    marks = landscape_knobs(OWN, text)
    kept = {name: value for name, value in choices.numbers if name in marks}
    numbers = tuple((dict(defaults(marks)) | kept).items())
    new = replace(choices, text=text, domain=(x, y), numbers=numbers)
    landscape = new.build()
    if new.domain != choices.domain:
        return replace(new, start=landscape.start, zoom=None)
    return replace(new, start=landscape.start) if choices.start == choices.build().start else new


def take_formula(text: str | None = None) -> bool:
    """Takes what stands in the fields, or another formula, where it is a landscape; where not, the fields say why."""
    try:
        old, new = current(), typed_formula(text)
        there = new if new.where == old.where else with_suited_rates(new, old)
    except ValueError:
        return False
    choose(there, redraw=there.runs != old.runs)
    return True


def noise_controls() -> None:
    """Gradient noise, its seed, a single outlier, and the tolerance that counts as arrival."""
    with st.expander(say("Noise and tolerance"), key=key("noise row"), type="compact", on_change="rerun") as row:
        if row.open:
            for name in ("noise", "seed", *bad_batch_fields(current()), "tolerance"):
                field_control(HISTORY, name, SCHEMA.fields[name])
                if name == "noise" and current().gradient_noise.present:
                    view_controls("noise_kind")
                    st.caption(say(current().gradient_noise.model.about))


def view_controls(*names: str) -> None:
    """How things are drawn: each of these choices from its short list."""
    for name in names:
        field_control(HISTORY, name, SCHEMA.fields[name])


def look_at(window: Domain | None) -> None:
    """Takes what a zoom of the map left in view, or what comes nearest to it of all that can be looked at."""
    change(zoom=window and nearest(window, current().build().domain))
