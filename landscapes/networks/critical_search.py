"""Critical points of a loss in some tens of dimensions, from many starts at once."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes.landscape import Array, Landscape

MOST_SEARCHED = 100  # coordinates: each search makes the whole Hessian at every step
SMALL = 1e-8  # a gradient below this is zero for a search ...
SHORT = 1e-4  # ... whose last step was shorter than this part of |θ|: one on its way to infinity makes long steps
ZERO = 1e-7  # of the largest in size: an eigenvalue below it is neither positive nor negative
DONE = 1e-11  # a gradient below which a search ends
FIRST, EASIER, HARDER, HOPELESS = 1e-2, 0.25, 4.0, 1e10  # the damping, its factors after a step and a refusal, its end


class Searches(NamedTuple):
    """Where K searches for critical points have ended."""

    points: Array  # (D, K)
    losses: Array  # (K,)
    slopes: Array  # (K,), the norm of the gradient there
    eigenvalues: Array  # (D, K) of the Hessian there, ascending
    found: NDArray[np.bool_]  # (K,), whether the search has converged

    @property
    def positive(self) -> Array:
        """The share of positive eigenvalues at each end, (K,)."""
        share: Array = (self.eigenvalues > self._level).mean(axis=0)
        return share

    @property
    def negative(self) -> Array:
        """The share of negative eigenvalues at each end, (K,); with the positive ones it may be less than 1."""
        share: Array = (self.eigenvalues < -self._level).mean(axis=0)
        return share

    @property
    def _level(self) -> Array:
        level: Array = ZERO * np.abs(self.eigenvalues).max(axis=0)
        return level


def critical_searches(
    loss: Landscape, starts: Array, steps: int = 150, check: Callable[[float], object] | None = None
) -> Searches:
    """Searches for points where the gradient is zero, minima and saddles alike, from K starts (D, K) at once.

    Each is Levenberg and Marquardt's method for ½|∇L|², whose Gauss-Newton matrix is H²: a step
    -(H² + μ|∇L| I)⁻¹ H ∇L that makes |∇L| smaller is taken and μ quartered, another is refused and μ made four times as
    large. It converges quadratically where H is not singular, to whichever kind of point is near. It may also end where
    |∇L| is smallest without being zero, or be on its way to infinity: then it is not `found`.

    Args:
        check: called after each step with the share that is done; to stop the searches, it raises.

    Raises:
        ValueError: the loss has more than 100 coordinates, or a start is not finite.

    Source: D. W. Marquardt, J. Soc. Indust. Appl. Math. 11 (1963) 431, doi:10.1137/0111030; the damping by the norm of
    the residual: J. Fan, Y. Yuan, Computing 74 (2005) 23, doi:10.1007/s00607-004-0083-1; for networks: Y. Dauphin et
    al., arXiv:1406.2572, section 3, J. Pennington, Y. Bahri, Proc. ICML 2017.
    """
    if starts.ndim != 2 or starts.shape[0] > MOST_SEARCHED or not np.isfinite(starts).all():
        raise ValueError(
            f"critical_searches needs finite starts of shape (D, K), D up to {MOST_SEARCHED}, got {starts.shape}"
        )
    points, g = starts.copy(), loss.gradient(starts)
    size, count = points.shape
    damping, strides = np.full(count, FIRST), np.zeros(count)
    diagonal = np.arange(size)
    for step in range(steps):
        slopes = np.linalg.norm(g, axis=0)
        going = np.flatnonzero((slopes > DONE) & (damping < HOPELESS))
        if not going.size:
            break
        hessians = loss.hessian(points[:, going]).transpose(2, 0, 1)
        matrices = hessians @ hessians
        matrices[:, diagonal, diagonal] += (damping[going] * slopes[going])[:, None]
        uphill = hessians @ g[:, going].T[:, :, None]
        moves = -np.linalg.solve(matrices, uphill)[:, :, 0].T
        there = loss.gradient(points[:, going] + moves)
        better = np.linalg.norm(there, axis=0) < slopes[going]
        taken = going[better]
        points[:, taken] += moves[:, better]
        g[:, taken] = there[:, better]
        strides[taken] = np.linalg.norm(moves[:, better], axis=0)
        damping[going] *= np.where(better, EASIER, HARDER)
        if check is not None:
            check((step + 1) / steps)
    slopes = np.linalg.norm(g, axis=0)
    size_of_all = np.maximum(np.linalg.norm(points, axis=0), np.linalg.norm(starts, axis=0))
    found = (slopes < SMALL) & (strides <= SHORT * size_of_all)
    eigenvalues = np.asarray(np.linalg.eigvalsh(loss.hessian(points).transpose(2, 0, 1)).T, dtype=float)
    return Searches(points, loss.value(points), slopes, eigenvalues, found)
