"""What is chosen on the Curvature page alone."""

from dataclasses import dataclass

from pages.shared.fields import OneOf, Place, Point, field
from words import mark

PARTS = {
    "points": mark("Critical points"),
    "model": mark("Local model"),
    "escape": mark("Escape"),
    "maps": mark("Eigenvalue maps"),
    "run": mark("Along a run"),
}


@dataclass(frozen=True, kw_only=True)
class CurvatureChoices:
    """Which part is seen, of which point."""

    part: str = field(OneOf(mark("Part"), PARTS, "points"))
    point: Point | None = field(Place())  # looked at closely; None for the first critical point
