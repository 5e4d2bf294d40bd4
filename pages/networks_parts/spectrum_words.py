"""What a training's eigenvalues come to, in sentences."""

from typing import TYPE_CHECKING

import numpy as np

from figures import bins_of
from landscapes import Array
from words import apart, paragraph, say, short

if TYPE_CHECKING:
    from pages.networks_parts.spectrum import Grown, Spectrum

ZERO = 1e-7  # of the largest in size: an eigenvalue below it is zero to rounding


def so_far(found: "Grown") -> str:
    """What is known of a training that goes on."""
    return say(
        "At step {step} of {steps} the training loss is {loss} and the largest eigenvalue {largest}.",
        step=f"{found.steps[-1]:,.0f}",
        steps=f"{found.network.steps[-1]:,}",
        loss=short(float(found.losses[0][-1])),
        largest=short(float(found.largest[-1])),
    )


def edge_words(found: "Spectrum", limit: float) -> str:
    """How the largest eigenvalue goes, beside 2/η."""
    largest, steps = found.largest, found.steps
    late = largest[steps >= steps[-1] / 2]
    share = late / limit
    late_words = say(
        "In the second half of training it is {median} of that in the median, from {low} to {high}.",
        median=short(float(np.median(share))),
        low=short(float(share.min())),
        high=short(float(share.max())),
    )
    beyond = np.flatnonzero(largest > limit)
    if beyond.size and beyond[0] == 0:
        begins, bound = apart(float(largest[0]), limit, short)
        how = say(
            "The largest eigenvalue begins at {begins}, above 2/η = {bound}: on a quadratic such steps diverge.",
            begins=begins,
            bound=bound,
        )
    elif beyond.size:
        how = say(
            "The largest eigenvalue begins at {begins} and grows until it exceeds 2/η = {bound}, above which gradient "
            "descent diverges on a quadratic; first seen above it at step {step}.",
            begins=short(float(largest[0])),
            bound=short(limit),
            step=f"{steps[beyond[0]]:,.0f}",
        )
    else:
        top, bound = apart(float(largest.max()), limit, short)
        how = say(
            "The largest eigenvalue begins at {begins} and stays below 2/η = {bound}: it is at most {top}, at step "
            "{step}.",
            begins=short(float(largest[0])),
            bound=bound,
            top=top,
            step=f"{steps[int(largest.argmax())]:,.0f}",
        )
    return paragraph(how, late_words)


def loss_words(found: "Spectrum") -> str:
    """From where to where the loss goes, and how often it rises late."""
    train, steps = found.losses[0], found.network.steps
    parts = []
    if found.network.diverged:
        parts.append(
            say("Training leaves all bounds after step {step}; what is shown ends there.", step=f"{steps[-1]:,}")
        )
    parts.append(
        say(
            "The training loss goes from {begin} to {end}, the test loss from {test_begin} to {test_end}.",
            begin=short(float(train[0])),
            end=short(float(train[-1])),
            test_begin=short(float(found.losses[1][0])),
            test_end=short(float(found.losses[1][-1])),
        )
    )
    late = train[steps >= steps[-1] / 2]
    if late.size > 1:
        parts.append(
            say(
                "In the second half it is higher than at the recorded step before at {share} of {count}.",
                share=f"{(np.diff(late) > 0).mean():.0%}",
                count=f"{late.size - 1:,}",
            )
        )
    return paragraph(*parts)


def end_words(found: "Spectrum") -> str:
    """What is known of the eigenvalues at the end."""
    size, (low, high) = found.network.architecture.parameters, found.ends
    slope = say("The norm of the gradient there is {slope}, so it need be no critical point.", slope=short(found.slope))
    if found.exact is not None:
        level = ZERO * float(np.abs(found.exact).max())
        negative, positive = int((found.exact < -level).sum()), int((found.exact > level).sum())
        counted = say(
            "All {size} eigenvalues at the end: {negative} negative, {positive} positive and {zero} zero to rounding, "
            "from {low} to {high}; their sum is {trace}.",
            size=f"{size:,}",
            negative=f"{negative:,}",
            positive=f"{positive:,}",
            zero=f"{size - negative - positive:,}",
            low=short(low),
            high=short(high),
            trace=short(float(found.exact.sum())),
        )
        return paragraph(counted, slope)
    if found.density is None:
        raise ValueError("a spectrum has all eigenvalues, or the estimate of how they are distributed")
    traces, level = found.density.traces, half_a_bin(found)
    above, below = size * (1 - found.density.below(level)), size * found.density.below(-level)
    estimate = say(
        "The network has {size} parameters, too many to find all eigenvalues. At the end {probes} random starts of "
        "Lanczos' method estimate that {above} ± {above_error} are above {level} and {below} ± {below_error} below "
        "−{level}. All others are in the bin at zero: they are so small that the starts cannot tell their signs. The "
        "sum of all is {trace} ± {trace_error}, where ± is the standard error from the scatter of the starts, as the "
        "bars show it. The largest eigenvalue is {high}, within {error}, and the smallest at most {low}.",
        size=f"{size:,}",
        probes=traces.size,
        above=short(float(above.mean())),
        above_error=short(_error(above), 2),
        below=short(float(below.mean())),
        below_error=short(_error(below), 2),
        level=short(level),
        trace=short(float(traces.mean())),
        trace_error=short(_error(traces), 2),
        high=short(high),
        error=short(max(found.error, float(np.spacing(found.ends[1]))), 1),
        low=short(low),
    )
    return paragraph(estimate, slope)


def _error(values: Array) -> float:
    return float(values.std(ddof=1) / np.sqrt(values.size))


def half_a_bin(found: "Spectrum") -> float:
    """The size up to which an eigenvalue is in the bin at zero of an estimate."""
    return float(np.diff(_edges(found))[0]) / 2


def binned(found: "Spectrum") -> tuple[Array, Array, Array]:
    """How many eigenvalues an estimate places in each bin, their standard errors, (B,), and the edges, (B + 1,)."""
    edges, size = _edges(found), found.network.architecture.parameters
    values, weights = _estimate(found)
    each = size * np.array([np.histogram(v, edges, weights=w)[0] for v, w in zip(values, weights, strict=True)])
    return each.mean(axis=0), each.std(axis=0, ddof=1) / np.sqrt(len(each)), edges


def _edges(found: "Spectrum") -> Array:
    values, weights = _estimate(found)
    return bins_of(values[weights > 0])


def _estimate(found: "Spectrum") -> tuple[Array, Array]:
    if found.density is None:
        raise ValueError("what is known exactly is not estimated")
    return found.density.values, found.density.weights
