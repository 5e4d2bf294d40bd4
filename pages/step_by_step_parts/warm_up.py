"""Why Adam is warmed up: how widely 1/√v̂ scatters over the first updates, and what RAdam makes of it."""

import numpy as np
import streamlit as st

from figures import r_curve, rho_curve, spread_of_the_divisor
from figures.stage import Drawing, Panel, stage, viewed
from optimizers import EarlySpread, early_spread
from optimizers.memory import rectification
from pages.shared.fields import Numbers, whole
from pages.shared.state import Choices
from pages.shared.work import Frozen, drawn_once, frozen, kept
from pages.step_by_step_parts.choices import WARM_UP
from pages.step_by_step_parts.knobs import lead, pictures, sliders
from words import say, short

STAGE = "warm-up"
LATER = 10  # an update between the first and the last that sentences compare

spread_over_draws = kept("runs")(early_spread)


def show(choices: Choices) -> None:
    """The knobs, the spread with RAdam's ρ and r beside it, and what there is to see."""
    st.header(say("Why is Adam warmed up?"), anchor=False)
    lead(say("Adam divides its step by √v̂. After few gradients v̂ is little more than chance."))
    sliders("warm_up", WARM_UP, "beta2", "draws")
    seen, texts = pictured(choices.warm_up, choices.size, frozen(viewed(STAGE)))
    stage(seen, key=STAGE)
    for text in texts:
        st.markdown(text)
    st.caption(
        say(
            "Upright lines: the first update with ρ > 4 (dashed) and with ρ > 5 (dotted). L. Liu and others, On the "
            "variance of the adaptive learning rate and beyond, ICLR 2020, arXiv:1908.03265."
        )
    )


@drawn_once
def pictured(knobs: Numbers, size: str, views: Frozen) -> tuple[Drawing, tuple[str, ...]]:
    """The spread with RAdam's ρ and r beside it, and what is said below them."""
    numbers = whole(knobs, WARM_UP)
    spread = spread_over_draws(**numbers)
    scatter, trust = spread_words(spread, numbers["draws"]), trust_words(spread, numbers["beta2"])
    panels = [
        Panel("spread", spread_of_the_divisor(spread), alt=scatter, width=1.6),
        Panel("rho", rho_curve(spread), alt=trust),
        Panel("r", r_curve(spread), alt=trust),
    ]
    return pictures(panels, STAGE, size, views), (scatter, trust)


def spread_words(spread: EarlySpread, draws: int) -> str:
    """How far apart the draws are after the first update and later."""
    return say(
        "Drawn are {draws} sequences of gradients whose root mean square is 1, so that 1/√v̂ should be 1. After the "
        "first update the middle 90 % of the draws lie between {low} and {high}, a factor of {factor}; after {later} "
        "updates the factor is {then}, after {last} it is {end}.",
        draws=f"{draws:,}",
        low=short(float(spread.quantiles[0, 0])),
        high=short(float(spread.quantiles[-1, 0])),
        factor=short(spread.spread(1)),
        later=LATER,
        then=short(spread.spread(LATER)),
        last=f"{spread.t[-1]:,}",
        end=short(spread.spread(int(spread.t[-1]))),
    )


def trust_words(spread: EarlySpread, beta2: float) -> str:
    """From which update on RAdam divides by √v̂, and how much of Adam's step it takes."""
    first, in_torch = spread.adaptive_from, spread.adaptive_from_in_torch
    if first is None:
        return say(
            "With β₂ = {beta2} ρ is never beyond 4, as it comes to {most} at most: RAdam then never divides by √v̂.",
            beta2=short(beta2, 5),
            most=short(2 / (1 - beta2) - 1),
        )
    last = int(spread.t[-1])
    _, (begin, end) = rectification(np.array([first, last]), beta2)
    said = say(
        "v̂ is worth a mean of ρ squares. As long as ρ ≤ 4 the variance of 1/v̂ is infinite, and RAdam does "
        "not divide by √v̂. In update {first} it does for the first time, and takes the share r = {r} of Adam’s step; "
        "in update {last} the share is {end}.",
        first=first,
        r=short(float(begin)),
        last=f"{last:,}",
        end=short(float(end)),
    )
    if in_torch is None:
        return say("{sentence} PyTorch asks for ρ > 5, which is never reached here.", sentence=said)
    return say("{sentence} PyTorch asks for ρ > 5: from update {in_torch} on.", sentence=said, in_torch=in_torch)
