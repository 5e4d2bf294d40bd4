"""The race as pictures and rows: what Explore shows of its runs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures import DASHES, Run, run_colours
from figures.stage import Table
from landscapes import Array, CriticalPoints
from optimizers import short
from pages.shared.choices import Choices
from pages.shared.compute import Outcome, lowest


@dataclass(frozen=True)
class Entry:
    """One run of the race: how it is drawn, and what became of it."""

    run: Run
    outcome: Outcome
    hidden: bool

    @property
    def sentence(self) -> str:
        """The verdict, with the run's name before it."""
        return f"{self.run.label}: {self.outcome.verdict.sentence}"


def entries(choices: Choices, results: Sequence[Outcome]) -> list[Entry]:
    """The runs in the order in which they were added, each with a colour and a dash of its own."""
    colours = run_colours([run.optimizer for run in choices.runs])
    return [
        Entry(Run(name, colour, result.trajectory.positions, dash), result, run.hidden)
        for name, colour, dash, result, run in zip(
            choices.names(), colours, DASHES, results, choices.runs, strict=False
        )
    ]


def landmarks(found: CriticalPoints) -> dict[str, Array]:
    """Positions of the critical points by kind, each (2, K)."""
    kinds = dict.fromkeys(point.kind for point in found.points)
    return {kind: np.array([p.position for p in found.points if p.kind == kind]).T for kind in kinds}


def base(shown: Sequence[Entry], found: CriticalPoints, logarithmic: bool) -> float:
    """What is taken from the loss before it is drawn: a logarithm needs something positive."""
    reached = [float(np.nanmin(entry.outcome.loss)) for entry in shown if np.isfinite(entry.outcome.loss).any()]
    floor = min(reached, default=0.0)
    if not logarithmic or floor > 0:
        return 0.0
    best = lowest(found)
    return floor if best is None else min(floor, best)


def table(choices: Choices, race: Sequence[Entry], found: CriticalPoints, tuned: bool) -> Table:
    """Verdict, last loss, and steps and gradient evaluations to the tolerance, for every run."""
    best = lowest(found)

    def row(entry: Entry) -> list[str]:
        step = entry.outcome.arrival(best, choices.tolerance)
        counts = (step, entry.outcome.evaluations(step))
        words = ["–" if count is None else f"{count:,}" for count in counts]
        return [entry.run.label, entry.outcome.verdict.kind, short(entry.outcome.last_loss()), *words]

    def place(entry: Entry) -> tuple[float, float]:
        spent = entry.outcome.evaluations(entry.outcome.arrival(best, choices.tolerance))
        loss = entry.outcome.last_loss()
        return (np.inf if spent is None else spent, loss if np.isfinite(loss) else np.inf)

    ordered = sorted(race, key=place) if choices.order == "winner" else race
    caption = f"Steps and gradients until f is within {short(choices.tolerance)} of its minimum"
    return Table(
        columns=["Run", "Verdict", "Loss", "Steps", "Gradients"],
        rows=[row(entry) for entry in ordered],
        colours=[entry.run.colour for entry in ordered],
        caption=f"{caption}; every rate tuned" if tuned else caption,
    )
