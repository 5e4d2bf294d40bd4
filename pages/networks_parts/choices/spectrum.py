"""What is chosen in the part Spectrum."""

from dataclasses import dataclass

from landscapes import Knob
from pages.networks_parts.choices.numbers import count, seed
from pages.shared.fields import Number, OneOf, field
from words import mark

DATA = {"two_spirals": mark("Two spirals"), "rings": mark("Rings"), "clusters": mark("Clusters")}
LOSSES = {"squared_error": mark("½ squared error"), "cross_entropy": mark("Cross-entropy")}


@dataclass(frozen=True, kw_only=True)
class SpectrumChoices:
    """Which network is trained by gradient descent, and how."""

    spectrum_loss: str = field(OneOf(mark("Loss"), LOSSES, "squared_error"))
    spectrum_rate: float = field(
        Number(Knob("η", 0.01, 1.0, log=True, default=0.2, above=0.0, most=100.0), mark("Learning rate η"))
    )
    spectrum_data: str = field(OneOf(mark("Examples"), DATA, "two_spirals"))
    spectrum_width: int = field(count(mark("Units in each layer"), 2, 24, 16))
    spectrum_depth: int = field(count(mark("Layers between the first and the last"), 0, 6, 3))
    spectrum_steps: int = field(count(mark("Steps of training"), 100, 4000, 2000))
    spectrum_seed: int = field(seed(mark("Seed of the network")))
