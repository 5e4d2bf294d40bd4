"""What is chosen in the part Slice."""

from dataclasses import dataclass

from figures import HEIGHTS
from landscapes import Knob
from landscapes.networks import UNIT_ACTIVATIONS
from pages.networks_parts.choices.numbers import count, seed
from pages.shared.fields import Number, OneOf, Place, Point, Switch, field
from words import mark

DATA = {
    "signs_drawn": mark("Ten signs, 8 × 8 pixels"),
    "two_spirals": mark("Two spirals"),
    "rings": mark("Two rings"),
    "clusters": mark("Four clusters"),
    "wave": mark("A wave, to fit"),
}
SCALES = {
    "filter": mark("Random, scaled by filter"),
    "layer": mark("Random, scaled by layer"),
    "raw": mark("Random, as they are"),
    "pca": mark("Main directions of the training"),
}
NORMALISATIONS = {"batch": mark("Over the examples (batch)"), "none": mark("None")}
LINE = "line"
BELOW = {
    "surfaces": mark("Surfaces"),
    "predictions": mark("What the networks predict"),
    LINE: mark("Loss along a line"),
}
EXAMPLES = {"train": mark("Training loss"), "test": mark("Test loss")}
LINES = {
    "middle": mark("Through the middle, to the ring"),
    "points": mark("Through two or three points"),
    "training": mark("From the first weights to the trained ones"),
    "seeds": mark("To the network of the next seed"),
}
SIDES = {"41": mark("41 × 41"), "101": mark("101 × 101")}
STEPS = 300


@dataclass(frozen=True, kw_only=True)
class SliceChoices:
    """Which network, which plane through its weights, and what is seen of it."""

    slice_data: str = field(OneOf(mark("Data"), DATA, "signs_drawn"))
    slice_depth: int = field(count(mark("Depth, hidden layers after the first"), 0, 40, 10))
    slice_width: int = field(count(mark("Width, units in a layer"), 2, 24, 12))
    slice_skip: float = field(
        Number(Knob("s", 0.0, 1.0, mark("strength of the skip connections"), default=1.0, least=0.0, most=1.0))
    )
    slice_norm: str = field(OneOf(mark("Normalisation"), NORMALISATIONS, "batch"))
    slice_activation: str = field(
        OneOf(mark("Activation"), {name: unit.name for name, unit in UNIT_ACTIVATIONS.items()}, "relu")
    )
    slice_seed: int = field(seed(mark("Seed of the first weights")))
    slice_step: int = field(count(mark("Step of the training, at which it is sliced"), 0, STEPS, STEPS))
    slice_scale: str = field(OneOf(mark("Directions"), SCALES, "filter"))
    slice_directions: int = field(seed(mark("Seed of the directions"), 1))
    slice_examples: str = field(OneOf(mark("Loss on the plane"), EXAMPLES, "train"))
    slice_below: str = field(OneOf(mark("Below the maps"), BELOW, "surfaces"))
    slice_height: str = field(OneOf(mark("Height and colour"), HEIGHTS, "loss"))
    slice_point: Point = field(Place((0.0, 0.0)))  # of the networks whose predictions are shown, in α and β
    slice_side: str = field(OneOf(mark("Nodes of the grid"), SIDES, "41"))
    slice_plays: bool = field(
        Switch(
            mark("Play the training"),
            mark("Slices around the weights of 13 steps from the first to the last, played below the maps."),
        )
    )
    slice_line: str = field(OneOf(mark("Line"), LINES, "middle"))
    slice_from: Point = field(Place((-0.8, -0.8)))  # where a line through points begins; it goes to the ring
    slice_third: Point | None = field(Place(None))  # and from there, where there is one, on to this point
