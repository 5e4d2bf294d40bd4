"""Numbers to plotly figures, and the stage that shows them."""

from figures.animation import FRAMES, animation, as_film, can_film, poster
from figures.axes import call_axes, enlarge, name_axes, name_map
from figures.basins import Basin, Part, basin_map, disagreement_map, percent, raster
from figures.borders import borders
from figures.curves import count_in, curves, value_range
from figures.data_fit import MOST_FRAMES, agreement, chances, factor_curve, fit
from figures.data_noise import add_ways_down, cloud
from figures.data_profile import loss_profile
from figures.eigenmaps import MAPS, eigenvalue_map
from figures.flood import End, balls, counted, legend
from figures.flood import ends as ends_of
from figures.height import HEIGHTS, Heights, heights, heights_in_words, heights_of, heights_within
from figures.knob_maps import COLOURS as KNOB_COLOURS
from figures.knob_maps import Axis, knob_map, window_of
from figures.lecture import bias_correction, corrected_steps, three_pushes
from figures.local import add_axes, escape_curve, local_model, remainder_curve, remainder_order
from figures.many_dimensions import by_batch, chance_curves, index_against_loss
from figures.maps import Run, contour_map
from figures.model_bias import fitted_sum, loss_by_units
from figures.moments import moments
from figures.network_spectrum import bins_of, edge, eigenvalue_counts, training_losses
from figures.overlays import EXPLAINED, OVERLAYS, overlay
from figures.predictions import predictions
from figures.profile import profile
from figures.recorded import Recorded, recorded_curves
from figures.saddle_maps import escape_times, leaving_map
from figures.sensitivity import Sensitivity, sensitivity_curves
from figures.sharpness import sharpness
from figures.slices import Along, Mark, Slice, explained_bars, loss_lines, slice_map, slice_surface
from figures.spectrum import height_against_index, spectrum
from figures.steps import close_up, component_curves, rate_curves
from figures.surface import surface
from figures.theme import (
    BY_GRADIENT,
    BY_MOMENTUM,
    DASHES,
    IN_LETTERS,
    INK,
    KIND_COLOURS,
    RUN_COLOURS,
    SOFT,
    VEIL,
    WHITE,
    in_the_dark,
    run_colours,
)
from figures.thinning import Steps, evenly, of_trajectory, ordinal, stride, thinned_words
from figures.thumbnail import thumbnail
from figures.tuning import tuning_curves

__all__ = [
    "BY_GRADIENT",
    "BY_MOMENTUM",
    "DASHES",
    "EXPLAINED",
    "FRAMES",
    "HEIGHTS",
    "INK",
    "IN_LETTERS",
    "KIND_COLOURS",
    "KNOB_COLOURS",
    "MAPS",
    "MOST_FRAMES",
    "OVERLAYS",
    "RUN_COLOURS",
    "SOFT",
    "VEIL",
    "WHITE",
    "Along",
    "Axis",
    "Basin",
    "End",
    "Heights",
    "Mark",
    "Part",
    "Recorded",
    "Run",
    "Sensitivity",
    "Slice",
    "Steps",
    "add_axes",
    "add_ways_down",
    "agreement",
    "animation",
    "as_film",
    "balls",
    "basin_map",
    "bias_correction",
    "bins_of",
    "borders",
    "by_batch",
    "call_axes",
    "can_film",
    "chance_curves",
    "chances",
    "close_up",
    "cloud",
    "component_curves",
    "contour_map",
    "corrected_steps",
    "count_in",
    "counted",
    "curves",
    "disagreement_map",
    "edge",
    "eigenvalue_counts",
    "eigenvalue_map",
    "ends_of",
    "enlarge",
    "escape_curve",
    "escape_times",
    "evenly",
    "explained_bars",
    "factor_curve",
    "fit",
    "fitted_sum",
    "height_against_index",
    "heights",
    "heights_in_words",
    "heights_of",
    "heights_within",
    "in_the_dark",
    "index_against_loss",
    "knob_map",
    "leaving_map",
    "legend",
    "local_model",
    "loss_by_units",
    "loss_lines",
    "loss_profile",
    "moments",
    "name_axes",
    "name_map",
    "of_trajectory",
    "ordinal",
    "overlay",
    "percent",
    "poster",
    "predictions",
    "profile",
    "raster",
    "rate_curves",
    "recorded_curves",
    "remainder_curve",
    "remainder_order",
    "run_colours",
    "sensitivity_curves",
    "sharpness",
    "slice_map",
    "slice_surface",
    "spectrum",
    "stride",
    "surface",
    "thinned_words",
    "three_pushes",
    "thumbnail",
    "training_losses",
    "tuning_curves",
    "value_range",
    "window_of",
]
