"""What is chosen on the Curvature page alone."""

from dataclasses import dataclass

from landscapes import Knob
from pages.shared.fields import Number, OneOf, Place, Point, field
from words import mark

PARTS = {
    "points": mark("Critical points"),
    "model": mark("Local model"),
    "escape": mark("Escape"),
    "turn": mark("Turning v"),
    "chord": mark("Chord"),
    "maps": mark("Eigenvalue maps"),
    "run": mark("Along a run"),
}


@dataclass(frozen=True, kw_only=True)
class CurvatureChoices:
    """Which part is seen, of which point, direction and chord."""

    part: str = field(OneOf(mark("Part"), PARTS, "points"))
    point: Point | None = field(Place())  # looked at closely; None for the first critical point
    direction: float = field(
        Number(Knob("θ", 0.0, 360.0, mark("angle of v in degrees"), default=30.0, least=0.0, most=360.0))
    )
    chord_from: Point | None = field(Place())  # ends of the chord; None for those that it comes with
    chord_to: Point | None = field(Place())
