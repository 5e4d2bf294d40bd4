"""Figures of one thing at several steps as one figure that plays."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from figures.thinning import Steps

MESHES = ("contour", "heatmap", "surface")


def moments(figures: Sequence[go.Figure], steps: Steps) -> go.Figure:
    """The last of figures that differ in their numbers alone; with the stage's playback it is each of them in turn.

    Its meshes play, and those of its lines that change: at a step it is the figure of the last of `steps` up to there.

    Args:
        steps: of each figure, ascending, (K,).
    """
    *_, last = figures
    for number, trace in enumerate(tuple(last.data)):
        each = [figure.data[number] for figure in figures]
        if trace.type in MESHES:
            plays = {"z": np.stack([other.z for other in each])}
            if trace.customdata is not None:
                plays["customdata"] = np.stack([other.customdata for other in each])
            trace.meta = {**(trace.meta or {}), "steps": steps, "moments": plays}
        elif trace.mode == "lines" and any(not np.array_equal(other.y, trace.y) for other in each):
            frames = np.stack([other.y for other in each])
            if trace.name and trace.showlegend is not False:  # of a line that plays the legend shows none
                last.add_scatter(x=[None], y=[None], name=trace.name, mode="lines", line=trace.line, meta=trace.meta)
            trace.showlegend = False
            trace.meta = {**(trace.meta or {}), "plays": True, "head": False, "steps": steps, "frames": frames}
    return last
