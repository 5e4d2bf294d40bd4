"""The record of a way in which noise changes a gradient."""

from collections.abc import Callable
from dataclasses import dataclass

from landscapes.landscape import Array


@dataclass(frozen=True, kw_only=True)
class NoiseModel:
    """One way in which a draw changes a gradient; all that is known of it stands here."""

    name: str  # as a list shows it
    latex: str  # of the gradient that an update rule is given; {gradient} in it is that of the landscape
    about: str  # what it is and where it vanishes
    change: Callable[[Array, Array], Array]  # gradient (2, ...), σξ of as many axes -> (2, ...); scripts quote it
