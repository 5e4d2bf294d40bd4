"""What is chosen in the part Two minima."""

from dataclasses import dataclass

from pages.networks_parts.choices.numbers import count, seed
from pages.shared.fields import OneOf, field
from words import mark

PAIRS = {"copy": mark("A copy with its units shuffled"), "seed": mark("Another network, from another seed")}


@dataclass(frozen=True, kw_only=True)
class TwoMinimaChoices:
    """Which two networks are compared."""

    two_pair: str = field(OneOf(mark("Beside the network"), PAIRS, "copy"))
    two_width: int = field(count(mark("Hidden units"), 2, 64, 16))
    two_seed: int = field(seed(mark("Seed of the network")))
    two_other: int = field(seed(mark("Seed of the shuffle, or of the other network"), 1))
