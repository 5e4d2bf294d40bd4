"""The race that Explore shows, with all that its pictures and words are made of: looked up once, and handed down."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from figures import End, Heights, Run, ends_of
from landscapes import Array, CriticalPoints, Domain, Landscape
from pages.shared.race import (
    Entry,
    critical_points,
    crowds,
    entries,
    flood,
    landmarks,
    lowest,
    outcomes,
    scale,
    scheduled,
    window_scale,
)
from pages.shared.race.flood import Flood
from pages.shared.state import Choices, Point


@dataclass(frozen=True, eq=False)
class Race:
    """Choices with their landscape, its critical points and heights, and every run with what became of it."""

    choices: Choices
    landscape: Landscape
    found: CriticalPoints
    height: Heights  # over the domain
    entries: list[Entry]  # hidden ones too
    rates: Mapping[int, Array]  # by run: the learning rate of every step, (steps,); empty without any schedule
    flood: Flood | None  # one run from many starts, where that was asked for

    @cached_property
    def shown(self) -> list[Entry]:
        """The runs that are not hidden."""
        return [entry for entry in self.entries if not entry.hidden]

    @cached_property
    def names(self) -> list[str]:
        """The name of every run."""
        return [entry.run.label for entry in self.entries]

    @cached_property
    def positions(self) -> list[Array]:
        """Where every run went from the start by hand, each (2, steps + 1)."""
        return [entry.run.positions for entry in self.entries]

    @cached_property
    def landmarks(self) -> dict[str, Array]:
        """Positions of the critical points by kind, each (2, K)."""
        return landmarks(self.found)

    @cached_property
    def minima(self) -> Array:
        """Positions of the minima, (2, K)."""
        return self.landmarks.get("minimum", np.zeros((2, 0)))

    @cached_property
    def flood_ends(self) -> list[End]:
        """What those starts came to."""
        return ends_of(self.flood.verdicts) if self.flood else []

    @cached_property
    def lowest(self) -> float | None:
        """The lowest loss at a minimum in view; None where there is none."""
        return lowest(self.found)

    @cached_property
    def zoomed(self) -> tuple[Domain, Heights] | None:
        """What the map was zoomed to, with its heights."""
        zoom = self.choices.zoom
        return (zoom, window_scale(self.choices.where, self.choices.height, zoom)) if zoom else None

    @cached_property
    def drawn(self) -> list[Run]:
        """The trajectories, one behind the other, as they are seen in the domain and in what was zoomed to."""
        views = (self.landscape.domain, *([self.choices.zoom] if self.choices.zoom else []))
        return [run for entry in self.shown for run in entry.drawn(self.height, views)]


def raced(choices: Choices, starts: tuple[Point, ...] = ()) -> Race:
    """The race of these choices; where many starts of a run are shown, those that are given, if any are."""
    return Race(
        choices,
        choices.build(),
        critical_points(choices.where),
        scale(choices.where, choices.height),
        entries(choices, outcomes(choices), crowds(choices)),
        scheduled(choices),
        flood(choices, starts),
    )
