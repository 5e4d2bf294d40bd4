"""Schedules that begin small, to let a run find its feet."""

from typing import Annotated

from landscapes import Knob, checked
from optimizers.optimizer import Plan, Rate, Schedule

Peak = Annotated[Rate, Knob("η", 1e-5, 10.0, "rate that is reached", log=True, least=0.0)]
First = Annotated[Rate, Knob("η₀", 0.0, 10.0, "rate at the first step", least=0.0)]
WarmUp = Annotated[int, Knob("W", 1, 5000, "steps of warm-up", integer=True, least=1)]


@checked
def linear_warmup(peak: Peak = 0.1, steps: WarmUp = 20, start: First = 0.0) -> Schedule:
    """From `start` at t = 0 straight up to `peak` at t = `steps`, then flat, as `torch.optim.lr_scheduler.LinearLR`.

    With `start` = 0 the first step goes nowhere.

    >>> rate = linear_warmup(0.4, steps=4)
    >>> [rate(t) for t in (0, 1, 4, 99)]
    [0.0, 0.1, 0.4, 0.4]

    Source: P. Goyal and others, Accurate, large minibatch SGD: training ImageNet in 1 hour (2017), arXiv:1706.02677,
        section 2.2.
    """
    return lambda t: start + (peak - start) * min(t / steps, 1.0)


LINEAR_WARMUP = Plan(
    factory=linear_warmup,
    name="Linear warm-up",
    latex=r"\eta_t = \eta_0 + (\eta - \eta_0)\, \frac{\min(t, W)}{W}",
    use="A start on a steep wall: small steps first, while the curvature or a running mean is not yet known.",
)
