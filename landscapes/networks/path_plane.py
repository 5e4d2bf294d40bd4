"""The plane that shows most of a path in many dimensions, and how much it leaves out."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from landscapes.landscape import Array

AT_ONCE = 32  # points whose distances from a plane are found together: all would take several times their memory


class PathPlane(NamedTuple):
    """The plane of a path's two principal components about a point."""

    origin: Array  # (D,), the point that the plane goes through
    directions: Array  # (D, 2), orthonormal columns
    coordinates: Array  # (2, T), the path's points on the plane, each the nearest to it
    off_plane: Array  # (T,), the distance of each point of the path from the plane
    explained: Array  # (2,), shares of the squared distances from the origin that lie along each direction


def path_plane(path: Array, origin: Array | None = None) -> PathPlane:
    """The principal plane of a path (D, T) about `origin`, its last point where none is given.

    By the Gram matrix, T² numbers however large D is.

    A high explained share is no evidence that training has found a simple way: a random walk in many dimensions has
    shares nearly as high; compare `explained_of_a_random_walk`.

    Raises:
        ValueError: the path has fewer than 3 points, a number is not finite, or all of it lies on one line.

    Source: E. Lorch, Visualizing deep network training trajectories with PCA, ICML 2016 workshop; J. Antognini, J.
    Sohl-Dickstein, PCA of high dimensional random walks with comparison to neural network training, arXiv:1806.08805.
    """
    if path.ndim != 2 or path.shape[1] < 3:
        raise ValueError(f"path_plane needs a path of shape (D, T) with T ≥ 3, got {path.shape}")
    if not np.isfinite(path).all():
        raise ValueError("path_plane needs a path that is finite, so without the part after a run has diverged")
    about = path[:, -1] if origin is None else np.asarray(origin, dtype=float)
    away = path - about[:, None]
    powers, shapes = np.linalg.eigh(away.T @ away)
    if powers[-2] <= 1e-14 * powers[-1]:
        raise ValueError("path_plane needs a path that does not lie on one line")
    directions = np.linalg.qr(away @ shapes[:, [-1, -2]])[0]
    lean = directions[np.abs(directions).argmax(axis=0), [0, 1]]
    directions = directions * np.sign(lean)  # the same path gives the same picture, not its mirror image
    coordinates, off_plane = onto_plane(path, about, directions)
    return PathPlane(about, directions, coordinates, off_plane, powers[[-1, -2]] / powers.sum())


def onto_plane(points: Array, origin: Array, directions: Array) -> tuple[Array, Array]:
    """Where points (D, ...) lie on a plane, (2, ...), and how far off it, (...): least squares, for any directions.

    Dot products with the directions would do only where these are orthonormal.
    """
    flat = points.reshape(points.shape[0], -1)
    coordinates, off = np.empty((2, flat.shape[1])), np.empty(flat.shape[1])
    for first in range(0, off.size, AT_ONCE):
        some = slice(first, first + AT_ONCE)
        away = flat[:, some] - origin[:, None]
        coordinates[:, some] = np.linalg.lstsq(directions, away, rcond=None)[0]
        off[some] = np.linalg.norm(away - directions @ coordinates[:, some], axis=0)
    return coordinates.reshape(2, *points.shape[1:]), off.reshape(points.shape[1:])


def explained_of_random_walks(
    dimensions: int, points: int, walks: int, seed: int = 0, check: Callable[[], object] | None = None
) -> Array:
    """The shares (2,) that the two principal directions of several random walks explain, about their common start.

    What several paths from one start are to be compared with; each of the walks has so many points after it.

    Args:
        check: called after each walk; to stop, it raises.
    """
    rng, away = np.random.default_rng(seed), np.empty((dimensions, walks * points))
    for first in range(0, away.shape[1], points):
        away[:, first : first + points] = rng.normal(size=(dimensions, points)).cumsum(axis=1)
        if check is not None:
            check()
    return path_plane(away, np.zeros(dimensions)).explained


def explained_of_a_random_walk(dimensions: int, points: int, seed: int = 0, *, centred: bool = False) -> Array:
    """The shares (2,) that the two principal directions of a random walk explain, about its end or its mean.

    About the mean they tend, in many dimensions and for many steps, to 6/π² = 0.608 and a quarter of that.

    Source: J. Antognini, J. Sohl-Dickstein, arXiv:1806.08805, eq. (10).
    """
    walk = np.random.default_rng(seed).normal(size=(dimensions, points)).cumsum(axis=1)
    return path_plane(walk, walk.mean(axis=1) if centred else None).explained
