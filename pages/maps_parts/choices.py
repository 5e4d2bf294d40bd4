"""What is chosen on the Maps page alone."""

from dataclasses import dataclass

from pages.shared.fields import OneOf, Several, field
from words import mark

MAPS = {
    "basins": mark("Basins of attraction"),
}
MOST_MAPPED = 2  # runs side by side
SIDES = {"512": "512 × 512", "1024": "1,024 × 1,024", "2048": "2,048 × 2,048"}  # starts of a map


@dataclass(frozen=True, kw_only=True)
class MapsChoices:
    """Which map is seen, of which runs, and how sharp it becomes."""

    map: str = field(OneOf(mark("Map"), MAPS, "basins"))
    mapped: tuple[int, ...] = field(
        Several(MOST_MAPPED, 7, (0,), mark("mapped is one or two runs, counted from 0, such as 0~1")), key="of"
    )
    sharpness: str = field(OneOf(mark("Starts"), SIDES, "512"))
