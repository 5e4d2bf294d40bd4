"""What stands beside the axes: numbers, names, and more room where the text is large."""

import itertools
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from figures.theme import INK, VEIL
from landscapes import AXES, Array, Domain, shown

# Labels with as many digits as tell them apart, powers of ten in place of k and M, and room for the long ones.
POWERS = {"exponentformat": "power"}
NUMBERED = {**POWERS, "automargin": True}
POINT = "."  # between whole and fraction, and nothing between thousands
FROM_THE_EDGE = 0.015  # of the width of a panel, to a title that begins at its left
ASIDE = 16  # pixels from a place on a map to its letter, in both directions
CORNERS = {"left": 0.01, "right": 0.99, "top": 0.99, "bottom": 0.01}  # of a map: where its legend ends
LINE = 22  # pixels of a line of large letters
ROOM = {"l": 14, "b": 16}  # pixels for a name beside the numbers of a map


def title_at_the_left(text: str) -> dict[str, Any]:
    """The title of a picture without a frame of its own, in its upper left corner."""
    font = {"size": 13}
    return {"text": text, "x": FROM_THE_EDGE, "xref": "container", "font": font, "y": 0.98, "yanchor": "top"}


def name_map(figure: go.Figure, text: str) -> go.Figure:
    """Says in the upper left corner of a map what it is of."""
    place = {"x": 0.02, "y": 0.98, "xref": "paper", "yref": "paper"}
    return figure.add_annotation(text=text, **place, showarrow=False, bgcolor=VEIL, font={"color": INK})


def free_corner(domain: Domain, places: Array) -> dict[str, Any]:
    """Where a legend stands on a map: in the corner that the nearest of the places, shape (2, N), is farthest from.

    >>> free_corner(((0.0, 1.0), (0.0, 1.0)), np.array([[0.1, 0.5], [0.9, 0.2]]))
    {'x': 0.99, 'xanchor': 'right', 'y': 0.99, 'yanchor': 'top'}
    """
    (x0, x1), (y0, y1) = domain
    right, up = (places[0] - x0) / (x1 - x0), (places[1] - y0) / (y1 - y0)

    def room(corner: tuple[str, str]) -> float:
        return float(np.nanmin(np.hypot(right - (corner[0] == "right"), up - (corner[1] == "top"))))

    x, y = max(itertools.product(("left", "right"), ("top", "bottom")), key=room)
    return {"x": CORNERS[x], "xanchor": x, "y": CORNERS[y], "yanchor": y}


def name_place(figure: go.Figure, place: Array, text: str) -> go.Figure:
    """Puts a letter beside a place on a map, shape (2,)."""
    aside = {"xshift": ASIDE, "yshift": -ASIDE, "showarrow": False}
    return figure.add_annotation(
        x=float(place[0]), y=float(place[1]), text=f"<b>{text}</b>", bgcolor=VEIL, font={"color": INK}, **aside
    )


def name_axes(figure: go.Figure, x: str, y: str, height: str = "L") -> go.Figure:
    """Says what the coordinates of a map or of a surface are."""
    if figure.layout.scene.xaxis.range is not None:
        counted = figure.layout.scene.zaxis.title.text.replace("f", height, 1)  # perhaps from a number nearby
        return figure.update_scenes(xaxis_title_text=x, yaxis_title_text=y, zaxis_title_text=counted)
    return figure.update_layout(named({"margin": figure.layout.margin.to_plotly_json()}, (x, y)))


def named(layout: Mapping[str, Any], names: tuple[str, str]) -> dict[str, Any]:
    """The layout of a map that says what its coordinates are."""
    axes = {
        side: {**layout.get(side, {}), "title": {"text": name, "standoff": 4}}
        for side, name in zip(("xaxis", "yaxis"), names, strict=True)
    }
    margin = {**layout["margin"], **{side: layout["margin"][side] + width for side, width in ROOM.items()}}
    return {**layout, **axes, "margin": margin}


def call_axes(figure: go.Figure, axes: tuple[str, str]) -> go.Figure:
    """Names the coordinates of a map, a curve or a surface of a landscape that does not call them x and y.

    Their hovers name them too: (w 0.5, b 2).
    """
    if axes == AXES:
        return figure
    names = [shown(axis) for axis in axes]
    for trace in figure.data:
        if trace.hovertemplate:
            pair = rf"({names[0]} \1, {names[1]} \2)"
            trace.hovertemplate = re.sub(r"\((%\{x[^}]*\}), (%\{y[^}]*\})\)", pair, trace.hovertemplate)
    if figure.layout.yaxis.title.text == "f":  # a curve
        return figure.update_xaxes(title_text=names[0])
    return name_axes(figure, names[0], names[1], height="f")


def enlarge(figure: go.Figure, factor: float = 1.7) -> None:
    """Makes a figure's text and lines readable from the last row, with room for the larger text."""
    figure.update_layout(font_size=17, title_font_size=18)
    figure.update_layout(
        margin={side: round(1.4 * width) for side, width in figure.layout.margin.to_plotly_json().items()}
    )
    if figure.layout.legend.font.size is not None:
        figure.update_layout(legend_font_size=16)
    if figure.layout.title.text and figure.layout.legend.orientation == "h":
        figure.update_layout(margin_t=figure.layout.margin.t + LINE)  # a legend of more lines stays below the title
    eye = figure.layout.scene.camera.eye
    if eye.x is not None:
        figure.update_layout(scene_camera_eye={axis: 1.12 * eye[axis] for axis in "xyz"})
    for trace in figure.data:
        if isinstance(trace, go.Scatter | go.Scatter3d) and trace.line.width is not None:
            trace.line.width *= factor
