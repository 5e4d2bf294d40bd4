"""A plane through a loss in many dimensions is an ordinary landscape of two coordinates."""

from collections.abc import Callable

import numpy as np

from landscapes.landscape import Array, Domain, Landscape
from landscapes.networks.chunks import in_chunks
from landscapes.networks.hessian import times_hessian

AT_ONCE = 2**18  # parameters: those of all points of a fine grid together would fill the memory
WINDOW: Domain = ((-1.0, 1.0), (-1.0, 1.0))


def plane(
    loss: Landscape,
    origin: Array,
    directions: Array,
    domain: Domain = WINDOW,
    start: tuple[float, float] | None = None,
    name: str = "Slice",
) -> Landscape:
    """L(θ* + α d₁ + β d₂) as a landscape of α and β: the loss on a plane, with its exact derivatives.

    By the chain rule, with D = (d₁, d₂): the gradient is Dᵀ∇L, the Hessian DᵀHD, by two products with the loss's
    Hessian for each point. The directions need not be orthogonal, and a distance on the plane is one in the loss's
    space only where they are orthonormal. A gradient of zero here is one along the plane alone: the loss may still fall
    in every other direction, and a minimum of the slice may be a saddle of the loss, or no critical point at all.

    >>> from landscapes import formula
    >>> sliced = plane(formula("x**2 + 3*y**2"), np.zeros(2), np.array([[1.0, 1.0], [1.0, -1.0]]))
    >>> float(sliced.value(np.array([1.0, 1.0]))), sliced.gradient(np.array([1.0, 1.0])).tolist()
    (4.0, [4.0, 4.0])

    Args:
        loss: a landscape of D coordinates.
        origin: θ*, shape (D,).
        directions: d₁ and d₂ as columns, shape (D, 2).
        domain: where to look, in α and β.
        start: where a descent on the slice begins, in α and β; without it halfway to the upper corner of the domain.

    Raises:
        ValueError: the shapes do not fit, a number is not finite, or the directions span no plane.

    Source: I. Goodfellow, O. Vinyals, A. Saxe, Qualitatively characterizing neural network optimization problems,
    arXiv:1412.6544; H. Li et al., Visualizing the loss landscape of neural nets, arXiv:1712.09913, eq. (1).
    """
    theta, spanning = np.array(origin, dtype=float), np.array(directions, dtype=float)
    if theta.ndim != 1 or spanning.shape != (theta.size, 2):
        raise ValueError(
            f"plane needs an origin of shape (D,) and directions of shape (D, 2), got {theta.shape} and "
            f"{spanning.shape}"
        )
    if not (np.isfinite(theta).all() and np.isfinite(spanning).all()):
        raise ValueError("plane needs an origin and directions with finite numbers")
    if np.linalg.matrix_rank(spanning / np.maximum(np.linalg.norm(spanning, axis=0), 1e-300)) < 2:
        raise ValueError("plane needs two directions that are not parallel, nor zero, to span it")
    product = times_hessian(loss)

    def lifted(c: Array) -> Array:
        """The parameters at coordinates (2, ...) of the plane, (D, ...)."""
        behind = [1] * (c.ndim - 1)
        at: Array = theta.reshape(-1, *behind)
        for k in range(2):
            at = at + spanning[:, k].reshape(-1, *behind) * c[k]
        return at

    def slope(c: Array) -> Array:
        return np.tensordot(spanning.T, loss.gradient(lifted(c)), axes=1)

    def bend(c: Array) -> Array:
        at = lifted(c)
        columns = [np.tensordot(spanning.T, product(at, _beside(spanning[:, k], at)), axes=1) for k in range(2)]
        matrix = np.stack(columns, axis=1)
        symmetric: Array = 0.5 * (matrix + matrix.swapaxes(0, 1))
        return symmetric

    def of_the_plane(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
        return lambda c: in_chunks(function, np.asarray(c, dtype=float), max(1, AT_ONCE // theta.size))

    (left, right), (low, high) = domain
    noisy = loss.batch
    return Landscape(
        name=name,
        latex=r"L(\theta^* + \alpha d_1 + \beta d_2)",
        value=of_the_plane(lambda c: loss.value(lifted(c))),
        gradient=of_the_plane(slope),
        hessian=of_the_plane(bend),
        domain=domain,
        start=(0.25 * left + 0.75 * right, 0.25 * low + 0.75 * high) if start is None else start,
        axes=("α", "β"),
        about=f"A plane through a loss in {theta.size:,} dimensions.",
        smooth=loss.smooth,
        defined_everywhere=loss.defined_everywhere,
        batch=None if noisy is None else lambda step: plane(noisy(step), theta, spanning, domain, start, name),
    )


def _beside(direction: Array, at: Array) -> Array:
    """A direction (D,) with as many axes as the points, and repeated for each of them."""
    return np.broadcast_to(direction.reshape(-1, *[1] * (at.ndim - 1)), at.shape)


def line(loss: Landscape, begin: Array, end: Array, points: int = 25) -> tuple[Array, Array]:
    """Shares of the way, (points,), from 0 at `begin` to 1 at `end`, and the loss there, along the straight line.

    Raises:
        ValueError: fewer than 3 points, or the two ends do not have the same shape (D,).
    """
    if points < 3:
        raise ValueError(f"line needs at least 3 points, got {points}")
    if begin.ndim != 1 or begin.shape != end.shape:
        raise ValueError(f"line needs two points of the same shape (D,), got {begin.shape} and {end.shape}")
    share = np.linspace(0.0, 1.0, points)
    return share, loss.value(begin[:, None] * (1 - share) + end[:, None] * share)
