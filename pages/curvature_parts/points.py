"""Every critical point in view: where, how high, which kind, and how the surface bends there."""

import csv
import io
from collections import Counter
from collections.abc import Sequence

import numpy as np
import streamlit as st

from figures import height_against_index, spectrum
from figures.stage import Drawing, Panel, drawing, stage, viewed, visible
from landscapes import CriticalPoint, Domain, shown
from pages.curvature_parts.view import View, view_of
from pages.shared.controls import download
from pages.shared.size import panels_in_size
from pages.shared.state import Choices
from pages.shared.work import Frozen, drawn_once, frozen
from words import listed, mark, paragraph, say, say_n, short

MOST_BARS = 12
ROUNDINGS = 4  # by which the place of a critical point may be off
KINDS = {
    "minimum": mark("minimum"),
    "saddle": mark("saddle"),
    "maximum": mark("maximum"),
    "degenerate": mark("degenerate"),
}


def show(view: View) -> None:
    """Map, spectrum and table; a click on the map or on a row chooses a point."""
    present = list(view.landmarks())
    kinds = tuple(
        st.pills(
            say("Kinds"),
            present,
            selection_mode="multi",
            default=present,
            format_func=lambda kind: say(KINDS[kind]),
            label_visibility="collapsed",
        )
        or ()
    )
    seen = pictured(view.choices, kinds, visible("points", "map"), frozen(viewed("points")))
    stage(seen, key="points", ring=say("Point"), on_start=view.choose)
    points_table(view, kinds)


@drawn_once
def pictured(choices: Choices, kinds: tuple[str, ...], look: Domain | None, views: Frozen) -> Drawing:
    """Map and spectrum of the points of these kinds.

    Args:
        look: what the browser shows of the map, where it said so.
    """
    view = view_of(choices)
    found, points = view.found, view.of_kinds(kinds)
    counted = in_view([point for kind in view.landmarks() for point in view.of_kinds((kind,))])
    chosen = view.critical(view.point)
    barred = points if len(points) <= MOST_BARS or chosen is None else [chosen]
    return drawing(
        panels_in_size(
            [
                Panel(
                    "map",
                    view.map(look, kinds=kinds),
                    alt=say(
                        "Map of {landscape} with its critical points: {points}.",
                        landscape=say(view.landscape.name),
                        points=counted,
                    ),
                ),
                Panel(
                    "spectrum",
                    spectrum(barred[:MOST_BARS]),
                    alt=paragraph(say("Hessian eigenvalues."), *(told(view, p) for p in barred[:MOST_BARS])),
                ),
                Panel(
                    "index",
                    height_against_index(points),
                    alt=say("Loss of each critical point against its number of negative eigenvalues."),
                ),
            ],
            choices.size,
        ),
        key="points",
        views=dict(views),
        rows=[["map", "spectrum", "index"], ["table"]],
        start=(float(view.point[0]), float(view.point[1])),
        notes=[
            say("In view: {points}. {remark}", points=counted, remark=found.note),
            *([say("Chosen: {point}", point=told(view, chosen))] if chosen is not None else []),
        ],
    )


def points_table(view: View, kinds: tuple[str, ...]) -> None:
    """A row for each point of these kinds, which chooses it, and all of them as a file."""
    rows = [
        (*map(float, p.position), loss_at(p), p.name, *map(known, p.eigenvalues), number_below_zero(p))
        for p in view.of_kinds(kinds)
    ]
    if not rows:
        return
    axes = view.landscape.axes
    kind, negative = say("kind"), say("negative eigenvalues")
    columns = (*map(shown, axes), "f", kind, "λ₁", "λ₂", negative)
    selection = st.dataframe(
        {name: [row[i] for row in rows] for i, name in enumerate(columns)},
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"points table {len(rows)}",
        height=min(35 * (len(rows) + 1) + 3, 320),
        placeholder="–",  # for the eigenvalues of a point that has no Hessian
        column_config={
            name: st.column_config.NumberColumn(format="%.6g") for name in columns if name not in (kind, negative)
        },
    )
    picked = [row for row in selection["selection"]["rows"] if row < len(rows)]
    if picked and st.session_state.get("picked row") != (choice := rows[picked[0]][:2]):
        st.session_state["picked row"] = choice
        view.choose(*choice)
        st.rerun()
    download(
        say("Download all points (CSV)"),
        table(rows, axes),
        "critical-points.csv",
        "text/csv",
        width="content",
        type="tertiary",
    )


