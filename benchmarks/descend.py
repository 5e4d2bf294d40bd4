"""How fast the engine steps, beside torch.optim in the same process: ratios of microseconds a step.

In an environment of its own: pip install -r requirements.txt -r benchmarks/requirements.txt, then
python -m benchmarks.descend.

Rosenbrock from (-1.2, 1). Torch differentiates by itself, as in training, one trajectory at a time. Ours and torch's
take turns, five rounds, and the best of each counts, so that another load on the machine weighs on both.
"""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, descend

optim = torch.optim
START = np.array([-1.2, 1.0])
ROUNDS = 5
TORCH: dict[str, Callable[[Any], Any]] = {
    "gradient_descent": lambda p: optim.SGD(p, 1e-3),
    "momentum": lambda p: optim.SGD(p, 1e-3, momentum=0.9),
    "nesterov": lambda p: optim.SGD(p, 1e-3, momentum=0.9, nesterov=True),
    "adagrad": lambda p: optim.Adagrad(p),
    "adadelta": lambda p: optim.Adadelta(p),
    "rmsprop": lambda p: optim.RMSprop(p),
    "rmsprop_centred": lambda p: optim.RMSprop(p, centered=True),
    "adam": lambda p: optim.Adam(p),
    "amsgrad": lambda p: optim.Adam(p, amsgrad=True),
    "adamax": lambda p: optim.Adamax(p),
    "nadam": lambda p: optim.NAdam(p),
    "radam": lambda p: optim.RAdam(p),
    "adamw": lambda p: optim.AdamW(p),
    "adam_l2": lambda p: optim.Adam(p, weight_decay=1e-2),
    "rprop": lambda p: optim.Rprop(p),
    "lbfgs": lambda p: optim.LBFGS(p, max_iter=1),
}


def by_torch(name: str, steps: int) -> float:
    """Microseconds a step of torch's optimizer."""
    p = torch.tensor(START, requires_grad=True)
    optimizer = TORCH[name]([p])

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        x, y = p
        loss = (1 - x) ** 2 + 100 * (y - x**2) ** 2
        loss.backward()
        return loss

    began = time.perf_counter()
    for _ in range(steps):
        optimizer.step(closure)
    return (time.perf_counter() - began) / steps * 1e6


def by_us(name: str, steps: int, count: int) -> float:
    """Microseconds a step of ours, with one trajectory or `count` at once."""
    landscape, optimizer = LANDSCAPES["rosenbrock"](), OPTIMIZERS[name]()
    start = START if count == 1 else START[:, None] + np.linspace(0.0, 0.1, count)
    began = time.perf_counter()
    descend(landscape, optimizer, start, steps)
    return (time.perf_counter() - began) / steps * 1e6


def compare(name: str, steps: int) -> None:
    """Prints one line: microseconds a step, and how many times faster one and eight trajectories are."""
    rounds = [(by_torch(name, steps // 10), by_us(name, steps, 1), by_us(name, steps, 8)) for _ in range(ROUNDS)]
    theirs, one, eight = (min(times) for times in zip(*rounds, strict=True))
    print(f"{name:18} {theirs:9.1f} {one:9.1f} {eight:9.1f} {theirs / one:9.1f} {8 * theirs / eight:9.1f}")


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    print(f"torch {torch.__version__}, numpy {np.__version__}; microseconds a step, then how many times faster we are")
    print(f"{'':18} {'torch':>9} {'one':>9} {'eight':>9} {'one':>9} {'eight':>9}")
    compare("adam", steps=10_000)
    for other in TORCH:
        if other != "adam":
            compare(other, steps=3_000)
