"""The picture of a lesson as its knobs stand: what is seen of it, and its panels."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from course import LESSONS, Lesson, Seen, SeenRun
from figures import stride
from figures.stage import Drawing, Panel, drawing
from landscapes import Domain
from pages.explore_parts.race import Race, raced
from pages.lessons_parts.choices import Picture, picture_of
from pages.lessons_parts.picture import panels, rows
from pages.lessons_parts.pictures import PAGE_PICTURES
from pages.networks_parts.progress import worked
from pages.shared.size import panels_in_size
from pages.shared.state import Choices
from pages.shared.work import Frozen, drawn_once
from words import say


@dataclass(frozen=True, eq=False, kw_only=True)
class Watched:
    """What the page needs of a race on Explore or of a picture of Data or Networks."""

    seen: Any  # Seen of a race, SeenPart of another picture
    names: list[tuple[str, str]]  # of the runs that are shown, each with its colour
    sentences: list[str]  # what became of them
    steps: int
    # Before or after the answer, where the browser shows so much of the map.
    panels: Callable[[Domain | None, bool], list[Panel]]


def watch(lesson: Lesson, choices: Picture, size: str = "screen") -> Watched:
    """The picture of a lesson with these choices; in a hall with large text."""
    if not isinstance(choices, Choices):
        picture = PAGE_PICTURES[choices.part]
        return Watched(
            seen=picture.seen(choices),
            names=[*picture.runs(choices)],
            sentences=[*picture.verdicts(choices)],
            steps=picture.steps(choices),
            panels=partial(page_panels, lesson, choices, size),
        )
    race = raced(choices)
    return Watched(
        seen=seen(race),
        names=[(entry.run.label, entry.run.colour) for entry in race.shown],
        sentences=[entry.sentence for entry in race.shown],
        steps=choices.steps_taken,
        panels=partial(panels, lesson, race),
    )


def watch_with_a_bar(lesson: Lesson, choices: Picture, size: str) -> Watched | None:
    """The picture, with a bar where it takes seconds; None where the visitor stopped that."""
    if isinstance(choices, Choices):
        return watch(lesson, choices, size)
    picture = PAGE_PICTURES[choices.part]
    work = say(picture.work) if picture.work else ""
    return worked(work, choices, lambda: watch(lesson, choices, size), picture.ready(choices))


@drawn_once
def pictured(
    name: str, choices: Picture, answered: bool, with_sentences: bool, look: Domain | None, views: Frozen
) -> Drawing:
    """The picture of the lesson with this name, before or after the answer.

    Args:
        with_sentences: whether what became of the runs stands under it.
        look: what the browser shows of the map, where it said so.
    """
    lesson = LESSONS[name]
    watched = watch(lesson, choices, choices.size)
    said = watched.sentences if with_sentences else []
    return drawing(
        watched.panels(look, answered),
        key=stage_of_lesson(name),
        views=dict(views),
        rows=[*rows(lesson, answered), *([["table"]] if said else [])],
        steps=watched.steps,
        every=stride(watched.steps),
        start=watched.seen.start if answered and lesson.drag else None,
        notes=said,
    )


def stage_of_lesson(name: str) -> str:
    """The key of the stage of the lesson with this name."""
    return f"lesson {name}"


def page_panels(lesson: Lesson, choices: Picture, size: str, look: Domain | None, answered: bool) -> list[Panel]:
    """Of a picture of Data or Networks those panels that the rows of the lesson name."""
    wanted = {name for row in rows(lesson, answered) for name in row}
    drawn = [each for each in PAGE_PICTURES[choices.part].panels(choices, look, answered) if each.name in wanted]
    return [*panels_in_size(drawn, size)]


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
def at_first(name: str) -> Any:
    """What a lesson's question is about, whatever is turned later."""
    return watch(LESSONS[name], picture_of(name)).seen
