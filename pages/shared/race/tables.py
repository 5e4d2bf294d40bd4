"""The table of the race: what every run came to, and how long it took."""

from collections.abc import Sequence
from statistics import median, median_high

import numpy as np

from figures.stage import Table
from optimizers import Verdict
from pages.shared.race.compute import Outcome
from pages.shared.race.race import Entry
from pages.shared.state import Choices
from words import listed_apart, say, short

NONE = "–"
ARRIVED = ("minimum", "maximum", "saddle")  # kinds of verdict of runs that are at a point


def steps_to_arrive(found: Verdict) -> int | None:
    """The steps after which a run is at the point where it stays, as its sentence says; None for the others."""
    return found.step if found.kind in ARRIVED else None


def table(choices: Choices, race: Sequence[Entry], best: float | None, tuned: bool, digits: int) -> Table:
    """Verdict, last loss, steps and gradient evaluations to where a run stays, steps to the tolerance, for every run.

    Columns that are empty for all runs are left out, and that of the gradients where every step took one.

    Args:
        best: the lowest loss at a minimum in view; None where there is none.
        tuned: whether every rate is the best that a sweep has found.
        digits: significant ones of a loss.
    """
    if any(entry.further for entry in race):
        return table_of_many(choices, race, best, tuned, digits)

    def spent(outcome: Outcome) -> tuple[float, float]:
        evaluations = outcome.evaluations(outcome.arrival(best, choices.tolerance))
        loss = outcome.last_loss()
        return (np.inf if evaluations is None else evaluations, loss if np.isfinite(loss) else np.inf)

    ordered = sorted(race, key=lambda entry: spent(entry.outcome)) if choices.order == "winner" else race
    arrived = [steps_to_arrive(entry.outcome.verdict) for entry in ordered]
    gradients = [entry.outcome.evaluations(step) for entry, step in zip(ordered, arrived, strict=True)]
    near = [entry.outcome.arrival(best, choices.tolerance) for entry in ordered]
    tolerance = short(choices.tolerance)
    counts = {
        say("Steps"): (arrived, say("Steps until it stays within 0.1 % of the view")),
        say("Gradients"): ([] if gradients == arrived else gradients, say("gradients: evaluated until then")),
        within(tolerance): (
            near,
            say("f within {tolerance} of the lowest minimum", tolerance=tolerance),
        ),
    }
    shown = {name: (column, about) for name, (column, about) in counts.items() if any(it is not None for it in column)}
    return Table(
        columns=[say("Run"), say("Verdict"), say("Loss"), *shown],
        rows=[
            [
                entry.run.label,
                entry.outcome.verdict.name,
                short(entry.outcome.last_loss(), digits),
                *(counted(column[place]) for column, _ in shown.values()),
            ]
            for place, entry in enumerate(ordered)
        ],
        colours=[entry.run.colour for entry in ordered],
        caption=listed_apart([*(about for _, about in shown.values()), *[say("every rate tuned")] * tuned]),
    )


def table_of_many(choices: Choices, race: Sequence[Entry], best: float | None, tuned: bool, digits: int) -> Table:
    """For runs from several starts: how many reach a minimum, best and median loss, steps to the tolerance."""

    def arrivals(entry: Entry) -> list[int]:
        steps = [outcome.arrival(best, choices.tolerance) for outcome in entry.outcomes]
        return [step for step in steps if step is not None]

    def losses(entry: Entry) -> list[float]:
        ends = [(it.verdict.kind, it.last_loss()) for it in entry.outcomes]
        return [np.inf if kind == "diverged" or np.isnan(loss) else loss for kind, loss in ends]

    def row(entry: Entry) -> list[str]:
        kinds = [outcome.verdict.kind for outcome in entry.outcomes]
        ends = [short(min(losses(entry)), digits), short(median(losses(entry)), digits)]
        return [entry.run.label, say("{count} of {starts}", count=kinds.count("minimum"), starts=len(kinds)), *ends]

    def place(entry: Entry) -> tuple[float, float, float]:
        steps = arrivals(entry)
        return (-len(steps), median_high(steps) if steps else np.inf, median(losses(entry)))

    ordered = sorted(race, key=place) if choices.order == "winner" else race
    middle = [median_high(steps) if steps else None for steps in map(arrivals, ordered)]
    known, tolerance = any(step is not None for step in middle), short(choices.tolerance)
    caption = [say("Over {starts} starts; what diverged counts as ∞", starts=len(race[0].outcomes))]
    if known:
        caption.append(
            say(
                "f within {tolerance}: median steps of those whose f comes so near to the lowest minimum in view",
                tolerance=tolerance,
            )
        )
    if tuned:
        caption.append(say("every rate tuned for the first"))
    return Table(
        columns=[say("Run"), say("At a minimum"), say("Best loss"), say("Median loss"), *[within(tolerance)] * known],
        rows=[[*row(entry), *[counted(step)] * known] for entry, step in zip(ordered, middle, strict=True)],
        colours=[entry.run.colour for entry in ordered],
        caption=listed_apart(caption),
    )


def within(tolerance: str) -> str:
    """The heading of the steps to within a tolerance of the lowest minimum."""
    return say("f within {tolerance}", tolerance=tolerance)


def counted(count: int | None) -> str:
    """A number of steps or evaluations as a cell has it."""
    return NONE if count is None else f"{count:,}"
