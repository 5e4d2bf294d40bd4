"""How often all directions curve upwards by chance: in a random matrix, and at a critical point of a random field."""

from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.polynomial.legendre import leggauss, legvander

from landscapes.landscape import Array

MOST_DIMENSIONS = 10  # up to which both shares are computed
NODES = 80  # of Gauss and Legendre's quadrature, on either side of 0
REACH = 8.0  # standard deviations beyond which a normal density is 0 to rounding
SPAN = 2 * REACH + 2  # from a shift at one end of that reach to where a density about 0 ends, and its largest power
AT_ONCE = 2**20  # numbers in the matrices that are decomposed together


class Counts(NamedTuple):
    """Random symmetric matrices by their number of negative eigenvalues."""

    shares: Array  # (n + 1,): how many have none, one, ... all negative
    errors: Array  # (n + 1,): the standard error of each share
    drawn: int


class _Nodes(NamedTuple):
    """A quadrature along a line, in ascending order."""

    at: Array  # (K,)
    sizes: Array  # (K,)
    up_to: Array  # (K, K): times the values of a function, its integral from the left end to each node


def share_of_positive_matrices(dimension: int) -> float:
    """The probability that a random symmetric matrix has positive eigenvalues alone.

    ½, (2 - √2)/4, (π - 2√2)/4π, ...: it falls like e^(-n² ln(3)/4), faster than any e^(-cn). The matrix is one of the
    Gaussian orthogonal ensemble: its entries are independent and normal, with twice the variance on the diagonal.

    >>> [f"{share_of_positive_matrices(n):.6g}" for n in (1, 2, 3, 4)]
    ['0.5', '0.146447', '0.0249209', '0.00245671']

    Raises:
        ValueError: the dimension is not from 1 to 10.

    Source: D. S. Dean, S. N. Majumdar, Extreme value statistics of eigenvalues of Gaussian random matrices,
    arXiv:0801.1730; the integral over ordered eigenvalues by N. G. de Bruijn, J. Indian Math. Soc. 19 (1955) 133.
    """
    _check(dimension)
    upwards, whole = _line(0.0, SPAN), _line(-SPAN, 0.0, SPAN)
    density = [np.exp(-0.5 * nodes.at**2)[None] for nodes in (upwards, whole)]
    return float((_ordered(upwards, density[0], dimension) / _ordered(whole, density[1], dimension))[0])


def share_of_minima(dimension: int) -> float:
    """The share of minima among the critical points of an isotropic Gaussian random field in so many dimensions.

    ½, ¼, (29 - 6√6)/116, ...: it falls about like e^(-cn). The Hessian at a critical point is no matrix of the Gaussian
    orthogonal ensemble: it is √2 times one, plus z times the unit matrix, z standard normal, and by Kac and Rice's
    formula it is met the more often the larger |det H| is.

    >>> [f"{share_of_minima(n):.6g}" for n in (1, 2, 3, 4)]
    ['0.5', '0.25', '0.123302', '0.0598858']

    Raises:
        ValueError: the dimension is not from 1 to 10.

    Source: A. J. Bray, D. S. Dean, Statistics of critical points of Gaussian fields on large-dimensional spaces,
    Phys. Rev. Lett. 98 (2007) 150201, doi:10.1103/PhysRevLett.98.150201; for two dimensions M. S. Longuet-Higgins,
    Phil. Trans. R. Soc. A 249 (1957) 321, for three J. M. Bardeen et al., Astrophys. J. 304 (1986) 15.
    """
    _check(dimension)
    shifts = _line(-REACH, REACH)  # z / √2
    found = []
    for nodes in (_line(0.0, SPAN), _line(-SPAN, 0.0, SPAN)):
        # |det H| is the product of the distances of the matrix's eigenvalues from the shift
        density = np.abs(nodes.at) * np.exp(-0.5 * (nodes.at - shifts.at[:, None]) ** 2)
        found.append(shifts.sizes @ (np.exp(-(shifts.at**2)) * _ordered(nodes, density, dimension)))
    return float(found[0] / found[1])


def random_matrices(dimension: int, count: int, seed: int = 0) -> Counts:
    """So many matrices of the Gaussian orthogonal ensemble, drawn and counted by their negative eigenvalues.

    Raises:
        ValueError: the dimension or the count is less than 1.
    """
    return _counted(*_drawn(dimension, count, seed, shifted=False))


def random_critical_points(dimension: int, count: int, seed: int = 0) -> Counts:
    """So many Hessians as at critical points of an isotropic Gaussian field, drawn and counted by negative eigenvalues.

    They are drawn without the weight |det H| of Kac and Rice's formula and counted with it, so the errors are those of
    weighted means. That weight is largest far from z = 0, so z is drawn from a wider density than its own and the
    weight is corrected for that.

    Raises:
        ValueError: the dimension or the count is less than 1.
    """
    return _counted(*_drawn(dimension, count, seed, shifted=True))


