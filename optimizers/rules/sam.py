"""SAM: descends by the gradient at the worst place nearby."""

from typing import Annotated

from landscapes import Array, Knob, Landscape
from optimizers.factory import rule
from optimizers.optimizer import LearningRate, Lines, Optimizer, Rate, Rule, as_schedule
from optimizers.rules.arithmetic import norm, quotient
from optimizers.rules.gradient_descent import GradientDescentState
from words import mark

Radius = Annotated[Rate, Knob("ρ", 0.0, 2.0, mark("how far away the worst place is looked for"), least=0.0)]


@rule
def sam(learning_rate: LearningRate = 1e-3, rho: Radius = 0.05) -> Optimizer:
    """p ← p - η∇f(p + ρg/|g|): two gradients a step.

    It does not come to rest in a minimum: on λx²/2 it ends hopping between ±ηλρ/(2 - ηλ), and within about ρ of a
    saddle it is caught. Where g is exactly 0 there is no direction, and p stays.

    Source: P. Foret and others, Sharpness-aware minimization for efficiently improving generalization, ICLR 2021,
        arXiv:2010.01412, algorithm 1; equal to `optax.contrib.sam` over `optax.sgd`.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> GradientDescentState:
        return GradientDescentState(t=0)

    def update(p: Array, state: GradientDescentState, landscape: Landscape) -> tuple[Array, GradientDescentState]:
        g = landscape.gradient(p)
        g_worst = landscape.gradient(p + rho * quotient(g, norm(g)))
        p = p - rate(state.t) * g_worst
        return p, GradientDescentState(state.t + 1)

    return Optimizer(init, update, rate=rate)


SAM = Rule(
    factory=sam,
    name=mark("SAM"),
    use=mark("To prefer flat minima to sharp ones: a sharp one throws it out."),
    fails=mark("It costs two gradients a step, keeps hopping in a minimum, and can be trapped by a saddle within ρ."),
    lines=Lines(
        "p_worst = p + rho*(g/norm(g))\np = p - learning_rate*gradient(p_worst)",
        "learning_rate",
    ),
    memory=(),
    momentum=None,
    torch=None,
    symbols={"p_worst": "p^+"},
)
