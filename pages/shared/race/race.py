"""The race as pictures and rows: what Explore shows of its runs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from figures import DASHES, Heights, Run, run_colours
from landscapes import Array, CriticalPoints, Domain
from optimizers import Verdict
from pages.shared.race.compute import Outcome
from pages.shared.state import Choices
from words import listed, listed_apart, mark, paragraph, say, say_n, short


@dataclass(frozen=True)
class Entry:
    """One run of the race: how it is drawn, and what became of it."""

    run: Run
    outcome: Outcome
    hidden: bool
    further: tuple[Outcome, ...] = ()  # the same from further starts

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """From every start."""
        return self.outcome, *self.further

    @property
    def sentence(self) -> str:
        """The verdict, or how many starts came to which, with the run's name before it."""
        if not self.further:
            return say("{run}: {sentence}", run=self.run.label, sentence=self.outcome.verdict.sentence)
        return say(
            "{run}: {sentence}",
            run=self.run.label,
            sentence=tally([outcome.verdict for outcome in self.outcomes]),
        )

    def lines(self) -> list[Run]:
        """All of it: the trajectories from further starts, and over them the one from the start itself."""
        if not self.further:
            return [self.run]
        positions = np.stack([it.trajectory.positions for it in self.further], axis=2)
        return [replace(self.run, positions=positions), self.run]

    def drawn(self, height: Heights, views: tuple[Domain, ...]) -> list[Run]:
        """The same lines with as many points as show all that there is to see in these views."""
        *crowd, alone = self.lines()
        thin = [run.at(*(it.steps_drawn(height, views) for it in self.further)) for run in crowd]
        return [*thin, alone.at(self.outcome.steps_drawn(height, views))]

    def values(self, of: Callable[[Outcome], Array]) -> list[Array]:
        """A quantity along each of these lines, (steps + 1, N) and (steps + 1,)."""
        alone = of(self.outcome)
        return [np.stack([of(it) for it in self.further], axis=1), alone] if self.further else [alone]


def in_a_word(race: Sequence[Entry]) -> list[str]:
    """What became of every run, for its chip: verdict and last loss, or how many starts come to a minimum."""
    return [
        say("{count} of {starts} at a minimum", count=kinds.count("minimum"), starts=len(kinds))
        if entry.further
        else say("{verdict} · loss {loss}", verdict=entry.outcome.verdict.name, loss=short(entry.outcome.last_loss()))
        for entry in race
        for kinds in [[outcome.verdict.kind for outcome in entry.outcomes]]
    ]


CHANGES = 1.1  # times its lowest that a loss has to come to for its logarithm to show how it falls
BELOW = 1e-12  # of the losses: what is lower by less than this is so by rounding
SAME = 1e-6  # places that differ by less, in parts of 1 and of themselves, are one
ENDS = {  # how those verdicts are counted that are not minima
    "saddle": mark("{count} at a saddle"),
    "maximum": mark("{count} on a maximum"),
    "flat": mark("{count} where it is flat"),
    "cycle": mark("{count} in a cycle"),
    "moving": mark("{count} still moving"),
    "diverged": mark("{count} diverged"),
}


def tally(verdicts: Sequence[Verdict]) -> str:
    """How many starts came to what.

    >>> ends = [Verdict("minimum", np.zeros(2), 9, ""), Verdict("cycle", np.ones(2), 9, "")]
    >>> tally(ends)
    '1 of 2 starts reaches a minimum; 1 in a cycle.'
    """
    kinds = [verdict.kind for verdict in verdicts]
    others = listed(say(words).format(count=kinds.count(kind)) for kind, words in ENDS.items() if kind in kinds)
    said = say_n(
        "{count} of {starts} starts reaches a minimum",
        "{count} of {starts} starts reach a minimum",
        kinds.count("minimum"),
        starts=len(kinds),
    )
    places = different([verdict.position for verdict in verdicts if verdict.kind == "minimum"])
    if places > 1:
        said = say("{reached}, at {places} different places", reached=said, places=places)
    return say("{clause}.", clause=listed_apart([said, others]) if others else said)


def different(places: Sequence[Array]) -> int:
    """How many of the places are not the same but for rounding."""
    apart: list[Array] = []
    for place in places:
        if not any(np.allclose(place, other, rtol=SAME, atol=SAME) for other in apart):
            apart.append(place)
    return len(apart)


def entries(choices: Choices, results: Sequence[Outcome], further: Sequence[tuple[Outcome, ...]] = ()) -> list[Entry]:
    """The runs in the order in which they were added, each with a colour and a dash of its own."""
    colours = run_colours([run.optimizer for run in choices.runs])
    return [
        Entry(Run(name, colour, result.trajectory.positions, dash), result, run.hidden, others)
        for name, colour, dash, result, run, others in zip(
            choices.names(), colours, DASHES, results, choices.runs, further or [()] * len(results), strict=False
        )
    ]


def landmarks(found: CriticalPoints) -> dict[str, Array]:
    """Positions of the critical points by kind, each (2, K)."""
    kinds = dict.fromkeys(point.kind for point in found.points)
    return {kind: np.array([p.position for p in found.points if p.kind == kind]).T for kind in kinds}


def ends(quantity: str, shown: Sequence[Entry], of: Callable[[Outcome], Array], digits: int = 3) -> str:
    """What becomes of a quantity over the steps of each run, in words."""
    return from_to(
        say("{quantity} over the steps.", quantity=quantity),
        {entry.run.label: of(entry.outcome) for entry in shown},
        digits,
    )


def from_to(title: str, values: Mapping[str, Array], digits: int = 3) -> str:
    """The first and the last number of each run, by its name, behind a sentence.

    >>> from_to("Loss.", {"Adam": np.array([4.0, 0.25, np.nan]), "Lion": np.array([])})
    'Loss. Adam: from 4 to 0.25.'
    """
    said = [title]
    for name, numbers in values.items():
        known = numbers[np.isfinite(numbers)]
        if known.size:
            first, last = short(known[0], digits), short(known[-1], digits)
            said.append(say("{run}: from {first} to {last}.", run=name, first=first, last=last))
    return paragraph(*said)


@dataclass(frozen=True)
class LossAxis:
    """How the loss is drawn over the steps."""

    base: float  # taken from the loss
    logarithmic: bool
    title: str


def loss_axis(shown: Sequence[Entry], best: float | None, logarithmic: bool) -> LossAxis:
    """The loss itself, or above the lowest minimum in view where a logarithm needs that; linear where neither helps.

    A logarithm needs something positive that changes visibly. What the runs themselves come to is never its zero.

    Args:
        best: the lowest loss at a minimum in view; None where there is none.
    """
    losses = np.concatenate([outcome.loss for entry in shown for outcome in entry.outcomes] or [np.zeros(0)])
    known = losses[np.isfinite(losses)]
    floor, top = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    if not logarithmic or not known.size or (floor > 0 and not floor < top < CHANGES * floor):
        return LossAxis(0.0, logarithmic, say("Loss"))
    if best is None:
        return LossAxis(0.0, False, say("Loss, on a linear axis: no minimum in view"))
    if floor < best - BELOW * max(abs(best), top - floor):
        return LossAxis(0.0, False, say("Loss, on a linear axis: it falls below the minima in view"))
    return LossAxis(best, True, say("Loss above the lowest, f − f*") if best else say("Loss"))
