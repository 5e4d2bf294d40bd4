"""Losses of a linear score z = p·a on data: lines through points, one-feature classifiers, two features."""

from collections.abc import Callable

import numpy as np

from landscapes.from_data.many_examples import WORTH, as_grid, on_grid
from landscapes.from_data.point_losses import PointLoss, cross_entropy
from landscapes.from_data.training import Rows, TrainingLoss, mean_over_examples
from landscapes.from_data.window import round_window
from landscapes.landscape import Array, Domain, Landscape

NEWTON_STEPS = 60
Functions = tuple[Callable[[Array], Array], Callable[[Array], Array], Callable[[Array], Array]]


def linear_model(
    design: Array, target: Array, loss: PointLoss, domain: Domain | None = None, score: str = "w x_i + b"
) -> TrainingLoss:
    """The mean of ℓ(p·aᵢ, tᵢ) over examples i; the gradient is the mean of ℓ' aᵢ, the Hessian that of ℓ'' aᵢ aᵢᵀ.

    Args:
        design: the vectors aᵢ as columns, shape (2, n); (x, 1) for a line with slope and intercept.
        target: shape (n,).
        domain: where to look; around the best fit of the data if left out.
        score: zᵢ = p·aᵢ in LaTeX, by the features that it is made from.

    Raises:
        ValueError: no example, lengths that differ, numbers that are not finite, or classes other than 0 and 1.
    """
    if design.shape != (2, target.size) or not target.size:
        raise ValueError(f"linear_model needs (2, n) inputs for n ≥ 1 targets, got {design.shape} and {target.shape}")
    if not (np.isfinite(design).all() and np.isfinite(target).all()):
        raise ValueError("linear_model needs finite numbers")
    if loss.classifies and not np.isin(target, (0.0, 1.0)).all():
        raise ValueError(f"{loss.name.lower()} of a classifier needs targets 0 and 1")
    centre, window = best_fit(design, target, loss, domain)
    functions = _quadratic if loss.quadratic else _averaged

    def of(rows: Rows | slice) -> Landscape:
        value, gradient, hessian = functions(design[:, rows], target[rows], loss, centre)
        return Landscape(
            name=loss.name,
            latex=rf"\frac{{1}}{{n}} \sum_i \ell(z_i, t_i), \quad z_i = {score}, \quad \ell(z, t) = {loss.latex}",
            value=value,
            gradient=gradient,
            hessian=hessian,
            domain=window,
            start=(0.0, 0.0),
            about=loss.about,
            source=loss.source,
            smooth=loss.smooth,
        )

    def gradients(p: Array) -> Array:
        score: Array = p[0] * design[0] + p[1] * design[1]
        pulls: Array = loss.derivative(score, target) * design
        return pulls

    def predict(p: Array, x: Array) -> Array:
        w, b = np.asarray(p, dtype=float)
        score: Array = w[..., None] * x + b[..., None]
        return loss.predict(score)

    return TrainingLoss(
        full=of(slice(None)),
        examples=target.size,
        of=of,
        gradients=gradients,
        predict=predict,
        straight=not loss.classifies,
    )


def with_intercept(x: Array) -> Array:
    """The design of a model with slope and intercept: x over ones, (2, n)."""
    return np.stack([x, np.ones_like(x)])


def _averaged(design: Array, target: Array, loss: PointLoss, _: Array) -> Functions:
    (a, b), n = design, target.size

    def score(p: Array) -> Array:
        z: Array = p[0][:, None] * a
        z += p[1][:, None] * b
        return z

    def over_nodes(p: Array, order: int, coefficients: Array) -> Array | None:
        """The means of each coefficient times the loss's derivative, (R, ...), where that is quicker all at once."""
        points = np.asarray(p, dtype=float)
        flat = points.reshape(2, -1)
        if loss.sums is None or flat.shape[1] * n < WORTH or not (b == 1).all():
            return None
        grid = as_grid(flat)
        if grid is None:
            return None
        return on_grid(loss.sums[order], a, target, coefficients / n, grid).reshape(-1, *points.shape[1:])

    def value(p: Array) -> Array:
        nodes = over_nodes(p, 0, np.ones((1, n)))
        return mean_over_examples(lambda q: loss.value(score(q), target), p, n) if nodes is None else nodes[0]

    def gradient(p: Array) -> Array:
        nodes = over_nodes(p, 1, design)
        if nodes is not None:
            return nodes
        return mean_over_examples(lambda q: loss.derivative(score(q), target) * design[:, None], p, n)

    def hessian(p: Array) -> Array:
        nodes = over_nodes(p, 2, np.array([a * a, a * b, b * b]))
        if nodes is not None:
            return nodes[[0, 1, 1, 2]].reshape(2, *np.shape(p))

        def terms(q: Array) -> Array:
            bend = loss.second_derivative(score(q), target)
            entries = np.empty((3, *bend.shape))
            along = np.multiply(bend, a, out=entries[1])
            np.multiply(along, a, out=entries[0])
            along *= b
            np.multiply(bend * b, b, out=entries[2])
            return entries

        return mean_over_examples(terms, p, n)[[0, 1, 1, 2]].reshape(2, *np.shape(p))

    return value, gradient, hessian


