"""Many trajectories at once: a sweep against hand-written NumPy, C and JAX, `python -m benchmarks.bulk [size]`.

Ratios of CPU time from one process, best of three rounds, the candidates one after the other in each. All check at
every step whether a trajectory has left. C needs gcc and JAX has to be installed; what is not there is left out.
"""

import sys
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from time import process_time
from typing import Any

import numpy as np

from benchmarks.bulk_elsewhere import in_c, in_jax
from landscapes import LANDSCAPES, Array, Landscape
from optimizers import OPTIMIZERS, Grid, Optimizer, sweep
from optimizers.bulk.work import Work

TILE = 8192
FAR = 1e6
ROUNDS = 3


def tiles(grid: Grid, size: int = TILE) -> Iterator[Array]:
    for first in range(0, grid.size, size):
        yield grid.starts(first, min(first + size, grid.size))


def left(x: Array, y: Array, gone: Any) -> None:
    gone |= ~((np.abs(x) <= FAR) & (np.abs(y) <= FAR))


def himmelblau_momentum(grid: Grid, steps: int) -> None:
    """As one writes it by hand, with the tile's memory used again."""
    for x, y in tiles(grid):
        x, y = x.copy(), y.copy()
        u, v, gone = np.zeros_like(x), np.zeros_like(y), np.zeros(x.size, dtype=bool)
        a, b, t = np.empty_like(x), np.empty_like(x), np.empty_like(x)
        for _ in range(steps):
            np.multiply(x, x, out=a)
            a += y
            a -= 11.0
            np.multiply(y, y, out=b)
            b += x
            b -= 7.0
            u *= 0.9
            np.multiply(x, a, out=t)
            t *= 2.0
            t += b
            t *= 2.0
            u += t
            v *= 0.9
            np.multiply(y, b, out=t)
            t *= 2.0
            t += a
            t *= 2.0
            v += t
            np.multiply(u, 0.01, out=t)
            x -= t
            np.multiply(v, 0.01, out=t)
            y -= t
            left(x, y, gone)


def rosenbrock_adam(grid: Grid, steps: int) -> None:
    """The same for Adam."""
    for p in tiles(grid):
        x, y = p[0].copy(), p[1].copy()
        means = [np.zeros_like(x) for _ in range(4)]
        gone = np.zeros(x.size, dtype=bool)
        g, h, t, s = (np.empty_like(x) for _ in range(4))
        for step in range(1, steps + 1):
            np.multiply(x, x, out=t)
            np.subtract(y, t, out=h)
            h *= 200.0
            np.multiply(h, x, out=g)
            g *= -2.0
            np.subtract(x, 1.0, out=t)
            t *= 2.0
            g += t
            for q, slope, m, v in ((x, g, means[0], means[1]), (y, h, means[2], means[3])):
                m *= 0.9
                np.multiply(slope, 0.1, out=t)
                m += t
                v *= 0.999
                np.multiply(slope, slope, out=t)
                t *= 0.001
                v += t
                np.divide(v, 1 - 0.999**step, out=s)
                np.sqrt(s, out=s)
                s += 1e-8
                np.multiply(m, 0.05 / (1 - 0.9**step), out=t)
                t /= s
                q -= t
            left(x, y, gone)


def program(landscape: Landscape, optimizer: Optimizer, grid: Grid, steps: int, native: bool) -> None:
    work = Work(landscape, optimizer, steps, native=native)
    for starts in tiles(grid, work.width):
        work.judge.runs.ends(optimizer, starts)


def timed(action: Callable[[], object]) -> float:
    begun = process_time()
    action()
    return process_time() - begun


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 512
    steps = 200
    cases = {
        "himmelblau": ("Himmelblau, momentum", OPTIMIZERS["momentum"](0.01), himmelblau_momentum),
        "rosenbrock": ("Rosenbrock, Adam", OPTIMIZERS["adam"](0.05), rosenbrock_adam),
    }
    for key, (name, optimizer, by_hand) in cases.items():
        landscape = LANDSCAPES[key]()
        grid = Grid(landscape.domain, size, size)
        candidates: dict[str, Callable[[], object]] = {
            "hand-written tiles": partial(by_hand, grid, steps),
            "compiled": partial(program, landscape, optimizer, grid, steps, native=True),
            "NumPy program": partial(program, landscape, optimizer, grid, steps, native=False),
            "compiled, with kinds": partial(sweep, landscape, optimizer, grid, steps),
        }
        for label, elsewhere in {"C, gcc -O3": in_c(key), "JAX, jit(vmap(scan))": in_jax(key)}.items():
            if elsewhere is not None:
                candidates[label] = partial(elsewhere, grid, steps)
        with np.errstate(all="ignore"):
            best = dict.fromkeys(candidates, np.inf)
            for _ in range(ROUNDS):
                for label, action in candidates.items():
                    best[label] = min(best[label], timed(action))
        print(f"{name}, {size}² trajectories, {steps} steps")
        for label, seconds in best.items():
            updates = grid.size * steps / seconds / 1e6
            ratio = best["hand-written tiles"] / seconds
            print(f"  {label:22} {updates:7.0f} million updates a second, {ratio:5.2f} × hand-written")
        print(f"  kinds and run against the run {best['compiled, with kinds'] / best['compiled']:.2f}")
        for label in best.keys() & {"C, gcc -O3", "JAX, jit(vmap(scan))"}:
            print(f"  compiled against {label} {best[label] / best['compiled']:.2f}")
    landscape, optimizer = LANDSCAPES["himmelblau"](), cases["himmelblau"][1]
    for side in (100, 316, 1000):
        grid = Grid(landscape.domain, side, side)
        seconds = timed(partial(sweep, landscape, optimizer, grid, steps))
        print(f"{side}² trajectories with kinds: {seconds:.2f} s, {1e9 * seconds / grid.size / steps:.2f} ns an update")
    tracemalloc.start()
    found = sweep(landscape, optimizer, Grid(landscape.domain, size, size), steps)
    beyond = tracemalloc.get_traced_memory()[1] - sum(part.nbytes for part in found)
    print(f"memory beyond the results: {beyond / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
