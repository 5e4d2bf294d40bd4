"""Numbers to plotly figures, and the stage that shows them."""

from figures.curves import curves
from figures.height import HEIGHTS, Heights, heights
from figures.maps import Run, contour_map
from figures.profile import one_dimensional, profile
from figures.surface import surface
from figures.theme import DASHES, RUN_COLOURS, run_colours
from figures.thumbnail import thumbnail

__all__ = [
    "DASHES",
    "HEIGHTS",
    "RUN_COLOURS",
    "Heights",
    "Run",
    "contour_map",
    "curves",
    "heights",
    "one_dimensional",
    "profile",
    "run_colours",
    "surface",
    "thumbnail",
]
