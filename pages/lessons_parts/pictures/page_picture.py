"""What a lesson needs of a picture that is another page's: its knobs, what is seen of it, and its panels."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from figures.stage import Panel
from landscapes import Domain, Knob
from pages.data_parts.choices import DataChoices
from pages.networks_parts.choices import SCHEMA, NetworksChoices
from pages.shared.state import set_number

C = TypeVar("C", DataChoices, NetworksChoices)


def none(_: Any) -> list[Any]:
    """A picture without runs."""
    return []


@dataclass(frozen=True, kw_only=True)
class PagePicture(Generic[C]):
    """One part of Data or of Networks, as a lesson shows it."""

    knobs: Mapping[str, Knob]  # that a lesson may let one turn
    numbers: Callable[[C], Mapping[str, float]]  # at which they stand
    turned: Callable[[C, str, float], C]  # the choices with one of them turned
    seen: Callable[[C], Any]  # what the sentences and checks of a lesson are computed from
    # Before or after the answer, where the browser shows so much of the map.
    panels: Callable[[C, Domain | None, bool], list[Panel]]
    steps: Callable[[C], int]  # of the playback
    runs: Callable[[C], Sequence[tuple[str, str]]] = none  # names with their colours
    verdicts: Callable[[C], Sequence[str]] = none  # what became of the runs
    work: str = ""  # what is done for it, where that takes seconds
    ready: Callable[[C], bool] = lambda choices: True  # whether it is done already


def of_group(group: str) -> tuple[Callable[[Any], Mapping[str, float]], Callable[[Any, str, float], Any]]:
    """How knobs of Data are read and turned whose numbers are the choice of that name."""

    def numbers(choices: DataChoices) -> Mapping[str, float]:
        return dict(getattr(choices, group))

    def turned(choices: DataChoices, name: str, number: float) -> DataChoices:
        return replace(choices, **{group: set_number(getattr(choices, group), name, number)})

    return numbers, turned


def of_fields(*names: str) -> tuple[Mapping[str, Knob], Callable[[Any], Mapping[str, float]], Callable[..., Any]]:
    """Whole numbers of Networks, each a choice of its own, as knobs, and how they are read and turned."""

    def numbers(choices: NetworksChoices) -> Mapping[str, float]:
        return {name: float(getattr(choices, name)) for name in names}

    def turned(choices: NetworksChoices, name: str, number: float) -> NetworksChoices:
        return replace(choices, **{name: int(number)})

    return {name: SCHEMA.fields[name].knob for name in names}, numbers, turned
