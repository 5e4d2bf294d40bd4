"""Three ways of pulling Adam's weights towards the origin: beside the step, free of its rate, and through it."""

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
    WeightDecay,
    as_schedule,
    in_torch,
)
from optimizers.rules.adam import AdamState
from optimizers.rules.arithmetic import quotient
from words import mark

FreeDecay = Annotated[
    Rate, Knob("λ", 1e-6, 0.1, mark("share of p that a step takes away, whatever the rate is"), log=True, least=0.0)
]


class FreeDecayState(NamedTuple):
    """What AdamW with decay free of the rate remembers."""

    t: int  # updates done so far
    m: Array  # running mean of the gradient, shape (2, N)
    v: Array  # running mean of its square, shape (2, N)
    largest: Rate = 0.0  # rate so far: that over this one is the schedule alone
    c1: Rate = 0.0  # 1 - β₁ᵗ
    c2: Rate = 0.0  # 1 - β₂ᵗ


@rule
def adamw(
    learning_rate: LearningRate = 1e-3,
    beta1: Beta1 = 0.9,
    beta2: Beta2 = 0.999,
    epsilon: Epsilon = 1e-8,
    weight_decay: WeightDecay = 1e-2,
) -> Optimizer:
    """p ← (1 - ηλ)p - η m̂ / (√v̂ + ε).

    The pull is the same in all coordinates, whatever their gradients. λ is multiplied by the rate, as in PyTorch, whose
    defaults these are; the paper multiplies it by the schedule only, and `optax.adamw` has λ = 10⁻⁴ by default.

    Source: I. Loshchilov, F. Hutter, Decoupled weight decay regularization, ICLR 2019, arXiv:1711.05101, algorithm 2;
        equal to `torch.optim.AdamW` (`lr`, `betas`, `eps`).
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> AdamState:
        return AdamState(t=0, m=np.zeros_like(p), v=np.zeros_like(p))

    def update(p: Array, state: AdamState, landscape: Landscape) -> tuple[Array, AdamState]:
        g = landscape.gradient(p)
        eta = rate(state.t)
        c1 = beta1 * state.c1 + (1 - beta1)
        c2 = beta2 * state.c2 + (1 - beta2)
        m = beta1 * state.m + (1 - beta1) * g
        v = beta2 * state.v + (1 - beta2) * g**2
        p = (1 - eta * weight_decay) * p - eta * (m / c1) / (np.sqrt(v / c2) + epsilon)
        return p, AdamState(state.t + 1, m, v, c1, c2)

    return Optimizer(init, update, rate=rate)


@rule
def adamw_free_decay(
    learning_rate: LearningRate = 1e-3,
    beta1: Beta1 = 0.9,
    beta2: Beta2 = 0.999,
    epsilon: Epsilon = 1e-8,
    weight_decay: FreeDecay = 1e-4,
) -> Optimizer:
    """p ← (1 - κλ)p - η m̂ / (√v̂ + ε), where κ is the schedule alone: the rate over the largest so far.

    With a constant rate the pull is λ in every step, whatever the rate is, and twice the rate leaves it as it was; a
    schedule that falls lowers both alike, as the paper's η_t does. In a warm-up, where each rate is the largest so far,
    the pull is λ. With a constant rate it is `adamw` with the weight decay λ/η.

    Source: I. Loshchilov, F. Hutter, Decoupled weight decay regularization, ICLR 2019, arXiv:1711.05101, algorithm 2,
        line 12.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> FreeDecayState:
        return FreeDecayState(t=0, m=np.zeros_like(p), v=np.zeros_like(p))

    def update(p: Array, state: FreeDecayState, landscape: Landscape) -> tuple[Array, FreeDecayState]:
        g = landscape.gradient(p)
        eta = rate(state.t)
        largest = np.maximum(state.largest, eta)
        kappa = quotient(eta, largest)
        c1 = beta1 * state.c1 + (1 - beta1)
        c2 = beta2 * state.c2 + (1 - beta2)
        m = beta1 * state.m + (1 - beta1) * g
        v = beta2 * state.v + (1 - beta2) * g**2
        p = (1 - kappa * weight_decay) * p - eta * (m / c1) / (np.sqrt(v / c2) + epsilon)
        return p, FreeDecayState(state.t + 1, m, v, largest, c1, c2)

    return Optimizer(init, update, rate=rate)


