"""Replays what record_optimizers.py wrote and tells how far our rules are from it: writes docs/conformance.md.

Run it from the root of the repository: python -m tests.data.record_conformance.
"""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, descend

HERE = Path(__file__).parent
RECORDED = json.loads((HERE / "optimizers.json").read_text())
STEPS = list(RECORDED["steps"])
LEAST = 1e-10  # relative deviation that is always allowed
AMPLE = 100  # times the path's own conditioning, which is allowed too

INTRODUCTION = """# Equal to the libraries

Each of our rules beside the library's own, on Rosenbrock, Himmelblau, the saddle (x² - y²)/2 and (1 - xy)²: {count}
runs of {steps} steps in float64, with random hyperparameters and starts, recorded by
`tests/data/record_optimizers.py` with {versions}.

The deviation is the largest distance in one coordinate, over all runs and steps, as a share of the larger coordinate
of the point. Rounding alone moves an ill-conditioned path apart; the last column is the largest deviation as a share of
what the path's own conditioning allows: the larger of 1e-10 and 100 times what becomes of a start moved by 1e-13.

| optimizer | library | version | largest deviation | share of what is allowed |
|---|---|---|---|---|
"""
CLOSING = """
Where the libraries part from each other, or from their papers, we follow PyTorch: `amsgrad` takes the largest v before
the correction (optax after it), `nadam` warms its momentum up (optax has another algorithm), `radam` turns adaptive
above 5 and adds ε to the uncorrected root (optax to the corrected), `rprop` moves in its first step (optax 0.2.8 emits
the step before), `adagrad` begins at 0 (optax at 0.1) and `rmsprop` has ε outside the root (optax's default is our
`rmsprop_hinton`). `lbfgs` is compared without a line search, one iteration a step, with tolerances of 0.
`rmsprop_centred` is cut at 0 where PyTorch's own returns nan.
"""


def deviation(case: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """How far we are from a recorded run at each kept step, relative, and how far we may be."""
    run = descend(
        LANDSCAPES[case["landscape"]](),
        OPTIMIZERS[case["rule"]](**case["numbers"]),
        np.array(case["start"]),
        max(STEPS),
    )
    ours, theirs = run.positions[:, STEPS].T, np.array(case["positions"])
    size = np.abs(theirs).max(axis=1)
    distance = np.abs(ours - theirs).max(axis=1)
    return distance / size, np.maximum(LEAST, AMPLE * np.array(case["conditioning"]) / size)


def table() -> str:
    """One row for each rule and library."""
    rows: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for case in RECORDED["cases"]:
        far, allowed = deviation(case)
        rows[case["rule"], case["library"]].append((float(far.max()), float((far / allowed).max())))
    versions = RECORDED["versions"]
    order = sorted(rows, key=lambda row: (list(OPTIMIZERS).index(row[0]), row[1]))
    lines = [
        f"| `{rule}` | {library} | {versions[library]} | {worst:.1e} | {share:.2g} |"
        for rule, library in order
        for worst, share in [np.max(rows[rule, library], axis=0)]
    ]
    named = ", ".join(f"{name} {text}" for name, text in versions.items())
    head = INTRODUCTION.format(count=len(RECORDED["cases"]), steps=max(STEPS), versions=named)
    return head + "\n".join(lines) + "\n" + CLOSING


if __name__ == "__main__":
    (HERE.parents[1] / "docs" / "conformance.md").write_text(table())
