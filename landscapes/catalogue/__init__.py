"""The built-in surfaces by family; each is stated once, by its formula."""

from collections.abc import Callable, Mapping

from landscapes.catalogue import basics, classics, deep_learning, many_minima
from landscapes.landscape import Landscape
from words import mark

_FAMILIES: Mapping[str, Mapping[str, Callable[..., Landscape]]] = {
    mark("Basics"): {
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
    mark("Classics"): {
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
    mark("Many minima"): {
        "rastrigin": many_minima.rastrigin,
        "ackley": many_minima.ackley,
        "griewank": many_minima.griewank,
        "bohachevsky": many_minima.bohachevsky,
        "egg_crate": many_minima.egg_crate,
        "easom": many_minima.easom,
    },
    mark("From deep learning"): {
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

__all__ = ["FAMILIES", "LANDSCAPES"]
