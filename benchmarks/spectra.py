"""What the parts Spectrum and Many dimensions of the Networks page cost, in CPU seconds of one thread.

python -m benchmarks.spectra

Their settings are those with which the page opens. Each is measured three times, and the best counts.
"""

import preload  # sets one thread for BLAS, before NumPy is imported

import time
from collections.abc import Callable

import numpy as np

from landscapes.networks import (
    Architecture,
    answers_of_a_teacher,
    critical_searches,
    exact_eigenvalues,
    network_loss,
    random_critical_points,
    random_matrices,
    share_of_minima,
    share_of_positive_matrices,
    sharpness,
    spectral_density,
    two_spirals,
)
from optimizers import OPTIMIZERS, descend

ROUNDS = 3


def best(action: Callable[[], object]) -> float:
    """CPU seconds of the fastest of some calls."""
    found = []
    for _ in range(ROUNDS):
        began = time.process_time()
        action()
        found.append(time.process_time() - began)
    return min(found)


def spirals(width: int) -> None:
    """Prints what training, the largest eigenvalue along it and the eigenvalues at its end cost."""
    architecture = Architecture(
        inputs=2, width=width, outputs=2, depth=3, skip=0.0, activation="tanh", normalised=False
    )
    loss = network_loss(architecture, two_spirals(200), "squared_error")
    descent, start = OPTIMIZERS["gradient_descent"](learning_rate=0.2), np.array(loss.start)
    path = descend(loss, descent, start, 2000).positions
    end = path[:, -1]
    print(f"\nspirals, {architecture.parameters:,} parameters")
    print(f"{'2,000 steps of gradient descent':44}{best(lambda: descend(loss, descent, start, 2000)):8.2f}")
    print(f"{'81 largest eigenvalues along them':44}{best(lambda: sharpness(loss, path)):8.2f}")
    if architecture.parameters <= 700:
        print(f"{'all eigenvalues at the end':44}{best(lambda: exact_eigenvalues(loss, end)):8.2f}")
    print(f"{'their distribution, 10 probes of 30 products':44}{best(lambda: spectral_density(loss, end)):8.2f}")


def saddles(width: int) -> None:
    """Prints what 60 searches for critical points cost, and how many converge."""
    architecture = Architecture(inputs=4, width=width, outputs=1, skip=0.0, activation="tanh", normalised=False)
    loss = network_loss(architecture, answers_of_a_teacher(60, 1), "squared_error")
    starts = np.stack([architecture.initial(seed) for seed in range(60)], axis=1)
    begun = descend(loss, OPTIMIZERS["gradient_descent"](learning_rate=0.2), starts, 150).positions[:, -1]
    found = critical_searches(loss, begun, 100)
    spent = best(lambda: critical_searches(loss, begun, 100))
    print(f"\n60 searches, {architecture.parameters} parameters, {found.found.sum()} converge {spent:20.2f}")


def chance() -> None:
    """Prints what the exact shares and the drawn ones cost."""
    both = (share_of_minima, share_of_positive_matrices)
    exact = best(lambda: [share(n) for n in range(1, 11) for share in both])
    print(f"\n{'both shares in 1 to 10 dimensions':44}{exact:8.2f}")
    for name, draw in (("matrices", random_matrices), ("Hessians of a field", random_critical_points)):
        print(f"{f'20,000 {name} of 10 × 10':44}{best(lambda draw=draw: draw(10, 20_000)):8.2f}")


if __name__ == "__main__":
    print(f"numpy {np.__version__}, threads for BLAS: {', '.join(preload.THREADS)} = 1")
    for units in (13, 16):
        spirals(units)
    for units in (3, 4):
        saddles(units)
    chance()
