"""What is chosen on the Step by step page alone."""

from dataclasses import dataclass, replace

from landscapes import LANDSCAPES, Knob, knobs
from optimizers import corrections, early_spread, memory_weights, pushes
from pages.shared.fields import MOST_STEPS, Number, Numbers, OneOf, Turned, field
from words import mark

LECTURE = knobs(pushes) | knobs(corrections)  # of the lecture's tables
MEMORY = knobs(memory_weights)
VALLEY = "elongated_valley"  # on which the rules of the history race
VALLEY_KNOBS = knobs(LANDSCAPES[VALLEY])
VALLEY_KNOBS["angle"] = replace(
    VALLEY_KNOBS["angle"], default=0.0
)  # along an axis, as rules with a rate for each like it
WARM_UP = knobs(early_spread)
SHEETS = {
    "update": mark("One update"),
    "tables": mark("The lecture's tables"),
    "memory": mark("Memory"),
    "timeline": mark("History"),
    "warm_up": mark("Why warm-up"),
}


@dataclass(frozen=True, kw_only=True)
class StepByStepChoices:
    """Which sheet is seen, which update is taken apart, and the numbers of the sheets that have some of their own."""

    sheet: str = field(OneOf(mark("Sheet"), SHEETS, "update"))
    update: int = field(
        Number(
            Knob("t", 1, MOST_STEPS, mark("update that is taken apart"), default=1, integer=True, least=1, costs=True)
        )
    )
    lecture: Numbers = field(Turned(LECTURE, "the lecture"))
    memory: Numbers = field(Turned(MEMORY, "memory"))
    timeline: Numbers = field(Turned(VALLEY_KNOBS, "timeline"))
    warm_up: Numbers = field(Turned(WARM_UP, "warm_up"))
