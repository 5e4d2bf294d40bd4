"""AMSGrad: an Adam whose rate for a coordinate can only fall."""

from typing import NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import (
    Beta1,
    Beta2,
    Epsilon,
    LearningRate,
    Lines,
    Optimizer,
    Rate,
    Rule,
    as_schedule,
    in_torch,
)
from words import mark


class AMSGradState(NamedTuple):
    """What AMSGrad remembers."""

    t: int  # updates done so far
    m: Array  # running mean of the gradient, shape (2, N)
    v: Array  # running mean of its square, shape (2, N)
    v_max: Array  # largest v so far, shape (2, N)
    c1: Rate = 0.0  # 1 - β₁ᵗ
    c2: Rate = 0.0  # 1 - β₂ᵗ


@rule
def amsgrad(
    learning_rate: LearningRate = 1e-3, beta1: Beta1 = 0.9, beta2: Beta2 = 0.999, epsilon: Epsilon = 1e-8
) -> Optimizer:
    """p ← p - η m̂ / (√v̂ + ε), where v̂ = max(v₁, ..., v)/(1 - β₂ᵗ).

    Adam's bursts come from a v that forgets; the largest v so far does not. As in PyTorch the largest is taken before
    the correction; the paper has no correction, and `optax.amsgrad` takes the largest after it: another path.

    Source: S. J. Reddi, S. Kale, S. Kumar, On the convergence of Adam and beyond, ICLR 2018, arXiv:1904.09237,
        algorithm 2; in the form of `torch.optim.Adam(amsgrad=True)`.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> AMSGradState:
        return AMSGradState(t=0, m=np.zeros_like(p), v=np.zeros_like(p), v_max=np.zeros_like(p))

    def update(p: Array, state: AMSGradState, landscape: Landscape) -> tuple[Array, AMSGradState]:
        g = landscape.gradient(p)
        c1 = beta1 * state.c1 + (1 - beta1)
        c2 = beta2 * state.c2 + (1 - beta2)
        m = beta1 * state.m + (1 - beta1) * g
        v = beta2 * state.v + (1 - beta2) * g**2
        v_max = np.maximum(state.v_max, v)
        p = p - rate(state.t) * (m / c1) / (np.sqrt(v_max / c2) + epsilon)
        return p, AMSGradState(state.t + 1, m, v, v_max, c1, c2)

    return Optimizer(init, update, rate=rate)


AMSGRAD = Rule(
    factory=amsgrad,
    name=mark("AMSGrad"),
    use=mark("Where Adam bursts after a long calm: it keeps the memory of the steepest wall."),
    fails=mark("One steep place at the start slows it for ever, as in AdaGrad."),
    lines=Lines(
        "m = beta1*m + (1 - beta1)*g\n"
        "v = beta2*v + (1 - beta2)*g**2\n"
        "v_max = max(v_max, v)\n"
        "m_hat = m/(1 - beta1**t)\n"
        "v_hat = v_max/(1 - beta2**t)\n"
        "p = p - learning_rate*(m_hat/(sqrt(v_hat) + epsilon))",
        "learning_rate/(sqrt(v_hat) + epsilon)",
    ),
    memory=("m", "v", "v_max", "c1", "c2"),
    momentum="m",
    torch=in_torch("Adam", lr="{learning_rate}", betas="({beta1}, {beta2})", eps="{epsilon}", amsgrad="True"),
)
