"""SciPy's own minimizers as trajectories: the points that their callbacks report."""

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from landscapes import Array, Landscape
from optimizers.factory import rule
from optimizers.optimizer import Optimizer, Rule
from words import mark

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

Method = Literal["Nelder-Mead", "BFGS", "trust-exact"]
ITERATIONS = 1000  # bound on what one trajectory may cost


class PathState(NamedTuple):
    """The whole way, as SciPy reported it when the first step was asked for."""

    t: int  # updates done so far
    path: Array  # shape (2, iterations, N); it stays at its last point


def visited(method: Method, landscape: Landscape, start: Array) -> Array:
    """The point after each iteration of one run from `start` (2,), shape (2, iterations); nan where it left."""
    from scipy.optimize import minimize  # slow to import, and few runs need it

    points = [start]

    def value(p: Array) -> float:
        return float(landscape.value(p))

    def callback(intermediate_result: "OptimizeResult") -> None:
        points.append(np.array(intermediate_result.x))
        if not np.isfinite(points[-1]).all():
            raise StopIteration  # SciPy's own way to be stopped

    try:
        minimize(
            value,
            start,
            method=method,
            jac=None if method == "Nelder-Mead" else landscape.gradient,
            hess=landscape.hessian if method == "trust-exact" else None,
            callback=callback,
            options={"maxiter": ITERATIONS},
        )
    except (ValueError, np.linalg.LinAlgError):  # SciPy refuses derivatives that are not finite: the run has left
        points.append(np.full_like(start, np.nan))
    return np.array(points).T


def replay(method: Method) -> Optimizer:
    """Runs SciPy at the first step, from each start alone, and shows one of its iterations in every step."""

    def init(p: Array) -> PathState:
        return PathState(t=0, path=np.zeros((p.shape[0], 0, *p.shape[1:])))

    def update(p: Array, state: PathState, landscape: Landscape) -> tuple[Array, PathState]:
        path = state.path if state.t > 0 else joined(method, landscape, p)
        return path[:, min(state.t + 1, path.shape[1] - 1)], PathState(state.t + 1, path)

    return Optimizer(init, update)


def joined(method: Method, landscape: Landscape, p: Array) -> Array:
    """One path for each start, drawn out to the longest by staying at its end, shape (2, iterations, ...)."""
    starts = p.reshape(len(p), -1).T
    paths = [visited(method, landscape, start) for start in starts]
    longest = max(path.shape[1] for path in paths)
    full = [np.pad(path, ((0, 0), (0, longest - path.shape[1])), mode="edge") for path in paths]
    return np.stack(full, axis=-1).reshape(len(p), longest, *p.shape[1:])


@rule
def nelder_mead() -> Optimizer:
    """The best corner of a triangle that reflects, stretches and shrinks by values alone.

    A step is one iteration of `scipy.optimize.minimize(method="Nelder-Mead")`, which stops by itself. All is computed,
    and counted, at the first step, on the landscape as that step sees it.

    Source: J. A. Nelder, R. Mead, A simplex method for function minimization, Comput. J. 7 (1965) 308,
        doi:10.1093/comjnl/7.4.308.
    """
    return replay("Nelder-Mead")


@rule
def scipy_bfgs() -> Optimizer:
    """BFGS with a line search that meets the Wolfe conditions.

    A step is one iteration of `scipy.optimize.minimize(method="BFGS")`, which stops by itself when no component of
    the gradient is above 10⁻⁵. All is computed, and counted, at the first step.

    Source: J. Nocedal, S. J. Wright, Numerical Optimization, 2nd edition, Springer 2006, algorithm 6.1.
    """
    return replay("BFGS")


@rule
def scipy_trust_region() -> Optimizer:
    """Newton within a region of trust: the lowest point of the local quadratic not farther than a radius.

    A step is one iteration of `scipy.optimize.minimize(method="trust-exact")`. The radius doubles where the quadratic
    foretold the loss well, and where it did not the step is not taken: p stays for a step. All is computed, and
    counted, at the first step.

    Source: A. R. Conn, N. I. M. Gould, P. L. Toint, Trust-Region Methods, SIAM 2000, algorithm 7.3.4.
    """
    return replay("trust-exact")


NELDER_MEAD = Rule(
    factory=nelder_mead,
    name=mark("Nelder-Mead (SciPy)"),
    use=mark("No derivatives at all, or kinks in the surface."),
    fails=mark("Slow in more than a few dimensions, and it can collapse onto a point that is no minimum."),
    lines=None,
    search=mark(r"p \leftarrow \text{best corner after reflecting, stretching or shrinking a simplex}"),
    memory=(),
    momentum=None,
    torch=None,
    counters=("t", "path"),
)
SCIPY_BFGS = Rule(
    factory=scipy_bfgs,
    name=mark("BFGS (SciPy)"),
    use=mark("The reference for smooth surfaces: what a good library does with the same gradients."),
    fails=mark("It stops where the gradient is small, be it a saddle or a plateau."),
    lines=None,
    search=mark(r"p \leftarrow p - \alpha\, B g \quad \text{(Wolfe line search)}"),
    memory=(),
    momentum=None,
    torch=None,
    counters=("t", "path"),
)
SCIPY_TRUST_REGION = Rule(
    factory=scipy_trust_region,
    name=mark("Trust-region Newton (SciPy)"),
    use=mark("Saddles and plateaus with exact Hessians: it uses negative curvature and never leaps too far."),
    fails=mark("It needs the whole Hessian in every step, and on a saddle point itself the gradient tells it to stop."),
    lines=None,
    search=r"p \leftarrow p + \arg\min_{|d| \le \Delta} \left( g^\top d + \tfrac12\, d^\top H d \right)",
    memory=(),
    momentum=None,
    torch=None,
    counters=("t", "path"),
)
