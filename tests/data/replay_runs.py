"""Repeats labelled runs and counts what the verdicts make of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from landscapes import LANDSCAPES, Landscape, formula
from optimizers import OPTIMIZERS, SCHEDULES, Optimizer, Trajectory, descend, verdict

KINDS = ("minimum", "maximum", "saddle", "flat", "cycle", "moving", "diverged")
VIEW = ((-2.0, 2.0), (-2.0, 2.0))
HEAD = """# Verdicts, measured

{total} runs whose fate is known beforehand: from closed forms on quadratics, from symmetries that keep a run on the
stable manifold of a saddle, from orbits that attract by theory. `PYTHONPATH=. python tests/data/label_runs.py` writes
the labels and this page; a test repeats every run. How a verdict is reached stands in `optimizers/verdict.py`.

**{right} of {total} right, {share:.1%}.** Minima called saddle: {down}; saddles called minimum: {up}.

"""


def replay(run: dict[str, Any]) -> tuple[Landscape, Optimizer, Trajectory]:
    """The landscape and the optimizer that a label names, and the descent."""
    optimizer = OPTIMIZERS[run["optimizer"]](**{key: scheduled(x) for key, x in run["hyperparameters"].items()})
    landscape = named(run["landscape"])
    return landscape, optimizer, descend(landscape, optimizer, np.array(run["start"], dtype=float), run["steps"])


def scheduled(rate: Any) -> Any:
    """A schedule from its name and its numbers; a number as it is."""
    if not isinstance(rate, dict):
        return rate
    return SCHEDULES[rate["schedule"]](**{key: number for key, number in rate.items() if key != "schedule"})


def named(text: str) -> Landscape:
    """`key:parameter=number:...`, with `noise` and `seed` among the parameters where it is noisy, or a formula."""
    name, *pairs = text.split(":")
    numbers = {key: float(number) for key, number in (pair.split("=") for pair in pairs)}
    noise, seed = numbers.pop("noise", 0.0), int(numbers.pop("seed", 0))
    landscape = LANDSCAPES[name](**numbers) if name in LANDSCAPES else formula(text, VIEW)

    def batch(step: int) -> Landscape:
        push = np.random.default_rng((seed, step)).normal(0, noise, 2)
        return replace(landscape, gradient=lambda p: landscape.gradient(p) + push)

    return replace(landscape, batch=batch) if noise else landscape


def confusion(runs: Sequence[dict[str, Any]]) -> Counter[tuple[str, str]]:
    """How often each fate was called what."""
    return Counter((run["fate"], verdict(*replay(run)).kind) for run in runs)


def report(counts: Counter[tuple[str, str]]) -> str:
    """The page about verdicts, as Markdown."""
    total = counts.total()
    right = sum(counts[kind, kind] for kind in KINDS)
    down, up = counts["minimum", "saddle"], counts["saddle", "minimum"]
    rows = [["fate \\ verdict", *KINDS], ["---"] * (len(KINDS) + 1)]
    rows += [[fate, *(str(counts[fate, kind] or "·") for kind in KINDS)] for fate in KINDS]
    table = "".join("| " + " | ".join(row) + " |\n" for row in rows)
    return HEAD.format(total=total, right=right, share=right / total, down=down, up=up) + table
