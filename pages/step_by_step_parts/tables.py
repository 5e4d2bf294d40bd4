"""The lecture's tables and pictures, from the rules themselves: momentum at three points, Adam's bias correction."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from figures import bias_correction, corrected_steps, three_pushes
from figures.stage import Drawing, Panel, stage, viewed
from optimizers import CONVENTIONS, TIMES, Correction, Push, corrections, pushes
from pages.shared.fields import Numbers
from pages.shared.parts import part
from pages.shared.state import Choices, current
from pages.shared.work import Frozen, drawn_once, frozen, kept
from pages.step_by_step_parts.choices import LECTURE
from pages.step_by_step_parts.knobs import pictures, sliders, table
from words import listed, paragraph, say, short

DIGITS = 6
PUSHES, CORRECTIONS = "lecture pushes", "lecture corrections"  # the tables: parts of the page, and their stages
DRAWN = sorted({*TIMES, *(int(t) for t in np.geomspace(1, max(TIMES), 60))})  # updates of the curves


def show(choices: Choices) -> None:
    """Both tables, each with its knobs, its picture and what there is to see in it, and each a part of the page."""
    part(PUSHES)(momentum_table)()
    part(CORRECTIONS)(correction_table)()


def momentum_table() -> None:
    """Three points, each with a gradient and a past, and the movement that both make."""
    choices = current()
    points = pushed(choices.lecture)
    st.header(say("Momentum at three points"), anchor=False)
    sliders("lecture", LECTURE, "learning_rate", "momentum", shown_by=PUSHES)
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
        stage(pushes_drawn(choices.lecture, choices.size, frozen(viewed(PUSHES))), key=PUSHES)
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
    averaged = listed(number(push.averaged) for push in points)
    return say(
        "The first three write one rule in three ways: what they remember differs by the factor η or a sign, what they "
        "move by does not as long as η stays the same. Ng’s v is a mean of gradients: from a past mean of the same "
        "size it moves the points by {averaged}.",
        averaged=averaged,
    )


def correction_table() -> None:
    """Both means against a gradient that is always the same."""
    choices = current()
    gradient, rows = dict(choices.lecture)["gradient"], in_the_table(corrected(choices.lecture))
    st.header(
        say("Adam’s bias correction against a steady gradient of {gradient}", gradient=short(gradient)), anchor=False
    )
    sliders("lecture", LECTURE, "gradient", "beta1", "beta2", shown_by=CORRECTIONS)
    st.markdown(
        table(
            [
                *("$t$", r"$1 - \beta_1^t$", r"$1 - \beta_2^t$", "$m$", r"$\hat m$", "$v$", r"$\hat v$"),
                *(r"$\frac{\hat m}{\sqrt{\hat v}}$", r"$\frac{m}{\sqrt v}$"),
            ],
            [
                [str(row.t), *map(number, (row.c1, row.c2, row.m, row.m_hat, row.v, row.v_hat, *steps))]
                for row in rows
                for steps in [(row.step, row.uncorrected)]
            ],
        )
    )
    st.markdown(correction_words(gradient, rows))
    stage(corrections_drawn(choices.lecture, choices.size, frozen(viewed(CORRECTIONS))), key=CORRECTIONS)
    st.markdown(
        table(
            [say("momentum against the same gradient"), *(f"$t = {row.t}$" for row in rows)],
            [
                [r"$v \leftarrow \beta_1 v + g$", *(number(row.velocity) for row in rows)],
                [r"$v \leftarrow \beta_1 v + (1 - \beta_1) g$", *(number(row.mean) for row in rows)],
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


@drawn_once
def pushes_drawn(lecture: Numbers, size: str, views: Frozen) -> Drawing:
    """The loss with its three points."""
    points = pushed(lecture)
    alt = paragraph(say("A loss with three points."), push_words(points))
    panels = [Panel("pushes", three_pushes(points), alt=alt)]
    return pictures(panels, PUSHES, size, views, rows=[["pushes"], ["play"]])


@drawn_once
def corrections_drawn(lecture: Numbers, size: str, views: Frozen) -> Drawing:
    """Both means and their steps."""
    gradient, rows = dict(lecture)["gradient"], corrected(lecture)
    alt = correction_words(gradient, in_the_table(rows))
    panels = [
        Panel("means", bias_correction(rows, gradient), alt=alt),
        Panel("steps", corrected_steps(rows), alt=alt),
    ]
    return pictures(panels, CORRECTIONS, size, views)


def pushed(lecture: Numbers) -> Sequence[Push]:
    """The three points at the knobs of their table."""
    numbers = dict(lecture)
    return pushes(numbers["learning_rate"], numbers["momentum"])


def corrected(lecture: Numbers) -> Sequence[Correction]:
    """Both means at the knobs of their table."""
    numbers = dict(lecture)
    return _corrected(numbers["gradient"], numbers["beta1"], numbers["beta2"])


@kept("runs")
def _corrected(gradient: float, beta1: float, beta2: float) -> Sequence[Correction]:
    return corrections(DRAWN, gradient, beta1, beta2)


def in_the_table(rows: Sequence[Correction]) -> list[Correction]:
    """Those that stand in the table."""
    return [row for row in rows if row.t in TIMES]


def number(value: float) -> str:
    """Six digits, as the lecture prints them."""
    return short(0.0 if value == 0 else value, DIGITS)
