"""The model and its surface: runs on the loss, another loss of the same data beside it, and what they predict."""

from dataclasses import replace

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from figures import MOST_FRAMES, contour_map, curves, run_colours, stride
from figures.stage import Drawing, Panel, Table, drawing, stage, viewed, visible
from landscapes import Array, DataSet, Domain, Landscape
from pages.data_parts.choices import DataChoices
from pages.data_parts.compute import Race, full_runs, view
from pages.data_parts.controls import left_out, moved_marker, thinned_steps
from pages.data_parts.panels import drawn, fitted_model, last, second, thin
from pages.data_parts.problems import PROBLEMS, SURFACE
from pages.data_parts.state import change, key
from pages.shared.race import thrown_out
from pages.shared.size import panels_in_size
from pages.shared.state import of_words, run_names, when_moved
from pages.shared.work import Frozen, drawn_once, frozen
from words import paragraph, say, short

ZERO = 1e-12  # of the larger curvature: what is smaller is rounding


def show(choices: DataChoices, aside: DeltaGenerator) -> None:
    """What stands beside the map is chosen, and all of it shown."""
    kind = PROBLEMS[choices.problem]
    others = {SURFACE: say("The surface")} | {k: say(v) for k, v in kind.variants.items() if k != choices.variant}
    chosen = choices.beside if choices.beside in others else usual(choices)
    if len(others) > 1:
        choose_beside(choices, others, chosen, aside)
    stage_key = f"data model {choices.problem}"
    looks = visible(stage_key, "map"), visible(stage_key, "beside")
    stage(pictured(choices, chosen, looks, frozen(viewed(stage_key))), key=stage_key, on_start=moved_marker)


def choose_beside(choices: DataChoices, others: dict[str, str], chosen: str, aside: DeltaGenerator) -> None:
    """What stands beside the map, by name: the surface, or the same data with another loss or another scaling."""
    widget = of_words(key(f"beside {choices.problem} {choices.variant}"))
    st.session_state.setdefault(widget, chosen)
    aside.segmented_control(
        say("Beside the map"),
        others,
        format_func=others.__getitem__,
        key=widget,
        required=True,
        label_visibility="collapsed",
        on_change=when_moved(widget, lambda: change(beside=st.session_state[widget])),
    )


@drawn_once
def pictured(choices: DataChoices, beside: str, looks: tuple[Domain | None, Domain | None], views: Frozen) -> Drawing:
    """Map, a second picture, and the fitted model; under them the loss and the verdicts.

    Args:
        looks: what the browser shows of the map and of what stands beside it, where it said so.
    """
    kind, model, data = PROBLEMS[choices.problem], choices.model(), choices.points()
    races = full_runs(choices)
    colours = run_colours([run.optimizer for run in choices.runs])
    names = run_names(choices.runs)
    landscape, seen = model.full, view(choices)
    seen_slots = [slot for slot, run in enumerate(choices.runs) if not run.hidden]
    shown = [races[slot] for slot in seen_slots]
    runs = [run for slot, run in enumerate(drawn(names, colours, races)) if slot in seen_slots]
    thinned = thin(runs, shown, seen.height, landscape.domain)
    fitted = fitted_model(choices, runs)
    losses = [race.loss for race in shown]
    sentences = [
        say("{run}: {sentence}", run=name, sentence=race.verdict.sentence)
        for name, race in zip(names, races, strict=True)
    ]
    paths = [race.trajectory.positions for race in races]
    notes = [*words(choices, data), *sentences, *thrown_out(landscape, names, choices.runs, paths)]
    panels = [
        Panel(
            "map",
            contour_map(
                landscape,
                thinned,
                seen.height,
                landscape.domain,
                seen.landmarks,
                visible=looks[0],
                names=kind.names_of_axes,
            ),
            alt=paragraph(*sentences),
        ),
        second(choices, beside, thinned, colours, notes, looks[1]),
        kind.predictions(fitted),
        Panel("loss", curves(say("Loss"), runs, losses, logarithmic=positive(losses)), alt=fall(names, races)),
    ]
    below = ["loss", "table"]
    if kind.extra_panel is not None:
        extra = kind.extra_panel(fitted)
        panels.append(extra)
        notes.insert(0, extra.alt)
        below.insert(1, extra.name)
    return drawing(
        panels_in_size(panels, choices.size),
        key=f"data model {choices.problem}",
        views=dict(views),
        rows=[[panels[0].name, panels[1].name, panels[2].name], ["play"], below],
        steps=choices.steps_taken,
        every=stride(choices.steps_taken, MOST_FRAMES),
        start=choices.start,
        table=Table(
            columns=[say("Run"), say("Verdict"), say("Loss"), *kind.names_of_axes],
            rows=[
                [name, race.verdict.name, short(last(race.loss)), *(short(last(axis)) for axis in race.shown)]
                for name, race in zip(names, races, strict=True)
            ],
            colours=colours,
            caption=say("Where each run is after its last update"),
        ),
        notes=[*notes, *left_out(choices), *thinned_steps(choices)],
    )


