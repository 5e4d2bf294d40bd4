"""What value, gradient and Hessian at one point amount to: whether it is critical, and of which kind."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from landscapes.critical import KINDS, CriticalPoint, Nature, View, newton_step, signs
from landscapes.curvature.eigenvalues import eigenvalue_rounding, eigenvalues
from landscapes.formula import UNIT
from landscapes.landscape import Array, Landscape

Status = Literal[
    "undefined",  # value, gradient or Hessian is not finite
    "corner",  # the gradient jumps, or grows without end, towards the point
    "rough",  # the Hessian does
    "slope",  # the gradient is not zero
    "minimum",  # critical, by the second-derivative test
    "saddle",
    "maximum",
    "curve",  # critical, as are the points on both sides of it along a curve
    "plateau",  # gradient and Hessian are zero to the last digit, here and round about
    "degenerate",  # critical, with an eigenvalue that is zero to rounding, and none of the above
]
TURNS = np.arange(8) * np.pi / 4 + 0.3
RING = np.array([np.cos(TURNS), np.sin(TURNS)])  # (2, 8), opposite points four apart
NEAR = 1e-8  # of the view: radius of the smaller of two rings on which jumps are looked for
WIDER = 10.0  # how much larger the other one is
SETTLED = 0.98  # what differs on the smaller ring by less than this part of what it does on the larger one is no jump
ASIDE = 0.005  # of half the view: how far from the point the next ones of a curve are looked for
BLUR = 1e-6  # of the Hessian's size there: less is 0 at a degenerate point, whose place is known to a few digits only
LONGEST = 0.05  # of half the view: a step that is longer does not lead to a curve beside
ITERATIONS = 80  # towards the curve: enough for a fourth power, whose steps get shorter by a third
ALIKE = 1e-2  # of the Hessian's size on a ring: entries that differ by less are those of one Hessian
TIMES = 4  # the bound on rounding: a gradient is zero within it


@dataclass(frozen=True, kw_only=True)
class LocalShape:
    """A point of a landscape with its derivatives, and what they amount to."""

    status: Status
    value: float
    gradient: Array  # (2,)
    hessian: Array  # (2, 2)
    eigenvalues: Array  # (2,), ascending; those within rounding of 0 are 0
    eigenvectors: Array  # (2, 2), unit columns; the larger component of each is positive
    across: int = 0  # of a curve: 1 where the loss rises to both sides, -1 where it falls, 0 where neither is sure

    nature: Nature | None = None  # of a degenerate point that was found: what the loss around it says

    @property
    def critical(self) -> bool:
        """Whether the gradient is zero to rounding."""
        return self.status in ("minimum", "saddle", "maximum", "curve", "plateau", "degenerate")


def local_shape(landscape: Landscape, p: Array, found: CriticalPoint | None = None) -> LocalShape:
    """What a landscape is like at p, shape (2,).

    The gradient counts as zero where it is no larger than the rounding errors of its formula and of the position; an
    eigenvalue does where it is no larger than those of the Hessian's formula.

    Args:
        found: the critical point that `find_critical_points` found here: its kind is taken.
    """
    view = View.of(landscape, landscape.domain)
    with np.errstate(all="ignore"):  # a formula may be nan, or overflow, anywhere
        f, g, h = float(landscape.value(p)), landscape.gradient(p) + 0.0, landscape.hessian(p) + 0.0  # no -0
        if not (np.isfinite(f) and np.isfinite(g).all() and np.isfinite(h).all()):
            nothing = np.full(2, np.nan)
            return LocalShape(
                status="undefined", value=f, gradient=g, hessian=h, eigenvalues=nothing, eigenvectors=np.eye(2)
            )
        beside = hessian_place(landscape, p)
        h = landscape.hessian(beside) + 0.0
        values, vectors = np.linalg.eigh(h)
        off = eigenvalue_rounding(landscape, beside) + _wobble(view, beside)
        values = np.where(np.abs(values) <= off, 0.0, values)
        if found is not None and found.kind == "degenerate":
            ring = eigenvalues(landscape, p[:, None] + ASIDE * view.half * RING)
            values = np.where(np.abs(values) <= BLUR * np.abs(ring[np.isfinite(ring)]).max(initial=0.0), 0.0, values)
        status, across = _status(view, p, f, g, h, values, found)
        return LocalShape(
            status=status,
            value=f,
            gradient=g,
            hessian=h,
            eigenvalues=values,
            eigenvectors=vectors * signs(vectors),
            across=across,
            nature=found.nature if found is not None and status == "degenerate" else None,
        )


def _wobble(view: View, p: Array) -> Array:
    """How much the eigenvalues change within the rounding of a position, (2,): no critical point is known better."""
    beside = p[:, None] + TIMES * UNIT * (np.abs(p)[:, None] + view.half) * RING
    values = eigenvalues(view.landscape, np.column_stack([p, beside]))
    return np.asarray(np.nan_to_num(np.abs(values - values[:, :1])).max(axis=1))


def _status(
    view: View, p: Array, f: float, g: Array, h: Array, values: Array, found: CriticalPoint | None
) -> tuple[Status, int]:
    landscape = view.landscape
    if not landscape.smooth:
        if _jumps(view, p, "gradient"):
            return "corner", 0
        if _jumps(view, p, "hessian"):
            return "rough", 0
    if found is None and not (np.abs(g) <= TIMES * gradient_rounding(view, p)).all():
        return "slope", 0
    if found is not None and found.kind != "degenerate":
        return found.kind, 0
    if found is None and (values != 0).all():
        return KINDS[int((values < 0).sum())], 0
    ring = p[:, None] + ASIDE * view.half * RING
    if not landscape.gradient(ring).any() and not landscape.hessian(ring).any():
        return "plateau", 0
    if _on_curve(view, p, ring):
        rises = np.sign(landscape.value(ring) - f)
        across = np.sign(values.sum()) if values.any() else rises[0] if (rises == rises[0]).all() else 0
        return "curve", int(across)
    return "degenerate", 0


def gradient_rounding(view: View, p: Array) -> Array:
    """How large a gradient may be at points (2, ...) and still be zero for all that float64 can tell, (2, ...)."""
    landscape = view.landscape
    formula = UNIT * np.abs(landscape.gradient(p)) if landscape.rounding is None else landscape.rounding("gradient", p)
    place = UNIT * (np.abs(p) + view.half.reshape(2, *[1] * (p.ndim - 1)))
    return np.asarray(formula + np.einsum("ij...,j...->i...", np.abs(landscape.hessian(p)), place))


def hessian_place(landscape: Landscape, p: Array) -> Array:
    """Where the Hessian at p, (2,), is asked for: a little beside it, where p is on the border of pieces of a formula.

    There the formula has the Hessian of one piece, as that of max(x**2 + y**2, 2*x*y) at 0 is that of 2*x*y, or is not
    sure which piece it is, and all around it has another: that is the one, if it is the same on all sides and does not
    change towards p.
    """
    if landscape.smooth:
        return p
    view = View.of(landscape, landscape.domain)
    rings = [_ring(view, p, reach) for reach in (1.0, WIDER)]
    near, far = (landscape.hessian(ring) for ring in rings)
    size, there = ALIKE * np.abs(near).max(), near[:, :, :1]
    one = max(np.abs(near - there).max(), np.abs(far - there).max()) <= size
    off = np.abs(landscape.hessian(p) - near[:, :, 0]).max()
    unsure = landscape.rounding is not None and landscape.rounding("hessian", p).max() > size
    return rings[0][:, 0] if one and (off > size or unsure) else p


def hessian_jumps(landscape: Landscape, p: Array) -> bool:
    """Whether second derivatives tend to different ones from different sides of p, (2,): then there is no Hessian."""
    with np.errstate(all="ignore"):  # a formula may be nan, or overflow, anywhere
        return not landscape.smooth and _jumps(View.of(landscape, landscape.domain), p, "hessian")


def _ring(view: View, p: Array, reach: float) -> Array:
    """Eight places around p, (2, 8)."""
    return np.asarray(p[:, None] + reach * np.maximum(NEAR * view.half, 1e6 * UNIT * np.abs(p)[:, None]) * RING)


def _jumps(view: View, p: Array, part: Literal["gradient", "hessian"]) -> bool:
    """Does what differs between directions on a small ring not get less towards the point?

    What is no more than rounding counts as no difference; a bound on rounding costs more than the numbers themselves.
    """

    def differs(reach: float) -> float:
        entries = getattr(view.landscape, part)(_ring(view, p, reach)).reshape(-1, RING.shape[1])
        return float(np.ptp(entries, axis=1).max())

    def noise(reach: float) -> float:
        rounding = view.landscape.rounding
        return 0.0 if rounding is None else TIMES * float(rounding(part, _ring(view, p, reach)).max())

    near, far = differs(1.0), differs(WIDER)
    less = np.isfinite(near) and near <= SETTLED * far
    return not (less and far > noise(WIDER)) and near > noise(1.0)


def onto_zero(landscape: Landscape, places: Array) -> Array:
    """Where Newton's steps in the steepest direction alone lead from places (2, N): onto a curve of zeros beside them.

    Nothing moves along the curve, so that each place comes to the point of it that is about the nearest.
    """
    view = View.of(landscape, landscape.domain)
    with np.errstate(all="ignore"):
        u = _zeros(view, (places - view.centre) / view.half)
    return view.position(u)


def _zeros(view: View, u: Array) -> Array:
    for _ in range(ITERATIONS):
        move = newton_step(view.gradient(u), view.hessian(u), np.inf).move
        u = u + np.where(np.abs(move) <= LONGEST, move, 0.0)
    return u


def _on_curve(view: View, p: Array, ring: Array) -> bool:
    """Are there two zeros of the gradient on opposite sides, to which the steepest direction's Newton steps lead?"""
    u = _zeros(view, (ring - view.centre) / view.half)
    places = view.position(u)
    zero = (np.abs(view.landscape.gradient(places)) <= TIMES * gradient_rounding(view, places)).all(axis=0)
    away = (u - (p[:, None] - view.centre) / view.half) / ASIDE
    length = np.hypot(*away)
    good = zero & (length > 0.3) & (length < 2.0)
    unit = away[:, good] / length[good]
    return bool((unit.T @ unit < -0.9).any())