def _quadratic(design: Array, target: Array, _: PointLoss, centre: Array) -> Functions:
    """The squared error in closed form about the best fit, which loses no digits there: one pass over the examples."""
    rest = target - centre @ design
    n, floor = target.size, float(rest @ rest) / target.size
    (hxx, hxy), (_, hyy) = 2 * (design @ design.T) / n
    gx, gy = -2 * (design @ rest) / n

    def from_centre(p: Array) -> tuple[Array, Array]:
        p = np.asarray(p, dtype=float)
        return p[0] - centre[0], p[1] - centre[1]

    def value(p: Array) -> Array:
        x, y = from_centre(p)
        loss: Array = floor + gx * x + gy * y + (hxx * x * x + 2 * hxy * x * y + hyy * y * y) / 2
        return loss

    def gradient(p: Array) -> Array:
        x, y = from_centre(p)
        return np.stack([gx + hxx * x + hxy * y, gy + hxy * x + hyy * y])

    def hessian(p: Array) -> Array:
        full = np.empty((2, *np.shape(p)))
        full[0, 0], full[0, 1], full[1, 0], full[1, 1] = hxx, hxy, hxy, hyy
        return full

    return value, gradient, hessian


def best_fit(design: Array, target: Array, loss: PointLoss, domain: Domain | None) -> tuple[Array, Domain]:
    """A place of good parameters, and where to look: if no domain is given, around it with the origin in it.

    That window is wide enough for the level set of the loss at the origin.
    """
    fit = _likeliest if loss.classifies else _least_squares
    centre, hessian, drop = fit(design, target)
    if domain is not None:
        return centre, domain
    scale = unit_scale(design)
    inverse = np.diag(np.linalg.pinv(hessian * np.outer(scale, scale), hermitian=True)) * scale**2
    spread = np.maximum(2 * drop * inverse, 0)
    half = np.hypot(1.3 * np.sqrt(spread), 0.2 * np.abs(centre))
    return centre, round_window(centre, np.where(half > 0, half, 1.0).astype(np.float64))


def unit_scale(design: Array) -> Array:
    """What brings each row's largest number to about 1, (2,): powers of two, so that no digit is lost."""
    largest = np.abs(design).max(axis=1)
    return np.where(largest > 0, 2.0 ** -np.round(np.log2(np.where(largest > 0, largest, 1.0))), 1.0)


def _least_squares(design: Array, target: Array) -> tuple[Array, Array, float]:
    """Best parameters (the shortest where many are), the Hessian, and how much lower the loss is there than at 0."""
    scale = unit_scale(design)
    centre = np.linalg.lstsq((design * scale[:, None]).T, target, rcond=None)[0].astype(np.float64) * scale
    rest = target - centre @ design
    return centre, 2 * design @ design.T / target.size, float(target @ target - rest @ rest) / target.size


def _likeliest(design: Array, target: Array) -> tuple[Array, Array, float]:
    """The same for the cross-entropy, by Newton's method; held back a little, for classes apart have no best fit."""
    value, gradient, hessian = _averaged(design, target, cross_entropy, np.zeros(2))
    weight = 1e-3 * (design**2).mean(axis=1)
    p = np.zeros(2)
    for _ in range(NEWTON_STEPS):
        step = np.linalg.solve(hessian(p) + np.diag(weight), gradient(p) + weight * p)
        p = p - step / max(1.0, float(np.abs(step @ design).max()))  # no score moves by more than 1
    return p, hessian(p), float(value(np.zeros(2)) - value(p))