def usual(choices: DataChoices) -> str:
    """What stands beside the map at first: the loss or the scaling that the lecture compares it with."""
    kind = PROBLEMS[choices.problem]
    return kind.beside if kind.beside != choices.variant else next(iter(kind.variants))


def words(choices: DataChoices, data: DataSet | None) -> list[str]:
    """What the data are, and how steep the surface is where the marker stands."""
    landscape = choices.model().full
    kind = PROBLEMS[choices.problem]
    about = paragraph(say(landscape.about), say(kind.about) if kind.about else "")
    about = [about] if data is None else [data_words(data), about]
    scaled = standardised_words(choices) if choices.scaled else []
    return [*about, *scaled, curvature_words(landscape, np.array(choices.start))]


def data_words(data: DataSet) -> str:
    """What the data are, and how many of their rows these are where they are not all."""
    if data.taken_from is None:
        return say("{data}: {about}", data=say(data.name), about=say(data.about))
    return say(
        "{data}, {count} of {all}: {about}",
        data=say(data.name),
        count=f"{data.examples:,}",
        all=f"{data.taken_from:,}",
        about=say(data.about),
    )


def standardised_words(choices: DataChoices) -> list[str]:
    """What standardising has taken from each feature, and what it was divided by."""
    raw = replace(choices, scaled=False).points()
    if len(raw.inputs) == 1:
        return [
            say(
                "The feature is standardised: less its mean, {mean}, and over its standard deviation, {deviation}.",
                mean=short(float(raw.inputs[0].mean())),
                deviation=short(float(raw.inputs[0].std())),
            )
        ]
    return [
        say(
            "{name} is standardised: less its mean, {mean}, and over its standard deviation, {deviation}.",
            name=label,
            mean=short(float(feature.mean())),
            deviation=short(float(feature.std())),
        )
        for label, feature in zip(raw.labels, raw.inputs, strict=False)
    ]


def curvature_words(landscape: Landscape, place: Array) -> str:
    """The curvatures at the marker, and below which rate gradient descent is stable there."""
    values = np.linalg.eigvalsh(landscape.hessian(place))
    low, high = (float(value) for value in np.where(np.abs(values) <= ZERO * np.abs(values).max(), 0.0, values))
    if low == high == 0:
        if not landscape.gradient(place).any():
            return say("No curvature and no gradient at the marker: the loss is level there, and no update leaves.")
        return say("No curvature at the marker: the loss is straight there, and η alone says how far a step goes.")
    if high > 0 and low >= 0:
        return say(
            "Curvatures at the marker: {low} and {high}; gradient descent is stable there below η = 2/λ = {limit}.",
            low=short(low),
            high=short(high),
            limit=short(2 / high),
        )
    return say("Curvatures at the marker: {low} and {high}.", low=short(low), high=short(high))


def fall(names: list[str], races: list[Race]) -> str:
    """The losses in words."""
    ends = (
        say("{run}: from {first} to {last}.", run=name, first=short(race.loss[0]), last=short(last(race.loss)))
        for name, race in zip(names, races, strict=True)
    )
    return paragraph(say("Loss over the steps."), *ends)


def positive(losses: list[Array]) -> bool:
    """Whether every loss can stand on a logarithmic axis."""
    return all((loss[np.isfinite(loss)] > 0).all() for loss in losses)
