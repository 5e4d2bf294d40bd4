"""How much each past gradient counts in what a rule moves by, measured on the rule itself with unit impulses."""

from dataclasses import replace
from typing import Annotated, NamedTuple

import numpy as np

from landscapes import Array, Knob, Landscape, checked, knobs
from optimizers.engine import descend
from optimizers.rules import RULES
from words import mark

MOST_UPDATES = 200  # the work grows with their square
Updates = Annotated[
    int, Knob("t", 1, MOST_UPDATES, mark("updates made so far"), log=True, integer=True, least=1, costs=True)
]
Beta = Annotated[float, replace(knobs(RULES["adam"].factory)["beta1"], symbol="β", help=mark("memory of the gradient"))]
BetaOfSquares = Annotated[
    float, replace(knobs(RULES["adam"].factory)["beta2"], symbol="β₂", help=mark("memory of its square"))
]


class Remembered(NamedTuple):
    """One thing that a rule remembers, as the sum of what it takes of every gradient so far."""

    optimizer: str  # name in `OPTIMIZERS`
    field: str  # of its state
    latex: str  # what the rule moves by, or divides by
    coefficient: str  # the hyperparameter that says how fast it fades
    squares: bool = False  # whether it is made of squared gradients
    correction: str = ""  # the field that it is divided by before it is used; "" where it is used as it is


MEMORIES = (
    Remembered("momentum", "v", "v", "momentum"),
    Remembered("momentum_ema", "v", "v", "momentum"),
    Remembered("adam_uncorrected", "m", "m", "beta1"),
    Remembered("adam", "m", r"\hat m", "beta1", correction="c1"),
    Remembered("rmsprop", "v", "v", "alpha", squares=True),
    Remembered("adam_uncorrected", "v", "v", "beta2", squares=True),
    Remembered("adam", "v", r"\hat v", "beta2", squares=True, correction="c2"),
)


class MemoryWeights(NamedTuple):
    """How much the gradient of each update counts in a memory after the last of them."""

    memory: Remembered
    beta: float  # by which all that is remembered shrinks in every update
    each: Array  # (t,), of the first update to the last

    @property
    def total(self) -> float:
        """All of them together: 1 for a mean."""
        return float(self.each.sum())


def impulses(count: int) -> Landscape:
    """As many coordinates as updates: the k-th has the gradient 1 in update number k, and 0 in all the others."""

    def of_update(step: int) -> Landscape:
        return replace(still, gradient=lambda p: (np.arange(count) == step).astype(float))

    still = Landscape(
        name="Impulses",
        latex="x_t",
        value=lambda p: np.zeros(p.shape[1:]),
        gradient=np.zeros_like,
        hessian=lambda p: np.zeros((count, *p.shape)),
    )
    return replace(still, batch=of_update)


@checked
def memory_weights(updates: Updates = 20, beta: Beta = 0.9, beta2: BetaOfSquares = 0.99) -> tuple[MemoryWeights, ...]:
    """For each of `MEMORIES`, how much every gradient counts after so many updates.

    Each coordinate meets one gradient of 1, each in another update, and what the rule then remembers of it is its
    weight: βᵏ of a gradient k updates old for momentum, (1 - β)βᵏ for a mean that begins at 0, and that over 1 - βᵗ for
    a mean that is corrected, whose weights sum to 1.

    >>> corrected = memory_weights(updates=3, beta=0.5)[3]
    >>> [round(float(weight), 3) for weight in corrected.each], round(corrected.total, 12)
    ([0.143, 0.286, 0.571], 1.0)

    Args:
        beta: of momentum and of the means of the gradient.
        beta2: of the means of its square: RMSProp's α, Adam's β₂.
    """
    found = []
    for memory in MEMORIES:
        coefficient = beta2 if memory.squares else beta
        rule = RULES[memory.optimizer].factory(learning_rate=0.0, **{memory.coefficient: coefficient})  # stays at 0
        state = descend(impulses(updates), rule, np.zeros(updates), updates).end.state
        scale = getattr(state, memory.correction) if memory.correction else 1.0
        found.append(MemoryWeights(memory, coefficient, getattr(state, memory.field) / scale))
    return tuple(found)
