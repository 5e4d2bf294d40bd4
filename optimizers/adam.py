"""Adam: momentum and a rate for each coordinate, both corrected for starting at zero."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape, checked
from optimizers.optimizer import Beta1, Beta2, Epsilon, LearningRate, Optimizer, Rate, Rule, as_schedule


class AdamState(NamedTuple):
    """What Adam remembers. The powers are kept as products: they are the same for one trajectory and for a sweep."""

    t: int  # updates done so far
    m: Array  # running mean of the gradient, shape (2, N)
    v: Array  # running mean of its square, shape (2, N)
    beta1_t: Rate = 1.0  # β₁ to the power t
    beta2_t: Rate = 1.0  # β₂ to the power t


@checked
def adam(
    learning_rate: LearningRate = 1e-3, beta1: Beta1 = 0.9, beta2: Beta2 = 0.999, epsilon: Epsilon = 1e-8
) -> Optimizer:
    """p ← p - η m̂ / (√v̂ + ε), where m̂ and v̂ undo the means' bias towards their zero start.

    The first step is ηg/(|g| + ε): the rate itself, for any gradient. Later steps are not bounded by it: a gradient
    after a long silence moves p by (1 - β₁)/√(1 - β₂) = 3.16 rates, and 7.27 can be reached. Defaults: the paper's.

    Source: D. P. Kingma, J. Ba, Adam: a method for stochastic optimization, ICLR 2015, arXiv:1412.6980, algorithm 1;
        equal to `torch.optim.Adam` (`lr`, `betas`, `eps`) and `optax.adam`.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> AdamState:
        return AdamState(t=0, m=np.zeros_like(p), v=np.zeros_like(p))

    def update(p: Array, state: AdamState, landscape: Landscape) -> tuple[Array, AdamState]:
        g = landscape.gradient(p)
        beta1_t = state.beta1_t * beta1
        beta2_t = state.beta2_t * beta2
        m = beta1 * state.m + (1 - beta1) * g
        v = beta2 * state.v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1_t)
        v_hat = v / (1 - beta2_t)
        p = p - rate(state.t) * m_hat / (np.sqrt(v_hat) + epsilon)
        return p, AdamState(state.t + 1, m, v, beta1_t, beta2_t)

    return Optimizer(init, update, rate=rate)


ADAM = Rule(
    factory=adam,
    name="Adam",
    latex=r"\begin{aligned} m &\leftarrow \beta_1 m + (1 - \beta_1)\, g \\"
    r" v &\leftarrow \beta_2 v + (1 - \beta_2)\, g^2 \\"
    r" \hat m &= \frac{m}{1 - \beta_1^t}, \quad \hat v = \frac{v}{1 - \beta_2^t} \\"
    r" p &\leftarrow p - \eta\, \frac{\hat m}{\sqrt{\hat v} + \varepsilon} \end{aligned}",
    use="The first to try: its steps are about η long whatever the loss is scaled by, so one rate suits many surfaces.",
    fails="It does not settle at a constant rate: calm near a minimum ends in sudden bursts, as v̂ forgets what it saw.",
)
