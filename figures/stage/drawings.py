"""Panels on their way to a browser, laid out once for all who look at the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from figures.stage.packing import ArrayGroup, Numbers, lift, pack, packed
from figures.stage.panels import Panel, Point, Table, laid_out
from landscapes import Domain

Views = Mapping[str, Sequence[Domain]]  # by panel: the parts of it that were zoomed to
TREE = 3  # times: what a skeleton takes as a tree, compared with what it takes as text
MOST_MESSAGES = 4  # of one drawing: they differ in what one visitor did last


@dataclass(frozen=True, eq=False)
class Drawing:
    """What a stage shows, ready to be sent."""

    skeleton: Mapping[str, Any]
    light: Mapping[str, Numbers]  # arrays that go with the skeleton
    cargos: Mapping[str, bytes]  # what travels apart, by name
    _messages: dict[str, bytes] = field(default_factory=dict)

    def message(self, more: Mapping[str, Any]) -> bytes:
        """The skeleton with what one visitor needs besides it, and its arrays."""
        sign = repr(more)
        message = self._messages.get(sign)
        if message is None:
            message = pack({**self.skeleton, **more}, self.light)
            if len(self._messages) < MOST_MESSAGES:
                self._messages[sign] = message
        return message

    @property
    def nbytes(self) -> int:
        """Bytes, about, that it takes."""
        arrays = sum(values.nbytes for values in self.light.values())
        return TREE * len(repr(self.skeleton)) + arrays + sum(map(len, self.cargos.values()))


def drawing(
    panels: Sequence[Panel],
    *,
    key: str,
    rows: Sequence[Sequence[str]] | None = None,
    steps: int = 0,
    every: int = 1,
    start: Point | None = None,
    table: Table | None = None,
    notes: Sequence[str] = (),
    views: Views | None = None,
) -> Drawing:
    """The panels laid out, with arguments as for `stage`."""
    skeleton, light, loads = laid_out(
        panels, key=key, rows=rows, steps=steps, every=every, start=start, table=table, notes=notes, views=views
    )
    gone: set[str] = set()
    cargos = {}
    for name, load in loads.items():
        fresh = {array: values for array, values in load.items() if array not in gone}
        if fresh:
            cargos[name] = packed(ArrayGroup(tuple(fresh), fresh))
        gone |= set(fresh)
    tree = lift(skeleton, light)
    return Drawing(tree, {name: values for name, values in light.items() if name not in gone}, cargos)
