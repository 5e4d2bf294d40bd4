"""What all parts of the Curvature page look at."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from figures import KIND_COLOURS, Heights, Run, call_axes, contour_map, free_corner
from landscapes import Array, CriticalPoint, CriticalPoints, Domain, Landscape, onto_zero
from pages.shared.race import critical_points, scale
from pages.shared.state import Choices, change
from words import coordinates, mark, say, short

NEAR = 0.02  # of the view's width: a click so near to a critical point means that point
SAME = 1e-9  # of the view's width: a place so near to a critical point is that point, to rounding
ON_CURVE = {
    "minimum": mark("a curve of minima, f = {loss}"),
    "maximum": mark("a curve of maxima, f = {loss}"),
    "degenerate": mark("a curve of critical points, f = {loss}"),
}
BESIDE_CURVE = {
    "minimum": mark("Near by, {distance} away, is a point of a curve of minima, {place}."),
    "maximum": mark("Near by, {distance} away, is a point of a curve of maxima, {place}."),
    "degenerate": mark("Near by, {distance} away, is a point of a curve of critical points, {place}."),
}


def view_of(choices: Choices) -> "View":
    """The landscape that was chosen, with what was found in it."""
    where = choices.where
    return View(choices, choices.build(), critical_points(where), scale(where, choices.height))


@dataclass(frozen=True)
class View:
    """A landscape, what was found in it, and the point that is looked at closely."""

    choices: Choices
    landscape: Landscape
    found: CriticalPoints
    height: Heights

    @property
    def width(self) -> float:
        """The longer side of the domain."""
        return max(high - low for low, high in self.landscape.domain)

    @property
    def point(self) -> Array:
        """The point that was chosen; else the most telling one: a saddle, another critical point, the start."""
        if self.choices.point is not None:
            return np.array(self.choices.point)
        saddles = [p for p in self.found.points if p.kind == "saddle"]
        telling = next(iter([*saddles, *self.found.points]), None)
        return telling.position if telling is not None else np.array(self.choices.start)

    def critical(self, place: Array, within: float = NEAR) -> CriticalPoint | None:
        """The nearest critical point, if it is within a part of the view's width: so near that a finger means it."""
        distances = [float(np.hypot(*(p.position - place))) for p in self.found.points]
        nearest = int(np.argmin(distances)) if distances else -1
        return self.found.points[nearest] if distances and distances[nearest] <= within * self.width else None

    def beside(self, place: Array) -> str:
        """What critical there is beside a place, and how far away, as a sentence; empty where nothing is near."""
        point, curve = self.critical(place), self.on_curve(place)
        if point is not None:
            return say(
                "Near by, {distance} away, is the {point} at {place}.",
                distance=short(float(np.hypot(*(point.position - place)))),
                point=point.name,
                place=self.written(point.position),
            )
        if curve is None:
            return ""
        kind, position = curve
        distance = short(float(np.hypot(*(position - place))))
        return say(BESIDE_CURVE[kind]).format(distance=distance, place=self.written(position))

    def written(self, place: Array) -> str:
        """A place in digits, 0 where a coordinate is 0 to rounding."""
        return coordinates(place, zero=SAME * self.width)

    def on_curve(self, place: Array) -> tuple[str, Array] | None:
        """A point beside a place on a curve of critical points, and the curve's kind; None where none is near."""
        near = []
        for curve in self.found.sets:
            distances = np.hypot(*(curve.positions - place[:, None]))
            near.append((float(distances.min()), curve.kind, curve.positions[:, int(distances.argmin())]))
        distance, kind, node = min(near, key=lambda found: found[0], default=(np.inf, "", place))
        if distance > NEAR * self.width:
            return None
        on_it = onto_zero(self.landscape, np.stack([place, node], axis=1))
        return kind, on_it[:, 0] if np.hypot(*(on_it[:, 0] - place)) <= 2 * distance else on_it[:, 1]

    def choose(self, x: float, y: float) -> None:
        """Looks closely at a place, or at what is critical beside it."""
        place = np.array([x, y])
        critical, curve = self.critical(place), self.on_curve(place)
        px, py = critical.position if critical is not None else curve[1] if curve is not None else place
        change(point=(float(px), float(py)))

    def of_kinds(self, kinds: tuple[str, ...]) -> list[CriticalPoint]:
        """The critical points of these kinds, as they were found."""
        return [point for point in self.found.points if point.kind in kinds]

    def landmarks(self, kinds: tuple[str, ...] = ("minimum", "saddle", "maximum", "degenerate")) -> dict[str, Array]:
        """Positions of the critical points by kind, each (2, K)."""
        return {
            kind: np.array([p.position for p in self.found.points if p.kind == kind]).T
            for kind in kinds
            if any(p.kind == kind for p in self.found.points)
        }

    def map(self, look: Domain | None, runs: tuple[Run, ...] = (), kinds: tuple[str, ...] | None = None) -> Any:
        """The map with the critical points in the colours of their kinds, and curves of them as lines.

        Args:
            look: what the browser shows of it, where it said so.
        """
        marks = self.landmarks() if kinds is None else self.landmarks(kinds)
        domain = self.landscape.domain
        figure = contour_map(self.landscape, runs, self.height, domain, marks, coloured=True, visible=look)
        for number, curve in enumerate(self.found.sets):
            x, y = curve.positions
            figure.add_scatter(
                x=x,
                y=y,
                mode="lines",
                line={"color": KIND_COLOURS["degenerate"], "width": 2.5, "dash": "dot"},
                name=say("curve of critical points"),
                hovertemplate=say(ON_CURVE[curve.kind]).format(loss=f"{curve.value:.4g}") + "<extra></extra>",
                showlegend=number == 0,
            )
        places = [point.position[:, None] for point in self.found.points] + [run.positions for run in runs]
        if places:
            figure.update_layout(legend=free_corner(domain, np.concatenate(places, axis=1)))
        return call_axes(figure, self.landscape.axes)
