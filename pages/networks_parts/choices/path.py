"""What is chosen in the part Path."""

from dataclasses import dataclass

from optimizers import OPTIMIZERS
from pages.networks_parts.choices.numbers import count, seed
from pages.shared.fields import OneOf, RunChoice, Runs, field, run_choice
from words import mark

PLANES = {
    "pca": mark("Main directions of the paths"),
    "random": mark("Random, scaled by filter"),
}
MOST_PATHS = 5
FIRST_PATHS = (
    run_choice("adam", learning_rate=0.01),
    run_choice("momentum", learning_rate=0.05),
    run_choice("gradient_descent", learning_rate=0.3),
)
TOO_LARGE = {"newton", "damped_newton", "bfgs", "scipy_bfgs", "scipy_trust_region", "nelder_mead"}  # D² numbers a step,
# or as many points as there are parameters
OFFERED = tuple(name for name in OPTIMIZERS if name not in TOO_LARGE)


@dataclass(frozen=True, kw_only=True)
class PathChoices:
    """Which optimizers train which network, and the plane on which their paths are seen."""

    runs: tuple[RunChoice, ...] = field(Runs(MOST_PATHS, FIRST_PATHS), key="run")
    path_depth: int = field(count(mark("Depth, hidden layers after the first"), 0, 20, 0))
    path_width: int = field(count(mark("Width, units in a layer"), 2, 24, 12))
    path_seed: int = field(seed(mark("Seed of the first weights")))
    path_steps: int = field(count(mark("Steps"), 10, 400, 200))
    path_plane: str = field(OneOf(mark("Plane"), PLANES, "pca"))
