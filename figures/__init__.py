"""Numbers to plotly figures, and the stage that shows them."""

from figures.animation import animation, as_film, can_film
from figures.axes import enlarge, name_axes
from figures.curves import count_in, curves, reach
from figures.data_fit import agreement, chances, factor_curve, fit
from figures.data_noise import add_ways_down, cloud
from figures.data_profile import loss_profile
from figures.eigenmaps import MAPS, convexity, eigenvalue_map, eigenvalues, sharpness
from figures.height import HEIGHTS, Heights, heights, heights_within
from figures.lecture import bias_correction, corrected_steps, three_pushes
from figures.local import add_axes, escape_curve, local_model, remainder_curve, remainder_order
from figures.maps import Run, contour_map
from figures.overlays import EXPLAINED, OVERLAYS, overlay
from figures.profile import profile
from figures.spectrum import height_against_index, spectrum
from figures.steps import close_up, component_curves, rate_curves
from figures.surface import surface
from figures.theme import DASHES, RUN_COLOURS, SOFT, in_the_dark, run_colours
from figures.thumbnail import thumbnail
from figures.tuning import tuning_curves

__all__ = [
    "DASHES",
    "EXPLAINED",
    "HEIGHTS",
    "MAPS",
    "OVERLAYS",
    "RUN_COLOURS",
    "SOFT",
    "Heights",
    "Run",
    "add_axes",
    "add_ways_down",
    "agreement",
    "animation",
    "as_film",
    "bias_correction",
    "can_film",
    "chances",
    "close_up",
    "cloud",
    "component_curves",
    "contour_map",
    "convexity",
    "corrected_steps",
    "count_in",
    "curves",
    "eigenvalue_map",
    "eigenvalues",
    "enlarge",
    "escape_curve",
    "factor_curve",
    "fit",
    "height_against_index",
    "heights",
    "heights_within",
    "in_the_dark",
    "local_model",
    "loss_profile",
    "name_axes",
    "overlay",
    "profile",
    "rate_curves",
    "reach",
    "remainder_curve",
    "remainder_order",
    "run_colours",
    "sharpness",
    "spectrum",
    "surface",
    "three_pushes",
    "thumbnail",
    "tuning_curves",
]
