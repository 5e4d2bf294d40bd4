"""The lecture's tables and pictures, from the rules themselves: momentum at three points, Adam's bias correction."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from figures import bias_correction, corrected_steps, three_pushes
from figures.stage import Panel
from optimizers import CONVENTIONS, TIMES, Correction, Push, corrections, pushes
from pages.shared.state import Choices
from pages.step_by_step_parts.choices import LECTURE
from pages.step_by_step_parts.knobs import pictures, sliders, table
from words import paragraph, say, short

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
    st.header(say("Momentum at three points"), anchor=False)
    sliders("lecture", LECTURE, "learning_rate", "momentum")
    left, right = st.columns([4, 3], gap="medium")
    left.markdown(
        table(
            [
                say("point"),
                say("gradient $g$"),
                say("past $v$"),
                say(r"by gradient, $-\eta g$"),
                say(r"by momentum, $-\eta\beta v$"),
                say("in all"),
            ],
            [
                [push.point, *map(number, (push.g, push.past, push.by_gradient, push.by_momentum, push.movement))]
                for push in points
            ],
        )
    )
    left.markdown(push_words(points))
    with right:
        alt = paragraph(say("A loss with three points."), push_words(points))
        pictures(choices, [Panel("pushes", three_pushes(points), alt=alt)], "lecture pushes", [["pushes"], ["play"]])
    st.markdown(
        table(
            [
                say("lecture"),
                say("letter"),
                say("rule"),
                *(say("remembers after {point}", point=push.point) for push in points),
            ],
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
    return paragraph(*(sentence for push in points for sentence in (alone(push), outcome(push))))


def alone(push: Push) -> str:
    """What the gradient and the past of a point would do, each by itself."""
    return say(
        "At {point} the gradient is {gradient}: by itself it would move the run by {by_gradient}, the past by "
        "{by_momentum}.",
        point=push.point,
        gradient=short(push.g),
        by_gradient=number(push.by_gradient),
        by_momentum=number(push.by_momentum),
    )


def outcome(push: Push) -> str:
    """Which way a point goes in all.

    >>> [outcome(push) for push in pushes()][2]
    'In all it goes on by 0.08, against its gradient.'
    """
    way = number(abs(push.movement))
    if push.movement == 0:
        return say("In all it stays where it is.")
    if push.movement > 0:
        if push.by_gradient == 0:
            return say("In all it goes on by {way}, by its momentum alone.", way=way)
        if push.by_gradient < 0:
            return say("In all it goes on by {way}, against its gradient.", way=way)
        return say("In all it goes on by {way}.", way=way)
    if push.by_gradient == 0:
        return say("In all it turns back by {way}, by its momentum alone.", way=way)
    if push.by_gradient > 0:
        return say("In all it turns back by {way}, against its gradient.", way=way)
    return say("In all it turns back by {way}.", way=way)


def convention_words(points: Sequence[Push]) -> str:
    """What the letters of the lectures have in common, and where they part."""
    averaged = ", ".join(number(push.averaged) for push in points)
    return say(
        "The first three write one rule in three ways: what they remember differs by the factor η or a sign, what they "
        "move by does not as long as η stays the same. Ng’s v is a mean of gradients: from a past mean of the same "
        "size it moves the points by {averaged}.",
        averaged=averaged,
    )


def correction_table(choices: Choices, gradient: float, rows: Sequence[Correction]) -> None:
    """Both means against a gradient that is always the same."""
    st.header(
        say("Adam’s bias correction against a steady gradient of {gradient}", gradient=short(gradient)), anchor=False
    )
    sliders("lecture", LECTURE, "gradient", "beta1", "beta2")
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
    pictures(choices, panels, "lecture corrections")
    st.markdown(
        table(
            [say("momentum against the same gradient"), *(f"$t = {row.t}$" for row in listed)],
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
    return say(
        "Both means start at 0. After the first update $m$ is {m}; divided by $1 - \\beta_1$ it is {m_hat}, the "
        "gradient. So is $v$, {v}, which becomes {v_hat}, its square, and every corrected step is one learning rate "
        "long. Without correction the steps of this table are between {shortest} and {longest} learning rates long, "
        "the longest at $t = {t}$; with a gradient of {gradient} as with any other.",
        m=number(first.m),
        m_hat=number(first.m_hat),
        v=number(first.v),
        v_hat=number(first.v_hat),
        shortest=short(low.uncorrected),
        longest=short(high.uncorrected),
        t=high.t,
        gradient=short(gradient),
    )


def number(value: float) -> str:
    """Six digits, as the lecture prints them."""
    return short(0.0 if value == 0 else value, DIGITS)
