"""What is chosen in the part Many dimensions."""

from dataclasses import dataclass

from landscapes import Knob
from pages.networks_parts.choices.numbers import count, seed
from pages.shared.fields import Number, OneOf, field
from words import mark

VIEWS = {"saddles": mark("Saddles, in a network and by chance"), "batches": mark("Batch size and sharpness")}


@dataclass(frozen=True, kw_only=True)
class ManyDimensionsChoices:
    """Which question is asked, and of which networks."""

    many_view: str = field(OneOf(mark("Question"), VIEWS, "saddles"))
    many_width: int = field(count(mark("Hidden units"), 2, 6, 3))
    many_searches: int = field(count(mark("Searches"), 10, 120, 60))
    many_seed: int = field(seed(mark("Seed of the examples and of the searches"), 1))
    many_target: float = field(
        Number(Knob("L", 0.02, 0.2, log=True, default=0.03, least=0.02, most=0.2), mark("Training loss at the end"))
    )
    many_rate: float = field(
        Number(Knob("η", 0.05, 0.3, log=True, default=0.2, least=0.05, most=0.3), mark("Learning rate η"))
    )
    many_networks: int = field(seed(mark("Seed of the networks")))
