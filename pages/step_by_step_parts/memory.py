"""How much every past gradient counts in what a rule moves by now."""

from collections.abc import Sequence

import streamlit as st

from figures import weight_bars
from figures.stage import Drawing, Panel, stage, viewed
from optimizers import RULES, MemoryWeights, memory_weights
from pages.shared.fields import Numbers, whole
from pages.shared.state import Choices
from pages.shared.work import Frozen, drawn_once, frozen, kept
from pages.step_by_step_parts.choices import MEMORY
from pages.step_by_step_parts.knobs import lead, pictures, sliders, table
from words import say, short

STAGE = "memory weights"
measured_weights = kept("runs")(memory_weights)


def show(choices: Choices) -> None:
    """The knobs, a picture of each kind of memory, and all sums."""
    st.header(say("How much does each past gradient count?"), anchor=False)
    lead(say("What a rule moves by is a sum over all the gradients that it has met, each with a weight."))
    sliders("memory", MEMORY, "beta", "beta2", "updates")
    seen, texts = pictured(choices.memory, choices.size, frozen(viewed(STAGE)))
    stage(seen, key=STAGE)
    for text in texts:
        st.markdown(text)
    st.caption(
        say(
            "A gradient that is $k$ updates old. Each weight is measured: the rule itself is given a gradient of 1 in "
            "that update and of 0 in all others."
        )
    )


@drawn_once
def pictured(numbers: Numbers, size: str, views: Frozen) -> tuple[Drawing, tuple[str, ...]]:
    """A picture of each kind of memory, and what is said below them."""
    weights = measured_weights(**whole(numbers, MEMORY))
    velocity, _, mean, corrected, _, squares, corrected_squares = weights
    said = [velocity_words(velocity), mean_words(mean, corrected), squares_words(squares, corrected_squares)]
    shown = {
        "velocity": (say("Momentum"), [("v", velocity)]),
        "mean": (say("Adam, mean of the gradient"), [(say("m̂, corrected"), corrected), ("m", mean)]),
        "squares": (say("Adam, mean of its square"), [(say("v̂, corrected"), corrected_squares), ("v", squares)]),
    }
    panels = [
        Panel(name, weight_bars(title, lines), alt=words)
        for (name, (title, lines)), words in zip(shown.items(), said, strict=True)
    ]
    return pictures(panels, STAGE, size, views), (*said, fading_words(velocity), weights_table(weights))


def velocity_words(weights: MemoryWeights) -> str:
    """What momentum's weights come to."""
    return say(
        "In momentum’s v the newest gradient counts 1, the first of {count} counts {first}; together they count "
        "{sum}, and never more than 1/(1 − β) = {limit}.",
        count=weights.each.size,
        first=short(float(weights.each[0])),
        sum=short(weights.total),
        limit=short(1 / (1 - weights.beta)),
    )


def mean_words(mean: MemoryWeights, corrected: MemoryWeights) -> str:
    """What is missing from a mean that begins at 0."""
    return say(
        "The weights of the mean m sum to {sum}: a share of {missing} of it is still the 0 that it began with. "
        "Divided by 1 − βᵗ, as in Adam’s m̂, they sum to {whole}.",
        sum=short(mean.total),
        missing=short(1 - mean.total),
        whole=short(corrected.total),
    )


def squares_words(mean: MemoryWeights, corrected: MemoryWeights) -> str:
    """What is missing from RMSProp's mean, and by how much its steps are too long for that."""
    return say(
        "The squares fade with β₂ = {beta}. The weights of RMSProp’s v sum to {sum}, so that against a steady "
        "gradient its step is {times} η long. Those of Adam’s v̂ sum to {whole}.",
        beta=short(mean.beta, 5),
        sum=short(mean.total),
        times=short(mean.total**-0.5),
        whole=short(corrected.total),
    )


def fading_words(weights: MemoryWeights) -> str:
    """How long the memory is."""
    memory, count = 1 / (1 - weights.beta), weights.each.size
    if memory > count:
        return say(
            "The effective memory, 1/(1 − β) = {memory} updates, is more than have been made so far: {count}.",
            memory=short(memory),
            count=count,
        )
    return say(
        "The effective memory is 1/(1 − β) = {memory}: a gradient that many updates old counts {share} of the newest.",
        memory=short(memory),
        share=short(weights.beta**memory),
    )


def weights_table(weights: Sequence[MemoryWeights]) -> str:
    """First weight, last weight and sum of each."""
    heads = [say("rule"), say("remembers"), say("weight"), say("of the first"), say("of the newest"), say("sum")]
    rows = [
        [
            say(RULES[each.memory.optimizer].name),
            f"${each.memory.latex}$",
            f"${formula(each)}$",
            short(float(each.each[0])),
            short(float(each.each[-1])),
            short(each.total),
        ]
        for each in weights
    ]
    return table(heads, rows, words=3)


def formula(weights: MemoryWeights) -> str:
    """The weight of a gradient that is k updates old, in LaTeX."""
    memory = weights.memory
    beta = {"momentum": r"\beta", "beta1": r"\beta_1", "beta2": r"\beta_2", "alpha": r"\alpha"}[memory.coefficient]
    if memory.optimizer == "momentum":
        return f"{beta}^k"
    mean = rf"(1 - {beta})\,{beta}^k"
    return rf"\dfrac{{{mean}}}{{1 - {beta}^t}}" if memory.correction else mean
