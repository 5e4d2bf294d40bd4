"""Softmax with a temperature, and the cross-entropy of one example of three classes."""

import numpy as np

from landscapes.landscape import Array, Domain, Landscape
from words import message

CLASSES_OF_SOFTMAX = 3
LOGITS: Domain = ((-6.0, 6.0), (-6.0, 6.0))


def softmax(logits: Array, temperature: float = 1.0) -> Array:
    """exp(zₖ/T) / Σ exp(zⱼ/T) over axis 0, of the shape of the logits.

    >>> import numpy as np
    >>> softmax(np.log([1.0, 2.0, 1.0]))
    array([0.25, 0.5 , 0.25])
    """
    scaled = np.asarray(logits, dtype=float) / temperature
    weights = np.exp(scaled - scaled.max(axis=0))
    probabilities: Array = weights / weights.sum(axis=0)
    return probabilities


def negative_log_likelihood(logits: Array, target: int, temperature: float = 1.0) -> Array:
    """-ln p of the target class: the cross-entropy with a one-hot target, without axis 0 of the logits.

    However unlikely the target is, it is right to rounding: ln Σ exp(zⱼ/T) - z/T, never the logarithm of 0.
    """
    scaled = np.asarray(logits, dtype=float) / temperature
    loss: Array = np.logaddexp.reduce(scaled, axis=0) - scaled[target]
    return loss


def logit_gradient(logits: Array, target: int, temperature: float = 1.0) -> Array:
    """(p - y)/T, where y is 1 for the target and 0 for the others: the gradient of -ln p by the logits.

    Source: J. S. Bridle, Probabilistic interpretation of feedforward classification network outputs, NATO ASI F68
        (1990) 227.
    """
    gradient = softmax(logits, temperature)
    gradient[target] -= 1.0
    return gradient / temperature


def three_class_loss(third: float, target: int, temperature: float = 1.0) -> Landscape:
    """-ln p of the target over the first two logits, the third fixed.

    Args:
        target: 0, 1 or 2.

    Raises:
        ValueError: another target, or a temperature that is not positive.
    """
    if target not in range(CLASSES_OF_SOFTMAX):
        raise ValueError(message("a target of three classes is 0, 1 or 2, got {target}", target=target))
    if not temperature > 0:
        raise ValueError(message("softmax needs a temperature > 0, got {temperature}", temperature=temperature))

    def whole(p: Array) -> Array:
        return np.stack([p[0], p[1], np.full(p.shape[1:], third)])

    def hessian(p: Array) -> Array:
        first, second = softmax(whole(p), temperature)[:2]
        bends = np.array([[first * (1 - first), -first * second], [-first * second, second * (1 - second)]])
        curved: Array = bends / temperature**2
        return curved

    return Landscape(
        name="Cross-entropy of three classes",
        latex=r"-\ln p_t, \quad p = \mathrm{softmax}(z / T)",
        value=lambda p: negative_log_likelihood(whole(p), target, temperature),
        gradient=lambda p: logit_gradient(whole(p), target, temperature)[:2],
        hessian=hessian,
        domain=LOGITS,
        start=(2.0, 1.0),
        about="Convex in the logits, and where the answer is very wrong it has a constant slope.",
        source="J. S. Bridle, Probabilistic interpretation of network outputs, NATO ASI F68 (1990) 227",
    )