@rule
def adam_l2(
    learning_rate: LearningRate = 1e-3,
    beta1: Beta1 = 0.9,
    beta2: Beta2 = 0.999,
    epsilon: Epsilon = 1e-8,
    weight_decay: WeightDecay = 1e-2,
) -> Optimizer:
    """g ← ∇f + λp, then `adam` with this g.

    It descends f + λ|p|²/2, but the pull is divided by √v̂ like everything else: where gradients are large it hardly
    acts. From p = 1 with g = 0.5, η = λ = 0.1 the first step ends at 0.9000, that of `adamw` at 0.8900.

    Source: I. Loshchilov, F. Hutter, Decoupled weight decay regularization, ICLR 2019, arXiv:1711.05101, algorithm 2
        (L2 regularization); equal to `torch.optim.Adam(weight_decay)`.
    """
    rate = as_schedule(learning_rate)

    def init(p: Array) -> AdamState:
        return AdamState(t=0, m=np.zeros_like(p), v=np.zeros_like(p))

    def update(p: Array, state: AdamState, landscape: Landscape) -> tuple[Array, AdamState]:
        g = landscape.gradient(p) + weight_decay * p
        c1 = beta1 * state.c1 + (1 - beta1)
        c2 = beta2 * state.c2 + (1 - beta2)
        m = beta1 * state.m + (1 - beta1) * g
        v = beta2 * state.v + (1 - beta2) * g**2
        p = p - rate(state.t) * (m / c1) / (np.sqrt(v / c2) + epsilon)
        return p, AdamState(state.t + 1, m, v, c1, c2)

    return Optimizer(init, update, rate=rate)


ADAMW = Rule(
    factory=adamw,
    name=mark("AdamW"),
    use=mark("Training with weight decay: λ and η can be tuned one after the other."),
    fails=mark("It does not end in a minimum of the loss on screen, but where the pull and the step balance."),
    lines=Lines(
        "m = beta1*m + (1 - beta1)*g\n"
        "m_hat = m/(1 - beta1**t)\n"
        "v = beta2*v + (1 - beta2)*g**2\n"
        "v_hat = v/(1 - beta2**t)\n"
        "p = (1 - learning_rate*weight_decay)*p - learning_rate*(m_hat/(sqrt(v_hat) + epsilon))",
        "learning_rate/(sqrt(v_hat) + epsilon)",
    ),
    memory=("m", "v", "c1", "c2"),
    momentum="m",
    torch=in_torch(
        "AdamW", lr="{learning_rate}", betas="({beta1}, {beta2})", eps="{epsilon}", weight_decay="{weight_decay}"
    ),
)
ADAMW_FREE_DECAY = Rule(
    factory=adamw_free_decay,
    name=mark("AdamW, decay free of the rate"),
    use=mark("Tuning η and λ one by one, as AdamW's paper has it: another rate leaves the pull as it was."),
    fails=mark("At a very small rate the pull is all that is left: it ends near the origin, wherever the minimum is."),
    lines=Lines(
        "largest = max(largest, learning_rate)\n"
        "kappa = learning_rate/largest\n"
        "m = beta1*m + (1 - beta1)*g\n"
        "m_hat = m/(1 - beta1**t)\n"
        "v = beta2*v + (1 - beta2)*g**2\n"
        "v_hat = v/(1 - beta2**t)\n"
        "p = (1 - kappa*weight_decay)*p - learning_rate*(m_hat/(sqrt(v_hat) + epsilon))",
        "learning_rate/(sqrt(v_hat) + epsilon)",
    ),
    memory=("m", "v", "largest", "c1", "c2"),
    momentum="m",
    torch=None,
    symbols={"largest": r"\eta_{\max}"},
)
ADAM_L2 = Rule(
    factory=adam_l2,
    name=mark("Adam with L2"),
    use=mark("Beside AdamW, to see that L2 regularization and weight decay are not the same for an adaptive rule."),
    fails=mark("Where gradients are large the regularization is divided away; where they are small it rules."),
    lines=Lines(
        "g = gradient(p) + weight_decay*p\n"
        "m = beta1*m + (1 - beta1)*g\n"
        "m_hat = m/(1 - beta1**t)\n"
        "v = beta2*v + (1 - beta2)*g**2\n"
        "v_hat = v/(1 - beta2**t)\n"
        "p = p - learning_rate*(m_hat/(sqrt(v_hat) + epsilon))",
        "learning_rate/(sqrt(v_hat) + epsilon)",
    ),
    memory=("m", "v", "c1", "c2"),
    momentum="m",
    torch=in_torch(
        "Adam", lr="{learning_rate}", betas="({beta1}, {beta2})", eps="{epsilon}", weight_decay="{weight_decay}"
    ),
)
