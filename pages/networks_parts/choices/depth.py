"""What is chosen in the part Depth."""

from dataclasses import dataclass

from pages.networks_parts.choices.numbers import count, seed
from pages.shared.fields import field
from words import mark


@dataclass(frozen=True, kw_only=True)
class DepthChoices:
    """Which networks are trained, and how long."""

    depth_steps: int = field(count(mark("Steps of training"), 50, 600, 300))
    depth_width: int = field(count(mark("Width, units in a layer"), 4, 16, 12))
    depth_seed: int = field(seed(mark("Seed of the first weights")))
