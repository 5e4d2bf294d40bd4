"""What theory says of a map over two knobs, in sentences, and where it is measured."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.theory import Optimum, measured_factor, polyak
from pages.shared.race import breathe, kept
from pages.shared.state import RunChoice, Where, built, run_choice
from words import coordinates, say, short

STEPS = 400  # of a run beside the minimum, at most
SAME = 1e-9  # of the largest entry: Hessians that differ by less are one
HEAVY_BALL = ("learning_rate", "momentum")


class Best(NamedTuple):
    """Polyak's optimum at a minimum, and what each step shortens the distance to it by in truth."""

    theory: Optimum
    measured: float

    @property
    def sentence(self) -> str:
        """Both, as a person reads them."""
        rate, momentum = short(self.theory.learning_rate), short(self.theory.momentum)
        factor, measured = short(self.theory.factor), short(self.measured)
        if np.isnan(self.measured):
            return say(
                "Polyak's optimum there, the star, is η = {rate}, β = {momentum}: by theory each step multiplies the "
                "distance to the minimum by {factor} in the end.",
                rate=rate,
                momentum=momentum,
                factor=factor,
            )
        return say(
            "Polyak's optimum there, the star, is η = {rate}, β = {momentum}: by theory each step multiplies the "
            "distance to the minimum by {factor} in the end; measured, from beside the minimum, it is {measured}.",
            rate=rate,
            momentum=momentum,
            factor=factor,
            measured=measured,
        )


@kept("maps")
def optimum(where: Where, minimum: tuple[float, float], curvatures: tuple[float, float]) -> Best:
    """The heavy ball at its best at a minimum with these curvatures, by theory and measured."""
    breathe()
    theory = polyak(*curvatures)
    run = run_choice("momentum", learning_rate=theory.learning_rate, momentum=theory.momentum)
    return Best(theory, measured_factor(built(*where), run.build(), np.array(minimum), STEPS))


def has_optimum(run: RunChoice, names: tuple[str, str], curvatures: Array | None) -> bool:
    """Whether the map is that of the heavy ball over its two numbers, at a minimum that is strict."""
    undamped = dict(run.numbers).get("dampening") == 0 and not run.scheduled
    return run.optimizer == "momentum" and set(names) == set(HEAVY_BALL) and undamped and strict(curvatures)


def strict(curvatures: Array | None) -> bool:
    """Whether both are positive numbers."""
    return curvatures is not None and bool((curvatures > 0).all() and np.isfinite(curvatures).all())


def quadratic(landscape: Landscape) -> bool:
    """Whether the Hessian is the same everywhere."""
    (x0, x1), (y0, y1) = landscape.domain
    points = np.array([[x0, x1, 0.3 * x0 + 0.7 * x1, x0], [y0, y1, 0.6 * y0 + 0.4 * y1, y1]])
    with np.errstate(all="ignore"):
        found = landscape.hessian(points)
        return bool(np.ptp(found, axis=-1).max() <= SAME * np.abs(found).max())


def of_the_border(landscape: Landscape, run: RunChoice, minimum: Array, curvatures: Array, drawn: bool) -> str:
    """What the line is, and what it says of the runs beyond it."""
    place, largest = coordinates(minimum), short(float(curvatures[1]))
    name = say(run.rule.name)
    if not drawn:
        return say(
            "No border is drawn: where {run} is stable at the minimum {place}, with λₘₐₓ = {largest}, no theory says.",
            run=name,
            place=place,
            largest=largest,
        )
    if quadratic(landscape):
        return say(
            "The line is the border of stability of {run} at λₘₐₓ = {largest}: the surface is a quadratic, so with "
            "enough steps runs inside reach the minimum and runs outside diverge.",
            run=name,
            largest=largest,
        )
    return say(
        "The line is the border of stability of {run} at the minimum {place}, where λₘₐₓ = {largest}. It is that "
        "minimum's own: the surface is curved, and runs outside it may cycle or wander rather than diverge.",
        run=name,
        place=place,
        largest=largest,
    )
