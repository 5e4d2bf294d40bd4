"""What noise, an outlier and clipping do to one update, in words."""

import numpy as np

from landscapes import Array, Landscape, Noise
from landscapes.noise import noise_draw
from optimizers import Clipping
from words import coordinates, paragraph, say, short


def noise_in_words(noise: Noise, t: int) -> str:
    """What update number `t`, counted from 1, was given as its gradient; nothing where that is the gradient."""
    return paragraph(drawn(noise, t), pushed(noise, t))


def pushed(noise: Noise, t: int) -> str:
    """What the bad batch added, at the update that meets it."""
    if not noise.outlier.at(t - 1):
        return ""
    return say(
        "This update meets the bad batch: {push} is added to its gradient.", push=coordinates(noise.outlier.push)
    )


def clipping_in_words(clipping: Clipping, seen: Landscape, p: Array) -> str:
    """What a rule that clips was given as its gradient.

    Args:
        seen: the landscape of this update, with its noise, and `p` the point before it.
    """
    gradient = f"${clipping.rule.latex}$".format(gradient=r"\nabla f")
    before = seen.gradient(p)
    after = clipping.on(seen).gradient(p)
    limit, length = short(clipping.limit), short(float(np.hypot(*before)))
    if np.array_equal(before, after):
        return say(
            "Clipped, with c = {limit}: wherever ∇f is written, this rule is given {gradient} in its place. Here the "
            "gradient has length {length} and passes unchanged.",
            limit=limit,
            gradient=gradient,
            length=length,
        )
    return say(
        "Clipped, with c = {limit}: wherever ∇f is written, this rule is given {gradient} in its place. Here that is "
        "{after} instead of {before}.",
        limit=limit,
        gradient=gradient,
        before=coordinates(before),
        after=coordinates(after),
    )


def drawn(noise: Noise, t: int) -> str:
    """What noise the update met; nothing where there is none."""
    if not noise.present:
        return ""
    gradient = f"${noise.latex}$".format(gradient=r"\nabla f")
    return say(
        "Wherever ∇f is written, this update was given {gradient} in its place, with {draw} for σξ.",
        gradient=gradient,
        draw=coordinates(noise_draw(noise.sigma, noise.seed, t - 1)),
    )
