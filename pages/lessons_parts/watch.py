"""What a lesson sees of its runs."""

from functools import lru_cache

from course import Seen, SeenRun
from pages.explore_parts.race import Race, raced
from pages.lessons_parts.choices import picture_of


def seen(race: Race) -> Seen:
    """A race as the sentences and checks of a lesson take it."""
    choices = race.choices
    return Seen(
        landscape=race.landscape,
        found=race.found,
        start=choices.start,
        starts=choices.starts_within_budget,
        noise=choices.noise,
        outlier=choices.gradient_noise.outlier,
        runs=tuple(
            SeenRun(
                name=name,
                numbers={**dict(run.numbers), "warmup": run.warmup}
                | ({"limit": run.clipping.limit} if run.clipping else {}),
                positions=entry.run.positions,
                loss=entry.outcome.loss,
                gradient_norm=entry.outcome.gradient_norm,
                verdict=entry.outcome.verdict,
                verdicts=tuple(outcome.verdict for outcome in entry.outcomes),
            )
            for name, run, entry in zip(race.names, choices.runs, race.entries, strict=True)
        ),
    )


@lru_cache(maxsize=64)
def at_first(name: str) -> Seen:
    """What a lesson's question is about, whatever is turned later."""
    return seen(raced(picture_of(name)))
