"""All that our figures are made of, once: Plotly imports each kind of part when the first of it is made."""

from typing import Any

import plotly.graph_objects as go


def one_of_each() -> go.Figure:
    """A figure with every kind of trace and every group of options that ours have."""
    font, line, one = {"size": 12}, {"width": 1}, {"x": 1, "y": 1, "z": 1}
    title: dict[str, Any] = {"text": "", "font": font}
    flat, upright = {"title": title}, {"title": {"text": ""}}
    scene = {"xaxis": upright, "yaxis": upright, "zaxis": upright, "camera": {"eye": one}, "aspectratio": one}
    figure = go.Figure(
        data=[
            go.Scatter(line=line, marker={"line": line}, textfont=font),
            go.Scatter3d(line=line, marker={"line": line}),
            go.Bar(marker={"line": line, "pattern": {"shape": "/"}}),
            go.Contour(contours={"size": 1}, line=line),
            go.Heatmap(),
            go.Surface(),
        ]
    )
    figure.update_layout(
        go.Layout(margin={"t": 0}, font=font, title=title, legend={"font": font}, scene=scene, xaxis=flat, yaxis=flat)
    )
    return figure.add_vline(0, line=line).add_annotation(text="", font=font)
