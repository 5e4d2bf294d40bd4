"""How rough is the loss round a trained network, and what do skip connections change?"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import streamlit as st

from figures import Mark, Run, heights_of, moments, slice_map, slice_surface
from figures.stage import Drawing, Panel, drawing, stage, viewed
from landscapes import Array
from landscapes.networks import onto_plane
from pages.networks_parts.choices import SCHEMA, NetworksChoices
from pages.networks_parts.choices.slice import LINE, STEPS, SliceChoices
from pages.networks_parts.progress import stage_of, worked
from pages.networks_parts.slice_cut import (
    MOMENT_SIDE,
    MOMENTS,
    Cut,
    Played,
    Slice,
    cut_of,
    is_played,
    played,
    sliced,
    trainings,
)
from pages.networks_parts.slice_line import (
    are_lines_played,
    is_prepared,
    lines_played,
    on_the_line,
    points_of,
    prepare,
    written,
)
from pages.networks_parts.slice_predictions import predicted
from pages.networks_parts.slice_words import (
    COLOURS,
    in_words,
    path_in_words,
    played_in_words,
    scale_in_words,
    slices_table,
    training_in_words,
)
from pages.networks_parts.state import HISTORY, change, current, key
from pages.networks_parts.training import trained
from pages.shared.controls import field_control, number_field
from pages.shared.fields import FARTHEST
from pages.shared.size import panels_in_size
from pages.shared.state import plain, when_moved
from pages.shared.work import Frozen, drawn_once, frozen
from words import say, short

PREVIEW = 21  # nodes along each side of a slice that is there at once
OF_NETWORK = ("slice_data", "slice_depth", "slice_width", "slice_skip", "slice_norm", "slice_activation", "slice_seed")
OF_PLANE = ("slice_plays", "slice_step", "slice_scale", "slice_directions", "slice_examples", "slice_below")
OF_PICTURE = ("slice_height", "slice_side")
THIRD = (0.8, -0.8)  # where a third point is put at first


def controls() -> None:
    """The network, the plane, and what is seen of it."""
    for name in (*OF_NETWORK, *OF_PLANE):
        if name != "slice_step" or not current().slice_plays:
            field_control(HISTORY, name, SCHEMA.fields[name])
    if current().slice_below == LINE:
        field_control(HISTORY, "slice_line", SCHEMA.fields["slice_line"])
        if current().slice_line == "points":
            line_controls(current())
    for name in OF_PICTURE:
        field_control(HISTORY, name, SCHEMA.fields[name])


def line_controls(choices: SliceChoices) -> None:
    """The points that the line leads through: the second is the ring on the map, too."""
    place("slice_from", say("From"), choices.slice_from)
    place("slice_point", say("to"), choices.slice_point)
    there = key("a third point")
    st.session_state.setdefault(there, choices.slice_third is not None)
    st.toggle(
        say("On to a third point"),
        key=there,
        on_change=when_moved(there, lambda: change(slice_third=THIRD if st.session_state[there] else None)),
        help=say("A click on the first map with Shift puts it there."),
    )
    if choices.slice_third is not None:
        place("slice_third", say("to"), choices.slice_third)


def place(name: str, label: str, point: tuple[float, float]) -> None:
    """Two fields for a point of the plane."""
    columns = st.columns(2)

    def put(number: float, axis: int) -> None:
        there = list(getattr(current(), name))
        there[axis] = number
        change(**{name: tuple(there)})

    for axis, (letter, column) in enumerate(zip("αβ", columns, strict=True)):
        number_field(
            f"{label} {letter}",
            -FARTHEST,
            FARTHEST,
            point[axis],
            key(f"{name} {letter}"),
            lambda number, axis=axis: put(number, axis),
            place=column,
            format="%.3g",
        )


def show(choices: NetworksChoices) -> None:
    """Both slices on one scale, and below them the surfaces, a line, or what the networks predict."""
    both = trainings(choices)
    try:
        for each in both:
            _ = each.architecture
    except ValueError as error:
        st.error(plain(say("{reason}.", reason=error)))
        return
    step = STEPS if choices.slice_plays else choices.slice_step
    how = step, choices.slice_scale, choices.slice_directions
    kind, fine = choices.slice_examples, int(choices.slice_side)

    def slices(side: int) -> list[Slice]:
        found = []
        for number, each in enumerate(both):
            with stage_of(number / 2, (number + 1) / 2):
                found.append(sliced(each, *how, kind, side))
        return found

    def first() -> list[Slice]:
        for number, each in enumerate(both):
            with stage_of(0.4 * number, 0.4 * (number + 1)):
                trained(each)
        with stage_of(0.8, 1.0):
            return slices(PREVIEW)

    sharp = all(sliced.has(each, *how, kind, fine) for each in both)
    coarse = all(sliced.has(each, *how, kind, PREVIEW) for each in both)
    seen = worked(
        say("Training both networks"), (both, "train"), lambda: slices(fine) if sharp else first(), sharp or coarse
    )
    if seen is None:
        return
    if choices.slice_below == LINE:
        work = say("Training the networks of the next seed")
        if worked(work, (both, "seeds"), lambda: prepare(choices) or True, is_prepared(choices)) is None:
            return
    if choices.slice_plays and choices.slice_scale != "pca":
        played_through(choices)
        return
    show_sharply(choices, fine if sharp else PREVIEW)
    if not sharp:
        asked = (both, how, kind, fine)
        if worked(say("{side} × {side} nodes", side=fine), asked, lambda: slices(fine), ready=False) is not None:
            st.rerun()


def played_through(choices: NetworksChoices) -> None:
    """Slices around the weights at several steps of the training."""
    how = choices.slice_scale, choices.slice_directions, choices.slice_examples
    both, line = trainings(choices), choices.slice_below == LINE and bool(points_of(choices))

    def work() -> list[Played]:
        found = []
        for number, each in enumerate(both):
            with stage_of(0.45 * number, 0.45 * (number + 1)):
                found.append(played(each, *how))
        if line:
            with stage_of(0.9, 1.0):
                lines_played(choices)
        return found

    ready = all(is_played(each, *how) for each in both) and (not line or are_lines_played(choices))
    found = worked(say("Slicing along the training"), (both, how, "played"), work, ready)
    if found is not None:
        show_sharply(choices, MOMENT_SIDE)


def names_of(choices: SliceChoices) -> list[str]:
    """What the two networks are called."""
    if choices.slice_skip == 1:
        return [say("Without skip connections"), say("With skip connections")]
    return [say("Skip strength {s}", s="0"), say("Skip strength {s}", s=short(choices.slice_skip))]


def show_sharply(choices: NetworksChoices, side: int) -> None:
    """The stage with slices that have so many nodes along each side."""
    key = f"slice {choices.slice_below}"
    stage(
        pictured(choices, side, frozen(viewed(key))),
        key=key,
        title="fall-line-slice",
        heading=say("Slice"),
        hint=say("Click or drag: the network at that point predicts what is shown below.")
        if choices.slice_below == "predictions" and not follows(choices)
        else "",
        ring=say("Point"),
        on_start=lambda x, y: change(slice_point=(x, y)),
        on_added=(lambda x, y: change(slice_third=(x, y))) if choices.slice_line == "points" else None,
    )


def follows(choices: SliceChoices) -> bool:
    """Whether the predictions are those along the path, and not those at the ring."""
    return choices.slice_below == "predictions" and choices.slice_plays and choices.slice_scale == "pca"


@drawn_once
def pictured(choices: NetworksChoices, side: int, views: Frozen) -> Drawing:
    """Both slices with so many nodes along each side, and what is below them; they play where the training does."""
    both, how = trainings(choices), (choices.slice_scale, choices.slice_directions)
    step, kind = STEPS if choices.slice_plays else choices.slice_step, choices.slice_examples
    cuts = [cut_of(each, step, *how) for each in both]
    plays = choices.slice_plays and choices.slice_scale != "pca"
    training = [played(each, *how, kind) for each in both] if plays else []
    seen = [each.slices[-1] for each in training] or [sliced(each, step, *how, kind, side) for each in both]
    names = names_of(choices)
    every = [sliced for each in training for sliced in each.slices] or list(seen)
    height = heights_of(np.concatenate([each.losses.ravel() for each in every]), choices.slice_height)
    said = [in_words(name, cut, each, choices) for name, cut, each in zip(names, cuts, seen, strict=True)]
    point = choices.slice_point
    paths = [
        path_on(cut, colour) if choices.slice_plays and not training else []
        for cut, colour in zip(cuts, COLOURS, strict=True)
    ]
    places = points_of(choices) if choices.slice_below == LINE else ()
    named = [Mark(written(each), np.array(each)) for each in places if each != point]

    def map_of(number: int, each: Slice) -> Any:
        ring = [Mark("", np.array(point))] if number and not follows(choices) else []
        return slice_map(each, height, [*named, *ring], paths[number], names[number], places)

    def drawn(number: int, picture: Callable[[int, Slice], Any]) -> Any:
        if not training:
            return picture(number, seen[number])
        return moments([picture(number, each) for each in training[number].slices], MOMENTS)

    panels = [
        Panel(panel, drawn(number, map_of), alt=words)
        for number, (panel, words) in enumerate(zip(("map", "other"), said, strict=True))
    ]
    notes = [*said, training_in_words(cuts, names), scale_in_words(choices.slice_scale)]
    if training:
        notes.insert(2, played_in_words(names, training))
    elif choices.slice_plays:
        notes += [path_in_words(name, cut) for name, cut in zip(names, cuts, strict=True)]
    if choices.slice_below == "surfaces":
        below = [
            Panel(
                panel,
                drawn(number, lambda _, each: slice_surface(each, height)),
                alt=say("The same as a surface: {sentence}", sentence=words),
            )
            for number, (panel, words) in enumerate(zip(("surface", "surface 2"), said, strict=True))
        ]
    elif choices.slice_below == "predictions":
        below = [
            predicted(panel, name, cut, point, weights_played(choices, cut, number, training))
            for number, (panel, name, cut) in enumerate(zip(("left", "right"), names, cuts, strict=True))
        ]
        notes += [panel.alt for panel in below]
    else:
        below = [on_the_line(choices, names)]
        notes.append(below[0].alt)
    return drawing(
        panels_in_size([*panels, *below], choices.size),
        key=f"slice {choices.slice_below}",
        views=dict(views),
        rows=[
            [panel.name for panel in panels],
            *([["play"]] if choices.slice_plays else []),
            [panel.name for panel in below],
            ["table"],
        ],
        steps=STEPS if choices.slice_plays else 0,
        every=int(MOMENTS[1]),
        start=None if follows(choices) else point,
        table=slices_table(names, cuts, seen, choices),
        notes=notes,
    )


def path_on(cut: Cut, colour: str) -> list[Run]:
    """The training on the plane, with the weights recorded last at each of its steps."""
    coordinates, _ = onto_plane(cut.network.positions, cut.origin, cut.directions)
    at = np.searchsorted(cut.network.steps, np.arange(STEPS + 1), side="right") - 1
    return [Run(say("training"), colour, coordinates[:, at])]


def weights_played(choices: SliceChoices, cut: Cut, number: int, training: Sequence[Played]) -> list[Array]:
    """The weights at the moments of playback: of the training, or at the ring of each of its slices; else none."""
    if training:
        return [each.weights(choices.slice_point) for each in training[number].cuts]
    if not choices.slice_plays:
        return []
    at = np.searchsorted(cut.network.steps, MOMENTS, side="right") - 1
    return [cut.network.positions[:, each] for each in at]
