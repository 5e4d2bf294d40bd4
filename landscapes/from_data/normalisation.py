"""Batch and layer normalisation of a table of activations, and the moving averages that stand in at test time."""

import numpy as np

from landscapes.landscape import Array
from words import message

EPSILON = 1e-5  # added to a variance before its root, as PyTorch has it
MOMENTUM = 0.1  # weight of the newest batch in a moving average, as PyTorch has it


def batch_normalised(
    table: Array,
    gamma: float = 1.0,
    beta: float = 0.0,
    statistics: tuple[Array, Array] | None = None,
) -> Array:
    """γ (x - mean)/√(variance + ε) + β, each feature by its mean and its biased variance over the examples.

    Args:
        table: examples by features, (N, F).
        statistics: means and variances of the features, (F,) each, in place of the table's own: the moving averages.

    Source: S. Ioffe, C. Szegedy, Batch normalization, ICML 2015, arXiv:1502.03167, algorithms 1 and 2.
    """
    mean, variance = (table.mean(axis=0), table.var(axis=0)) if statistics is None else statistics
    normalised: Array = gamma * (table - mean) / np.sqrt(variance + EPSILON) + beta
    return normalised


def layer_normalised(table: Array, gamma: float = 1.0, beta: float = 0.0) -> Array:
    """The same by the mean and the biased variance of each example over its features: no other example matters.

    Source: J. L. Ba, J. R. Kiros, G. E. Hinton, Layer normalization (2016), arXiv:1607.06450, equation 3.
    """
    return batch_normalised(table.T, gamma, beta).T


def moving_averages(batches: Array, momentum: float = MOMENTUM) -> tuple[Array, Array]:
    """Means and variances of the features before the first batch and after every one, (T + 1, F) each.

    They begin at 0 and 1; each batch moves them by the momentum towards its mean and its unbiased variance.

    Args:
        batches: tables one after the other, (T, N, F).

    Raises:
        ValueError: batches of one example, which have no variance.

    Source: `torch.nn.BatchNorm1d` of PyTorch 2: running_mean, running_var.
    """
    count, examples, features = batches.shape
    if examples < 2:
        raise ValueError(message("a batch needs two examples to have a variance, got {examples}", examples=examples))
    means, variances = np.zeros((count + 1, features)), np.ones((count + 1, features))
    for t, table in enumerate(batches):
        means[t + 1] = (1 - momentum) * means[t] + momentum * table.mean(axis=0)
        variances[t + 1] = (1 - momentum) * variances[t] + momentum * table.var(axis=0, ddof=1)
    return means, variances
