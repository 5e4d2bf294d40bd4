"""How does the loss of your own network look, where did its training go, and how much of that does a plane show?"""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import numpy as np
import streamlit as st

from figures import RUN_COLOURS, Recorded, Run, Slice, heights_of, recorded_curves, slice_map, slice_surface
from figures.stage import Drawing, Panel, drawing, stage, viewed
from landscapes import Landscape
from landscapes.grids import DIRECTIONS, KINDS, MOST_BYTES, LossGrid, TrainingPath, read_recording, with_path
from pages.networks_parts.choices import SCHEMA, NetworksChoices
from pages.networks_parts.own_clock import Clock, clock_of
from pages.networks_parts.state import HISTORY, choose, current
from pages.shared.controls import download, field_control
from pages.shared.controls.suggest import with_suited_rates
from pages.shared.race import kept
from pages.shared.size import panels_in_size
from pages.shared.state import choose as choose_landscape
from pages.shared.state import current as landscape_choices
from pages.shared.state import plain, with_landscape
from pages.shared.state.own_grids import EXAMPLES, GRIDS, MADE, NONE, file_name, grid_named, named, to_bring
from pages.shared.state.surface import GRID
from pages.shared.work import Frozen, drawn_once, frozen
from words import Message, mark, message, paragraph, say, short

RECORDER = Path(__file__).parents[2] / "docs" / "fall_line_recorder.py"
PROGRAM = RECORDER.read_bytes()
MOST_FILES = 4  # of one upload: two grids, and a path for each
HANDLED = "networks own handled"  # the files that were taken into the choices
ABOUT = mark(
    "The examples are a network of ten blocks on two spirals, trained by Adam for 300 updates, without and with skip "
    "connections; both were recorded by fall_line_recorder.py."
)
Named = tuple[str, LossGrid, Landscape]


def controls() -> None:
    """The recorder, the files, and how they are drawn."""
    download(
        say("fall_line_recorder.py, for PyTorch"),
        PROGRAM,
        RECORDER.name,
        "text/x-python",
        icon=":material/download:",
        help=say("One file to copy beside your script. Record after each update, then save the grid and load it here."),
    )
    files = st.file_uploader(
        say("One or two grids, and paths: NPZ, NPY, CSV, JSON or HDF5, at most 2 MB each"),
        type=list(KINDS),
        accept_multiple_files=True,
        max_upload_size=MOST_BYTES // 10**6,
        key="networks own files",
    )
    take([(file.name, file.getvalue()[: MOST_BYTES + 1]) for file in (files or [])[:MOST_FILES]])
    if files and len(files) > MOST_FILES:
        st.warning(say("The first {most} files are read.", most=MOST_FILES))
    for name in ("own_look", "own_height"):
        field_control(HISTORY, name, SCHEMA.fields[name])
    shown = [text for text in (current().own_first, current().own_second) if grid_named(text)]
    for slot, text in enumerate(dict.fromkeys(shown)):
        if st.button(say("Open {name} on Explore", name=plain(title_of(text))), key=f"own explore {slot}"):
            explore(text)


Read = tuple[LossGrid | TrainingPath | None, Message | str]  # said later, in the language of whoever looks


@kept("networks", lambda read: MOST_BYTES)
def read_file(content: bytes) -> Read:
    """What a file holds, or the sentence that is said of it; once for all who bring it."""
    try:
        return read_recording(content), ""
    except ValueError as error:
        return None, error.args[0]


