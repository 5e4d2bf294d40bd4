"""A chord test for convexity: is the loss between two points ever above the straight line between its values there?"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import streamlit as st

from figures import add_chord, chord_curve
from figures.stage import Drawing, Panel, drawing, stage, viewed, visible
from landscapes import Domain, Landscape
from landscapes.curvature import ChordTest, chord_test
from pages.curvature_parts.view import View, view_of
from pages.shared.controls import number_field
from pages.shared.fields import FARTHEST
from pages.shared.size import panels_in_size
from pages.shared.state import HISTORY, Choices, Point, change, current, key
from pages.shared.work import Frozen, drawn_once, frozen
from words import coordinates, digits_within, listed_with_and, paragraph, say, short

ENDS = {"chord_from": "A", "chord_to": "B"}
FEWEST = 4  # significant digits of a coordinate
FIELD = 110  # pixels of the field of a coordinate
ZERO = 1e-14  # a coordinate that is smaller is written as 0
MOST_STRETCHES = 3  # that a sentence lists


def show(view: View) -> None:
    """Map with the chord, and the loss along it."""
    ends = ends_of(view)
    held = controls(view, ends)

    def moved(x: float, y: float, *, transient: bool = False) -> None:
        HISTORY.choose(replace(current(), **with_end(ends, held, (x, y))), transient=transient)

    stage(
        pictured(view.choices, ends, held, visible("chord", "map"), frozen(viewed("chord"))),
        key="chord",
        hint=say("Drag the ring to move an end."),
        ring=say("End {letter} of the chord", letter=ENDS[held]),
        on_start=moved,
        on_dragged=lambda x, y: moved(x, y, transient=True),
    )


@drawn_once
def pictured(choices: Choices, ends: tuple[Point, Point], held: str, look: Domain | None, views: Frozen) -> Drawing:
    """The chord between these ends, one of which the ring holds.

    Args:
        look: what the browser shows of the map, where it said so.
    """
    view = view_of(choices)
    test = chord_test(view.landscape, *(np.array(end) for end in ends))
    chart = view.map(look)
    add_chord(chart, test)
    a, b = (coordinates(np.array(end), zero=ZERO) for end in ends)
    return drawing(
        panels_in_size(
            [
                Panel("map", chart, alt=say("Map with the chord from A at {a} to B at {b}.", a=a, b=b)),
                Panel(
                    "chord",
                    chord_curve(test),
                    alt=say("The loss along the chord, and the straight line. {said}", said=found(test)),
                ),
            ],
            choices.size,
        ),
        key="chord",
        views=dict(views),
        rows=[["map", "chord"], ["table"]],
        start=ends[list(ENDS).index(held)],
        notes=[found(test), meaning(view.landscape, test)],
    )


def ends_of(view: View) -> tuple[Point, Point]:
    """Both ends: those that were chosen; else two minima, or the start and its mirror image in the view."""
    minima = [point.position for point in view.found.points if point.kind == "minimum"][:2]
    start, middle = np.array(view.choices.start), np.array(view.landscape.domain).mean(axis=1)
    usual = minima if len(minima) == len(ENDS) else [start, 2 * middle - start]
    chosen = view.choices.chord_from, view.choices.chord_to
    first, second = (
        end if end is not None else (float(place[0]), float(place[1])) for end, place in zip(chosen, usual, strict=True)
    )
    return first, second


def with_end(ends: tuple[Point, Point], held: str, place: Point) -> dict[str, Point]:
    """Both ends, one of them moved: what was not chosen before is from now on."""
    return dict(zip(ENDS, ends, strict=True)) | {held: place}


def controls(view: View, ends: tuple[Point, Point]) -> str:
    """Which end the ring on the map holds, and both ends by numbers; the name of the field of that end."""
    row = st.container(horizontal=True, gap="small", vertical_alignment="bottom")
    held = row.segmented_control(
        say("The ring moves"), ENDS, format_func=ENDS.__getitem__, default="chord_to", required=True, key="chord end"
    )
    digits = max(digits_within(low, high, FEWEST) for low, high in view.landscape.domain)
    for number, (field, end) in enumerate(zip(ENDS, ends, strict=True)):
        for axis, name in enumerate(view.landscape.axes):
            number_field(
                say("{end} {axis}", end=ENDS[field], axis=name),
                -FARTHEST,
                FARTHEST,
                end[axis],
                key(f"chord {number} {axis}"),
                typed(ends, field, axis),
                place=row,
                width=FIELD,
                format=f"%.{digits}g",
            )
    return held or "chord_to"


def typed(ends: tuple[Point, Point], field: str, axis: int) -> Callable[[float], None]:
    """What happens when a coordinate of an end was typed."""

    def taken(number: float) -> None:
        x, y = ends[list(ENDS).index(field)]
        change(**with_end(ends, field, (number, y) if axis == 0 else (x, number)))

    return taken


def found(test: ChordTest) -> str:
    """Where the loss lies above the chord, and by how much at most."""
    places = f"{test.shares.size:,}"
    if not test.defined:
        return say("The loss has no value somewhere along the chord: there is nothing to compare there.")
    if not test.stretches:
        if not test.below.any():
            return say("At {places} places along it the chord and the loss agree, to rounding.", places=places)
        return say("At none of {places} places along it is the loss above the chord.", places=places)
    share = float(test.shares[test.worst])
    stretches = [say("t = {low} to {high}", low=short(low), high=short(high)) for low, high in test.stretches]
    if len(stretches) > MOST_STRETCHES:
        where = say("on {count} stretches", count=len(stretches))
    else:
        where = listed_with_and(stretches)
    return say(
        "The chord is broken: the loss lies above it for {where}, most at t = {share}, at {place}, by {excess}.",
        where=where,
        share=short(share),
        place=coordinates(test.point(share), zero=ZERO),
        excess=short(float(test.loss[test.worst] - test.chord[test.worst])),
    )


def meaning(landscape: Landscape, test: ChordTest) -> str:
    """What follows for convexity: one broken chord refutes it, one that holds proves nothing."""
    if test.stretches:
        return say("A convex function has no such chord, so this one is not convex. One broken chord is enough.")
    if landscape.convexity in ("convex", "affine"):
        return say("So it is with every chord here: the formula proves that the function is convex.")
    if not test.defined:
        return ""
    return paragraph(
        say("One chord that holds does not prove convexity: every chord between two points has to hold."),
        say("Move the ends and look for one that does not."),
    )
