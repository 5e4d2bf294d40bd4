"""Schedules that go up as well as down; steps are counted from 0."""

from bisect import bisect_right
from typing import Annotated

from landscapes import Knob, checked
from optimizers.optimizer import Plan, Rate, Schedule
from optimizers.schedules.decay import End, Steps, wave
from optimizers.schedules.staircase import Factor, Start, grown
from optimizers.schedules.warmup import Peak
from words import mark

Cycle = Annotated[int, Knob("T₀", 1, 200_000, mark("steps of the first cycle"), integer=True, least=1)]
Longer = Annotated[
    int, Knob("k", 1, 4, mark("how much longer each cycle is than the one before"), integer=True, least=1)
]
Shorter = Annotated[
    float, Knob("k", 0.1, 0.95, mark("length of each cycle as a share of the one before"), least=0.01, most=0.99)
]
Shortest = Annotated[int, Knob("T₁", 1, 200_000, mark("steps of the shortest cycle"), integer=True, least=1)]
Low = Annotated[Rate, Knob("η₀", 1e-6, 10.0, mark("lowest rate"), log=True, least=0.0)]
Up = Annotated[int, Knob("U", 1, 200_000, mark("steps up"), integer=True, least=1)]
Down = Annotated[int, Knob("D", 1, 200_000, mark("steps down"), integer=True, least=1)]
Share = Annotated[float, Knob("a", 0.05, 0.5, mark("share of the steps that goes up"), above=0.0, below=1.0)]
HalfShare = Annotated[float, Knob("a", 0.05, 0.49, mark("share of the steps that goes up"), above=0.0, below=0.5)]
Divisor = Annotated[float, Knob("d₀", 1.0, 100.0, mark("peak over first rate"), least=1.0)]
FinalDivisor = Annotated[float, Knob("d₁", 1.0, 1e5, mark("first over last rate"), log=True, least=1.0)]


@checked
def warm_restarts(start: Start = 0.1, first: Cycle = 10, longer: Longer = 1, end: End = 0.0) -> Schedule:
    """Half a cosine from `start` to `end` over T₀ steps, then again over kT₀, k²T₀ ... steps.

    As in the paper and `torch.optim.lr_scheduler.CosineAnnealingWarmRestarts` (`T_0`, `T_mult`).

    >>> rate = warm_restarts(0.4, first=2, longer=2)
    >>> [round(rate(t), 3) for t in range(7)]
    [0.4, 0.2, 0.4, 0.341, 0.2, 0.059, 0.4]

    Source: I. Loshchilov, F. Hutter, SGDR: stochastic gradient descent with warm restarts, ICLR 2017, arXiv:1608.03983,
        section 3.
    """

    def rate(t: int) -> Rate:
        length = first
        if longer == 1:
            t %= length  # equal cycles need not be counted off
        while t >= length:
            t, length = t - length, length * longer
        return wave(start, end, t / length)

    return rate


@checked
def shortening_restarts(
    start: Start = 0.1, first: Cycle = 50, shorter: Shorter = 0.5, shortest: Shortest = 5, end: End = 0.0
) -> Schedule:
    """Half a cosine from `start` to `end` over T₀ steps, then again over kT₀, k²T₀ ... steps, rounded, and T₁ at least.

    For k < 1, which `torch.optim.lr_scheduler.CosineAnnealingWarmRestarts` refuses as its `T_mult`. From the first
    cycle of T₁ steps on all have that length; a T₁ above T₀ counts as T₀.

    >>> rate = shortening_restarts(0.4, first=4, shorter=0.5, shortest=2)
    >>> [round(rate(t), 3) for t in range(9)]
    [0.4, 0.341, 0.2, 0.059, 0.4, 0.2, 0.4, 0.2, 0.4]

    Source: I. Loshchilov, F. Hutter, SGDR: stochastic gradient descent with warm restarts, ICLR 2017, arXiv:1608.03983,
        section 3, with T_mult below 1.
    """
    least = min(first, shortest)
    lengths, begins = [first], [0]  # of each cycle that is longer than the shortest, and of the first that is not
    while lengths[-1] > least:
        begins.append(begins[-1] + lengths[-1])
        lengths.append(max(least, round(first * shorter ** len(lengths))))

    def rate(t: int) -> Rate:
        cycle = bisect_right(begins, t) - 1
        length = lengths[cycle]
        return wave(start, end, (t - begins[cycle]) % length / length)

    return rate


@checked
def cyclic(
    low: Low = 0.01, high: Peak = 0.1, up: Up = 10, down: Down = 10, per_cycle: Factor = 1.0, per_step: Factor = 1.0
) -> Schedule:
    """A saw: straight up from `low` to `high` and back, with peaks that can fall by cycle or by step.

    As `torch.optim.lr_scheduler.CyclicLR`: its "triangular2" is `per_cycle` = 0.5, its "exp_range" `per_step` = gamma.

    >>> rate = cyclic(0.0, 0.8, up=2, down=2, per_cycle=0.5)
    >>> [rate(t) for t in range(7)]
    [0.0, 0.4, 0.8, 0.4, 0.0, 0.2, 0.4]

    Source: L. N. Smith, Cyclical learning rates for training neural networks, WACV 2017, arXiv:1506.01186, section 3.
    """

    def rate(t: int) -> Rate:
        cycle, place = divmod(t, up + down)
        height = place / up if place <= up else (up + down - place) / down
        return low + (high - low) * height * grown(per_cycle, cycle) * grown(per_step, t)

    return rate


