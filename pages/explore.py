"""Several ways down one landscape: who arrives, who gets stuck, who leaves?"""

import numpy as np
import streamlit as st

from figures import DASHES, Run, contour_map, curves, profile, run_colours, surface
from figures.stage import Panel, Table, stage
from optimizers import RULES, short
from pages.shared.compute import critical_points, lowest, outcomes, scale
from pages.shared.controls import landscape_controls, move_start, run_controls, start_controls, view_controls
from pages.shared.header import header
from pages.shared.state import current

with st.sidebar:
    landscape_controls()
    run_controls()
    start_controls()
    view_controls()

choices = current()
landscape = choices.build()
header("Explore", landscape)

where = (choices.landscape, choices.numbers, choices.text, choices.domain)
results = outcomes(choices)
found = critical_points(*where)
height = scale(*where, choices.height)
best = lowest(found)

colours = run_colours([run.optimizer for run in choices.runs])
names = [RULES[run.optimizer].name for run in choices.runs]
runs = [
    Run(name, colour, result.trajectory.positions, dash)
    for name, colour, dash, result in zip(names, colours, DASHES, results, strict=False)
]
landmarks = {
    kind: np.array([point.position for point in found.points if point.kind == kind]).T
    for kind in dict.fromkeys(point.kind for point in found.points)
}
sentences = [f"{name}: {result.verdict.sentence}" for name, result in zip(names, results, strict=True)]
logarithmic = choices.axis == "log"
base = min((float(np.nanmin(result.loss)) for result in results), default=0.0)
above = logarithmic and base <= 0  # a logarithm needs something positive: then the loss above the lowest value known
floor = min(base, best if best is not None else base) if above else 0.0

stage(
    [
        Panel(
            "map",
            contour_map(landscape, runs, height, landscape.domain, landmarks),
            alt=f"Contour map of {landscape.name} with {len(runs)} runs. {' '.join(sentences)}",
        ),
        Panel(
            "surface",
            profile(landscape, runs, landscape.domain),
            alt=f"{landscape.name} as a curve with the same runs.",
        )
        if landscape.curve
        else Panel(
            "surface",
            surface(landscape, runs, height, landscape.domain),
            alt=f"The surface of {landscape.name} in three dimensions, with the same runs on it. {landscape.about}",
        ),
        Panel(
            "loss",
            curves(
                "Loss above the lowest, f − f*" if above else "Loss",
                runs,
                [r.loss - floor for r in results],
                logarithmic,
            ),
            alt="Loss over the steps. "
            + " ".join(f"{n} ends at {short(r.last_loss())}." for n, r in zip(names, results, strict=True)),
        ),
        Panel(
            "gradient_norm",
            curves("Gradient norm", runs, [r.gradient_norm for r in results], logarithmic=True),
            alt="Norm of the gradient over the steps, on a logarithmic axis.",
        ),
    ],
    key="stage",
    rows=[["map", "surface"], ["play"], ["loss", "gradient_norm", "table"]],
    steps=choices.steps,
    start=choices.start,
    table=Table(
        columns=["Run", "Verdict", "Loss", "Steps to 1e−8"],
        rows=[
            [
                name,
                result.verdict.kind,
                short(result.last_loss()),
                "–" if (at := result.arrival(best)) is None else f"{at:,}",
            ]
            for name, result in zip(names, results, strict=True)
        ],
        colours=colours,
        caption="Where each run is after its last step",
    ),
    notes=sentences,
    on_start=lambda x, y: move_start((x, y)),
)
