"""What is chosen in the part Model bias."""

from dataclasses import dataclass

from pages.networks_parts.choices.numbers import count, seed
from pages.shared.fields import OneOf, field
from words import mark

KINDS = {"hard_sigmoid": mark("Hard sigmoids"), "relu": mark("ReLUs")}
MOST_UNITS = 16


@dataclass(frozen=True, kw_only=True)
class ModelBiasChoices:
    """Which sum is seen beside the straight line, and from which starts all were fitted."""

    bias_kind: str = field(OneOf(mark("A sum of"), KINDS, "hard_sigmoid"))
    bias_units: int = field(count(mark("How many"), 1, MOST_UNITS, 4))
    bias_seed: int = field(seed(mark("Seed of the starts")))