def in_view(points: Sequence[CriticalPoint]) -> str:
    """How many points there are of every name."""
    counts = Counter((point.kind, point.nature) for point in points)
    return listed(counted(*what, count) for what, count in counts.items()) or say("no isolated critical point")


def counted(kind: str, nature: str | None, count: int) -> str:
    """Points of one name with their number.

    >>> counted("degenerate", "minimum", 2), counted("saddle", "saddle", 1)
    ('2 degenerate minima', '1 saddle')
    """
    if kind == "minimum":
        return say_n("{count} minimum", "{count} minima", count)
    if kind == "maximum":
        return say_n("{count} maximum", "{count} maxima", count)
    if kind == "saddle":
        return say_n("{count} saddle", "{count} saddles", count)
    if nature == "minimum":
        return say_n("{count} degenerate minimum", "{count} degenerate minima", count)
    if nature == "maximum":
        return say_n("{count} degenerate maximum", "{count} degenerate maxima", count)
    if nature == "saddle":
        return say_n("{count} degenerate saddle", "{count} degenerate saddles", count)
    if nature == "inflection":
        return say_n("{count} inflection", "{count} inflections", count)
    return say_n("{count} degenerate point", "{count} degenerate points", count)


def told(view: View, point: CriticalPoint) -> str:
    """A critical point in a sentence."""
    if np.isnan(point.eigenvalues).all():
        return say(
            "{point} at {place}, f = {loss}; it has no Hessian.",
            point=point.name,
            place=view.written(point.position),
            loss=short(loss_at(point)),
        )
    low, high = (short(float(value)) for value in point.eigenvalues)
    return say(
        "{point} at {place}, f = {loss}, eigenvalues {low} and {high}.",
        point=point.name,
        place=view.written(point.position),
        loss=short(loss_at(point)),
        low=low,
        high=high,
    )


def known(eigenvalue: float) -> float | None:
    """The eigenvalue as a plain number; None where it does not exist."""
    return None if np.isnan(eigenvalue) else float(eigenvalue)


def number_below_zero(point: CriticalPoint) -> int | None:
    """How many eigenvalues are negative; None where one does not exist."""
    return None if np.isnan(point.eigenvalues).any() else int((point.eigenvalues < 0).sum())


def loss_at(point: CriticalPoint) -> float:
    """The loss at a critical point: 0 where it is no more than what rounding its place adds to 0.

    >>> from landscapes import LANDSCAPES, find_critical_points, formula
    >>> found = find_critical_points(LANDSCAPES["himmelblau"]())
    >>> [loss_at(point) for point in found.points if point.kind == "minimum"]
    [0.0, 0.0, 0.0, 0.0]
    >>> (bottom,) = find_critical_points(formula("1e10*x**2 + y**2 + 1e-20")).points
    >>> loss_at(bottom)
    1e-20
    """
    moved = ROUNDINGS * np.finfo(float).eps * float(np.abs(point.position).max())
    with np.errstate(invalid="ignore"):  # no product of 0 and infinity is more than the loss, nor less
        added = np.abs(point.eigenvalues).max() * moved**2 / 2
    return 0.0 if abs(point.value) <= added else point.value


def table(rows: list[tuple[object, ...]], axes: tuple[str, str]) -> str:
    """The rows as CSV, every number to its last digit."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((*axes, "f", "kind", "lambda_1", "lambda_2", "negative_eigenvalues"))
    writer.writerows(rows)
    return text.getvalue()
