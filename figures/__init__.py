"""Numbers to plotly figures, and the stage that shows them."""

from figures.activation_curves import activation_curves, slope_products
from figures.animation import FRAMES, animation, as_film, can_film, legible, poster
from figures.axes import call_axes, enlarge, free_corner, name_axes, name_map
from figures.basins import Basin, Part, basin_map, disagreement_map, percent
from figures.borders import borders
from figures.chord import add_chord, chord_curve
from figures.classes import class_bars, gradient_bars, likelihood_curve, temperature_curves
from figures.curves import count_in, curves, value_range
from figures.data_fit import MOST_FRAMES, agreement, chances, factor_curve, fit
from figures.data_noise import add_ways_down, cloud
from figures.data_profile import loss_profile
from figures.early import r_curve, rho_curve, spread_of_the_divisor
from figures.eigenmaps import MAPS, eigenvalue_map
from figures.flood import End, balls, counted, legend
from figures.flood import ends as ends_of
from figures.growing import let_grow
from figures.height import HEIGHTS, Heights, heights, heights_in_words, heights_of, heights_within
from figures.knob_maps import COLOURS as KNOB_COLOURS
from figures.knob_maps import Axis, knob_map, on_a_logarithmic_scale, window_of
from figures.lecture import bias_correction, corrected_steps, three_pushes
from figures.local import add_axes, cut_curve, escape_curve, local_model, remainder_curve, remainder_order
from figures.machine import batch_seconds
from figures.many_dimensions import by_batch, chance_curves, index_against_loss
from figures.maps import Run, contour_map
from figures.memory import weight_bars
from figures.model_bias import fitted_sum, loss_by_units
from figures.moments import moments
from figures.network_spectrum import bins_of, edge, eigenvalue_counts, training_losses
from figures.normalisation import activation_table, moving_average
from figures.overlays import EXPLAINED, OVERLAYS, overlay
from figures.predictions import predictions
from figures.profile import profile
from figures.rasters import raster, raster_of_differences, raster_of_numbers, raster_of_steps
from figures.recorded import Recorded, recorded_curves
from figures.saddle_maps import escape_times, leaving_map
from figures.sensitivity import Sensitivity, sensitivity_curves
from figures.sharpness import sharpness
from figures.slices import Along, Mark, Slice, explained_bars, loss_lines, slice_map, slice_surface
from figures.spectrum import eigenvalue_colour, height_against_index, spectrum
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
from figures.thumbnail import thumbnail, thumbnail_file
from figures.training_test import (
    CURVE_NODES,
    is_below_the_edge,
    losses_along_training,
    polynomial_fit,
    training_and_test,
)
from figures.tuning import tuning_curves
from figures.turning import add_direction, turning_curve

__all__ = [
    "BY_GRADIENT",
    "BY_MOMENTUM",
    "CURVE_NODES",
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
    "activation_curves",
    "activation_table",
    "add_axes",
    "add_chord",
    "add_direction",
    "add_ways_down",
    "agreement",
    "animation",
    "as_film",
    "balls",
    "basin_map",
    "batch_seconds",
    "bias_correction",
    "bins_of",
    "borders",
    "by_batch",
    "call_axes",
    "can_film",
    "chance_curves",
    "chances",
    "chord_curve",
    "class_bars",
    "close_up",
    "cloud",
    "component_curves",
    "contour_map",
    "corrected_steps",
    "count_in",
    "counted",
    "curves",
    "cut_curve",
    "disagreement_map",
    "edge",
    "eigenvalue_colour",
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
    "free_corner",
    "gradient_bars",
    "height_against_index",
    "heights",
    "heights_in_words",
    "heights_of",
    "heights_within",
    "in_the_dark",
    "index_against_loss",
    "is_below_the_edge",
    "knob_map",
    "leaving_map",
    "legend",
    "legible",
    "let_grow",
    "likelihood_curve",
    "local_model",
    "loss_by_units",
    "loss_lines",
    "loss_profile",
    "losses_along_training",
    "moments",
    "moving_average",
    "name_axes",
    "name_map",
    "of_trajectory",
    "on_a_logarithmic_scale",
    "ordinal",
    "overlay",
    "percent",
    "polynomial_fit",
    "poster",
    "predictions",
    "profile",
    "r_curve",
    "raster",
    "raster_of_differences",
    "raster_of_numbers",
    "raster_of_steps",
    "rate_curves",
    "recorded_curves",
    "remainder_curve",
    "remainder_order",
    "rho_curve",
    "run_colours",
    "sensitivity_curves",
    "sharpness",
    "slice_map",
    "slice_surface",
    "slope_products",
    "spectrum",
    "spread_of_the_divisor",
    "stride",
    "surface",
    "temperature_curves",
    "thinned_words",
    "three_pushes",
    "thumbnail",
    "thumbnail_file",
    "training_and_test",
    "training_losses",
    "tuning_curves",
    "turning_curve",
    "value_range",
    "weight_bars",
    "window_of",
]
