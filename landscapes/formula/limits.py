"""Derivatives where their formula is 0/0 and the function has a value: the limit, where there is one."""

from collections.abc import Callable
from typing import Any

import numpy as np


def limits(derivative: Callable[[Any], Any], places: Any, half: Any) -> tuple[Any, Any, Any]:
    """What the entries of a derivative tend to at N places (2, N), how far that may be off, and their mean round there.

    From each of eight directions there are three values, at distances that shrink by a constant factor, and they are
    carried on as a geometric series is, which is exact for c + d·rᵏ. Where the directions do not agree there is no
    limit: it is nan.

    Args:
        derivative: (2, M) -> (..., M).
        half: (2,), half the widths of the view, of which the distances are small parts.

    Source:
        A. C. Aitken, On Bernoulli's numerical solution of algebraic equations, Proc. R. Soc. Edinb. 46 (1926) 289.
    """
    turns = np.arange(4) * np.pi / 4 + 0.3
    ring = np.array([np.cos(turns), np.sin(turns)])
    ring = np.concatenate([ring, -ring], axis=1)
    steps = np.asarray(half)[:, None, None, None] * ring[:, None, :, None] * np.array([1e-3, 1e-6, 1e-9])[:, None, None]
    around = places[:, None, None] + steps  # (2, 3, 8, N)
    found = derivative(around.reshape(2, -1))
    found = found.reshape(*found.shape[:-1], *around.shape[1:])
    first, second, third = (found[..., k, :, :] for k in range(3))
    before, after = second - first, third - second
    ending = np.abs(after) < 0.9 * np.abs(before)
    more = np.where(ending, after * after / np.where(ending, before - after, 1.0), 0.0)
    size = np.abs(first).max(axis=-2)
    ends = third + more
    spread = np.ptp(ends, axis=-2)
    exists = (spread <= 1e-3 * size) & (ending | (np.abs(after) <= 1e-6 * size[..., None, :])).all(axis=-2)
    limit = np.where(exists, ends.mean(axis=-2), np.nan)
    mean = third.mean(axis=-2)
    near_nothing = 1e-6 * size
    limit = np.where(np.abs(limit) <= np.maximum(near_nothing, spread), 0.0, limit)
    return (
        limit,
        np.where(exists, spread, np.nan),
        np.where(np.abs(mean) <= 1e-9 * np.abs(third).max(axis=-2), 0.0, mean),
    )


def continued(derivative: Callable[[Any], Any], value: Callable[[Any], Any], p: Any, half: Any) -> Any:
    """A derivative, with its limit where its formula is 0/0 and the function has a value.

    Where there is no limit, as at the tip of a cone, a gradient is the mean of those around, which is a subgradient
    where the function is convex, and a second derivative, which may be infinite too, is 0.
    """
    result = derivative(p)
    lost = np.isnan(result) if result.ndim == p.ndim else ~np.isfinite(result)
    if not lost.any():
        return result
    holes = lost.any(axis=tuple(range(result.ndim - p.ndim + 1))) & np.isfinite(value(p))
    if holes.any():
        limit, _, mean = limits(derivative, p[:, holes].reshape(2, -1), half)
        instead = np.where(np.isnan(limit), mean if result.ndim == p.ndim else 0.0, limit)
        instead = np.where(np.isfinite(instead), instead, 0.0)
        old = result[..., holes].reshape(instead.shape)
        result[..., holes] = np.where(lost[..., holes].reshape(old.shape), instead, old).reshape(
            result[..., holes].shape
        )
    return result


def known_limits(derivative: Callable[[Any], Any], off: Any, p: Any, half: Any) -> Any:
    """How far a derivative may be off: where its formula is 0/0, how far its limit may be, nan where it has none."""
    if np.isfinite(off).all():
        return off
    holes = (~np.isfinite(off)).any(axis=tuple(range(off.ndim - p.ndim + 1))) & np.isfinite(p).all(axis=0)
    if holes.any():
        _, spread, _ = limits(derivative, p[:, holes].reshape(2, -1), half)
        old = off[..., holes]
        off[..., holes] = np.where(np.isfinite(old), old, spread.reshape(old.shape))
    return off
