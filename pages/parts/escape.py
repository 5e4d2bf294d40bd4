"""At a saddle the gradient is zero, and still there is a way down: the eigenvector of the negative eigenvalue."""

import math

import numpy as np
import streamlit as st

from figures import DASHES, RUN_COLOURS, Run, add_axes, curves, escape_curve
from figures.stage import Panel, Table, stage
from optimizers import OPTIMIZERS, coordinates, descend, short, verdict
from pages.parts.view import View

NUDGE = 1e-3  # of the view's width: the step off the saddle
RATE = 0.2  # times 1/λ_max at the saddle: well inside gradient descent's border
STEPS = 200
REACH = 0.1  # of the view's width: how far the change of the loss is drawn


def show(view: View) -> None:
    """Predicted and true change of the loss along the eigenvector, and the run that takes it beside one that stays."""
    critical = view.critical(view.point)
    if critical is None or not critical.eigenvalues[0] < 0:
        saddles = [p for p in view.found.points if p.eigenvalues[0] < 0]
        if not saddles:
            st.info("No critical point in view has a negative eigenvalue: there is nothing to escape from.")
            return
        critical = saddles[0]
    point, direction, value = critical.position, critical.eigenvectors[:, 0], float(critical.eigenvalues[0])
    nudge, reach = NUDGE * view.width, REACH * view.width
    rate = float(f"{RATE / float(np.abs(critical.eigenvalues).max()):.2g}")
    optimizer = OPTIMIZERS["gradient_descent"](learning_rate=rate)
    starts = np.stack([point + nudge * direction, point], axis=1)
    run = descend(view.landscape, optimizer, starts, STEPS)
    verdicts = verdict(view.landscape, optimizer, run)
    names = ("One step off", "Gradient descent alone")
    runs = tuple(
        Run(name, colour, run.positions[..., i], dash)
        for i, (name, colour, dash) in enumerate(zip(names, RUN_COLOURS[:2], DASHES, strict=False))
    )
    loss = view.landscape.value(run.positions)
    base = float(view.landscape.value(point))
    true = float(view.landscape.value(point + reach * direction)) - base
    chart = view.map(runs)
    add_axes(chart, view.landscape, point, reach)
    doubling = math.log(2) / math.log1p(-rate * value)
    stage(
        [
            Panel("map", chart, alt=f"Map with the way down from the saddle at {coordinates(point)}."),
            Panel(
                "change",
                escape_curve(view.landscape, point, direction, reach),
                alt=f"Change of the loss along {coordinates(direction)}: predicted and true.",
            ),
            Panel(
                "loss", curves("Loss", runs, list(loss.T), logarithmic=False), alt="Loss of both runs over the steps."
            ),
        ],
        key="escape",
        rows=[["map", "change"], ["play"], ["loss", "table"]],
        steps=STEPS,
        start=(float(point[0]), float(point[1])),
        table=Table(
            columns=["Run", "Verdict", "Loss"],
            rows=[[n, v.kind, short(float(f))] for n, v, f in zip(names, verdicts, loss[-1], strict=True)],
            colours=RUN_COLOURS[:2],
            caption=f"Gradient descent at η = {short(rate)} after {STEPS} steps",
        ),
        notes=[
            f"The eigenvalue is {short(value)}, its eigenvector {coordinates(direction)}. At ε = {short(reach)} along "
            f"it the second-order model predicts a change of {short(value * reach**2 / 2)}; the true is {short(true)}.",
            f"Plain gradient descent started at the saddle stays: its gradient is zero. One step of {short(nudge)} "
            f"along the eigenvector is enough; the distance then doubles every {short(doubling)} steps.",
        ],
        on_start=view.choose,
    )
