"""What is chosen on the Step by step page alone."""

from dataclasses import dataclass

from landscapes import Knob, knobs
from optimizers import corrections, pushes
from pages.shared.fields import MOST_STEPS, Number, Numbers, OneOf, Turned, field
from words import mark

LECTURE = knobs(pushes) | knobs(corrections)  # of the lecture's tables
SHEETS = {"update": mark("One update"), "tables": mark("The lecture's tables")}


@dataclass(frozen=True, kw_only=True)
class StepByStepChoices:
    """Which sheet is seen, which update is taken apart, and the numbers of the lecture's tables."""

    sheet: str = field(OneOf(mark("Sheet"), SHEETS, "update"))
    update: int = field(
        Number(
            Knob("t", 1, MOST_STEPS, mark("update that is taken apart"), default=1, integer=True, least=1, costs=True)
        )
    )
    lecture: Numbers = field(Turned(LECTURE, "the lecture"))
