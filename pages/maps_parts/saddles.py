"""How long does a run stay beside a saddle, and how does that depend on where it starts?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from figures import escape_times, leaving_map, stride
from figures.stage import Drawing, Panel, drawing, stage, viewed
from landscapes import Array, CriticalPoint, Domain, Landscape
from optimizers.bulk import Grid
from optimizers.theory import growth, steps_beside, steps_until_away
from pages.maps_parts.basins import critical_marks, mapped, one_trajectory
from pages.maps_parts.compute import PIECE, side_within_budget
from pages.maps_parts.knobs import mapped_run
from pages.maps_parts.sharpen import sharpen_by
from pages.shared.controls import look_at, move_start, view_controls
from pages.shared.race import breathe, critical_points, in_turn, kept
from pages.shared.size import panels_in_size
from pages.shared.state import Choices, RunChoice, Where, built, change, key, of_words, own_key, when_moved
from pages.shared.work import Frozen, drawn_once, frozen
from words import coordinates, say, say_n, short

SIDE = 128  # starts along each side of the map that is there at once
MOST_STEPS = 30_000_000  # of all of its trajectories
TIMED = 1_000_000  # of those that are timed, all together
DISTANCES = np.logspace(-0.5, -8, 31)  # of the timed runs from the saddle, in radii
SMALL = 1e-9  # of the view's width: a coordinate that is smaller is written as 0
HEAVY = ("gradient_descent", "momentum")


@dataclass(frozen=True)
class Beside:
    """How long a run stays beside a saddle from every start of a window, by names and numbers."""

    where: Where
    run: RunChoice
    window: Domain
    side: int  # starts along each side
    steps: int
    place: tuple[float, float]
    radius: float

    @property
    def grid(self) -> Grid:
        """Where the runs start."""
        return Grid(self.window, self.side, self.side)

    @property
    def pieces(self) -> int:
        """In how many pieces it is computed."""
        return -(-self.grid.size // PIECE)


@kept("maps")
def piece(asked: Beside, number: int) -> NDArray[np.int32]:
    """The steps that are spent there from some of the starts."""
    return counted(asked, number * PIECE, min((number + 1) * PIECE, asked.grid.size))


def counted(asked: Beside, first: int, last: int) -> NDArray[np.int32]:
    """The same from the starts from number `first` to before `last`, each time anew."""
    with in_turn(asked.run.weight * asked.steps * (last - first)):
        landscape, place = built(*asked.where), np.array(asked.place)
        starts = asked.grid.starts(first, last)
        counts = steps_beside(landscape, asked.run.build(), starts, asked.steps, place, asked.radius, breathe)
    return counts.astype(np.int32)


def counts_of(asked: Beside, progress: Callable[[float], object] = lambda share: None) -> NDArray[np.int32]:
    """The same from all of them, (side, side); `progress` hears which share is done."""
    found = []
    for number in range(asked.pieces):
        found.append(piece(asked, number))
        breathe()
        progress((number + 1) / asked.pieces)
    return np.concatenate(found).reshape(asked.side, asked.side)


def is_there(asked: Beside) -> bool:
    """Whether it is there already."""
    return all(piece.has(asked, number) for number in range(asked.pieces))


@kept("maps")
def times_of(where: Where, run: RunChoice, place: tuple[float, float], radius: float, steps: int) -> Array:
    """The steps until a run that begins beside a saddle has left, along the eigenvector that leads down."""
    landscape = built(*where)
    saddle = next(p for p in critical_points(where).points if tuple(map(float, p.position)) == place)
    breathe()
    distances = DISTANCES * radius
    return steps_until_away(
        landscape, run.build(), saddle.position, saddle.eigenvectors[:, 0], distances, radius, steps
    )


def show(choices: Choices) -> None:
    """The map of the steps beside a saddle, and measured escape times beside the law."""
    found = saddles_of(choices)
    if not found:
        st.info(say("No isolated saddle was found in view: nothing to leave."))
        stage([], key="saddles")
        return
    sharp = beside(choices, nearest(found, choices.point))
    side = sharp.side
    while side > SIDE or (side > 1 and side * side * sharp.steps * sharp.run.weight > MOST_STEPS):
        side //= 2
    ready = is_there(sharp)
    seen = sharp if ready else replace(sharp, side=side)
    stage(
        pictured(choices, seen, frozen(viewed("saddles", choices.zoom))),
        key="saddles",
        window=choices.zoom,
        title=f"fall-line-saddles-{choices.landscape}",
        heading=say(choices.build().name),
        on_dragged=lambda x, y: move_start((x, y), transient=True),
        on_start=lambda x, y: move_start((x, y)),
        on_window=look_at,
    )
    sharpen_by([] if ready or side == sharp.side else [sharp], counts_of, lambda: None)


@drawn_once
def pictured(choices: Choices, seen: Beside, views: Frozen) -> Drawing:
    """One map of the steps beside a saddle, and escape times."""
    landscape, run, saddle = choices.build(), seen.run, nearest(saddles_of(choices), choices.point)
    window, steps, place, radius = seen.window, seen.steps, seen.place, seen.radius
    counts = counts_of(seen)
    timed = min(steps, TIMED // (DISTANCES.size * run.weight))
    times = times_of(choices.where, run, place, radius, timed)
    law = law_of(run, float(saddle.eigenvalues[0]))
    predicted = None if law is None else np.log(1 / DISTANCES) / np.log(law)
    at = named(landscape, saddle)
    longest = int(counts.max())
    share = short(100 * float((counts > 0).mean()))
    words = say_n(
        "From {share} % of the starts a run is within {radius} of the saddle {place} after a step or more; "
        "the longest stay is {count} step.",
        "From {share} % of the starts a run is within {radius} of the saddle {place} after a step or more; "
        "the longest stay is {count} steps.",
        longest,
        share=share,
        radius=short(radius),
        place=at,
    )
    pale = [say("Pale is long. The pale ridge is the saddle's stable manifold: what starts on it stays.")]
    if not longest:
        words = say(
            "From no start in view is a run within {radius} of the saddle {place} after any of its steps.",
            radius=short(radius),
            place=at,
        )
        pale = []
    timing = in_words(run, saddle, radius, times, law)
    figure = leaving_map(
        landscape.domain,
        window,
        counts,
        saddle.position,
        radius,
        critical_marks(choices),
        one_trajectory(choices, mapped(choices)[:1]),
        choices.zoom,
    )
    panels = [
        Panel("map", figure, alt=words, width=1.3),
        Panel("escape", escape_times(DISTANCES * radius, times, predicted), alt=timing),
    ]
    return drawing(
        panels_in_size(panels, choices.size),
        key="saddles",
        views=dict(views),
        rows=[["map", "escape"], ["play"], ["table"]],
        steps=choices.steps_taken,
        every=stride(choices.steps_taken),
        start=choices.start,
        notes=[words, timing, *pale],
    )


def beside(choices: Choices, saddle: CriticalPoint) -> Beside:
    """What the map of a saddle shows, as sharp as was asked for, as far as there is room."""
    landscape, run, steps = choices.build(), mapped_run(choices), choices.steps_taken
    radius = choices.radius * max(high - low for low, high in landscape.domain)
    place = (float(saddle.position[0]), float(saddle.position[1]))
    side = side_within_budget(landscape, run, steps, int(choices.sharpness))
    return Beside(choices.where, run, choices.zoom or landscape.domain, side, steps, place, radius)


def nearest(found: Sequence[CriticalPoint], point: tuple[float, float] | None) -> CriticalPoint:
    """The saddle that was chosen: the nearest to the point; the first where none was."""
    if point is None:
        return found[0]
    return min(found, key=lambda saddle: float(np.hypot(*(saddle.position - np.array(point)))))


def named(landscape: Landscape, saddle: CriticalPoint) -> str:
    """Where a saddle is."""
    width = max(high - low for low, high in landscape.domain)
    return coordinates(saddle.position, zero=SMALL * width)


def saddles_of(choices: Choices) -> list[CriticalPoint]:
    """The saddles in view."""
    return [point for point in critical_points(choices.where).points if point.kind == "saddle"]


def saddle_choice(choices: Choices) -> None:
    """Which saddle, where there are several, and how near to it counts."""
    landscape, found = choices.build(), saddles_of(choices)
    view_controls("radius")
    if len(found) < 2:
        return
    saddle = nearest(found, choices.point)
    present = next(number for number, each in enumerate(found) if each is saddle)
    widget = own_key(of_words(key("saddle")), present)
    st.session_state[widget] = present

    def taken() -> None:
        x, y = found[st.session_state[widget]].position
        change(point=(float(x), float(y)))

    st.selectbox(
        say("Saddle"),
        range(len(found)),
        format_func=lambda number: named(landscape, found[number]),
        key=widget,
        on_change=when_moved(widget, taken),
    )


def law_of(run: RunChoice, curvature: float) -> float | None:
    """By which each step of a run multiplies the distance to a saddle by theory; None where that is not known."""
    numbers = dict(run.numbers)
    if run.optimizer not in HEAVY or run.scheduled or numbers.get("dampening", 0.0) or not curvature < 0:
        return None
    rate = numbers["learning_rate"]
    return growth(rate, curvature, numbers.get("momentum", 0.0)) if rate > 0 else None


def in_words(run: RunChoice, saddle: CriticalPoint, radius: float, times: Array, law: float | None) -> str:
    """One of the timed runs, beside what the law says of it."""
    number = int(np.argmin(np.abs(np.log10(DISTANCES) + 4)))
    distance, name = short(float(DISTANCES[number]) * radius), say(run.rule.name)
    if np.isnan(times[number]):
        return say("Begun {distance} away, {run} has not left by the last step.", distance=distance, run=name)
    count = int(times[number])
    if law is None:
        return say_n(
            "Begun {distance} away, {run} has left after {count} step; how long that takes by theory is known for "
            "gradient descent and momentum at constant rates.",
            "Begun {distance} away, {run} has left after {count} steps; how long that takes by theory is known for "
            "gradient descent and momentum at constant rates.",
            count,
            distance=distance,
            run=name,
        )
    return say_n(
        "Begun {distance} away, {run} has left after {count} step. By the law, at λ = {curvature} each step "
        "multiplies the distance by {factor}, which takes {predicted} steps.",
        "Begun {distance} away, {run} has left after {count} steps. By the law, at λ = {curvature} each step "
        "multiplies the distance by {factor}, which takes {predicted} steps.",
        count,
        distance=distance,
        run=name,
        curvature=short(float(saddle.eigenvalues[0])),
        factor=short(law),
        predicted=short(float(np.log(1 / DISTANCES[number]) / np.log(law))),
    )
