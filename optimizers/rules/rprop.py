"""Rprop: a step length for each coordinate, longer while the sign holds, shorter when it turns."""

from typing import Annotated, NamedTuple

import numpy as np

from landscapes import Array, Knob, Landscape
from optimizers.factory import rule
from optimizers.optimizer import Lines, Optimizer, Rate, Rule, in_torch
from words import mark

FirstStep = Annotated[Rate, Knob("Δ₀", 1e-5, 10.0, mark("length of the first step"), log=True, least=0.0)]
Shrink = Annotated[Rate, Knob("η₋", 0.1, 0.9, mark("factor after a turn"), above=0.0, below=1.0)]
Grow = Annotated[Rate, Knob("η₊", 1.0, 2.0, mark("factor while the sign holds"), least=1.0)]
Least = Annotated[Rate, Knob("Δ₁", 1e-8, 1e-2, mark("shortest step"), log=True, least=0.0)]
Most = Annotated[Rate, Knob("Δ₂", 1e-2, 100.0, mark("longest step"), log=True, above=0.0)]


class RpropState(NamedTuple):
    """What Rprop remembers."""

    t: int  # updates done so far
    g: Array  # gradient of the step before, 0 after a turn, shape (2, N)
    step: Array  # length of the next step, shape (2, N)


@rule
def rprop(
    learning_rate: FirstStep = 1e-2,
    shrink: Shrink = 0.5,
    grow: Grow = 1.2,
    shortest: Least = 1e-6,
    longest: Most = 50.0,
) -> Optimizer:
    """Δ ← Δ·η₊ where the sign of g holds, Δ·η₋ where it turns (and no move there); p ← p - sign(g)Δ.

    The size of the gradient does not matter, only its sign. As in PyTorch, whose defaults these are, a coordinate that
    has turned waits for one step instead of going back. The rate is only the first length, so a schedule has no place
    here. (`optax.rprop` 0.2.8 is one step late: its first update is 0.)

    Source: M. Riedmiller, H. Braun, A direct adaptive method for faster backpropagation learning: the RPROP algorithm,
        ICNN 1993, doi:10.1109/ICNN.1993.298623; equal to `torch.optim.Rprop` (`lr`, `etas`, `step_sizes`).
    """

    def init(p: Array) -> RpropState:
        return RpropState(t=0, g=np.zeros_like(p), step=np.zeros_like(p) + learning_rate)

    def update(p: Array, state: RpropState, landscape: Landscape) -> tuple[Array, RpropState]:
        g = landscape.gradient(p)
        turn = np.sign(g * state.g)
        factor = np.where(turn > 0, grow, np.where(turn < 0, shrink, 1.0))
        step = np.minimum(np.maximum(state.step * factor, shortest), longest)
        g = np.where(turn < 0, 0.0, g)
        p = p - np.sign(g) * step
        return p, RpropState(state.t + 1, g, step)

    return Optimizer(init, update)


RPROP = Rule(
    factory=rprop,
    name=mark("Rprop"),
    use=mark("Exact gradients of any size, from plateaus to cliffs: nothing has to be tuned."),
    fails=mark("Mini-batches: with noise the signs turn by chance, and the steps shrink to nothing."),
    lines=Lines("p = p - step*sign(g_used)", "step"),
    search=mark(
        r"\begin{aligned} \Delta &\leftarrow \Delta \cdot \begin{cases} \eta_+ & g\, g_{-1} > 0 \\"
        r" \eta_- & g\, g_{-1} < 0, \text{ then } g \leftarrow 0 \\ 1 & \text{otherwise} \end{cases} \\"
        r" p &\leftarrow p - \Delta \operatorname{sign}(g), \quad \Delta_0 \text{ at first},"
        r" \quad \Delta_1 \le \Delta \le \Delta_2 \end{aligned}"
    ),
    memory=("g", "step"),
    momentum=None,
    torch=in_torch("Rprop", lr="{learning_rate}", etas="({shrink}, {grow})", step_sizes="({shortest}, {longest})"),
    searched={"step": "step", "g_used": "g"},
    symbols={"step": r"\Delta", "g_used": r"\tilde g"},
)
