"""The model and its surface: runs on the loss, another loss of the same data beside it, and what they predict."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from figures import (
    DASHES,
    Run,
    agreement,
    chances,
    contour_map,
    curves,
    factor_curve,
    fit,
    name_axes,
    run_colours,
    surface,
)
from figures.stage import Panel, Table, stage
from landscapes import Array, DataSet, condition_number, factors
from optimizers import coordinates, short
from pages.data_parts.choices import SURFACE, DataChoices
from pages.data_parts.compute import Race, beside_runs, full_runs, view
from pages.data_parts.controls import move_marker
from pages.data_parts.problems import PROBLEMS
from pages.data_parts.state import change, key
from pages.shared.choices import run_names

AWAY = 1.5  # how much farther the camera stands where three panels share a row


def show(choices: DataChoices, aside: DeltaGenerator) -> None:
    """Map, a second picture, and the fitted model; under them the loss and the verdicts."""
    kind, model, data = PROBLEMS[choices.problem], choices.model(), choices.points()
    others = {SURFACE: "The surface"} | {k: v for k, v in kind.variants.items() if k != choices.variant}
    chosen = choices.beside if choices.beside in others else usual(choices)
    widget = key(f"beside {choices.problem} {choices.variant}")
    st.session_state.setdefault(widget, chosen)
    aside.segmented_control(
        "Beside the map",
        others,
        format_func=others.__getitem__,
        key=widget,
        required=True,
        label_visibility="collapsed",
        on_change=lambda: change(beside=st.session_state[widget]),
    )
    races = full_runs(choices)
    colours = run_colours([run.optimizer for run in choices.runs])
    names = run_names(choices.runs)
    runs = [run for run, of in zip(drawn(names, colours, races), choices.runs, strict=True) if not of.hidden]
    losses = [race.loss for race, of in zip(races, choices.runs, strict=True) if not of.hidden]
    landscape, seen = model.full, view(choices)
    sentences = [f"{name}: {race.verdict.sentence}" for name, race in zip(names, races, strict=True)]
    notes = [*words(choices, model.full.hessian(np.array(choices.start)), data), *sentences]
    panels = [
        Panel(
            "map",
            name_axes(contour_map(landscape, runs, seen.height, landscape.domain, seen.landmarks), *kind.axes),
            alt=" ".join(sentences),
        ),
        second(choices, chosen, runs, names, colours, notes),
        fitted_panel(choices, data, runs),
        Panel("loss", curves("Loss", runs, losses, logarithmic=positive(losses)), alt=fall(names, races)),
    ]
    below = ["loss", "table"]
    if choices.problem == "chain":
        panels.append(chain_panel(choices))
        below.insert(1, "factors")
    stage(
        panels,
        key=f"data model {choices.problem}",
        rows=[[panels[0].name, panels[1].name, "fit"], ["play"], below],
        steps=choices.steps,
        start=choices.start,
        table=Table(
            columns=["Run", "Verdict", "Loss", *kind.axes],
            rows=[
                [name, race.verdict.kind, short(last(race.loss)), *(short(last(axis)) for axis in race.shown)]
                for name, race in zip(names, races, strict=True)
            ],
            colours=colours,
            caption="Where each run is after its last update",
        ),
        notes=notes,
        on_start=move_marker,
    )


def usual(choices: DataChoices) -> str:
    """What stands beside the map at first: the loss or the scaling that the lecture compares it with."""
    pairs = {"classifier": "squared", "logits": "squared", "features": "standardised"}
    other = pairs.get(choices.problem, SURFACE)
    return other if other != choices.variant else next(iter(PROBLEMS[choices.problem].variants))


def drawn(names: list[str], colours: list[str], races: list[Race]) -> list[Run]:
    """The runs as the figures take them."""
    return [
        Run(name, colour, race.shown, dash)
        for name, colour, dash, race in zip(names, colours, DASHES, races, strict=False)
    ]


def second(
    choices: DataChoices, beside: str, runs: list[Run], names: list[str], colours: list[str], notes: list[str]
) -> Panel:
    """The surface in three dimensions, or the map of another variant with the same optimizers on it."""
    landscape, axes = choices.model().full, PROBLEMS[choices.problem].axes
    if beside == SURFACE:
        figure = name_axes(surface(landscape, runs, view(choices).height, landscape.domain), *axes)
        eye = figure.layout.scene.camera.eye
        figure.update_layout(scene_camera_eye={axis: AWAY * eye[axis] for axis in "xyz"})
        return Panel(
            "surface",
            figure,
            alt=f"The surface of {landscape.name} with the same runs.",
        )
    other = choices.model(beside).full
    same = choices.problem != "features"
    races = beside_runs(choices, beside)
    visible = [run for run, of in zip(drawn(names, colours, races), choices.runs, strict=True) if not of.hidden]
    domain = landscape.domain if same else other.domain
    there = view(choices, beside)
    figure = name_axes(contour_map(other, visible, there.height, domain, there.landmarks), *axes)
    label = PROBLEMS[choices.problem].variants[beside]
    figure.add_annotation(
        text=label,
        x=0.02,
        y=0.98,
        xref="paper",
        yref="paper",
        showarrow=False,
        bgcolor="rgba(255, 255, 255, 0.8)",
        font={"color": "#1f2328"},
    )
    ends = ", ".join(
        f"{name} {race.verdict.kind} at {short(last(race.loss))}" for name, race in zip(names, races, strict=True)
    )
    notes.append(f"{label}, the same optimizers at {'the same rates' if same else 'rates that suit it'}: {ends}.")
    if choices.problem == "features":
        kappas = [condition_number(choices.model(v).full.hessian(np.zeros(2))) for v in (choices.variant, beside)]
        notes.append(
            f"Condition number: {short(kappas[0])} here, {short(kappas[1])} beside it. At its best rate gradient "
            f"descent keeps {short(share(kappas[0]))} and {short(share(kappas[1]))} of the distance at each step."
        )
    return Panel("beside", figure, alt=f"{label} with the same optimizers. {ends}.")


def share(kappa: float) -> float:
    """(κ - 1)/(κ + 1): what gradient descent at its best constant rate leaves of the distance at each step."""
    return 1.0 if np.isinf(kappa) else (kappa - 1) / (kappa + 1)


def fitted_panel(choices: DataChoices, data: DataSet | None, runs: list[Run]) -> Panel:
    """What the parameters at the marker and along the runs predict."""
    marker, model = np.array(choices.start), choices.model()
    if choices.problem == "logits":
        figure = chances(marker, runs)
    elif choices.problem == "features" and data is not None:
        scaled = choices.variant != "raw"
        inputs = data.standardised().inputs if scaled else data.inputs
        figure = agreement(data, inputs, float(data.target.mean()) if scaled else 0.0, marker, runs)
    elif data is None or model.predict is None:
        norms = [np.hypot(*model.full.gradient(run.positions)) for run in runs]
        figure = curves("Gradient norm", runs, norms, True)
    else:
        figure = fit(data, model.predict, model.straight, marker, runs)
    return Panel("fit", figure, alt=told(choices, runs))


def told(choices: DataChoices, runs: list[Run]) -> str:
    """The fitted models in words."""
    ends = "; ".join(f"{run.label} {coordinates(end(run.positions))}" for run in runs)
    return f"The model at the marker {coordinates(np.array(choices.start))} and at the end of each run: {ends}."


def words(choices: DataChoices, hessian: Array, data: DataSet | None) -> list[str]:
    """What the data are, and how steep the surface is where the marker stands."""
    landscape = choices.model().full
    told_first = [landscape.about] if data is None else [f"{data.name}: {data.about}", landscape.about]
    low, high = (float(value) for value in np.linalg.eigvalsh(hessian))
    if low == high == 0:
        straight = "No curvature at the marker: the loss is straight there, and η alone says how far a step goes."
        return [*told_first, straight]
    if high > 0 and low >= 0:
        steep = f"Curvatures at the marker: {short(low)} and {short(high)}"
        edge = f"; gradient descent is stable there below η = 2/λ = {short(2 / high)}."
        return [*told_first, steep + edge]
    return [*told_first, f"Curvatures at the marker: {short(low)} and {short(high)}."]


def chain_panel(choices: DataChoices) -> Panel:
    """What becomes of the gradient on its way through the chain, at the marker's weight."""
    depth, weight = int(dict(choices.numbers)["depth"]), choices.start[0]
    values = factors(0.5, weight, choices.variant, depth)
    bound = (abs(weight) / 4) ** np.arange(1, depth + 1) if choices.variant == "sigmoid" else None
    return Panel(
        "factors",
        factor_curve(values, bound),
        alt=f"After {depth} neurons of weight {short(weight)} the gradient is {short(float(values[-1]))}.",
    )


def fall(names: list[str], races: list[Race]) -> str:
    """The losses in words."""
    ends = (
        f"{name}: from {short(race.loss[0])} to {short(last(race.loss))}."
        for name, race in zip(names, races, strict=True)
    )
    return " ".join(["Loss over the steps.", *ends])


def end(positions: Array) -> Array:
    """The last place where a run was seen."""
    place: Array = positions[:, np.isfinite(positions).all(axis=0)][:, -1]
    return place


def last(values: Array) -> float:
    """The last finite number."""
    return float(values[np.isfinite(values)][-1])


def positive(losses: list[Array]) -> bool:
    """Whether every loss can stand on a logarithmic axis."""
    return all((loss[np.isfinite(loss)] > 0).all() for loss in losses)
