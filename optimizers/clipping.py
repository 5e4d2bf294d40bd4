"""Gradient clipping: what a rule is given in the place of a gradient that is too long."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from landscapes import Array, Knob, Landscape
from words import mark

LIMIT = Knob("c", 0.01, 100.0, mark("the most that is let through"), log=True, default=1.0, above=0.0)


def clip_by_norm(g: Array, limit: float) -> Array:
    """g · min(1, c / (‖g‖ + 10⁻⁶)): a long gradient keeps its direction and loses its length.

    Source: torch.nn.utils.clip_grad_norm_; R. Pascanu, T. Mikolov, Y. Bengio, On the difficulty of training recurrent
    neural networks (2013), algorithm 1, arXiv:1211.5063
    """
    norm = np.sqrt((g * g).sum(axis=0))
    clipped: Array = g * np.minimum(limit / (norm + 1e-6), 1.0)
    return clipped


def clip_by_value(g: Array, limit: float) -> Array:
    """min(max(g, −c), c) in each coordinate by itself, which may turn the direction.

    Source: torch.nn.utils.clip_grad_value_
    """
    clipped: Array = np.minimum(np.maximum(g, -limit), limit)
    return clipped


@dataclass(frozen=True, kw_only=True)
class ClippingRule:
    """One way of clipping; all that is known of it stands here."""

    name: str  # as a list shows it
    bound: str  # what holds of a gradient afterwards; {limit} in it is the number
    latex: str  # of what a rule is given; {gradient} in it is what it would be given else, and c the limit
    about: str  # one sentence: what it keeps and what it changes
    clip: Callable[[Array, float], Array]  # gradient (D, ...), limit -> (D, ...); scripts quote it
    torch: str  # the call in PyTorch between backward and step


CLIPPING_RULES: Mapping[str, ClippingRule] = {  # in the order of the menu; the keys of links
    "norm": ClippingRule(
        name=mark("Clipped by norm"),
        bound="‖g‖ ≤ {limit}",
        latex=r"{gradient} \cdot \min\left(1, \frac{{c}}{{\lVert {gradient} \rVert + 10^{{-6}}}}\right)",
        about=mark(
            "A gradient that is longer than c is shortened to the length c; its direction stays. Shorter ones pass "
            "unchanged."
        ),
        clip=clip_by_norm,
        torch="torch.nn.utils.clip_grad_norm_([p], {limit!r})",
    ),
    "value": ClippingRule(
        name=mark("Clipped by value"),
        bound="|gᵢ| ≤ {limit}",
        latex=r"\min\left(\max\left({gradient}, -c\right), c\right)",
        about=mark(
            "Each coordinate of the gradient is cut at −c and c by itself; a gradient that is cut may turn. Smaller "
            "ones pass unchanged."
        ),
        clip=clip_by_value,
        torch="torch.nn.utils.clip_grad_value_([p], {limit!r})",
    ),
}


@dataclass(frozen=True)
class Clipping:
    """Gradient clipping as one value: by what, and at which limit.

    Raises:
        ValueError: `by` is no key of `CLIPPING_RULES`, or `limit` is not above 0.
    """

    by: str
    limit: float = LIMIT.default

    def __post_init__(self) -> None:
        if self.by not in CLIPPING_RULES:
            raise ValueError(f"clipping is by {' or '.join(CLIPPING_RULES)}, got {self.by}")
        if refusal := LIMIT.refusal(self.limit):
            raise ValueError(f"clipping needs a limit {refusal}, got {self.limit}")

    @property
    def rule(self) -> ClippingRule:
        """What is known of this way of clipping."""
        return CLIPPING_RULES[self.by]

    def on(self, landscape: Landscape) -> Landscape:
        """The landscape as a rule sees it whose gradients are clipped, those of its mini-batches too."""
        gradient, batch, clip = landscape.gradient, landscape.batch, self.rule.clip
        return replace(
            landscape,
            gradient=lambda p: clip(gradient(p), self.limit),
            batch=None if batch is None else lambda step: self.on(batch(step)),
        )
