"""How long the worst formulas take to read and to derive, beside Rosenbrock's in the same process.

python -m benchmarks.formulas

The tests count calls of functions, which no other load on the machine changes; the clock is here.
"""

import time
from collections.abc import Callable

import numpy as np
from sympy.core.cache import clear_cache

from landscapes import formula
from landscapes.formula.analytic import compiled
from tests.test_hostile_formulas import HOSTILE, SIZE, WORST, refusal

ORDINARY = "(a - x)**2 + b*(y - x**2)**2"
ROUNDS = 5


def milliseconds(act: Callable[[str], object], text: str) -> float:
    """CPU time of the act with empty caches."""
    clear_cache()
    compiled.cache_clear()
    begun = time.process_time()
    act(text)
    return 1000 * (time.process_time() - begun)


def beside(act: Callable[[str], object], text: str) -> tuple[float, float]:
    """Median milliseconds of the act, and how many times those of the same with the ordinary formula."""
    times = [(milliseconds(act, text), milliseconds(act, ORDINARY)) for _ in range(ROUNDS)]
    mine, ordinary = np.median(times, axis=0)
    return float(mine), float(mine / ordinary)


def main() -> None:
    formula("x + y")  # the first formula of all also imports SymPy
    print(f"milliseconds of CPU, and times those of {ORDINARY}")
    (slowest, ratio), text = max((beside(refusal, text), text) for text in HOSTILE)
    print(f"{'slowest hostile text to read':32}{slowest:7.0f}{ratio:7.1f}   {text[:40]}")
    for name, worst in WORST.items():
        mine, ratio = beside(formula, worst(SIZE))
        print(f"{name:32}{mine:7.0f}{ratio:7.1f}")


if __name__ == "__main__":
    main()
