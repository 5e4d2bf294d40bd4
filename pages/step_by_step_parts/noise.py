"""What noise does to one update, in words."""

from landscapes import Noise
from landscapes.noise import noise_draw
from words import coordinates, say


def noise_in_words(noise: Noise, t: int) -> str:
    """What update number `t`, counted from 1, was given as its gradient; nothing where there is no noise."""
    if not noise.present:
        return ""
    gradient = f"${noise.latex}$".format(gradient=r"\nabla f")
    return say(
        "Wherever ∇f is written, this update was given {gradient} in its place, with {draw} for σξ.",
        gradient=gradient,
        draw=coordinates(noise_draw(noise.sigma, noise.seed, t - 1)),
    )
