"""Numbers to plotly figures, and the stage that shows them."""

from figures.curves import curves
from figures.eigenmaps import MAPS, convexity, eigenvalue_map, eigenvalues, sharpness
from figures.height import HEIGHTS, Heights, heights
from figures.local import add_axes, escape_curve, local_model, remainder_curve, remainder_order
from figures.maps import Run, contour_map
from figures.profile import profile
from figures.spectrum import height_against_index, spectrum
from figures.surface import surface
from figures.theme import DASHES, RUN_COLOURS, run_colours
from figures.thumbnail import thumbnail

__all__ = [
    "DASHES",
    "HEIGHTS",
    "MAPS",
    "RUN_COLOURS",
    "Heights",
    "Run",
    "add_axes",
    "contour_map",
    "convexity",
    "curves",
    "eigenvalue_map",
    "eigenvalues",
    "escape_curve",
    "height_against_index",
    "heights",
    "local_model",
    "profile",
    "remainder_curve",
    "remainder_order",
    "run_colours",
    "sharpness",
    "spectrum",
    "surface",
    "thumbnail",
]
