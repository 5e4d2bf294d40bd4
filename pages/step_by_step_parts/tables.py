"""The lecture's tables and pictures, from the rules themselves: momentum at three points, Adam's bias correction."""

from collections.abc import Iterable, Sequence

import numpy as np
import streamlit as st

from figures import bias_correction, corrected_steps, enlarge, three_pushes
from figures.stage import Panel, stage
from optimizers import CONVENTIONS, TIMES, Correction, Push, corrections, pushes
from pages.shared.controls import knob_slider
from pages.shared.state import LECTURE, Choices, change, current, set_number
from words import short

DIGITS = 6
DRAWN = sorted({*TIMES, *(int(t) for t in np.geomspace(1, max(TIMES), 60))})  # updates of the curves


def show(choices: Choices) -> None:
    """Both tables, each with its knobs, its picture and what there is to see in it."""
    numbers = dict(choices.lecture)
    momentum_table(choices, pushes(numbers["learning_rate"], numbers["momentum"]))
    gradient = numbers["gradient"]
    correction_table(choices, gradient, corrections(DRAWN, gradient, numbers["beta1"], numbers["beta2"]))


def momentum_table(choices: Choices, points: Sequence[Push]) -> None:
    """Three points, each with a gradient and a past, and the movement that both make."""
    st.header("Momentum at three points", anchor=False)
    sliders("learning_rate", "momentum")
    left, right = st.columns([4, 3], gap="medium")
    left.markdown(
        table(
            ["point", "gradient $g$", "past $v$", r"by gradient, $-\eta g$", r"by momentum, $-\eta\beta v$", "in all"],
            [
                [push.point, *map(number, (push.g, push.past, push.by_gradient, push.by_momentum, push.movement))]
                for push in points
            ],
        )
    )
    left.markdown(push_words(points))
    with right:
        alt = f"A loss with three points. {push_words(points)}"
        pictures(choices, [Panel("pushes", three_pushes(points), alt=alt)], "pushes", tall=True)
    st.markdown(
        table(
            ["lecture", "letter", "rule", *(f"remembers after {push.point}" for push in points)],
            [
                [each.lecture, f"${each.letter}$", f"${{{each.memory}}}$, ${{{each.movement}}}$"]
                + [number(getattr(push, each.field)) for push in points]
                for each in CONVENTIONS
            ],
            words=3,
        )
    )
    st.markdown(convention_words(points))


def push_words(points: Sequence[Push]) -> str:
    """What happens at each point, in numbers."""
    return " ".join(
        f"At {push.point} the gradient is {short(push.g)}: by itself it would move the run by "
        f"{number(push.by_gradient)}, the past by {number(push.by_momentum)}; {outcome(push)}."
        for push in points
    )


def outcome(push: Push) -> str:
    """Which way a point goes in all.

    >>> [outcome(push) for push in pushes()][2]
    'in all it goes on by 0.08, against its gradient'
    """
    if push.movement == 0:
        return "in all it stays where it is"
    way = "goes on" if push.movement > 0 else "turns back"
    if push.by_gradient == 0:
        more = ", by its momentum alone"
    else:
        more = ", against its gradient" if push.movement * push.by_gradient < 0 else ""
    return f"in all it {way} by {number(abs(push.movement))}{more}"


def convention_words(points: Sequence[Push]) -> str:
    """What the letters of the lectures have in common, and where they part."""
    averaged = ", ".join(number(push.averaged) for push in points)
    return (
        "The first three write one rule in three ways: what they remember differs by the factor η or a sign, what they "
        "move by does not as long as η stays the same. Ng’s v is a mean of gradients: from a past mean of the same "
        f"size it moves the points by {averaged}."
    )


def correction_table(choices: Choices, gradient: float, rows: Sequence[Correction]) -> None:
    """Both means against a gradient that is always the same."""
    st.header(f"Adam’s bias correction against a steady gradient of {short(gradient)}", anchor=False)
    sliders("gradient", "beta1", "beta2")
    listed = [row for row in rows if row.t in TIMES]
    st.markdown(
        table(
            [
                *("$t$", r"$1 - \beta_1^t$", r"$1 - \beta_2^t$", "$m$", r"$\hat m$", "$v$", r"$\hat v$"),
                *(r"$\frac{\hat m}{\sqrt{\hat v}}$", r"$\frac{m}{\sqrt v}$"),
            ],
            [
                [str(row.t), *map(number, (row.c1, row.c2, row.m, row.m_hat, row.v, row.v_hat, *steps))]
                for row in listed
                for steps in [(row.step, row.uncorrected)]
            ],
        )
    )
    st.markdown(correction_words(gradient, listed))
    panels = [
        Panel("means", bias_correction(rows, gradient), alt=correction_words(gradient, listed)),
        Panel("steps", corrected_steps(rows), alt=correction_words(gradient, listed)),
    ]
    pictures(choices, panels, "corrections")
    st.markdown(
        table(
            ["momentum against the same gradient", *(f"$t = {row.t}$" for row in listed)],
            [
                [r"$v \leftarrow \beta_1 v + g$", *(number(row.velocity) for row in listed)],
                [r"$v \leftarrow \beta_1 v + (1 - \beta_1) g$", *(number(row.mean) for row in listed)],
            ],
            words=1,
        )
    )


def correction_words(gradient: float, rows: Sequence[Correction]) -> str:
    """What the correction does to the first update, and what the steps would be without it."""
    first = rows[0]
    low, high = (end(rows, key=lambda row: row.uncorrected) for end in (min, max))
    return (
        f"Both means start at 0. After the first update $m$ is {number(first.m)}; divided by $1 - \\beta_1$ it is "
        f"{number(first.m_hat)}, the gradient. So is $v$, {number(first.v)}, which becomes {number(first.v_hat)}, its "
        f"square, and every corrected step is one learning rate long. Without correction the steps of this table are "
        f"between {short(low.uncorrected)} and {short(high.uncorrected)} learning rates long, the longest at "
        f"$t = {high.t}$; with a gradient of {short(gradient)} as with any other."
    )


def sliders(*names: str) -> None:
    """The knobs of one table, side by side."""
    for name, column in zip(names, st.columns([*[1] * len(names), 4 - len(names)]), strict=False):
        knob = LECTURE[name]
        with column:
            knob_slider(
                knob,
                f"{knob.symbol}, {knob.help}",
                dict(current().lecture)[name],
                f"lecture {name}",
                lambda value, n=name: change(lecture=set_number(current().lecture, n, value)),
            )


def pictures(choices: Choices, panels: Sequence[Panel], name: str, *, tall: bool = False) -> None:
    """The pictures of one table, larger for a lecture hall."""
    if choices.size == "hall":
        for panel in panels:
            enlarge(panel.figure)
    stage(panels, key=f"lecture {name}", rows=[[panel.name for panel in panels], *[["play"]] * tall])


def number(value: float) -> str:
    """Six digits, as the lecture prints them."""
    return short(0.0 if value == 0 else value, DIGITS)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], words: int = 0) -> str:
    """Rows under their heads, in Markdown: the first columns, of words, to the left, and numbers to the right."""
    lines = [heads, [":--"] * words + ["--:"] * (len(heads) - words), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
