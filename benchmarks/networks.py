"""What a network of depth 20 costs on one thread: CPU times, and their ratios, which hardly depend on the machine.

python -m benchmarks.networks

64 inputs, width 12, 20 layers, 10 classes, 200 examples, normalised, ReLU: 4,030 parameters. All are measured in turns,
five rounds, and the best of each counts, so that another load on the machine weighs on all of them.
"""

import preload  # sets one thread for BLAS, before NumPy is imported

import time
from collections.abc import Callable

import numpy as np

from landscapes.networks import (
    Architecture,
    extreme_eigenvalues,
    network_loss,
    plane,
    random_directions,
    sharpness,
    signs_drawn,
    two_spirals,
)
from optimizers import OPTIMIZERS, descend

ROUNDS = 5
SIDE = np.linspace(-1.0, 1.0, 41)


def seconds(action: Callable[[], object], times: int = 1) -> float:
    """CPU seconds of one call."""
    began = time.process_time()
    for _ in range(times):
        action()
    return (time.process_time() - began) / times


def main() -> None:
    architecture = Architecture(inputs=64, width=12, outputs=10, depth=20)
    loss = network_loss(architecture, signs_drawn(600).part(0, 200))
    theta = np.array(loss.start)
    v = np.random.default_rng(0).normal(size=theta.size)
    many = theta[:, None] + 0.01 * np.random.default_rng(1).normal(size=(theta.size, 16))
    product = loss.times_hessian
    if product is None:
        raise RuntimeError("the loss of a network has a product with its Hessian")
    actions: dict[str, tuple[Callable[[], object], int]] = {
        "value": (lambda: loss.value(theta), 50),
        "value, 16 at once": (lambda: loss.value(many), 10),
        "gradient": (lambda: loss.gradient(theta), 50),
        "gradient, 16 at once": (lambda: loss.gradient(many), 10),
        "Hessian times a vector": (lambda: product(theta, v), 20),
        "30 steps of Lanczos": (lambda: extreme_eigenvalues(loss, theta), 1),
    }
    rounds = [{name: seconds(*action) for name, action in actions.items()} for _ in range(ROUNDS)]
    best = {name: min(each[name] for each in rounds) for name in actions}
    print(f"{architecture.parameters:,} parameters; milliseconds of CPU, best of {ROUNDS}")
    for name, spent in best.items():
        print(f"{name:26} {1e3 * spent:9.2f}")
    print("\nratios")
    for name, ratio in {
        "gradient / value": best["gradient"] / best["value"],
        "Hessian times a vector / gradient": best["Hessian times a vector"] / best["gradient"],
        "16 values alone / together": 16 * best["value"] / best["value, 16 at once"],
        "16 gradients alone / together": 16 * best["gradient"] / best["gradient, 16 at once"],
        "30 steps of Lanczos / 30 products": best["30 steps of Lanczos"] / (30 * best["Hessian times a vector"]),
    }.items():
        print(f"{name:36} {ratio:6.2f}")
    print("\nseconds of CPU")
    for depth in (10, 20):
        for skip in (1.0, 0.0):
            train_and_slice(depth, skip)
    edge()


def train_and_slice(depth: int, skip: float) -> None:
    """Prints what 300 steps of Adam and a slice of 41² cost."""
    architecture = Architecture(inputs=64, width=12, outputs=10, depth=depth, skip=skip)
    loss = network_loss(architecture, signs_drawn(600).part(0, 200))
    adam, start = OPTIMIZERS["adam"](learning_rate=0.01), np.array(loss.start)
    training = seconds(lambda: descend(loss, adam, start, 300))
    theta = descend(loss, adam, start, 300).positions[:, -1]
    sliced = plane(loss, theta, random_directions(architecture, theta, 1))
    grid = np.array(np.meshgrid(SIDE, SIDE))
    print(
        f"depth {depth}, skip {skip:g}: training {training:.2f}, slice of 41² {seconds(lambda: sliced.value(grid)):.2f}"
    )


def edge() -> None:
    """Prints what the largest eigenvalue at 81 points along 2,000 steps costs."""
    architecture = Architecture(inputs=2, width=16, outputs=2, depth=3, skip=0.0, activation="tanh", normalised=False)
    loss = network_loss(architecture, two_spirals(200), "squared_error")
    descent, start = OPTIMIZERS["gradient_descent"](learning_rate=0.1), np.array(loss.start)
    training = seconds(lambda: descend(loss, descent, start, 2000))
    path = descend(loss, descent, start, 2000).positions
    largest = seconds(lambda: sharpness(loss, path))
    print(f"edge of stability: 2,000 steps {training:.2f}, 81 largest eigenvalues {largest:.2f}")


if __name__ == "__main__":
    print(f"numpy {np.__version__}, threads for BLAS: {', '.join(preload.THREADS)} = 1")
    main()
