"""Everything that is chosen on the Networks page, as one value; each part adds its own."""

from dataclasses import dataclass

from pages.networks_parts.choices.depth import DepthChoices
from pages.networks_parts.choices.many_dimensions import ManyDimensionsChoices
from pages.networks_parts.choices.model_bias import ModelBiasChoices
from pages.networks_parts.choices.own_grid import OwnGridChoices
from pages.networks_parts.choices.path import PathChoices
from pages.networks_parts.choices.slice import SliceChoices
from pages.networks_parts.choices.spectrum import SpectrumChoices
from pages.networks_parts.choices.two_minima import TwoMinimaChoices
from pages.shared.fields import OneOf, Schema, field
from pages.shared.size import SIZE
from words import mark

PARTS = {  # the page's first one first
    "two_minima": mark("Two minima"),
    "slice": mark("Slice"),
    "path": mark("Path"),
    "spectrum": mark("Spectrum"),
    "many_dimensions": mark("Many dimensions"),
    "model_bias": mark("Model bias"),
    "depth": mark("Depth"),
    "own_grid": mark("Your own"),
}


@dataclass(frozen=True, kw_only=True)
class PageChoices:
    """Which part is seen, and how large."""

    part: str = field(OneOf(mark("Part"), PARTS, "two_minima"))
    size: str = field(SIZE)


@dataclass(frozen=True, kw_only=True)
class NetworksChoices(
    OwnGridChoices,
    DepthChoices,
    ModelBiasChoices,
    ManyDimensionsChoices,
    SpectrumChoices,
    PathChoices,
    SliceChoices,
    TwoMinimaChoices,
    PageChoices,
):
    """The page's own, and what each part adds to it."""


SCHEMA = Schema(NetworksChoices, strange=mark("it is not a part of a link to Networks"))
