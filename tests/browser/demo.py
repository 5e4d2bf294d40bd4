"""A page that mounts the stage with the figures of a race, for the browser tests of the stage alone."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from figures.stage import Panel, Table, stage
from landscapes import LANDSCAPES

STEPS = 300


@st.cache_data
def bowl(b: float) -> tuple:
    landscape = LANDSCAPES["rosenbrock"](b=b)
    x, y = np.linspace(-2, 2, 81), np.linspace(-1, 3, 81)
    return x, y, np.log1p(landscape.value(np.stack(np.meshgrid(x, y))))


@st.cache_data(max_entries=8)
def walk(start: tuple[float, float], rate: float, runs: int) -> np.ndarray:
    landscape = LANDSCAPES["rosenbrock"](b=100.0)
    p = np.array([start] * runs, dtype=float).T
    path = [p]
    for _ in range(STEPS):
        p = p - rate * np.linspace(0.3, 1, runs) * landscape.gradient(p)
        path.append(p)
    return np.stack(path, axis=1)


st.set_page_config(layout="wide")
with st.sidebar:
    rate = st.slider("Rate", 0.0001, 0.0012, 0.001, 0.0001, format="%.4f")
    b = st.slider("Steepness", 50.0, 150.0, 100.0)
    runs = st.slider("Runs", 1, 8, 3)
    play = st.checkbox("Playable", value=True)
    away = st.checkbox("Away")
st.session_state.setdefault("start", (-1.2, 1.0))
start = st.session_state["start"]
st.caption(f"start {start[0]:.4f} {start[1]:.4f}")
st.session_state["reruns"] = st.session_state.get("reruns", 0) + 1
st.caption(f"rerun {st.session_state['reruns']}")

if away:
    st.write("Elsewhere.")
    st.stop()

x, y, z = bowl(b)
path = walk(start, rate, runs)
landscape = LANDSCAPES["rosenbrock"](b=100.0)
loss = landscape.value(path)
colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "#000000"]

above = go.Figure(
    go.Contour(x=x, y=y, z=z, colorscale="Blues", showscale=False, meta={"dark": {"colorscale": "Greys"}})
)
above.update_layout(margin={"l": 30, "r": 6, "t": 6, "b": 24}, dragmode="pan", uirevision=f"b {b}")
above.update_yaxes(scaleanchor="x", range=[-1, 3])
above.update_xaxes(range=[-2, 2])
flat = "flat" in st.query_params
aside = go.Figure(layout={"margin": dict.fromkeys("lrtb", 0)})
if not flat:
    aside.add_surface(x=x, y=y, z=z, colorscale="Blues", showscale=False)
below = go.Figure(layout={"meta": {"cursor": True}})
norm = go.Figure(layout={"meta": {"cursor": True}})
for k in range(runs):
    mine = {"color": colours[k]}
    plays = {"plays": True}
    above.add_scatter(x=path[0, :, k], y=path[1, :, k], mode="lines", line=mine, meta=plays, showlegend=False)
    if not flat:
        heights = np.log1p(loss[:, k]) + 0.1
        aside.add_scatter3d(
            x=path[0, :, k], y=path[1, :, k], z=heights, mode="lines", line=mine, meta=plays, showlegend=False
        )
    below.add_scatter(y=loss[:, k], mode="lines", line=mine, meta=plays, showlegend=False)
    g = np.hypot(*landscape.gradient(path[..., k]))
    norm.add_scatter(y=g, mode="lines", line=mine, meta=plays, showlegend=False)
for figure in (below, norm):
    figure.update_yaxes(type="log")

panels = [
    Panel("map", above, alt="Level sets of Rosenbrock's function and the runs on them"),
    Panel("surface", aside, alt="Rosenbrock's function as a surface"),
    Panel("loss", below, alt="Loss over the steps"),
    Panel("gradient_norm", norm, alt="Gradient norm over the steps"),
]
if flat:
    del panels[1]
tall = [panel.name for panel in panels if panel.name in ("map", "surface")]
stage(
    panels,
    key="stage",
    rows=[tall, ["play"], ["loss", "gradient_norm", "table"]],
    steps=STEPS if play else 0,
    start=start,
    table=Table(
        columns=["Run", "Verdict", "Loss"],
        rows=[[f"Run <b>{k}</b>", "still moving", f"{loss[-1, k]:.3g}"] for k in range(runs)],
        colours=colours,
    ),
    notes=["The floor of the valley is 2,508 times flatter than its walls."],
    on_start=lambda x, y: st.session_state.update(start=(x, y)),
)
