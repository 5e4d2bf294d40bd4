"""Gradient descent: the rule that every other one improves on."""

from typing import NamedTuple

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import LearningRate, Lines, Optimizer, Rule, as_schedule, in_torch, stability_limit
from words import mark


class GradientDescentState(NamedTuple):
    """What gradient descent remembers: nothing but the time."""

    t: int  # updates done so far


@rule
def gradient_descent(learning_rate: LearningRate = 1e-3) -> Optimizer:
    """p ← p - ηg.

    On a quadratic each eigenvector's share of the distance is multiplied by 1 - ηλ in every step, so the run is stable
    while ηλ < 2 for the largest λ, and slow along the smallest. The default rate is that of `torch.optim.SGD`.

    Source: A.-L. Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées,
        C. R. Acad. Sci. Paris 25 (1847) 536.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> GradientDescentState:
        return GradientDescentState(t=0)

    def update(p: Array, state: GradientDescentState, landscape: Landscape) -> tuple[Array, GradientDescentState]:
        g = landscape.gradient(p)
        p = p - rate(state.t) * g
        return p, GradientDescentState(state.t + 1)

    return Optimizer(init, update, rate=rate, stability_limit=stability_limit(2.0, rate))


GRADIENT_DESCENT = Rule(
    factory=gradient_descent,
    name=mark("Gradient descent"),
    use=mark("The yardstick: take it to see what the surface alone does to a descent."),
    fails=mark(
        "One rate serves all directions: above 2/λ of the steepest it diverges, below it crawls along the flattest."
    ),
    lines=Lines("p = p - learning_rate*g", "learning_rate"),
    memory=(),
    momentum=None,
    torch=in_torch("SGD", lr="{learning_rate}"),
)