def _check(dimension: int) -> None:
    if not 1 <= dimension <= MOST_DIMENSIONS:
        raise ValueError(f"the share is computed in 1 to {MOST_DIMENSIONS} dimensions, got {dimension}")


@cache
def _line(*ends: float) -> _Nodes:
    """Pieces that join at the ends given: inside each of them what is integrated is smooth."""
    x, weights = leggauss(NODES)
    polynomials = legvander(x, NODES)
    orders = np.arange(NODES)
    rises = (polynomials[:, 2:] - polynomials[:, :-2]) / (2 * orders[1:] + 1)  # their integrals from -1
    inside = np.concatenate([x[:, None] + 1.0, rises], axis=1) @ (
        (orders + 0.5)[:, None] * polynomials[:, :-1].T * weights
    )
    count = len(ends) - 1
    at, sizes, up_to = np.empty(NODES * count), np.empty(NODES * count), np.zeros((NODES * count, NODES * count))
    for piece, (low, high) in enumerate(pairwise(ends)):
        rows, half = slice(piece * NODES, (piece + 1) * NODES), (high - low) / 2
        at[rows], sizes[rows] = low + half * (x + 1.0), half * weights
        up_to[rows, rows] = half * inside
        up_to[(piece + 1) * NODES :, rows] = half * weights
    return _Nodes(at, sizes, up_to)


def _ordered(nodes: _Nodes, density: Array, dimension: int) -> Array:
    """∫ ∏_{i<j} (x_j - x_i) ∏ density(x_i) over x₁ < x₂ < ... < x_n, for each of S densities (S, K): (S,).

    By de Bruijn's formula it is the Pfaffian of the integrals of p_i(x) p_j(y) sign(y - x), for any polynomials p_i
    that begin with x^i, here those that are orthogonal for the density; of odd n with a border of the integrals of
    p_i(x).
    """
    mass, before = density * nodes.sizes, np.zeros_like(density)
    polynomial, last = np.ones_like(density), np.ones(len(density))
    functions, norms = [], []
    for order in range(dimension):
        norm = (mass * polynomial**2).sum(axis=1)
        functions.append(density * polynomial / np.sqrt(norm)[:, None])
        norms.append(norm)
        middle = (mass * nodes.at * polynomial**2).sum(axis=1) / norm
        back = norm / last if order else np.zeros_like(norm)
        polynomial, before = (nodes.at - middle[:, None]) * polynomial - back[:, None] * before, polynomial
        last = norm
    f = np.stack(functions, axis=1)  # (S, n, K)
    half = (f * nodes.sizes) @ (f @ nodes.up_to.T).swapaxes(1, 2)
    signs = half.swapaxes(1, 2) - half
    if dimension % 2:
        totals = (f * nodes.sizes).sum(axis=2)
        signs = np.concatenate([signs, -totals[:, None]], axis=1)
        signs = np.concatenate([signs, np.append(totals, np.zeros((len(f), 1)), axis=1)[:, :, None]], axis=2)
    size = np.sqrt(np.prod(norms, axis=0))
    integral: Array = size * np.sqrt(np.maximum(np.linalg.det(signs), 0.0))
    return integral


def _drawn(dimension: int, count: int, seed: int, *, shifted: bool) -> tuple[Array, Array, int]:
    """Of each matrix the number of negative eigenvalues and how much it counts, (count,) both."""
    if dimension < 1 or count < 1:
        raise ValueError(f"drawing matrices needs a dimension and a count of at least 1, got {dimension} and {count}")
    rng, negative, weights = np.random.default_rng(seed), np.empty(count), np.ones(count)
    together = max(1, AT_ONCE // dimension**2)
    for first in range(0, count, together):
        some = min(together, count - first)
        matrices = rng.normal(size=(some, dimension, dimension))
        values = np.linalg.eigvalsh(0.5 * (matrices + matrices.swapaxes(1, 2)))
        if shifted:
            z = np.sqrt(1.0 + dimension) * rng.normal(size=(some, 1))
            values = np.sqrt(2) * values + z
            of_z = np.exp(-0.5 * z[:, 0] ** 2 * dimension / (1.0 + dimension))
            weights[first : first + some] = np.abs(values).prod(axis=1) * of_z
        negative[first : first + some] = (values < 0).sum(axis=1)
    return negative, weights, dimension


def _counted(negative: Array, weights: Array, dimension: int) -> Counts:
    weights = weights / weights.sum()
    hits = negative == np.arange(dimension + 1)[:, None]
    shares = hits @ weights
    errors = np.sqrt(((weights * (hits - shares[:, None])) ** 2).sum(axis=1))
    return Counts(shares, errors, negative.size)
