"""What is chosen in the part Your own."""

from dataclasses import dataclass

from figures import HEIGHTS
from pages.shared.fields import OneOf, field
from pages.shared.state.own_grids import OwnGrid
from words import mark

LOOKS = {"map": mark("Maps"), "surface": mark("Surfaces")}


@dataclass(frozen=True, kw_only=True)
class OwnGridChoices:
    """Which one or two recordings are looked at, by their names in links."""

    own_first: str = field(OwnGrid("spirals_plain"))
    own_second: str = field(OwnGrid("spirals_skip", optional=True))
    own_look: str = field(OneOf(mark("As"), LOOKS, "map"))
    own_height: str = field(OneOf(mark("Height and colour"), HEIGHTS, "log"))
