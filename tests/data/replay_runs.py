"""Repeats labelled runs and counts what the verdicts make of them."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from landscapes import LANDSCAPES, Landscape, formula
from optimizers import OPTIMIZERS, SCHEDULES, Optimizer, Trajectory, Verdict, descend
from optimizers.verdicts import verdict

KINDS = ("minimum", "maximum", "saddle", "flat", "cycle", "moving", "diverged")
VIEW = ((-2.0, 2.0), (-2.0, 2.0))
HEAD = """# Verdicts, measured

{total} runs whose fate is known beforehand: from closed forms on quadratics, from symmetries that keep a run on the
stable manifold of a saddle, from orbits that attract by theory. The labels and this page are written by
`PYTHONPATH=.:tests python tests/data/label_runs.py`; a test repeats every run. How a verdict is reached stands in
`optimizers/verdicts/verdict.py`.

**{right} of {total} kinds right, {share:.1%}.** Minima called saddle: {down}; saddles called minimum: {up}.

"""
FOOT = """
Sentences are measured like kinds. `tests/sentence_claims.py` takes each one apart and recomputes every number and every
clause from the run: places, step counts, eigenvalues, directions, products, limits, suggested rates, learning rates,
losses, gradient norms, distances and periods. A clause that it does not know counts as untrue.

**{true} of {clauses} clauses true in {total} sentences.**

A minimum need not be strict: on a curve of minima, such as w₁w₂ = 1 of the network with two weights, the verdict is
minimum, and the sentence says so. It is found by what the loss does around the place, not by the Hessian alone: along
its zero eigenvalue the floor of the valley is followed on both sides at five distances from a millionth to a hundredth
of the view, and further on where it is level. A saddle whose Hessian does not show it is one too. Flat are plateaus,
and places of which float64 cannot tell what they are. A run that a schedule has stopped short of a minimum has not
reached it, and one that was there but leaves again, as RMSProp does, is moving.
"""
RUNS = Path(__file__).parent / "labelled_runs.json"


class Replayed(NamedTuple):
    """A labelled run, repeated."""

    label: dict[str, Any]
    landscape: Landscape
    optimizer: Optimizer
    run: Trajectory
    found: Verdict


@cache
def replayed() -> tuple[Replayed, ...]:
    """All labelled runs and their verdicts, computed once."""
    runs = [(label, *replay(label)) for label in json.loads(RUNS.read_text(encoding="utf-8"))]
    return tuple(Replayed(*run, verdict(*run[1:])) for run in runs)


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


def confusion(runs: Sequence[Replayed]) -> Counter[tuple[str, str]]:
    """How often each fate was called what."""
    return Counter((run.label["fate"], run.found.kind) for run in runs)


def report(counts: Counter[tuple[str, str]], clauses: int, untrue: int) -> str:
    """The page about verdicts, as Markdown."""
    total = counts.total()
    right = sum(counts[kind, kind] for kind in KINDS)
    down, up = counts["minimum", "saddle"], counts["saddle", "minimum"]
    rows = [["fate \\ verdict", *KINDS], ["---"] * (len(KINDS) + 1)]
    rows += [[fate, *(str(counts[fate, kind] or "·") for kind in KINDS)] for fate in KINDS]
    table = "".join("| " + " | ".join(row) + " |\n" for row in rows)
    head = HEAD.format(total=total, right=right, share=right / total, down=down, up=up)
    return head + table + FOOT.format(true=f"{clauses - untrue:,}", clauses=f"{clauses:,}", total=total)
