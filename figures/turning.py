"""A direction that turns: its handle on the map, and the second derivative along it over all angles."""

import numpy as np
import plotly.graph_objects as go

from figures.axes import name_place
from figures.spectrum import DOWN, FLAT, UP
from figures.theme import INK, INK_DARK, RULES, SOFT
from landscapes import Array
from landscapes.curvature import HALF_TURN, angle_of, direction, second_derivative_along
from words import say, short

ANGLES = 181  # at which the curve is drawn, one a degree


def add_direction(figure: go.Figure, point: Array, v: Array, reach: float) -> None:
    """Draws v into a map, from the point to its tip, and a thin line the other way."""
    for tip, width, dash in ((point - reach * v, 1.5, "dot"), (point + reach * v, 4, "solid")):
        figure.add_scatter(
            x=[point[0], tip[0]],
            y=[point[1], tip[1]],
            mode="lines",
            line={"color": INK, "width": width, "dash": dash},
            showlegend=False,  # a legend on a map is on light paper in the dark too
            hoverinfo="skip",
            meta={"dark": {"line": {"color": INK_DARK}}},
        )
    name_place(figure, point + reach / 2 * v, "v")


def turning_curve(hessian: Array, values: Array, vectors: Array, angle: float) -> go.Figure:
    """vᵀHv over the angle of v, with the angle that v has now and the extremes, which are the eigenvalues.

    Args:
        values: the eigenvalues, ascending, shape (2,).
        vectors: the eigenvectors in columns, shape (2, 2).
        angle: in degrees; half a turn changes nothing.
    """
    angles = np.linspace(0, HALF_TURN, ANGLES)
    figure = go.Figure()
    figure.add_scatter(
        x=angles,
        y=second_derivative_along(hessian, direction(angles)),
        mode="lines",
        line={"color": INK, "width": 2},
        hovertemplate="%{x:.0f}°: %{y:.4g}<extra></extra>",
        showlegend=False,
        meta={"dark": {"line": {"color": INK_DARK}}},
    )
    for name, value, vector in zip("12", values, vectors.T, strict=True):
        colour = UP if value > 0 else DOWN if value < 0 else FLAT
        label = f"λ<sub>{name}</sub> = {short(float(value))}"
        figure.add_scatter(
            x=[0, HALF_TURN],
            y=[value, value],
            mode="lines",
            line={"color": colour, "width": 1.5, "dash": "dash"},
            hoverinfo="skip",
            showlegend=False,
        )
        figure.add_scatter(
            x=[angle_of(vector) % HALF_TURN],
            y=[value],
            mode="markers",
            marker={"color": colour, "size": 11, "symbol": "diamond"},
            name=label,
            hovertemplate=f"%{{x:.3g}}°: {label}<extra></extra>",
        )
    now = angle % HALF_TURN
    figure.add_scatter(
        x=[now],
        y=[float(second_derivative_along(hessian, direction(now)))],
        mode="markers",
        marker={"color": INK, "size": 12},
        name=say("v now"),
        hovertemplate="%{x:.3g}°: %{y:.4g}<extra></extra>",
        meta={"dark": {"marker": {"color": INK_DARK}}},
    )
    axis = {"gridcolor": RULES, "exponentformat": "power"}
    figure.update_layout(
        xaxis={**axis, "title": {"text": say("angle of v in degrees")}, "dtick": 45, "range": [0, HALF_TURN]},
        yaxis={**axis, "title": {"text": "vᵀHv"}, "zeroline": True, "zerolinecolor": SOFT},
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1.01, "yanchor": "bottom"},
        margin={"l": 60, "r": 8, "t": 40, "b": 44},
        showlegend=True,
    )
    return figure
