"""Eigenvalues of a loss's Hessian: all of them exactly, or by Lanczos' method where there are too many."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes.landscape import Array, Landscape
from landscapes.networks.hessian import MOST_EXACT, dense_hessian, times_hessian


class Ritz(NamedTuple):
    """What Lanczos' method knows of a symmetric matrix after m products."""

    values: Array  # (m,), ascending; the first and the last near the matrix's smallest and largest eigenvalue
    weights: Array  # (m,), the starting vector's squared share along each; they add up to 1
    errors: Array  # (m,): at least one eigenvalue of the matrix lies within so much of each value
    vectors: Array  # (D, m), of length 1, as columns


class Density(NamedTuple):
    """The distribution of a matrix's eigenvalues by stochastic Lanczos quadrature."""

    values: Array  # (probes, m): where each probe places weight
    weights: Array  # (probes, m); each row adds up to 1
    traces: Array  # (probes,): each probe's estimate of the sum of all eigenvalues

    def below(self, level: float) -> Array:
        """Each probe's share of eigenvalues up to `level`, (probes,): their scatter is the error of their mean."""
        share: Array = (self.weights * (self.values <= level)).sum(axis=1)
        return share


class LargestEigenvalues(NamedTuple):
    """The largest eigenvalue of the Hessian at points of a path."""

    numbers: NDArray[np.int64]  # (P,), of these points
    values: Array  # (P,)
    vector: Array  # (D,), near the eigenvector at the last of them


def exact_eigenvalues(loss: Landscape, theta: Array) -> Array:
    """All eigenvalues of the Hessian at θ (D,), ascending, (D,).

    Raises:
        ValueError: D is more than 700, for which `spectral_density` is meant.
    """
    if theta.size > MOST_EXACT:
        raise ValueError(f"exact_eigenvalues needs at most {MOST_EXACT} coordinates, got {theta.size}")
    return np.asarray(np.linalg.eigvalsh(dense_hessian(times_hessian(loss), theta)), dtype=float)


def lanczos(product: Callable[[Array], Array], start: Array, steps: int) -> Ritz:
    """The m = `steps` Ritz values of a symmetric matrix from its products with vectors, begun at `start` (D,).

    Every vector is made orthogonal to all before it, twice, so no eigenvalue appears twice by rounding. It ends early
    where the vectors span a space that the matrix maps to itself.

    Raises:
        ValueError: `start` is zero or not finite, or `steps` is less than 1.

    Source: C. Lanczos, J. Res. Nat. Bur. Standards 45 (1950) 255, doi:10.6028/jres.045.026; the error by B. N. Parlett,
    The symmetric eigenvalue problem, section 13.2.
    """
    length = float(np.linalg.norm(start))
    if steps < 1 or not np.isfinite(length) or length == 0:
        raise ValueError("lanczos needs at least 1 step, and a start that is finite and not zero")
    steps = min(steps, start.size)
    basis = np.empty((steps, start.size))
    diagonal, beside = np.zeros(steps), np.zeros(steps)
    vector: Array = start / length
    made, largest = 0, 0.0
    for made in range(1, steps + 1):
        basis[made - 1] = vector
        image: Array = product(vector)
        largest = max(largest, float(np.linalg.norm(image)))
        diagonal[made - 1] = vector @ image
        so_far = basis[:made]
        for _ in range(2):
            image = image - so_far.T @ (so_far @ image)
        beside[made - 1] = np.linalg.norm(image)
        if beside[made - 1] <= 1e-13 * largest:
            break
        vector = image / beside[made - 1]
    between = beside[: made - 1]
    values, shapes = np.linalg.eigh(np.diag(diagonal[:made]) + np.diag(between, 1) + np.diag(between, -1))
    return Ritz(values, shapes[0] ** 2, beside[made - 1] * np.abs(shapes[-1]), basis[:made].T @ shapes)


def extreme_eigenvalues(loss: Landscape, theta: Array, steps: int = 30, seed: int = 0) -> Ritz:
    """Lanczos' method for the Hessian at θ (D,) from a random start: the ends of the spectrum.

    The largest value is at most the largest eigenvalue, the smallest at least the smallest: a negative one proves that
    the Hessian has a negative eigenvalue, while a positive one does not prove that it has none.
    """
    product = times_hessian(loss)
    return lanczos(partial(product, theta), np.random.default_rng(seed).normal(size=theta.size), steps)


def spectral_density(loss: Landscape, theta: Array, probes: int = 10, steps: int = 30, seed: int = 0) -> Density:
    """How the eigenvalues of the Hessian at θ (D,) are distributed, from so many random starts of Lanczos' method.

    Each probe's weights are the shares of a random vector, so the probes scatter, about the truth as their number
    grows; their scatter is to be shown with their mean.

    Source: S. Ubaru, J. Chen, Y. Saad, SIAM J. Matrix Anal. Appl. 38 (2017) 1075, doi:10.1137/16M1104974; B. Ghorbani,
    S. Krishnan, Y. Xiao, An investigation into neural net optimization via Hessian eigenvalue density,
    arXiv:1901.10159.
    """
    rng, product, size = np.random.default_rng(seed), times_hessian(loss), theta.size
    found = [lanczos(partial(product, theta), rng.normal(size=size), steps) for _ in range(probes)]
    most = max(each.values.size for each in found)
    values, weights = np.zeros((probes, most)), np.zeros((probes, most))
    for row, each in enumerate(found):
        values[row, : each.values.size], weights[row, : each.values.size] = each.values, each.weights
    return Density(values, weights, size * (values * weights).sum(axis=1))


def sharpness(
    loss: Landscape, path: Array, every: int = 25, steps: int = 12, begin: Array | None = None
) -> LargestEigenvalues:
    """The largest eigenvalue of the Hessian at every so many points of a path (D, T).

    Each search begins with the vector that the last one has found, so few products do: a value is at most the true one,
    by the error that `lanczos` gives.

    Args:
        begin: the vector with which the first search begins, (D,), such as the one that an earlier part of the path has
            ended with; a random one where it is left out.

    Raises:
        ValueError: `every` is less than 1, or the path is not finite.

    Source: J. Cohen et al., Gradient descent on neural networks typically occurs at the edge of stability,
    arXiv:2103.00065.
    """
    if every < 1:
        raise ValueError(f"sharpness needs every ≥ 1, got {every}")
    if not np.isfinite(path).all():
        raise ValueError("sharpness needs a path that is finite, so without the part after a run has diverged")
    product, numbers = times_hessian(loss), np.arange(0, path.shape[1], every)
    vector: Array = np.random.default_rng(0).normal(size=(path.shape[0],)) if begin is None else begin
    largest: Array = np.empty(numbers.size)
    for row, number in enumerate(numbers):
        ritz = lanczos(partial(product, path[:, number]), vector, steps)
        largest[row] = float(ritz.values[-1])
        vector = ritz.vectors[:, -1]
    return LargestEigenvalues(numbers, largest, vector)
