"""What all parts of the Curvature page look at."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from figures import Heights, Run, contour_map
from landscapes import Array, CriticalPoint, CriticalPoints, Landscape
from pages.shared.choices import Choices
from pages.shared.state import change

NEAR = 0.02  # of the view's width: a click so near to a critical point means that point


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

    def critical(self, place: Array) -> CriticalPoint | None:
        """The critical point at a place, or so near that a finger means it."""
        distances = [float(np.hypot(*(p.position - place))) for p in self.found.points]
        nearest = int(np.argmin(distances)) if distances else -1
        return self.found.points[nearest] if distances and distances[nearest] <= NEAR * self.width else None

    def choose(self, x: float, y: float) -> None:
        """Looks closely at a place, or at the critical point beside it."""
        place = np.array([x, y])
        critical = self.critical(place)
        px, py = critical.position if critical is not None else place
        change(point=(float(px), float(py)))

    def landmarks(self, kinds: tuple[str, ...] = ("minimum", "saddle", "maximum", "degenerate")) -> dict[str, Array]:
        """Positions of the critical points by kind, each (2, K)."""
        return {
            kind: np.array([p.position for p in self.found.points if p.kind == kind]).T
            for kind in kinds
            if any(p.kind == kind for p in self.found.points)
        }

    def map(self, runs: tuple[Run, ...] = (), kinds: tuple[str, ...] | None = None) -> Any:
        """The map with the critical points in the colours of their kinds, and curves of them as lines."""
        marks = self.landmarks() if kinds is None else self.landmarks(kinds)
        figure = contour_map(self.landscape, runs, self.height, self.landscape.domain, marks, coloured=True)
        for curve in self.found.sets:
            x, y = curve.positions
            figure.add_scatter(
                x=x,
                y=y,
                mode="lines",
                line={"color": "#E69F00", "width": 2.5, "dash": "dot"},
                hovertemplate=f"a curve of critical points, f = {curve.value:.4g}<extra></extra>",
                showlegend=False,
            )
        return figure
