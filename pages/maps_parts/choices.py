"""What is chosen on the Maps page alone."""

from dataclasses import dataclass

from figures import KNOB_COLOURS
from landscapes import Interval, Knob, knob_in_words, knobs
from optimizers import RULES
from pages.maps_parts.knob_window import KnobWindow
from pages.shared.fields import Number, OneOf, Several, field
from words import mark, message

MAPS = {
    "basins": mark("Basins of attraction"),
    "knobs": mark("Two knobs"),
    "knob": mark("One knob"),
    "saddles": mark("Leaving saddles"),
}
MOST_MAPPED = 2  # runs side by side
SIDES = {"512": mark("512 × 512"), "1024": mark("1,024 × 1,024"), "2048": mark("2,048 × 2,048")}  # starts of a map


KNOBS = {name: knob_in_words(name) for rule in RULES.values() for name in knobs(rule.factory)} | {
    "warmup": mark("warm-up")
}


@dataclass(frozen=True, kw_only=True)
class MapsChoices:
    """Which map is seen, of which runs, and how sharp it becomes."""

    map: str = field(OneOf(mark("Map"), MAPS, "basins"))
    mapped: tuple[int, ...] = field(
        Several(MOST_MAPPED, 7, (0,), message("mapped is one or two runs, counted from 0, such as 0~1")), key="of"
    )
    across: str = field(OneOf(mark("Across"), KNOBS, "learning_rate"))
    up: str = field(OneOf(mark("Upwards"), KNOBS, "momentum"))
    colour: str = field(OneOf(mark("Colour"), KNOB_COLOURS, "kind"))
    knob_window: tuple[Interval, Interval] | None = field(KnobWindow())
    radius: float = field(
        Number(
            Knob("r", 0.005, 0.5, mark("radius, as a share of the map"), default=0.05, log=True, above=0.0, most=1.0)
        )
    )
    sharpness: str = field(OneOf(mark("Starts"), SIDES, "512"))
