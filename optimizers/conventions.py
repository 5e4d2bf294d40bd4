"""Rules that share a name: where two of them part."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from landscapes import Array
from words import mark, say

SAME = 1e-9  # of a point's distance from the origin, or of 1: nearer than that two points are one

DIFFERENCES: Mapping[tuple[str, str], str] = {
    ("momentum", "momentum_lee"): mark(
        "With a constant rate both visit the same points. When the rate changes they part: “Momentum” rescales its "
        "whole velocity at once, “Momentum, rate inside” coasts on with the movement it has. On x²/2 from 1, with "
        "β = 0.9 and η = 0.1 for three steps, then 0.01, the sixth point is 0.403 for the one, −0.104 for the other."
    ),
    ("momentum", "momentum_ema"): mark(
        "“Momentum” adds whole gradients up, “Momentum, averaged” takes 1 − β of each. Against a constant gradient of "
        "1 the velocity tends to 10 for the one and to 1 for the other at β = 0.9; with ten times the rate the "
        "averaged one visits the same points."
    ),
    ("momentum_lee", "momentum_ema"): mark(
        "“Rate inside” remembers steps, “averaged” remembers a mean gradient. Against a constant gradient of 1 their "
        "steps tend to 10η and to η at β = 0.9."
    ),
    ("rmsprop", "rmsprop_lee"): mark(
        "“RMSProp” begins its mean square at 0, so that its first step is η/√(1 − α): 3.16η at α = 0.9, 10η at "
        "α = 0.99. “First gradient kept” begins at |g₀|, and its first step is η."
    ),
    ("rmsprop", "rmsprop_hinton"): mark(
        "They differ in where ε stands. From a first gradient of 0.001, with ε = 1e−6 and α = 0.9, “RMSProp” (ε "
        "outside the root) steps 3.15η, “ε inside the root” 0.953η."
    ),
    ("rmsprop_lee", "rmsprop_hinton"): mark(
        "“First gradient kept” begins at |g₀|: its first step is η. “ε inside the root” begins at 0: its first step is "
        "3.16η at α = 0.9, and it fades where |g| is below √ε."
    ),
    ("adagrad", "adagrad_rms"): mark(
        "The root of a sum against the root of a mean. Against a constant gradient step number k is η/√k for "
        "“AdaGrad”, and η for the other: the hundredth is 0.1η and 1η. With the rate η/√(t + 1) they are the same."
    ),
    ("adam", "adam_uncorrected"): mark(
        "Without the correction the first step is (1 − β₁)/√(1 − β₂) = 3.16η instead of η, and against a constant "
        "gradient the twelfth is 6.57η, where every step of “Adam” is η."
    ),
    ("adamw", "adamw_free_decay"): mark(
        "“AdamW” takes the share ηλ of p away in a step, as PyTorch does, “decay free of the rate” the share λ, as the "
        "paper does: twice the rate doubles the pull of the one and leaves that of the other. From p = 1 with g = 0.5 "
        "and η = λ = 0.1 the first step ends at 0.8900 and at 0.8000."
    ),
    ("lbfgs", "lbfgs_wolfe"): mark(
        "“L-BFGS (PyTorch)” takes every step at its full length, “L-BFGS” looks for a length at which the loss falls "
        "and its slope has flattened (the strong Wolfe conditions), so that its loss never rises."
    ),
    ("adamw", "adam_l2"): mark(
        "“AdamW” pulls p itself towards 0, “Adam with L2” sends the pull through the quotient, which divides it away. "
        "From p = 1 with g = 0.5 and η = λ = 0.1 the first step ends at 0.8900 and at 0.9000."
    ),
}


def differences(optimizers: Sequence[str]) -> list[str]:
    """A sentence for every two of the rules that share a name and are not the same.

    >>> [sentence[:11] for sentence in differences(["adamw", "lion", "adam_l2"])]
    ['“AdamW” pul']
    """
    chosen = list(dict.fromkeys(optimizers))
    return [say(text) for pair, text in DIFFERENCES.items() if set(pair) <= set(chosen)]


def parting(first: Array, second: Array) -> int | None:
    """The first step at which two trajectories (2, steps + 1) are not at the same point; None where there is none.

    >>> parting(np.array([[0.0, 1.0, 2.0], [0, 0, 0]]), np.array([[0.0, 1.0, 2.5], [0, 0, 0]]))
    2
    """
    apart = ~(np.abs(first - second) <= SAME * (1 + np.abs(first))).all(axis=0)
    both_left = np.isnan(first).any(axis=0) & np.isnan(second).any(axis=0)
    steps = np.flatnonzero(apart & ~both_left)
    return int(steps[0]) if steps.size else None


def partings(names: Sequence[str], optimizers: Sequence[str], positions: Sequence[Array]) -> list[str]:
    """For every two runs of rules that share a name, where they part in this race."""
    sentences = []
    for i, j in combinations(range(len(optimizers)), 2):
        if not {(optimizers[i], optimizers[j]), (optimizers[j], optimizers[i])} & DIFFERENCES.keys():
            continue
        step = parting(positions[i], positions[j])
        if step is None:
            sentences.append(say("{first} and {second} visit the same points here.", first=names[i], second=names[j]))
        else:
            sentences.append(
                say("{first} and {second} part here at step {step}.", first=names[i], second=names[j], step=f"{step:,}")
            )
    return sentences
