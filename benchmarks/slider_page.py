"""The figures of Explore, through the stage or, with `?way=plain`, each through st.plotly_chart."""

from functools import cache

import numpy as np
import streamlit as st

from figures import Run, contour_map, curves, heights, run_colours, surface
from figures.stage import Panel, stage
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, descend


@cache
def scene() -> tuple:
    """What no slider of this page changes."""
    landscape = LANDSCAPES["rosenbrock"]()
    return landscape, heights(landscape, landscape.domain)


st.set_page_config(layout="wide")
asked = st.query_params
count, steps = int(asked.get("runs", 3)), int(asked.get("steps", 500))
with st.sidebar:
    rate = st.slider("Learning rate", 0.01, 0.5, 0.3, 0.01)
landscape, height = scene()
names = ["adam", "momentum", "rmsprop", "nesterov", "adagrad", "gradient_descent", "adam", "momentum"][:count]
scales = {"adam": 1, "rmsprop": 0.1, "adagrad": 2, "gradient_descent": 0.003, "momentum": 0.001, "nesterov": 0.001}
paths = [
    descend(
        landscape, OPTIMIZERS[name](rate * scales[name] * 0.9 ** (k // 6)), np.array(landscape.start), steps
    ).positions
    for k, name in enumerate(names)
]
runs = [Run(name, colour, path) for name, colour, path in zip(names, run_colours(names), paths, strict=True)]
norms = [np.hypot(*landscape.gradient(path)) for path in paths]
figures = {
    "map": contour_map(landscape, runs, height, landscape.domain),
    "loss": curves("Loss", runs, [landscape.value(path) for path in paths], logarithmic=True),
    "gradient_norm": curves("Gradient norm", runs, norms, logarithmic=True),
}
if "flat" not in asked:
    figures["surface"] = surface(landscape, runs, height, landscape.domain)
above = [name for name in ("map", "surface") if name in figures]
below = ["loss", "gradient_norm"]

if asked.get("way") == "plain":
    for row, tall in ((above, 420), (below, 260)):
        for column, name in zip(st.columns(len(row)), row, strict=True):
            column.plotly_chart(figures[name], key=name, height=tall)
else:
    stage(
        [Panel(name, figure, alt=name) for name, figure in figures.items()],
        key="stage",
        rows=[above, ["play"], below],
        steps=steps,
        start=landscape.start,
    )