@checked
def one_cycle(
    peak: Peak = 0.1, steps: Steps = 100, share: Share = 0.3, divisor: Divisor = 25.0, final: FinalDivisor = 1e4
) -> Schedule:
    """Up from peak/d₀ to `peak` in the first 30 % of the steps, down to peak/(d₀d₁) in the rest, both along a cosine.

    The peak is at t = aT - 1 and the end at t = T - 1, as in `torch.optim.lr_scheduler.OneCycleLR`; in
    `optax.cosine_onecycle_schedule` it is at aT. After the end the rate stays.

    Source: L. N. Smith, N. Topin, Super-convergence: very fast training of neural networks using large learning rates
        (2017), arXiv:1708.07120; with the cosine of PyTorch.
    """
    low = peak / divisor
    top, last = share * steps - 1, steps - 1

    def rate(t: int) -> Rate:
        if t < top:
            return wave(low, peak, t / top)
        return wave(peak, low / final, min((t - top) / (last - top), 1.0))

    return rate


@checked
def one_cycle_linear(
    peak: Peak = 0.1, steps: Steps = 100, share: HalfShare = 0.4, divisor: Divisor = 25.0, final: FinalDivisor = 1e4
) -> Schedule:
    """Straight up from peak/d₀ to `peak`, straight down again in as many steps, then on down to peak/(d₀d₁).

    The three phases of the paper, ending at t = aT - 1, 2aT - 2 and T - 1 as in `torch.optim.lr_scheduler.OneCycleLR`
    (`anneal_strategy="linear"`, `three_phase=True`). After the end the rate stays.

    Source: L. N. Smith, N. Topin, Super-convergence: very fast training of neural networks using large learning rates
        (2017), arXiv:1708.07120.
    """
    low = peak / divisor
    top, bottom, last = share * steps - 1, 2 * share * steps - 2, steps - 1

    def rate(t: int) -> Rate:
        if t < top:
            return low + (peak - low) * t / top
        if t < bottom:
            return peak + (low - peak) * (t - top) / (bottom - top)
        return low + (low / final - low) * min((t - bottom) / (last - bottom), 1.0)

    return rate


WARM_RESTARTS = Plan(
    factory=warm_restarts,
    name=mark("Warm restarts"),
    latex=r"\eta_t = \eta_1 + \tfrac12 (\eta_0 - \eta_1) \left(1 + \cos \frac{\pi\, (t - t_i)}{k^i T_0}\right),"
    r" \quad t_i \le t < t_i + k^i T_0",
    use=mark("To leave a narrow minimum again: every restart throws the run out, and it settles anew."),
)
SHORTENING_RESTARTS = Plan(
    factory=shortening_restarts,
    name=mark("Warm restarts, each shorter"),
    latex=r"\eta_t = \eta_1 + \tfrac12 (\eta_0 - \eta_1) \left(1 + \cos \frac{\pi\, (t - t_i)}{T_i}\right),"
    r" \quad t_i \le t < t_i + T_i, \quad T_i = \max(T_1, k^i T_0), \quad k < 1",
    use=mark("A long search first, then quicker and quicker looks around: the restarts come closer together."),
)
CYCLIC = Plan(
    factory=cyclic,
    name=mark("Cyclic"),
    latex=r"\eta_t = \eta_0 + (\eta - \eta_0)\, h(t)\, \gamma_c^{\lfloor t / (U + D) \rfloor}\, \gamma_s^t,"
    r" \quad h = 0 \nearrow 1 \searrow 0",
    use=mark("When the right rate is not known: sweep a range that contains it, again and again."),
)
ONE_CYCLE = Plan(
    factory=one_cycle,
    name=mark("One cycle"),
    latex=r"\eta_t = \begin{cases} \frac{\eta}{d_0} + \tfrac12 \left(\eta - \frac{\eta}{d_0}\right)"
    r" \left(1 - \cos \frac{\pi\, t}{aT - 1}\right) & t < aT - 1 \\"
    r" \frac{\eta}{d_0 d_1} + \tfrac12 \left(\eta - \frac{\eta}{d_0 d_1}\right)"
    r" \left(1 + \cos \frac{\pi\, (t - aT + 1)}{T - aT}\right) & t \ge aT - 1 \end{cases}",
    use=mark("A short run at a rate that would be too high from the start: up, over, and down to almost nothing."),
)
ONE_CYCLE_LINEAR = Plan(
    factory=one_cycle_linear,
    name=mark("One cycle, straight"),
    latex=r"\eta: \frac{\eta}{d_0} \nearrow \eta \searrow \frac{\eta}{d_0} \searrow \frac{\eta}{d_0 d_1}",
    use=mark("The one cycle as its paper draws it: up, down, and a last short phase far below."),
)
