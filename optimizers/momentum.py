"""Momentum: a velocity that remembers past gradients, in PyTorch's convention."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import Dampening, LearningRate, Momentum, Optimizer, Rule, as_schedule, reaching


class MomentumState(NamedTuple):
    """What momentum remembers."""

    t: int  # updates done so far
    v: Array  # velocity in units of the gradient, shape (2, N)


@rule
def momentum(learning_rate: LearningRate = 1e-3, momentum: Momentum = 0.9, dampening: Dampening = 0.0) -> Optimizer:
    """v ← βv + (1 - τ)g; p ← p - ηv, with v = g at the first step.

    Against a constant gradient the velocity grows to 1/(1 - β) of it: 10 times at β = 0.9. On a quadratic it is stable
    while (1 - τ)ηλ < 2(1 + β), almost twice gradient descent's range, but it rings. As in `torch.optim.SGD` the
    first velocity is g whatever τ is, so τ = β is not quite `momentum_ema`. A changed rate acts at once on all of v.

    Source: B. T. Polyak, Some methods of speeding up the convergence of iteration methods, USSR Comput. Math. Math.
        Phys. 4(5) (1964) 1, doi:10.1016/0041-5553(64)90137-5; in the form of `torch.optim.SGD(momentum, dampening)`.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> MomentumState:
        return MomentumState(t=0, v=np.zeros_like(p))

    def update(p: Array, state: MomentumState, landscape: Landscape) -> tuple[Array, MomentumState]:
        g = landscape.gradient(p)
        v = momentum * state.v + (1 - dampening) * g if state.t > 0 else g
        p = p - rate(state.t) * v
        return p, MomentumState(state.t + 1, v)

    with np.errstate(divide="ignore"):  # τ = 1 takes no gradient in: nothing to be unstable
        stable = np.divide(2 * (1 + momentum), 1 - dampening)
    return Optimizer(init, update, rate=rate, border=reaching(stable, rate))


MOMENTUM = Rule(
    factory=momentum,
    name="Momentum",
    latex=r"\begin{aligned} v &\leftarrow \beta v + (1 - \tau)\, g \\ p &\leftarrow p - \eta\, v \end{aligned}",
    use="Long narrow valleys: the walls' gradients cancel in the velocity, and the slope along the floor adds up.",
    fails="It overshoots and rings where the curvature is large, and turns round late when the slope changes its sign.",
)
