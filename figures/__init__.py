"""Numbers to plotly figures, and the stage that shows them."""

from figures.curves import curves
from figures.height import HEIGHTS, Heights, heights
from figures.maps import Run, contour_map
from figures.surface import surface
from figures.theme import DASHES, RUN_COLOURS, run_colours

__all__ = [
    "DASHES",
    "HEIGHTS",
    "RUN_COLOURS",
    "Heights",
    "Run",
    "contour_map",
    "curves",
    "heights",
    "run_colours",
    "surface",
]
