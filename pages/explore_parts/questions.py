"""What a lecturer may ask about a race before it is played."""

from pages.explore_parts.race import Race
from pages.shared.controls import where_they_end, which_rate
from pages.shared.race import Entry, steps_to_arrive
from rooms import Question
from words import say


def questions(race: Race) -> list[Question]:
    """Where each run will end that is in view, which arrives first, and from where each is to begin, and what rate one
    would take."""
    low_high = race.choices.zoom or race.landscape.domain
    runs = [(entry.run.label, entry.run.positions) for entry in race.shown]
    asked = where_they_end(runs, low_high, plays=True)
    if len(race.shown) > 1:
        options = (*(entry.run.label for entry in race.shown), say("None of them"))
        asked.append(
            Question(
                number=0,
                kind="choice",
                text=say("Which run is the first to arrive at a point where it stays?"),
                options=options,
                truth=first_of(race.shown),
                plays=True,
            )
        )
    asked += [
        Question(
            number=0,
            kind="start",
            text=say("Where do you let {run} begin?", run=entry.run.label),
            bounds=low_high,
            run=slot,
        )
        for slot, entry in enumerate(race.entries)
        if not entry.hidden
    ]
    return [*asked, which_rate()]


def first_of(shown: list[Entry]) -> int | None:
    """Which of the runs needs the fewest steps to where it stays; their number where none arrives, None at a tie."""
    arrivals = [steps_to_arrive(entry.outcome.verdict) for entry in shown]
    known = [step for step in arrivals if step is not None]
    if not known:
        return len(shown)
    first = [k for k, step in enumerate(arrivals) if step == min(known)]
    return first[0] if len(first) == 1 else None