def take(files: list[tuple[str, bytes]]) -> None:
    """Takes the grids of new files in place of those that are shown; what is wrong with a file is said."""
    grids: list[tuple[str, LossGrid]] = []
    loose: list[TrainingPath] = []
    for name, content in files:
        found, refused = read_file(content)
        if isinstance(found, LossGrid):
            grids.append((name, found))
        elif found is None:
            st.error(plain(say("{file}: {reason}", file=name, reason=refused)))
        elif grids and grids[-1][1].path is None:
            grids[-1] = (grids[-1][0], with_path(grids[-1][1], found))
        else:
            loose.append(found)
    for number, (name, grid) in enumerate(grids):
        if loose and grid.path is None:
            grids[number] = (name, with_path(grid, loose.pop(0)))
    if loose:
        st.warning(say("A path needs a grid without one of its own: load the two together."))
    if len(grids) > 2:
        st.warning(say("Of several grids the first two are shown."))
    texts = [named(name, GRIDS.keep(grid)) for name, grid in grids[:2]]
    handled = blake2b("\n".join(texts).encode(), digest_size=8).hexdigest()
    if texts and st.session_state.get(HANDLED) != handled:
        st.session_state[HANDLED] = handled
        choose(replace(current(), own_first=texts[0], own_second=texts[1] if len(texts) > 1 else NONE), redraw=True)


def explore(text: str) -> None:
    """Goes to Explore with the grid as its landscape, at rates that suit it."""
    old = landscape_choices()
    new = with_landscape(GRID, replace(old, grid=text))
    choose_landscape(with_suited_rates(new, old), redraw=True)
    st.switch_page("explore.py")


def title_of(text: str) -> str:
    """What a recording is called."""
    return say(EXAMPLES[text]) if text in MADE else file_name(text)


def show(choices: NetworksChoices) -> None:
    """One or two grids on one scale with their paths; losses, the error of the plane and the sharpness under them."""
    shown: list[Named] = []
    for text in dict.fromkeys((choices.own_first, choices.own_second)):
        found = grid_named(text)
        if found is not None:
            shown.append((title_of(text), *found))
        elif text != NONE:
            st.info(plain(str(to_bring(text))))
    if not shown:
        return
    stage_key = f"own grid {choices.own_look} {len(shown)}"
    stage(pictured(choices, tuple(shown), frozen(viewed(stage_key))), key=stage_key, title="fall-line-own")


@drawn_once
def pictured(choices: NetworksChoices, shown: Sequence[Named], views: Frozen) -> Drawing:
    """The grids that are here, and what was recorded beside them."""
    heights = heights_of(np.concatenate([grid.loss.ravel() for _, grid, _ in shown]), choices.own_height)
    paths = [grid.path for _, grid, _ in shown if grid.path is not None]
    clock = clock_of(paths)
    moving = iter(clock.stops)
    above, notes = [], []
    for place, (name, grid, _), colour in zip(("first", "second"), shown, RUN_COLOURS, strict=False):
        sliced = Slice(grid.domain, grid.x, grid.y, grid.loss)
        runs = [] if grid.path is None else [Run(name, colour, grid.path.coordinates, steps=next(moving))]
        if choices.own_look == "surface":
            figure = slice_surface(sliced, heights)
        else:
            figure = slice_map(sliced, heights, runs=runs, title=name)
        sentence = in_words(name, grid)
        above.append(Panel(place, figure, alt=sentence))
        notes += [sentence, *(f"{name}: {note}" for note in grid.notes)]
    below = beside(shown, clock, cursor=bool(paths) and choices.own_look == "map")
    rows = [[panel.name for panel in part] for part in (below[:3], below[3:]) if part]
    if set(EXAMPLES) >= {choices.own_first, choices.own_second}:
        notes.append(say(ABOUT))
    if len(shown) == 2:
        notes.insert(0, say("Both pictures have one scale of height and colour."))
    plays = clock.steps > 0 and choices.own_look == "map"
    if plays:
        notes += clock.in_words()
    return drawing(
        panels_in_size([*above, *below], choices.size),
        key=f"own grid {choices.own_look} {len(shown)}",
        views=dict(views),
        rows=[[panel.name for panel in above], *([["play"]] if plays else []), *rows, ["table"]],
        steps=clock.steps if plays else 0,
        every=clock.every,
        notes=notes,
    )


