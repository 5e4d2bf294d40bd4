"""Examples that a network is trained on; all of them are made, and the seed is the data."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from landscapes.landscape import Array

PIXELS = 8  # along each side of a made image
NIB = 0.09  # half the width of a stroke, of the side of an image


class Examples(NamedTuple):
    """Inputs and targets, one column an example; of classes the target is 1 in the row of the right one, else 0."""

    inputs: Array  # (inputs, examples)
    targets: Array  # (outputs, examples)

    def part(self, first: int, last: int) -> "Examples":
        """The examples from number `first` to before `last`."""
        return Examples(self.inputs[:, first:last], self.targets[:, first:last])


def _of_classes(inputs: Array, classes: "np.ndarray[tuple[int], np.dtype[np.int64]]", count: int) -> Examples:
    return Examples(inputs, np.eye(count)[:, classes])


def _needs(count: int, least: int, name: str) -> None:
    if count < least:
        raise ValueError(f"{name} needs at least {least} examples, got {count}")


def two_spirals(count: int = 200, seed: int = 0, noise: float = 0.05, turns: float = 1.0) -> Examples:
    """Two classes that wind round each other, in the plane, `turns` times.

    Source: K. J. Lang, M. J. Witbrock, Learning to tell two spirals apart, 1988, whose spirals turn three times.
    """
    _needs(count, 2, "two_spirals")
    rng, half = np.random.default_rng(seed), count // 2
    radius = np.sqrt(rng.uniform(0.02, 1.0, half))
    angle = 2 * np.pi * turns * radius
    arm = radius * np.array([np.cos(angle), np.sin(angle)])
    inputs = 2 * np.concatenate([arm, -arm], axis=1) + noise * rng.normal(size=(2, 2 * half))
    return _of_classes(inputs, np.repeat([0, 1], half), 2)


def rings(count: int = 200, seed: int = 0, noise: float = 0.1) -> Examples:
    """Two classes in the plane, one on a circle of radius ½, one on a circle of radius 1½ round it."""
    _needs(count, 2, "rings")
    rng, classes = np.random.default_rng(seed), np.arange(count) % 2
    angle = rng.uniform(0.0, 2 * np.pi, count)
    inputs = (0.5 + classes) * np.array([np.cos(angle), np.sin(angle)]) + noise * rng.normal(size=(2, count))
    return _of_classes(inputs, classes, 2)


def clusters(count: int = 200, seed: int = 0, kinds: int = 4, noise: float = 0.4) -> Examples:
    """Classes in the plane, each normal about its own place on the unit circle."""
    _needs(count, kinds, "clusters")
    rng, classes = np.random.default_rng(seed), np.arange(count) % kinds
    angle = 2 * np.pi * classes / kinds
    return _of_classes(np.array([np.cos(angle), np.sin(angle)]) + noise * rng.normal(size=(2, count)), classes, kinds)


def wave(count: int = 60, seed: int = 0, noise: float = 0.1) -> Examples:
    """A curve to fit: sin(3x) over (-2, 2) with normal noise; the only set whose targets are numbers."""
    _needs(count, 2, "wave")
    rng = np.random.default_rng(seed)
    x = rng.uniform(-2.0, 2.0, (1, count))
    return Examples(x, np.sin(3 * x) + noise * rng.normal(size=(1, count)))


def answers_of_a_teacher(
    count: int = 60, seed: int = 0, inputs: int = 4, units: int = 4, noise: float = 0.3
) -> Examples:
    """A function to fit: what a random network of so many tanh units answers to normal inputs, with normal noise.

    Source: the setting of a teacher and a student, e.g. S. Goldt et al., Dynamics of stochastic gradient descent for
    two-layer neural networks in the teacher-student setup, arXiv:1906.08632.
    """
    _needs(count, 2, "answers_of_a_teacher")
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(inputs, count))
    hidden = np.tanh(rng.normal(size=(units, inputs)) @ x)
    answers = rng.normal(size=(1, units)) @ hidden
    return Examples(x, answers + noise * rng.normal(size=(1, count)))


# Strokes of ten signs in the unit square: from (x, y) to (x, y), y upwards.
_BOTTOM, _TOP = ((0.2, 0.1), (0.8, 0.1)), ((0.2, 0.9), (0.8, 0.9))
_LEFT, _RIGHT = ((0.2, 0.1), (0.2, 0.9)), ((0.8, 0.1), (0.8, 0.9))
_ACROSS, _UPRIGHT = ((0.2, 0.5), (0.8, 0.5)), ((0.5, 0.1), (0.5, 0.9))
_RISING, _FALLING = ((0.2, 0.1), (0.8, 0.9)), ((0.2, 0.9), (0.8, 0.1))
SIGNS_DRAWN = (
    (_BOTTOM, _TOP, _LEFT, _RIGHT),
    (_UPRIGHT,),
    (_TOP, _RISING, _BOTTOM),
    (_TOP, _ACROSS, _BOTTOM, _RIGHT),
    (_LEFT, _ACROSS, _RIGHT),
    (_TOP, _FALLING, _BOTTOM),
    (_LEFT, _BOTTOM, _ACROSS),
    (_TOP, _RISING),
    (_RISING, _FALLING),
    (_ACROSS, _UPRIGHT),
)


def signs_drawn(count: int = 200, seed: int = 0, noise: float = 0.15) -> Examples:
    """Images of 8×8 pixels in ten classes: signs of straight strokes, turned, leaning, moved, and with noise.

    Pixels have mean 0 over the images, each by itself, and together spread 1.
    """
    _needs(count, len(SIGNS_DRAWN), "signs_drawn")
    rng, classes = np.random.default_rng(seed), np.arange(count) % len(SIGNS_DRAWN)
    centres = (np.arange(PIXELS) + 0.5) / PIXELS
    pixels = np.array(np.meshgrid(centres, centres[::-1])).reshape(2, -1)
    images = np.empty((PIXELS**2, count))
    for number, sign in enumerate(classes):
        turn, lean, (wide, high), moved = (
            rng.normal(0.0, 0.12),
            rng.normal(0.0, 0.12),
            rng.uniform(0.75, 1.1, 2),
            rng.normal(0.0, 0.05, 2),
        )
        turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        shape = turned @ np.array([[wide, lean], [0.0, high]])
        ends = np.array(SIGNS_DRAWN[sign]) - 0.5  # (strokes, 2 ends, 2)
        begin, end = (ends @ shape.T + 0.5 + moved).transpose(1, 2, 0)  # (2, strokes)
        along, away = end - begin, pixels[:, :, None] - begin[:, None]
        share = np.clip((away * along[:, None]).sum(axis=0) / (along * along).sum(axis=0), 0.0, 1.0)
        distance = np.sqrt(((away - share * along[:, None]) ** 2).sum(axis=0)).min(axis=1)
        images[:, number] = np.exp(-0.5 * (distance / NIB) ** 2)
    images += noise * rng.normal(size=images.shape)
    images -= images.mean(axis=1, keepdims=True)
    return _of_classes(images / images.std(), classes, len(SIGNS_DRAWN))


MADE_EXAMPLES: Mapping[str, Callable[..., Examples]] = {
    "two_spirals": two_spirals,
    "rings": rings,
    "clusters": clusters,
    "wave": wave,
    "signs_drawn": signs_drawn,
}
