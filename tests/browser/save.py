"""A page with the save buttons alone, for the browser tests: a short race down the curved valley."""

import numpy as np
import streamlit as st

from figures import DASHES, RUN_COLOURS, Run, animation, contour_map, curves, heights, surface
from figures.stage import Panel, Table, standalone
from optimizers import RULES, descend
from pages.shared.controls.picture_downloads import save_pictures
from pages.shared.state.choices import first_choices

STEPS = 60


choices = first_choices()
landscape = choices.build()
height = heights(landscape, landscape.domain)
runs = [
    Run(
        f"{RULES[run.optimizer].name} <img src=x onerror=alert(1)></script>",
        colour,
        descend(landscape, run.build(), np.array(choices.start), STEPS).positions,
        dash,
    )
    for run, colour, dash in zip(choices.runs, RUN_COLOURS, DASHES, strict=False)
]


def page():
    """The offline page of the race."""
    names = [run.label for run in runs]
    return standalone(
        [
            Panel("map", contour_map(landscape, runs, height, landscape.domain), f"Map with {names}"),
            Panel("surface", surface(landscape, runs, height, landscape.domain), "Surface"),
            Panel("loss", curves("Loss", runs, [landscape.value(run.positions) for run in runs], True), "Loss"),
        ],
        title="Rosenbrock </title><script>alert(2)</script>",
        about=landscape.about,
        rows=[["map", "surface"], ["play"], ["loss", "table"]],
        steps=STEPS,
        table=Table(["Run", "Steps"], [[name, str(STEPS)] for name in names], [run.colour for run in runs]),
        notes=names,
    )


def film(progress):
    """The GIF of the race; with `endless` it is drawn again and again, until somebody cancels."""
    drawn = animation(landscape, runs, height, landscape.domain, progress=progress)
    return film(progress) if "endless" in st.query_params else drawn


save_pictures(choices, page, film)
st.caption("The end of the page")
