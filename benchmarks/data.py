"""A full-batch step on 10,000 points beside torch's, and the time of a 200 x 200 surface of them; torch is optional."""

import time
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from landscapes import CLASSIFICATION_LOSSES, REGRESSION_LOSSES, PointLoss, with_intercept
from landscapes.from_data import linear_model
from optimizers import OPTIMIZERS, descend

POINTS, STEPS, NODES, REPETITIONS = 10_000, 200, 200, 7
DICE = np.random.default_rng(0)
X = DICE.normal(size=POINTS)
Y = 1.5 * X + 1 + DICE.normal(size=POINTS)


def median(action: Callable[[], object]) -> float:
    """Seconds, the median of several repetitions."""
    times = []
    for _ in range(REPETITIONS):
        before = time.perf_counter()
        action()
        times.append(time.perf_counter() - before)
    return float(np.median(times))


def ours(loss: PointLoss, target: np.ndarray) -> tuple[float, float]:
    """Seconds for a step, with a new full batch each time, and for the surface."""
    model = linear_model(with_intercept(X), target, loss)
    rows, optimizer = slice(None), OPTIMIZERS["gradient_descent"](learning_rate=0.1)
    p = np.zeros(2)

    def steps() -> None:
        for _ in range(STEPS):
            optimizer.update(p, optimizer.init(p), model.of(rows))

    grid = np.stack(np.meshgrid(*(np.linspace(*side, NODES) for side in model.full.domain)))
    assert np.isfinite(descend(model.full, optimizer, p, STEPS).positions).all()
    return median(steps) / STEPS, median(lambda: model.full.value(grid))


def torchs(name: str, target: np.ndarray) -> float:
    """Seconds for the same step with autograd and torch.optim.SGD."""
    import torch
    from torch.nn import functional

    losses = {
        "squared error": functional.mse_loss,
        "absolute error": functional.l1_loss,
        "Huber": functional.huber_loss,
        "cross-entropy": functional.binary_cross_entropy_with_logits,
        "squared sigmoid": lambda z, t: functional.mse_loss(torch.sigmoid(z), t),
    }
    x, t = torch.tensor(X), torch.tensor(target)
    p = torch.zeros(2, dtype=torch.double, requires_grad=True)
    optimizer = torch.optim.SGD([p], lr=0.1)

    def steps() -> None:
        for _ in range(STEPS):
            optimizer.zero_grad()
            losses[name](p[0] * x + p[1], t).backward()
            optimizer.step()

    return median(steps) / STEPS


if __name__ == "__main__":
    print(f"{POINTS:,} points; microseconds a full-batch step, milliseconds a {NODES} x {NODES} surface")
    classes = (Y > 1).astype(float)
    for name, loss, target in (
        ("squared error", REGRESSION_LOSSES["squared"], Y),
        ("absolute error", REGRESSION_LOSSES["absolute"], Y),
        ("Huber", REGRESSION_LOSSES["huber"], Y),
        ("cross-entropy", CLASSIFICATION_LOSSES["cross_entropy"], classes),
        ("squared sigmoid", CLASSIFICATION_LOSSES["squared"], classes),
    ):
        step, surface = ours(loss, target)
        line = f"{name:15} step {1e6 * step:7.0f}   surface {1e3 * surface:7.1f}"
        if find_spec("torch"):
            theirs = torchs(name, target)
            line += f"   torch step {1e6 * theirs:7.0f}   ratio {step / theirs:.2f}"
        print(line)
