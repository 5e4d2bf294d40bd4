"""Zeros of the gradient along a valley or a ridge, where the Hessian's smaller eigenvalue is lost beside the larger."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landscapes.critical.newton import noise
from landscapes.critical.view import View, largest
from landscapes.landscape import Array

LOP_SIDED = 1e-3  # |smaller eigenvalue| over the larger, below which the larger one's direction leads to the floor
STEPS = 5  # of Newton's method across the valley
ARRIVED = 1e-8  # the last of them
FAR = 0.05  # all of them together
SAMPLES = 33  # along a piece of its floor
FINEST = 1e-12  # distance of two samples at which no zero is told from the next
STEEP = 0.3  # of the curvature across at the start: where it is less the valley ends
SHARES = (1.0, 0.04, 0.0016)  # how much of the reach is looked at, less if the valley ends within it
SHORTEST = 1e-3  # that a curve of zeros is, if it can be told from rounding
JUMP = 4  # times the usual distance of two samples
SHALLOW = 0.5  # a dip of the slope that is no deeper holds no zero
LOST = 1e-14  # of the larger eigenvalue: a smaller one is rounding
SMALL = 1e-3  # of the largest slope: what is left of it between two of the closest samples at a zero
MOST_PIECES = 5  # that a piece falls into; more are rounding
DEEPEST = 12  # pieces of pieces

Interval = tuple[float, float]


class Valley(NamedTuple):
    """What lies on the floor of a valley near a place."""

    zeros: Array  # (2, N), single places
    blur: Array  # (N,), how far to both sides of each the slope is lost to rounding
    basin: Array  # (N,), how far to both sides it is as good as straight, so that the zero is a simple one; or 0
    curve: Array  # (2, M), places where it is lost for as long as the valley is


class Floor(NamedTuple):
    """Places on the floor."""

    u: Array  # (2, N)
    sign: Array  # (N,), of the slope along the valley; 0 where it is lost to rounding
    slope: Array  # (N,)
    valid: NDArray[np.bool_]  # (N,), it is bent across as at the start


def valley_at(view: View, start: Array, reach: float) -> Valley | None:
    """The zeros within `reach` along the valley through `start` (2, 1); None if H shows none there.

    Across the valley the gradient vanishes on a line, and all zeros are on it; along that line its other component is
    a function of one variable. Its zeros are found between its signs, and where its size has a dip, which are looked
    at more and more closely: no inverse of H is needed, of which rounding leaves nothing near a degenerate zero.

    Source:
        The reduction to fewer variables: M. Golubitsky, D. Schaeffer, Singularities and Groups in Bifurcation Theory I
        (1985), chapter I, section 3 (Lyapunov and Schmidt).
    """
    eigenvalues, vectors = np.linalg.eigh(np.nan_to_num(view.hessian(start)[..., 0]))
    steepest = int(np.abs(eigenvalues).argmax())
    if not np.abs(eigenvalues[1 - steepest]) <= LOP_SIDED * np.abs(eigenvalues[steepest]) > 0:
        return None
    across, along = vectors[:, [steepest]], vectors[:, [1 - steepest]]

    def floor(tau: Array) -> Floor:
        return floor_at(view, start + tau * along, across, along, STEEP * float(eigenvalues[steepest]))

    for share in SHARES:
        tau = np.linspace(-share * reach, share * reach, SAMPLES)
        here = floor(tau)
        if (piece := one_piece(here)).stop - piece.start > SAMPLES / 2:
            break
    else:
        return None
    tau, here = tau[piece], Floor(here.u[:, piece], here.sign[piece], here.slope[piece], here.valid[piece])
    low, high = np.array(zeros_between(floor, pieces(tau, here), float(np.abs(here.slope).max()))).reshape(-1, 2).T
    lost, endless = here.sign == 0, bool((here.sign[[0, -1]] == 0).any())
    if endless and np.ptp(tau[lost]) < SHORTEST:
        return None
    middle, blur = (low + high) / 2, (high - low) / 2
    zero = floor(middle)
    basin = straight(floor, middle, blur, tau)
    small = np.sort(np.abs(np.linalg.eigvalsh(np.moveaxis(np.nan_to_num(view.hessian(zero.u)), -1, 0))), axis=1)
    basin[small[:, 0] <= LOST * small[:, 1]] = 0.0
    return Valley(zero.u, blur, basin, here.u[:, lost & endless])


def straight(floor: Callable[[Array], Floor], middle: Array, blur: Array, tau: Array) -> Array:
    """How far from each zero, at `middle` (N,), the slope grows on both sides as it does on a straight line; or 0."""
    apart = np.abs(middle[:, None] - np.concatenate([middle, tau[[0, -1]]]))
    nearest = np.where(apart > 0, apart, np.inf).min(axis=1, initial=np.inf)
    radius = nearest / 4 * (1 / 4) ** np.arange(8)[:, None]  # (8, N)
    offset = np.array([1.0, 0.5, -0.5, -1.0])[:, None, None] * radius
    slope = floor((middle + offset).ravel())
    far, near, before, back = (slope.slope * np.abs(slope.sign)).reshape(offset.shape)
    ratios = np.array([near / far, before / back, -far / back])
    good = (np.abs(ratios - np.array([0.5, 0.5, 1.0])[:, None, None]) < 0.2).all(axis=0) & (radius > 8 * blur)
    basin: Array = np.where(good, radius, 0.0).max(axis=0, initial=0.0)
    return basin


def one_piece(floor: Floor) -> slice:
    """The samples from the middle as far as the floor goes on without a jump."""
    width = np.hypot(*np.diff(floor.u))
    gaps = np.flatnonzero((width > JUMP * np.median(width)) | ~floor.valid[1:] | ~floor.valid[:-1])
    middle = len(floor.sign) // 2
    return slice(gaps[gaps < middle].max(initial=-1) + 1, gaps[gaps >= middle].min(initial=len(width)) + 1)


def floor_at(view: View, u: Array, across: Array, along: Array, least: float) -> Floor:
    """The places (2, N) moved across the valley to its floor."""
    start = u
    for _ in range(STEPS):
        bend = np.einsum("ai,abn,bi->n", across, view.hessian(u), across)
        move = (across * view.gradient(u)).sum(axis=0) / bend
        u = u - across * move
    slope = (along * view.gradient(u)).sum(axis=0)
    tilt = np.finfo(float).eps * np.abs(bend) * (np.abs(across) * view.spacing(u)).sum(axis=0)  # of `across` itself
    uncertain = noise(view, u, np.broadcast_to(along, u.shape)) + 4 * tilt
    lost = np.abs(slope) <= 4 * np.maximum.reduce([np.roll(uncertain, shift) for shift in (-1, 0, 1)])
    there = (np.abs(move) <= ARRIVED) & (np.hypot(*(u - start)) <= FAR) & (largest(*u) <= 1.1)
    valid = there & (bend * np.sign(least) >= np.abs(least)) & np.isfinite(slope)
    return Floor(u, np.where(lost, 0.0, np.sign(slope)), slope, valid)


def pieces(tau: Array, floor: Floor) -> list[Interval]:
    """The intervals in which a zero is or may be: a change of sign, a run of lost slopes, a dip."""
    sign, slope = floor.sign, np.abs(floor.slope)
    signed = np.flatnonzero(sign)
    found = []
    for before, last, here in zip([-1, *signed[:-2]], signed[:-1], signed[1:], strict=False):
        if here - last > 1 or sign[here] != sign[last]:
            found.append((float(tau[last]), float(tau[here])))
        elif before == last - 1 >= 0 and sign[before] == sign[last] and slope[before] > slope[last] <= slope[here]:
            found.append((float(tau[before]), float(tau[here])))
    return found


def zeros_between(floor: Callable[[Array], Floor], open_pieces: list[Interval], usual: float) -> list[Interval]:
    """For each zero in the pieces the interval in which the slope is lost, the narrower the sharper it is."""
    found: list[Interval] = []
    for depth in range(DEEPEST):
        if not open_pieces:
            break
        low_ends, high_ends = np.array(open_pieces).T
        taus = np.linspace(low_ends, high_ends, SAMPLES).T
        looked = floor(taus.ravel())
        closer: list[Interval] = []
        for i, tau in enumerate(taus):  # a piece after the other, all on floors looked at together
            own = slice(i * SAMPLES, (i + 1) * SAMPLES)
            here = Floor(looked.u[:, own], looked.sign[own], looked.slope[own], looked.valid[own])
            inner, lost, size = pieces(tau, here), np.flatnonzero(here.sign == 0), np.abs(here.slope)
            alike = len(set(here.sign)) == 1
            if alike and len(lost) == 0 and size.min() > SHALLOW * size.max():
                continue
            if len(lost) > SAMPLES / 2 or (len(lost) and not inner):
                low, high = tau[lost[0]], tau[lost[-1]]
            elif len(inner) > MOST_PIECES:
                low, high = inner[0][0], inner[-1][1]
            elif tau[-1] - tau[0] < SAMPLES * FINEST or depth == DEEPEST - 1:
                low = high = tau[size.argmin()]
            else:
                closer += inner
                continue
            if size.min() < SMALL * usual:  # else it jumps: from one floor to another, or over a corner
                found.append((float(low), float(high)))
        open_pieces = closer
    return joined(found)


def joined(intervals: list[Interval]) -> list[Interval]:
    """The intervals with those made one that are nearer to each other than one of them is wide."""
    whole: list[Interval] = []
    for low, high in sorted(intervals):
        if whole and low - whole[-1][1] <= max(high - low, whole[-1][1] - whole[-1][0]):
            low, high = whole[-1][0], max(high, whole.pop()[1])
        whole.append((low, high))
    return whole
