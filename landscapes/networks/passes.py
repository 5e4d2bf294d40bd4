"""Forward and backward through a network, for K parameter vectors at once.

Arrays lie features first, (K, features, examples): half the time of examples first. The functions are analytic in the
parameters wherever the loss is smooth, so that a complex step through the gradient is exact.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from landscapes.networks.activations import UNIT_ACTIVATIONS, Numbers
from landscapes.networks.architecture import Architecture
from landscapes.networks.training_data import Examples

SMALLEST = 1e-5  # ε of batch normalisation: keeps a unit that never changes finite


class OutputLoss(NamedTuple):
    """The mean loss of outputs (..., outputs, examples) given the targets, and its gradient by the outputs."""

    name: str
    value: Callable[[Numbers, Numbers], Numbers]
    gradient: Callable[[Numbers, Numbers], Numbers]


def _cross_entropy(outputs: Numbers, targets: Numbers) -> Numbers:
    shifted = outputs - outputs.real.max(axis=-2, keepdims=True)
    losses: Numbers = np.log(np.exp(shifted).sum(axis=-2)) - (shifted * targets).sum(axis=-2)
    mean: Numbers = losses.mean(axis=-1)
    return mean


def _cross_entropy_gradient(outputs: Numbers, targets: Numbers) -> Numbers:
    shares = np.exp(outputs - outputs.real.max(axis=-2, keepdims=True))
    shares /= shares.sum(axis=-2, keepdims=True)
    gradient: Numbers = (shares - targets) / outputs.shape[-1]
    return gradient


def _squared_error(outputs: Numbers, targets: Numbers) -> Numbers:
    errors = outputs - targets
    mean: Numbers = 0.5 * (errors * errors).sum(axis=-2).mean(axis=-1)
    return mean


def _squared_error_gradient(outputs: Numbers, targets: Numbers) -> Numbers:
    gradient: Numbers = (outputs - targets) / outputs.shape[-1]
    return gradient


OUTPUT_LOSSES: Mapping[str, OutputLoss] = {
    "cross_entropy": OutputLoss("Cross-entropy", _cross_entropy, _cross_entropy_gradient),
    "squared_error": OutputLoss("½ squared error", _squared_error, _squared_error_gradient),
}


class _Layer(NamedTuple):
    """What the backward pass needs of a layer's forward pass."""

    normed: Numbers
    scale: Numbers | None  # one over the standard deviation; None without normalisation
    active: Numbers


@cache
def _equal_weights(examples: int) -> Numbers:
    """One over the number of examples for each of them, (examples, 1)."""
    return np.full((examples, 1), 1.0 / examples)


def _mean(numbers: Numbers) -> Numbers:
    """Over the examples: as a product of matrices in half the time of NumPy's own sum."""
    mean: Numbers = numbers @ _equal_weights(numbers.shape[-1])
    return mean


def _forward(
    architecture: Architecture, parts: list[Numbers], inputs: Numbers, layers: list[_Layer] | None = None
) -> Numbers:
    """The outputs; appends what every layer did to `layers`, where a backward pass is to follow."""
    activate = UNIT_ACTIVATIONS[architecture.activation].value
    stream: Numbers = parts[0] @ inputs + parts[1]
    for number in range(architecture.depth + 1):
        normed, scale = stream, None
        if architecture.normalised:
            normed = stream - _mean(stream)
            scale = 1.0 / np.sqrt(_mean(normed * normed) + SMALLEST)
            normed *= scale
        active = activate(normed)
        if layers is not None:
            layers.append(_Layer(normed, scale, active))
        after = parts[2 + 2 * number] @ active
        after += parts[3 + 2 * number]
        if number < architecture.depth and architecture.skip:
            after += stream if architecture.skip == 1 else architecture.skip * stream
        stream = after
    return stream


def outputs_of(architecture: Architecture, theta: Numbers, inputs: Numbers) -> Numbers:
    """What networks answer to inputs (inputs, examples): (outputs, examples), or (K, outputs, examples) for (D, K)."""
    return _forward(architecture, architecture.unpacked(theta), inputs)


def mean_loss(architecture: Architecture, loss: OutputLoss, examples: Examples, theta: Numbers) -> Numbers:
    """The loss of (D,) or (D, K) parameters, without axis or (K,)."""
    return loss.value(outputs_of(architecture, theta, examples.inputs), examples.targets)


def mean_loss_gradient(architecture: Architecture, loss: OutputLoss, examples: Examples, theta: Numbers) -> Numbers:
    """Its gradient by all parameters, (D,) or (D, K), by the reverse mode."""
    derivative = UNIT_ACTIVATIONS[architecture.activation].derivative
    parts = architecture.unpacked(theta)
    layers: list[_Layer] = []
    outputs = _forward(architecture, parts, examples.inputs, layers)
    by_stream = loss.gradient(outputs, examples.targets)
    gradients: list[Numbers] = [np.empty(0)] * len(parts)
    for number in reversed(range(architecture.depth + 1)):
        normed, scale, active = layers[number]
        weights = 2 + 2 * number
        gradients[weights] = by_stream @ active.swapaxes(-1, -2)
        gradients[weights + 1] = by_stream.sum(axis=-1, keepdims=True)
        before = parts[weights].swapaxes(-1, -2) @ by_stream
        before *= derivative(normed, active)
        if scale is not None:
            along = _mean(before * normed)
            before -= _mean(before)
            before -= normed * along
            before *= scale
        if number < architecture.depth and architecture.skip:
            before += by_stream if architecture.skip == 1 else architecture.skip * by_stream
        by_stream = before
    gradients[0] = by_stream @ examples.inputs.T
    gradients[1] = by_stream.sum(axis=-1, keepdims=True)
    return architecture.packed(gradients)
