"""The loss of a real network in all its parameters: its slices, paths, spectrum and symmetries.

`plane` makes an ordinary two-dimensional landscape of any loss in many dimensions. Not imported with `landscapes`: it
is asked for by its own name.
"""

from landscapes.networks.activations import UNIT_ACTIVATIONS, UnitActivation
from landscapes.networks.architecture import Architecture
from landscapes.networks.directions import SCALINGS, random_directions, through_points
from landscapes.networks.hessian import MOST_EXACT, dense_hessian, times_hessian
from landscapes.networks.network_loss import network_loss
from landscapes.networks.passes import OUTPUT_LOSSES, OutputLoss, outputs_of
from landscapes.networks.path_plane import PathPlane, explained_of_a_random_walk, onto_plane, path_plane
from landscapes.networks.permutations import (
    Barrier,
    barrier,
    matching_units,
    shuffled_units,
    with_units_in_order,
)
from landscapes.networks.plane import line, plane
from landscapes.networks.spectrum import (
    Density,
    Ritz,
    exact_eigenvalues,
    extreme_eigenvalues,
    lanczos,
    sharpness,
    spectral_density,
)
from landscapes.networks.training_data import (
    MADE_EXAMPLES,
    Examples,
    clusters,
    rings,
    signs_drawn,
    two_spirals,
    wave,
)

__all__ = [
    "MADE_EXAMPLES",
    "MOST_EXACT",
    "OUTPUT_LOSSES",
    "SCALINGS",
    "UNIT_ACTIVATIONS",
    "Architecture",
    "Barrier",
    "Density",
    "Examples",
    "OutputLoss",
    "PathPlane",
    "Ritz",
    "UnitActivation",
    "barrier",
    "clusters",
    "dense_hessian",
    "exact_eigenvalues",
    "explained_of_a_random_walk",
    "extreme_eigenvalues",
    "lanczos",
    "line",
    "matching_units",
    "network_loss",
    "onto_plane",
    "outputs_of",
    "path_plane",
    "plane",
    "random_directions",
    "rings",
    "sharpness",
    "shuffled_units",
    "signs_drawn",
    "spectral_density",
    "through_points",
    "times_hessian",
    "two_spirals",
    "wave",
    "with_units_in_order",
]
