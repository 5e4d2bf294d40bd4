"""A rule of one's own: its lines to type, known rules to start from, what was read, and where a mistake is."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import streamlit as st

from landscapes import FormulaError
from optimizers import RULES, typed_rule, typeset
from optimizers.typed import LINES, LONGEST, LONGEST_TITLE, title_of, titled, with_title
from pages.shared.state import (
    FIRST_LINES,
    TOO_MANY_RULES,
    TYPED,
    RunChoice,
    clippable,
    key,
    of_words,
    plain,
    rule_of,
    takes_schedule,
    when_moved,
)
from words import mark, say

ROW, FRAME = 24, 34  # pixels of a line in the field, and of what is above and below the lines
LEAST_ROWS, MOST_ROWS = 3, 12
ABREAST = 30  # characters that a row holds where the field is narrowest
Suited = Callable[[str, str], RunChoice]  # an optimizer, and lines where it is one's own -> a run as it is added
ABOUT = mark(
    "One assignment a line. p is the point, g the gradient there, t the number of the update; gradient(q) and value(q) "
    "are those at another point. A name that is read before its line sets it is remembered and starts at 0. A name "
    "that no line sets becomes a slider; b = 0.9 in a line of its own gives it its number."
)


def own_rule(run: RunChoice, name: str, put: Callable[[RunChoice], None], suited: Suited) -> None:
    """The lines of a run's rule, which is one's own; with a mistake in them the last rule that works stays.

    Args:
        name: of the run, before the keys of its controls.
        put: receives the run with other lines; raises ValueError where there are too many different rules.
        suited: makes a run with the numbers that it comes with.
    """
    area, known, called = key(f"{name} lines"), of_words(key(f"{name} start from")), key(f"{name} called")
    title, body = titled(run.lines)
    st.session_state.setdefault(area, body)
    st.session_state.setdefault(called, title)

    def take(lines: str, title: str) -> None:
        with suppress(ValueError):  # the reason is said when the page is made anew
            new = with_lines(run, with_title(title, tidy(lines)), suited)
            st.session_state[called] = title_of(title)  # before the page is made anew, which ends this
            put(new)

    def typed() -> None:
        pasted = titled(st.session_state[area].replace("\r\n", "\n"))  # a rule that is pasted may bring its name
        take(pasted.body, pasted.title or renamed(title, body, pasted.body))

    def start_from() -> None:
        rule, st.session_state[known] = st.session_state[known], None
        st.session_state[area] = LINES[rule]
        take(LINES[rule], first_title(rule))

    st.selectbox(
        say("Start from"),
        LINES,
        index=None,
        placeholder=say("Start from a known rule"),
        format_func=lambda each: say(RULES[each].name),
        label_visibility="collapsed",
        key=known,
        on_change=when_moved(known, start_from),
    )
    st.text_input(
        say("Name of the rule"),
        key=called,
        max_chars=LONGEST_TITLE,
        placeholder=say(rule_of(TYPED, FIRST_LINES).name),
        on_change=when_moved(called, lambda: take(body, st.session_state[called])),
    )
    with st.container(key=f"typed {area}"):
        st.text_area(
            say("Lines of the rule"),
            key=area,
            height=height(body),
            max_chars=LONGEST,
            help=say(ABOUT),
            on_change=when_moved(area, typed),
        )
    text = st.session_state[area]
    if titled(tidy(text)).body != body:
        why_not(text)
    st.latex(r"\begin{aligned} " + r" \\ ".join(typeset(run.rule)) + r" \end{aligned}")


def first_title(rule: str) -> str:
    """What a rule is called that was started from a known one."""
    return title_of(say("{rule}, typed", rule=say(RULES[rule].name)))


def renamed(title: str, before: str, lines: str) -> str:
    """What a rule is called when its lines are others: no longer as the known one that it was started from.

    >>> renamed("Adam, typed", LINES["adam"], "p = p - lr*g"), renamed("Mine", LINES["adam"], "p = p - lr*g")
    ('Adam, changed', 'Mine')
    """
    known = next((rule for rule, each in LINES.items() if each == before), None)
    if known is None or title != first_title(known) or lines == before:
        return title
    return title_of(say("{rule}, changed", rule=say(RULES[known].name)))


def height(lines: str) -> int:
    """Pixels of the field: a field that fits itself to its text does so wrongly where it is not yet on the screen."""
    rows = sum(1 + len(line) // ABREAST for line in lines.splitlines())
    return ROW * min(max(rows, LEAST_ROWS), MOST_ROWS) + FRAME


def tidy(text: str) -> str:
    """The lines as a run has them: nothing before the first or behind the last."""
    return text.replace("\r\n", "\n").strip()


def with_lines(run: RunChoice, lines: str, suited: Suited) -> RunChoice:
    """The run by another rule: numbers set by hand stay where they have a meaning, the others come with the rule.

    Raises:
        FormulaError: the lines are no rule.
    """
    came, new = suited(TYPED, run.lines), suited(TYPED, lines)
    usual = dict(came.numbers)
    by_hand = {n: v for n, v in run.numbers if v != usual[n] and n in new.knobs and new.knobs[n].open_to(v)}
    numbers = tuple((n, by_hand.get(n, v)) for n, v in new.numbers)
    if takes_schedule(TYPED, lines):
        clipping = run.clipping if clippable(TYPED, lines) else None
        return replace(run, lines=lines, numbers=numbers, clipping=clipping)
    return replace(new, numbers=numbers, hidden=run.hidden)


def why_not(text: str) -> None:
    """Says why lines were not taken: which line, which character of it, what is wrong, and what would be right."""
    try:
        typed_rule(tidy(text))
    except FormulaError as error:
        reason = str(error.reason)
        line, column, part = place(text, error)
        if part:
            st.error(plain(say("Line {line}, character {column}: {reason}.", line=line, column=column, reason=reason)))
            st.code(f"{text.splitlines()[line - 1]}\n{' ' * (column - 1)}{'^' * len(part)}", language=None)
        else:
            st.error(plain(say("{reason}.", reason=reason[0].upper() + reason[1:])))
    else:
        reason = str(TOO_MANY_RULES)
        st.error(plain(say("{reason}.", reason=reason[0].upper() + reason[1:])))
    st.caption(say("The last rule that works stays in the race:"))


def place(text: str, error: FormulaError) -> tuple[int, int, str]:
    r"""The line and the character in it, from 1, at which a mistake begins, and the part of that line; "" for none.

    >>> place("#\n\nv = g\np = p - lr*grad(p)", FormulaError("no such function", "v = g\np = p - lr*grad(p)", 17, 24))
    (4, 12, 'grad(p)')
    """
    body = titled(text).body  # in front of which there may be blank lines and a name
    ahead = text.rindex(body) if body else len(text)
    start, end = ahead + error.start, ahead + error.end
    line_start = text.rfind("\n", 0, start) + 1
    return text.count("\n", 0, start) + 1, start - line_start + 1, text[start:end].partition("\n")[0]
