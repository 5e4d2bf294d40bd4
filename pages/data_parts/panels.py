"""The pictures beside the map: the surface or another loss, what the parameters predict, what a chain does."""

import numpy as np

from figures import (
    DASHES,
    INK,
    VEIL,
    Heights,
    Run,
    agreement,
    chances,
    contour_map,
    curves,
    factor_curve,
    fit,
    name_axes,
    surface,
)
from figures.stage import Panel
from landscapes import Array, DataSet, Domain, condition_number, factors
from pages.data_parts.choices import DataChoices
from pages.data_parts.compute import Race, beside_runs, view
from pages.data_parts.problems import PROBLEMS, SURFACE
from pages.shared.state import run_names
from words import coordinates, short

MIDDLE = 0.5  # the input at which a chain's derivative is looked at; the largest is 1
AWAY = 1.5  # how much farther the camera stands where three panels share a row


def drawn(names: list[str], colours: list[str], races: list[Race]) -> list[Run]:
    """The runs, whole."""
    return [
        Run(name, colour, race.shown, dash)
        for name, colour, dash, race in zip(names, colours, DASHES, races, strict=False)
    ]


def thin(runs: list[Run], races: list[Race], height: Heights, domain: Domain) -> list[Run]:
    """Runs with as many points as show all that there is to see over a domain."""
    return [run.at(race.steps_drawn(height, domain)) for run, race in zip(runs, races, strict=True)]


def second(choices: DataChoices, beside: str, thinned: list[Run], colours: list[str], notes: list[str]) -> Panel:
    """The surface in three dimensions, or the map of another variant with the same optimizers on it."""
    landscape, axes = choices.model().full, PROBLEMS[choices.problem].axes
    if beside == SURFACE:
        figure = name_axes(surface(landscape, thinned, view(choices).height, landscape.domain), *axes)
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
    names = run_names([race.run for race in races])  # at these rates
    domain = landscape.domain if same else other.domain
    there = view(choices, beside)
    every = thin(drawn(names, colours, races), races, there.height, domain)
    visible = [run for run, of in zip(every, choices.runs, strict=True) if not of.hidden]
    figure = name_axes(contour_map(other, visible, there.height, domain, there.landmarks), *axes)
    label = PROBLEMS[choices.problem].variants[beside]
    figure.add_annotation(
        text=label,
        x=0.02,
        y=0.98,
        xref="paper",
        yref="paper",
        showarrow=False,
        bgcolor=VEIL,
        font={"color": INK},
    )
    ends = ", ".join(
        f"{name} {race.verdict.name} at {short(last(race.loss))}" for name, race in zip(names, races, strict=True)
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


def chain_factors(choices: DataChoices) -> Array:
    """∂hₖ/∂x after each neuron of the chain, with weight and bias of the marker."""
    weight, bias = choices.start
    return factors(MIDDLE, weight, choices.variant, int(dict(choices.numbers)["depth"]), bias)


def chain_panel(choices: DataChoices) -> Panel:
    """What becomes of the gradient on its way through the chain, at the marker."""
    values = chain_factors(choices)
    bound = (abs(choices.start[0]) / 4) ** np.arange(1, values.size + 1) if choices.variant == "sigmoid" else None
    return Panel("factors", factor_curve(values, bound, MIDDLE), alt=chain_words(choices))


def chain_words(choices: DataChoices) -> str:
    """How much of a change of the input is left after the first neuron and after the last."""
    values = [short(float(value)) for value in chain_factors(choices)]
    after = f"; after all {len(values)} it is {values[-1]}" * (len(values) > 1)
    return (
        f"With the marker’s weight and bias, {coordinates(np.array(choices.start))}, the derivative by the input at "
        f"x = {short(MIDDLE)} is {values[0]} after the first neuron{after}."
    )


def end(positions: Array) -> Array:
    """The last place where a run was seen."""
    place: Array = positions[:, np.isfinite(positions).all(axis=0)][:, -1]
    return place


def last(values: Array) -> float:
    """The last finite number."""
    return float(values[np.isfinite(values)][-1])
