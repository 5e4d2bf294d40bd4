"""A quadratic bowl that every example tilts its own way: gradient noise of which theory knows everything."""

from dataclasses import replace

from landscapes import Knob, TrainingLoss, formula, tilted
from pages.data_parts.problems.problem import KnownNoise, Numbers, Problem
from words import mark

KNOBS = {
    "kappa": Knob("κ", 1.0, 100.0, mark("curvature along y, that along x is 1"), log=True, default=4.0, least=1.0),
    "noise": Knob("σ", 0.0, 5.0, mark("spread of one example's gradient"), default=1.0, least=0.0),
    "examples": Knob("n", 4, 500, mark("number of examples"), integer=True, default=64, least=4, costs=True),
}


def build(_: None, __: str, numbers: Numbers) -> TrainingLoss:
    """(x² + κ y²)/2, plus a tilt for each example."""
    bowl = formula("(x**2 + kappa*y**2)/2", ((-3.0, 3.0), (-3.0, 3.0)), (2.0, 2.0), {"kappa": numbers["kappa"]})
    about = mark("Every example tilts the bowl its own way, all together not at all: noise as the theory wants it.")
    return tilted(replace(bowl, name=mark("Noisy bowl"), about=about), int(numbers["examples"]), numbers["noise"])


def known_noise(numbers: Numbers) -> KnownNoise:
    """Curvature 1 along x and κ along y; σ for one example."""
    return KnownNoise((1.0, numbers["kappa"]), numbers["noise"])


VARIANTS = {"tilts": mark("Tilted by each example")}
PROBLEM = Problem(
    name=mark("A bowl with known noise"),
    axes=("x", "y"),
    variants=VARIANTS,
    build=build,
    knobs={"tilts": KNOBS},
    closed_forms=frozenset(VARIANTS),
    known_noise=known_noise,
)
