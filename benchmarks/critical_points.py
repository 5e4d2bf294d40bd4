"""How many critical points are found and how long that takes, beside scipy.optimize.root from 100 random starts."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.optimize import root

from landscapes import Array, Landscape, find_critical_points, formula

LISTED = json.loads((Path(__file__).parents[1] / "tests" / "data" / "critical_points.json").read_text())["landscapes"]
STARTS = 100
REPETITIONS = 7


def ours(landscape: Landscape) -> Array:
    return np.array([point.position for point in find_critical_points(landscape).points]).reshape(-1, 2)


def scipys(landscape: Landscape) -> Array:
    x, y = landscape.domain
    starts = np.random.default_rng(0).uniform([x[0], y[0]], [x[1], y[1]], (STARTS, 2))
    ends = [root(landscape.gradient, start, jac=landscape.hessian, tol=1e-12) for start in starts]
    return np.array([end.x for end in ends if end.success]).reshape(-1, 2)


def measured(find: Callable[[Landscape], Array], landscape: Landscape, listed: Array) -> tuple[int, float]:
    """How many of the listed points are found to 1e-6, and the median time in milliseconds."""
    times = []
    for _ in range(REPETITIONS):
        before = time.perf_counter()
        found = find(landscape)
        times.append(1e3 * (time.perf_counter() - before))
    apart = np.abs(listed[:, None] - found).max(axis=2).min(axis=1, initial=np.inf)
    return int((apart < 1e-6).sum()), float(np.median(times))


if __name__ == "__main__":
    print(f"{'':20}{'listed':>7}{'ours':>7}{'ms':>7}{'scipy':>7}{'ms':>7}{'time ratio':>12}")
    for name, entry in LISTED.items():
        landscape = formula(entry["formula"], entry["domain"])
        listed = np.array([point[:2] for point in entry["points"]])
        find_critical_points(landscape)  # compiles the formula
        (count, milliseconds), (theirs, longer) = (measured(find, landscape, listed) for find in (ours, scipys))
        print(
            f"{name:20}{len(listed):7}{count:7}{milliseconds:7.0f}{theirs:7}{longer:7.0f}{milliseconds / longer:12.2f}"
        )
