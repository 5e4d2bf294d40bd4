"""Microseconds for one update of a typed rule, beside the built-in rules whose weight it is given."""

import time

import numpy as np

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, Optimizer, descend, typed_rule
from optimizers.typed import LINES, heavy

STEPS, TIMES = 2000, 5
LONG = {
    "110 sines": "p = p - 1e-4*g*sin(" + "+".join(["sin(t)"] * 110) + ")",
    "95 quotients": "p = p - 1e-4*g*sin(" + "+".join(["t/t"] * 95) + ")",
    "4 inverses": "p = p - 1e-4*(" + "+".join(["inverse(hessian)*g"] * 4) + ")",
    "8 gradients": "p = p - 1e-4*(" + "+".join(["gradient(p)"] * 8) + ")",
}


def microseconds(optimizer: Optimizer) -> float:
    """The fastest of several runs, for one update."""
    landscape, best = LANDSCAPES["rosenbrock"](), np.inf
    for _ in range(TIMES):
        begun = time.perf_counter()
        descend(landscape, optimizer, np.array(landscape.start), STEPS)
        best = min(best, time.perf_counter() - begun)
    return best / STEPS * 1e6


if __name__ == "__main__":
    for name in ("gradient_descent", "momentum", "adam", "sam"):
        own = microseconds(typed_rule(LINES[name]).factory(learning_rate=1e-4))
        print(f"{name:20} {microseconds(OPTIMIZERS[name](learning_rate=1e-4)):6.0f} as lines {own:6.0f}")
    for name in ("newton", "bfgs", "lbfgs_wolfe"):
        print(f"{name:20} {microseconds(OPTIMIZERS[name]()):6.0f}")
    for name, text in LONG.items():
        print(f"{name:20} {microseconds(typed_rule(text).factory()):6.0f} heavy: {heavy(text)}")
