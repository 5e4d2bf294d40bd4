"""Along a run: does the curvature it meets stay below what its steps can bear?"""

import numpy as np
import streamlit as st

from figures import Run, eigenvalues, run_colours, sharpness
from figures.stage import Panel, stage
from optimizers import RULES, short
from pages.parts.view import View
from pages.shared.compute import outcomes


def show(view: View) -> None:
    """One run on the map, and its Hessian eigenvalues at every step against the border of stability."""
    choices = view.choices
    names = [RULES[run.optimizer].name for run in choices.runs]
    picked = st.segmented_control(
        "Run", range(len(names)), format_func=names.__getitem__, default=0, label_visibility="collapsed"
    )
    slot = int(picked or 0)
    result, name = outcomes(choices)[slot], names[slot]
    colour = run_colours([run.optimizer for run in choices.runs])[slot]
    positions = result.trajectory.positions
    along = eigenvalues(view.landscape, positions)
    limit = choices.runs[slot].build().border
    border = None if limit is None else np.array([float(limit(step)) for step in range(choices.steps)])
    notes = [f"{name}: {result.verdict.sentence}"]
    if border is None:
        notes.append(f"No border is known for {name}: its steps are scaled by what it has seen, not by η alone.")
    else:
        beyond = int((along[1, :-1] > border).sum())
        notes.append(
            f"At its rate {name} is stable on a quadratic while λ_max stays below {short(float(border[0]))}; "
            f"{beyond:,} of {choices.steps:,} steps were taken where the curvature is larger."
        )
    stage(
        [
            Panel("map", view.map((Run(name, colour, positions),)), alt=f"Map with the run of {name}."),
            Panel(
                "sharpness",
                sharpness(along, border, colour),
                alt=f"Hessian eigenvalues along the run of {name}. {notes[1]}",
            ),
        ],
        key="along",
        rows=[["map", "sharpness"], ["play"], ["table"]],
        steps=choices.steps,
        start=choices.start,
        notes=notes,
    )
