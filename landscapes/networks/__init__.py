"""The loss of a real network in all its parameters: its slices, paths, spectrum and symmetries.

`plane` makes an ordinary two-dimensional landscape of any loss in many dimensions. Not imported with `landscapes`: it
is asked for by its own name.
"""

from landscapes.networks.activations import UNIT_ACTIVATIONS, UnitActivation
from landscapes.networks.architecture import Architecture
from landscapes.networks.critical_search import MOST_SEARCHED, Searches, critical_searches
from landscapes.networks.directions import SCALINGS, random_directions, through_points
from landscapes.networks.hessian import MOST_EXACT, dense_hessian, times_hessian
from landscapes.networks.network_loss import network_loss
from landscapes.networks.passes import OUTPUT_LOSSES, OutputLoss, outputs_of
from landscapes.networks.path_plane import (
    PathPlane,
    explained_of_a_random_walk,
    explained_of_random_walks,
    onto_plane,
    path_plane,
)
from landscapes.networks.permutations import (
    Barrier,
    barrier,
    matching_units,
    shuffled_units,
    with_units_in_order,
)
from landscapes.networks.plane import line, plane
from landscapes.networks.random_matrices import (
    MOST_DIMENSIONS,
    Counts,
    random_critical_points,
    random_matrices,
    share_of_minima,
    share_of_positive_matrices,
)
from landscapes.networks.spectrum import (
    Density,
    LargestEigenvalues,
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
    answers_of_a_teacher,
    clusters,
    rings,
    signs_drawn,
    two_spirals,
    wave,
)

__all__ = [
    "MADE_EXAMPLES",
    "MOST_DIMENSIONS",
    "MOST_EXACT",
    "MOST_SEARCHED",
    "OUTPUT_LOSSES",
    "SCALINGS",
    "UNIT_ACTIVATIONS",
    "Architecture",
    "Barrier",
    "Counts",
    "Density",
    "Examples",
    "LargestEigenvalues",
    "OutputLoss",
    "PathPlane",
    "Ritz",
    "Searches",
    "UnitActivation",
    "answers_of_a_teacher",
    "barrier",
    "clusters",
    "critical_searches",
    "dense_hessian",
    "exact_eigenvalues",
    "explained_of_a_random_walk",
    "explained_of_random_walks",
    "extreme_eigenvalues",
    "lanczos",
    "line",
    "matching_units",
    "network_loss",
    "onto_plane",
    "outputs_of",
    "path_plane",
    "plane",
    "random_critical_points",
    "random_directions",
    "random_matrices",
    "rings",
    "share_of_minima",
    "share_of_positive_matrices",
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
