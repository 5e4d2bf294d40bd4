"""What is descended: landscapes from formulas and from data, their exact derivatives and their critical points."""

from collections.abc import Callable, Mapping

from landscapes import basics, classics, data_sets, deep_learning, made_data, many_minima
from landscapes.activations import ACTIVATIONS, Activation
from landscapes.analytic import analytic
from landscapes.batches import ORDERS, Batches, batch_covariance
from landscapes.convexity import SIGNS, Bend, Bending, Chord, bending
from landscapes.critical_points import CriticalPoints, CriticalSet, find_critical_points
from landscapes.data_sets import DataSet
from landscapes.eigenvalues import eigenvalue_signs, eigenvalues
from landscapes.kinds import CriticalPoint, signs
from landscapes.knob import Knob, check, checked, knobs
from landscapes.landscape import Array, Domain, Interval, Landscape
from landscapes.linear_model import linear_model, with_intercept
from landscapes.logits import shares, softmax_cross_entropy, softmax_squared
from landscapes.noise import noisy
from landscapes.point_losses import CLASSIFICATION_LOSSES, REGRESSION_LOSSES, PointLoss, huber
from landscapes.ranges import checked_interval
from landscapes.scaling import batch_normalised_features, condition_number, raw_features, standardised_features
from landscapes.second_order import LocalShape, local_shape, onto_zero
from landscapes.small_networks import chain, factors, two_layer
from landscapes.tables import Table, own_data, plain_name, points, read_table
from landscapes.taylor import circle, remainder, remainder_rounding, taylor
from landscapes.tilts import stationary_variance, tilted
from landscapes.training import Rows, TrainingLoss
from landscapes.tree import FormulaError
from landscapes.two_wells import two_wells
from landscapes.typed import formula, free_knobs, free_names

_FAMILIES: Mapping[str, Mapping[str, Callable[..., Landscape]]] = {
    "Basics": {
        "parabola": basics.parabola,
        "quadratic_bowl": basics.quadratic_bowl,
        "saddle": basics.saddle,
        "elongated_valley": basics.elongated_valley,
        "double_well": basics.double_well,
        "tilted_double_well": basics.tilted_double_well,
        "monkey_saddle": basics.monkey_saddle,
        "quartic_bowl": basics.quartic_bowl,
        "trough": basics.trough,
        "plateau_with_cliff": basics.plateau_with_cliff,
    },
    "Classics": {
        "rosenbrock": classics.rosenbrock,
        "himmelblau": classics.himmelblau,
        "beale": classics.beale,
        "booth": classics.booth,
        "matyas": classics.matyas,
        "mccormick": classics.mccormick,
        "six_hump_camel": classics.six_hump_camel,
        "three_hump_camel": classics.three_hump_camel,
        "styblinski_tang": classics.styblinski_tang,
        "goldstein_price": classics.goldstein_price,
        "branin": classics.branin,
        "leon": classics.leon,
        "dixon_price": classics.dixon_price,
        "freudenstein_roth": classics.freudenstein_roth,
        "muller_brown": classics.muller_brown,
        "peaks": classics.peaks,
    },
    "Many minima": {
        "rastrigin": many_minima.rastrigin,
        "ackley": many_minima.ackley,
        "griewank": many_minima.griewank,
        "bohachevsky": many_minima.bohachevsky,
        "egg_crate": many_minima.egg_crate,
        "easom": many_minima.easom,
    },
    "From deep learning": {
        "two_weight_network": deep_learning.two_weight_network,
        "two_weight_network_l2": deep_learning.two_weight_network_l2,
        "tied_layers": deep_learning.tied_layers,
        "sigmoid_chain": deep_learning.sigmoid_chain,
        "l_shaped_valley": deep_learning.l_shaped_valley,
        "flat_and_sharp": deep_learning.flat_and_sharp,
    },
}
LANDSCAPES: Mapping[str, Callable[..., Landscape]] = {
    key: factory for family in _FAMILIES.values() for key, factory in family.items()
}
FAMILIES: Mapping[str, tuple[str, ...]] = {name: tuple(family) for name, family in _FAMILIES.items()}

LINES: Mapping[str, Callable[..., DataSet]] = {
    "hubble": data_sets.hubble,
    "forbes": data_sets.forbes,
    "galton": data_sets.galton,
    "combat_points": data_sets.combat_points,
    "three_points": data_sets.three_points,
    "one_example": data_sets.one_example,
    "made_line": made_data.made_line,
}
CLASSES: Mapping[str, Callable[..., DataSet]] = {
    "challenger": data_sets.challenger,
    "made_classes": made_data.made_classes,
}
PAIRS: Mapping[str, Callable[..., DataSet]] = {
    "made_features": made_data.made_features,
    "two_scales": data_sets.two_scales,
    "playfair": data_sets.playfair,
}

__all__ = [
    "ACTIVATIONS",
    "CLASSES",
    "CLASSIFICATION_LOSSES",
    "FAMILIES",
    "LANDSCAPES",
    "LINES",
    "ORDERS",
    "PAIRS",
    "REGRESSION_LOSSES",
    "SIGNS",
    "Activation",
    "Array",
    "Batches",
    "Bend",
    "Bending",
    "Chord",
    "CriticalPoint",
    "CriticalPoints",
    "CriticalSet",
    "DataSet",
    "Domain",
    "FormulaError",
    "Interval",
    "Knob",
    "Landscape",
    "LocalShape",
    "PointLoss",
    "Rows",
    "Table",
    "TrainingLoss",
    "analytic",
    "batch_covariance",
    "batch_normalised_features",
    "bending",
    "chain",
    "check",
    "checked",
    "checked_interval",
    "circle",
    "condition_number",
    "eigenvalue_signs",
    "eigenvalues",
    "factors",
    "find_critical_points",
    "formula",
    "free_knobs",
    "free_names",
    "huber",
    "knobs",
    "linear_model",
    "local_shape",
    "noisy",
    "onto_zero",
    "own_data",
    "plain_name",
    "points",
    "raw_features",
    "read_table",
    "remainder",
    "remainder_rounding",
    "shares",
    "signs",
    "softmax_cross_entropy",
    "softmax_squared",
    "standardised_features",
    "stationary_variance",
    "taylor",
    "tilted",
    "two_layer",
    "two_wells",
    "with_intercept",
]