def beside(shown: Sequence[Named], clock: Clock, *, cursor: bool = False) -> list[Panel]:
    """Curves of what was recorded: the losses, the error of the plane, the sharpness, and the loss on a line.

    Args:
        cursor: whether playback is seen on them.
    """
    losses, errors, bends, traces, lines = [], [], [], [], []
    stops = iter(clock.stops)
    bent = [grid.sharpness.steps for _, grid, _ in shown if grid.sharpness is not None]
    placed = all(clock.place(steps) is not None for steps in bent)
    for (name, grid, landscape), colour in zip(shown, RUN_COLOURS, strict=False):
        path = grid.path
        if path is not None:
            at = next(stops).astype(float)
            if path.loss is not None:
                losses.append(Recorded(name, colour, at, path.loss, say("training")))
            if path.validation_loss is not None:
                losses.append(Recorded(name, colour, at, path.validation_loss, say("validation"), "dash"))
            on_plane = landscape.value(path.coordinates)
            losses.append(Recorded(name, colour, at, on_plane, say("on the plane"), "dot"))
            if path.off_plane is not None:
                errors.append(Recorded(name, colour, at, path.off_plane))
        sharp = grid.sharpness
        if sharp is not None:
            there = clock.place(sharp.steps) if placed else None
            at = sharp.steps if there is None else there
            if sharp.largest is not None:
                bends.append(Recorded(name, colour, at, sharp.largest))
            if sharp.trace is not None:
                traces.append(Recorded(name, colour, at, sharp.trace, error=sharp.trace_error))
        if grid.line is not None:
            lines.append(Recorded(name, colour, grid.line[0], grid.line[1]))
    bent_along, way = clock.along if placed else say("step of training"), say("share of the way")
    wanted = (
        ("losses", say("Loss along training, and that of the plane below it"), losses, clock.along, True),
        ("off plane", say("Distance from the plane"), errors, clock.along, False),
        ("eigenvalue", say("Largest eigenvalue of the Hessian"), bends, bent_along, True),
        ("trace", say("Trace of the Hessian, estimated"), traces, bent_along, False),
        ("line", say("Loss on the line from the first to the last checkpoint"), lines, way, True),
    )
    timed = {"losses", "off plane", *(("eigenvalue", "trace") if placed else ())}
    panels = []
    for name, title, curves, along, log in wanted:
        if not curves:
            continue
        seen = cursor and name in timed
        figure = recorded_curves(title, curves, along, logarithmic=log and _positive(curves), cursor=seen)
        if name in timed:
            figure.update_xaxes(clock.axis)
        panels.append(Panel(name, figure, alt=_alt(title, curves)))
    return panels


def _positive(curves: list[Recorded]) -> bool:
    return all((curve.values[np.isfinite(curve.values)] > 0).all() for curve in curves)


def _alt(title: str, curves: list[Recorded]) -> str:
    """A title, and where each curve begins and ends."""
    ends = []
    for curve in curves:
        known = curve.values[np.isfinite(curve.values)]
        if known.size:
            ends.append(
                say("{name}: from {first} to {last}.", name=curve.title, first=short(known[0]), last=short(known[-1]))
            )
    return paragraph(say("{clause}.", clause=title), *ends)


def in_words(name: str, grid: LossGrid) -> str:
    """What a picture shows: its nodes, its losses, and how much of the path is off the plane."""
    known = grid.loss[np.isfinite(grid.loss)]
    parts = [
        message(
            "{name}: {x} × {y} losses from {low} to {high}.",
            name=name,
            x=grid.x.size,
            y=grid.y.size,
            low=short(float(known.min())),
            high=short(float(known.max())),
        )
    ]
    if grid.parameters is not None and grid.directions:
        parts.append(
            message(
                "A plane through {count} parameters, along {directions}.",
                count=f"{grid.parameters:,}",
                directions=message(DIRECTIONS[grid.directions]),
            )
        )
    path = grid.path
    if path is not None and path.off_plane is None:
        parts.append(
            message("How far the path is from the plane was not recorded: the true losses on it may be others.")
        )
    elif path is not None and path.off_plane is not None and path.loss is not None:
        far = float(np.nanmax(path.off_plane))
        length = float(np.hypot(*(path.coordinates[:, 0] - path.coordinates[:, -1])))
        parts.append(
            message(
                "The path leaves the plane by up to {far}; from its start to its end it goes {length} along it.",
                far=short(far),
                length=short(length),
            )
        )
    return paragraph(*map(str, parts))
