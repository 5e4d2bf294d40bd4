"""NAdam: Adam that looks one momentum step ahead."""

from typing import Annotated, NamedTuple

import numpy as np

from landscapes import Array, Knob, Landscape
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

MomentumDecay = Annotated[Rate, Knob("ψ", 0.0, 0.1, mark("how fast the momentum grows to β₁"), least=0.0)]


class NAdamState(NamedTuple):
    """What NAdam remembers."""

    t: int  # updates done so far
    m: Array  # running mean of the gradient, shape (2, N)
    v: Array  # running mean of its square, shape (2, N)
    c2: Rate = 0.0  # 1 - β₂ᵗ
    product: Rate = 1.0  # of the momenta μ so far


@rule
def nadam(
    learning_rate: LearningRate = 2e-3,
    beta1: Beta1 = 0.9,
    beta2: Beta2 = 0.999,
    epsilon: Epsilon = 1e-8,
    momentum_decay: MomentumDecay = 4e-3,
) -> Optimizer:
    """p ← p - η[(1 - μ)g/(1 - Π) + μ′m/(1 - μ′Π)] / (√v̂ + ε), with μ = β₁(1 - 0.96^(tψ)/2), μ′ the next, Π the product.

    The momentum warms up from about β₁/2 towards β₁; the first step is 1.056 rates at the defaults, those of PyTorch.
    `optax.nadam` is another algorithm: it has no such warm-up, and its first step is 1.474 rates.

    Source: T. Dozat, Incorporating Nesterov momentum into Adam, ICLR 2016 workshop, algorithm 2; equal to
        `torch.optim.NAdam` (`lr`, `betas`, `eps`).
    """
    rate = as_schedule(learning_rate)

    def momentum_at(t: int) -> Rate:
        mu: Rate = beta1 * (1.0 - 0.5 * np.power(0.96, t * momentum_decay))
        return mu

    def init(p: Array) -> NAdamState:
        return NAdamState(t=0, m=np.zeros_like(p), v=np.zeros_like(p))

    def update(p: Array, state: NAdamState, landscape: Landscape) -> tuple[Array, NAdamState]:
        g = landscape.gradient(p)
        t = state.t + 1
        c2 = beta2 * state.c2 + (1 - beta2)
        mu, mu_next = momentum_at(t), momentum_at(t + 1)
        product = state.product * mu
        m = beta1 * state.m + (1 - beta1) * g
        v = beta2 * state.v + (1 - beta2) * g**2
        ahead = (1 - mu) / (1 - product) * g + mu_next / (1 - product * mu_next) * m
        p = p - rate(state.t) * ahead / (np.sqrt(v / c2) + epsilon)
        return p, NAdamState(t, m, v, c2, product)

    return Optimizer(init, update, rate=rate)


NADAM = Rule(
    factory=nadam,
    name=mark("NAdam"),
    use=mark("Where Adam overshoots the turn of a valley: the newest gradient counts more."),
    fails=mark("Libraries mean different rules by this name; a rate tuned for one does not carry over."),
    lines=Lines(
        "mu = beta1*(1 - 0.5*0.96**(t*momentum_decay))\n"
        "mu_next = beta1*(1 - 0.5*0.96**((t + 1)*momentum_decay))\n"
        "product = product*mu\n"
        "m = beta1*m + (1 - beta1)*g\n"
        "v = beta2*v + (1 - beta2)*g**2\n"
        "v_hat = v/(1 - beta2**t)\n"
        "p = p - learning_rate/(sqrt(v_hat) + epsilon)*((1 - mu)*g/(1 - product) + mu_next*m/(1 - product*mu_next))",
        "learning_rate/(sqrt(v_hat) + epsilon)",
    ),
    memory=("m", "v", "c2", "product"),
    momentum="m",
    torch=in_torch(
        "NAdam", lr="{learning_rate}", betas="({beta1}, {beta2})", eps="{epsilon}", momentum_decay="{momentum_decay}"
    ),
    symbols={"mu_next": r"\mu'", "product": r"\Pi"},
)
