"""How often a sweep and `verdict` say the same of random runs, `python -m benchmarks.kinds [runs] [seed]`."""

import sys

import numpy as np

from landscapes import LANDSCAPES
from optimizers import KINDS, OPTIMIZERS, descend, sweep, verdict

RULES = ("gradient_descent", "momentum", "nesterov", "rmsprop", "adam", "adagrad", "rprop", "lion", "adamw")
BY_CURVATURE = RULES[:3]  # whose rate has the unit of one over a curvature
TOGETHER = 25  # runs of one landscape and one optimizer
GOOD = ("minimum", "flat", "saddle", "maximum", "cycle", "moving", "diverged")  # from what is said of few to all


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    rng = np.random.default_rng(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    equal = better = steps_equal = done = 0
    while done < runs:
        landscape, rule = LANDSCAPES[str(rng.choice(list(LANDSCAPES)))](), str(rng.choice(RULES))
        (left, right), (low, high) = landscape.domain
        curved = np.abs(np.linalg.eigvalsh(landscape.hessian(np.array(landscape.start)))).max()
        unit = 2 / max(curved, 1e-3) if rule in BY_CURVATURE else 0.1 * (right - left)
        optimizer = OPTIMIZERS[rule](learning_rate=float(np.clip(unit * 10 ** rng.uniform(-2, 0.5), 1e-5, 10.0)))
        starts = np.stack([rng.uniform(left, right, TOGETHER), rng.uniform(low, high, TOGETHER)])
        steps = int(rng.integers(20, 400))
        found = sweep(landscape, optimizer, starts, steps)
        judged = verdict(landscape, optimizer, descend(landscape, optimizer, starts, steps))
        for kind, step, each in zip(found.kinds, found.steps, judged, strict=True):
            done += 1
            equal += KINDS[kind] == each.kind
            better += GOOD.index(KINDS[kind]) < GOOD.index(each.kind)
            steps_equal += step == each.step
            if KINDS[kind] != each.kind:
                print(f"{landscape.name}, {rule}, {steps} steps: {KINDS[kind]}, where the verdict is {each.kind}")
    print(f"{equal} of {done} kinds equal, {better} better than the verdict; {steps_equal} steps equal")


if __name__ == "__main__":
    main()
