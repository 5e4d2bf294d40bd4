"""Choices as a link: short, versioned, readable."""

from dataclasses import replace

from landscapes import knobs
from optimizers import OPTIMIZERS
from pages.shared.state.choices import (
    OWN,
    SCHEMA,
    Choices,
    first_choices,
    landscape_knobs,
    with_landscape,
)
from pages.shared.state.grammar import BETWEEN, VERSION, changed, joined
from pages.shared.state.run_choice import RunChoice, schedule_knobs
from pages.shared.state.starts import ByHand, Grid, Ring

RING, GRID = "ring", "grid"  # before the numbers of a pattern of starts
WARMS = "warmup"  # before the number of steps of a warm-up
HIDDEN = "hidden"  # at the end of a run that is not drawn


def write(choices: Choices) -> dict[str, str | list[str]]:
    """The parameters of the link that opens these choices; what is as it would be anyway is left out."""
    plain = first_choices()
    usual = with_landscape(choices.landscape, replace(plain, text=choices.text, domain=choices.domain))
    link: dict[str, str | list[str]] = {"v": VERSION}
    if choices.landscape != plain.landscape:
        link["landscape"] = choices.landscape
    if choices.landscape == OWN:
        link["f"] = choices.text
        link["x"], link["y"] = (joined(interval) for interval in choices.domain)
    turned = changed(choices.numbers, landscape_knobs(choices.landscape, choices.text))
    if turned:
        link["knobs"] = turned
    if choices.runs != plain.runs:
        link["run"] = [run_text(run) for run in choices.runs]
    by_hand = choices.further.points if isinstance(choices.further, ByHand) else ()
    if choices.start != usual.start or by_hand:
        link["start"] = joined([c for point in (choices.start, *by_hand) for c in point])
    match choices.further:
        case Ring(count=count, radius=radius):
            link["starts"] = BETWEEN.join([RING, joined([count, radius])])
        case Grid(side=side):
            link["starts"] = BETWEEN.join([GRID, joined([side])])
    if choices.zoom is not None:
        link["zoom"] = joined([*choices.zoom[0], *choices.zoom[1]])
    return {**link, **SCHEMA.write(choices)}


def run_text(run: RunChoice) -> str:
    """adam~0.05~beta1~0.8, the rate without its name; then schedule and warm-up: ~cosine~steps~100~warmup~20."""
    turned = changed(run.numbers, knobs(OPTIMIZERS[run.optimizer]))
    parts = [run.optimizer, turned.removeprefix(f"learning_rate{BETWEEN}")]
    if run.schedule != "constant":
        parts += [run.schedule, changed(run.schedule_numbers, schedule_knobs(run.schedule))]
    if run.warmup:
        parts += [WARMS, joined([run.warmup])]
    return BETWEEN.join(part for part in [*parts, HIDDEN * run.hidden] if part)
