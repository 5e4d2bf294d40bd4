"""From gradient descent to AdamW: what each rule adds to those before it, and the same race for all of them."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from figures import BY_MOMENTUM, IN_LETTERS, contour_map, curves, name_map
from figures.stage import Drawing, Panel, viewed, visible
from figures.stage import stage as show_on_stage
from landscapes import Domain
from optimizers import RULES, TIMELINE, Stage, stage_in_latex
from pages.shared.controls.suggest import suited
from pages.shared.fields import Numbers
from pages.shared.race import Entry, entries, outcomes, scale
from pages.shared.state import Choices, first_choices, plain, run_choice
from pages.shared.work import Frozen, drawn_once, frozen
from pages.step_by_step_parts.choices import VALLEY, VALLEY_KNOBS
from pages.step_by_step_parts.formulas import tinted
from pages.step_by_step_parts.knobs import lead, pictures, sliders, table
from words import paragraph, say, short

STAGE = "timeline"
STEPS = 400
WIDE = 3  # maps in a row
COLUMNS = (("m",), ("v",), ("m_hat", "v_hat"), ("p",))  # of the table of formulas


def show(choices: Choices) -> None:
    """The race, which is in view at once, then the formulas with what is new in each."""
    st.header(say("From gradient descent to AdamW"), anchor=False)
    sliders("timeline", VALLEY_KNOBS, "condition", "angle")
    looks = tuple(visible(STAGE, stage.optimizer) for stage in TIMELINE)
    seen, texts = pictured(choices.timeline, choices.size, looks, frozen(viewed(STAGE)))
    show_on_stage(seen, key=STAGE)
    for text in texts:
        st.markdown(text)
    lead(say("The six rules in the same letters. What no rule before it has is in colour."))
    st.markdown(formulas())
    st.caption("  \n".join(plain(work(stage)) for stage in TIMELINE))


@drawn_once
def pictured(
    numbers: Numbers, size: str, looks: tuple[Domain | None, ...], views: Frozen
) -> tuple[Drawing, tuple[str, ...]]:
    """The race, and what is said of it.

    Args:
        looks: what the browser shows of each map, where it said so.
    """
    race = the_race(numbers)
    shown = entries(race, outcomes(race))
    panels = maps(race, shown, looks)
    names = [panel.name for panel in panels]
    rows = [["play"], names[:WIDE], names[WIDE:], ["loss"]]
    return pictures([*panels, losses(shown)], STAGE, size, views, rows, STEPS), (
        say("The same race for six rules, each at the learning rate that suits it on this valley."),
        "\n".join(f"- {sentence}" for sentence in sentences(race, shown)),
        first_words(shown),
    )


def work(stage: Stage) -> str:
    """What the rule was published in, without what the source says besides."""
    return RULES[stage.optimizer].source.partition(";")[0].removesuffix(".")


@drawn_once
def formulas() -> str:
    """A row for each rule: its year, its name, and its lines in columns."""
    colour = IN_LETTERS[BY_MOMENTUM]
    heads = [
        say("year"),
        say("rule"),
        say("memory of the gradient"),
        say("memory of its square"),
        say("corrected"),
        say("step"),
    ]
    rows = []
    for stage in TIMELINE:
        lines = stage_in_latex(stage, lambda latex: tinted(latex, colour))
        cells = [unbroken([lines[place] for place in column if place in lines]) for column in COLUMNS]
        rows.append([str(stage.year), f"**{say(RULES[stage.optimizer].name)}**", *cells])
    return table(heads, rows, words=len(heads))


def unbroken(lines: Sequence[str]) -> str:
    """Formulas under each other in one cell, each on a line of its own, with fractions of full size."""
    rows = r" \\[4pt] ".join(rf"\displaystyle {line}" for line in lines)
    return rf"$\begin{{gathered}} {rows} \end{{gathered}}$" if lines else ""


def the_race(numbers: Numbers) -> Choices:
    """All six from the start of the valley, each at a rate that suits it there."""
    alone = replace(first_choices(), landscape=VALLEY, numbers=numbers, steps=STEPS)
    runs = tuple(suited(run_choice(stage.optimizer), alone.where) for stage in TIMELINE)
    return replace(alone, runs=runs, start=alone.build().start)


def maps(race: Choices, shown: Sequence[Entry], looks: Sequence[Domain | None]) -> list[Panel]:
    """A small map for each."""
    landscape, height = race.build(), scale(race.where, race.height)
    return [
        Panel(
            stage.optimizer,
            name_map(
                contour_map(
                    landscape,
                    [replace(run, dash="solid") for run in entry.drawn(height, (landscape.domain,))],
                    height,
                    landscape.domain,
                    visible=look,
                ),
                f"{stage.year} {entry.run.label}",
            ),
            alt=entry.sentence,
            called=entry.run.label,
        )
        for stage, entry, look in zip(TIMELINE, shown, looks, strict=True)
    ]


def losses(shown: Sequence[Entry]) -> Panel:
    """The loss of each over the steps."""
    runs = [entry.run for entry in shown]
    figure = curves(say("Loss"), runs, [entry.outcome.loss for entry in shown], logarithmic=True)
    return Panel("loss", figure, alt=paragraph(say("Loss over the steps."), *(entry.sentence for entry in shown)))


def sentences(race: Choices, shown: Sequence[Entry]) -> list[str]:
    """What each adds, and what became of it at which rate."""
    return [
        say(
            "**{year} {run}.** {idea} At η = {rate}: {sentence}",
            year=stage.year,
            run=entry.run.label,
            idea=say(stage.idea),
            rate=short(dict(run.numbers)["learning_rate"]),
            sentence=entry.outcome.verdict.sentence,
        )
        for stage, run, entry in zip(TIMELINE, race.runs, shown, strict=True)
    ]


def first_words(shown: Sequence[Entry]) -> str:
    """Which of them arrives first, and what must be known of the newest."""
    pull = say("AdamW pulls towards (0, 0), which is where the minimum of this valley is.")
    arrivals = [
        (entry.outcome.verdict.step, number)
        for number, entry in enumerate(shown)
        if entry.outcome.verdict.kind == "minimum"
    ]
    if not arrivals:
        return say("None of them arrives within {steps} steps. {pull}", steps=STEPS, pull=pull)
    step, number = min(arrivals)
    return say(
        "Here {run}, of {year}, arrives first, after {steps} steps. {pull}",
        run=shown[number].run.label,
        year=TIMELINE[number].year,
        steps=f"{step:,}",
        pull=pull,
    )
