"""Schedules that begin small, to let a run find its feet; steps are counted from 0."""

from typing import Annotated

from landscapes import Knob, checked
from optimizers.optimizer import LearningRate, Plan, Rate, Schedule, as_schedule
from words import mark

Peak = Annotated[Rate, Knob("η", 1e-5, 10.0, mark("rate that is reached"), log=True, least=0.0)]
First = Annotated[Rate, Knob("η₀", 0.0, 10.0, mark("rate at the first step"), least=0.0)]
WarmUp = Annotated[int, Knob("W", 1, 200_000, mark("steps of warm-up"), integer=True, least=1)]
Scale = Annotated[Rate, Knob("c", 0.01, 100.0, mark("factor on the whole schedule"), log=True, least=0.0)]
Width = Annotated[int, Knob("d", 1, 4096, mark("width of the model"), integer=True, least=1)]


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


@checked
def warmup(then: LearningRate = 0.1, steps: WarmUp = 20, start: First = 0.0) -> Schedule:
    """From `start` straight up to where `then` begins, and from t = `steps` on `then`, whose own time starts there.

    With `start` = 0 the first step goes nowhere. A schedule that listens to the loss hears nothing before t = `steps`.

    >>> rate = warmup(lambda t: 0.8 / (1 + t), steps=2)
    >>> [rate(t) for t in (0, 1, 2, 3)]
    [0.0, 0.4, 0.8, 0.4]
    """
    later = as_schedule(then)
    if hasattr(later, "warmed"):  # it listens to the loss, and has to know when to begin
        listening: Schedule = later.warmed(steps, start)
        return listening
    return lambda t: later(t - steps) if t >= steps else start + (later(0) - start) * t / steps


@checked
def noam(scale: Scale = 1.0, width: Width = 512, warmup: WarmUp = 4000) -> Schedule:
    """c d^(-1/2) min(s^(-1/2), s W^(-3/2)) at update number s = t + 1: straight up for W steps, then like 1/√s.

    >>> rate = noam(width=100, warmup=4)
    >>> [round(rate(t), 4) for t in (0, 3, 15)]
    [0.0125, 0.05, 0.025]

    Source: A. Vaswani and others, Attention is all you need, NeurIPS 2017, arXiv:1706.03762, equation 3.
    """
    return lambda t: scale * width**-0.5 * min((t + 1) ** -0.5, (t + 1) * warmup**-1.5)


LINEAR_WARMUP = Plan(
    factory=linear_warmup,
    name=mark("Linear warm-up"),
    latex=r"\eta_t = \eta_0 + (\eta - \eta_0)\, \frac{\min(t, W)}{W}",
    use=mark("A start on a steep wall: small steps first, while the curvature or a running mean is not yet known."),
    rises=True,
)
WARMUP = Plan(
    factory=warmup,
    name=mark("Warm-up, then another"),
    latex=r"\eta_t = \begin{cases} \eta_0 + (\eta'_0 - \eta_0)\, \dfrac{t}{W} & t < W \\"
    r" \eta'_{t - W} & \text{otherwise} \end{cases}",
    use=mark("Any other schedule with a gentle start before it, such as the usual warm-up and cosine."),
    rises=True,
)
NOAM = Plan(
    factory=noam,
    name=mark("Noam"),
    latex=r"\eta_t = \frac{c}{\sqrt{d}} \min\left(\frac{1}{\sqrt{t + 1}},\; \frac{t + 1}{W^{3/2}}\right)",
    use=mark("The schedule of the first transformers: up for W steps, then slowly down without an end."),
    rises=True,
)
