"""Grids of losses that visitors brought, by what is in them: a link names one, and whoever has the file can open it."""

import re
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import landscapes.grids
from landscapes import Landscape, plain_name
from landscapes.grids import LossGrid, interpolated, read_recording
from pages.shared.fields import BETWEEN, Field, Reader
from words import Message, listed_later, mark, message

EXAMPLES = {
    "spirals_plain": mark("Example, no skips"),
    "spirals_skip": mark("Example, skips"),
}
NONE = "none"
MOST_KEPT = 64_000_000  # bytes of all visitors' grids
MARK = re.compile(r"[0-9a-f]{16}")
DATA = Path(landscapes.grids.__file__).parent / "data"


class Grids:
    """The grids that were used last, each with its landscape, made once."""

    def __init__(self) -> None:
        self._grids: OrderedDict[str, tuple[LossGrid, Landscape]] = OrderedDict()
        self._lock = Lock()

    def keep(self, grid: LossGrid) -> str:
        """Takes a grid in, and gives its fingerprint."""
        if self.find(grid.fingerprint) is None:
            made = interpolated(grid)
            with self._lock:
                self._grids[grid.fingerprint] = grid, made
                while len(self._grids) > 1 and sum(map(_bytes, self._grids.values())) > MOST_KEPT:
                    self._grids.popitem(last=False)
        return grid.fingerprint

    def find(self, fingerprint: str) -> tuple[LossGrid, Landscape] | None:
        """A grid and its landscape; None where it has not been brought, or long ago."""
        with self._lock:
            found = self._grids.get(fingerprint)
            if found:
                self._grids.move_to_end(fingerprint)
            return found


def _bytes(kept: tuple[LossGrid, Landscape]) -> int:
    return 2 * kept[0].loss.nbytes + 100_000  # the losses and the spline's coefficients; curves beside


def _example(name: str) -> tuple[LossGrid, Landscape]:
    grid = read_recording((DATA / f"{name}.npz").read_bytes())
    if not isinstance(grid, LossGrid):
        raise TypeError(f"{name} is no grid")
    return grid, interpolated(grid)


GRIDS = Grids()
MADE = {name: _example(name) for name in EXAMPLES}


def grid_named(text: str) -> tuple[LossGrid, Landscape] | None:
    """The grid that a link names: an example, or name~fingerprint of one that was brought to this server."""
    return MADE[text] if text in MADE else GRIDS.find(text.rpartition(BETWEEN)[2])


def file_name(text: str) -> str:
    """The name of the file that a link was made with."""
    return text.rpartition(BETWEEN)[0]


def to_bring(text: str) -> Message:
    """What a visitor is asked for whose link names a grid that is not here."""
    return message(
        "This link was made with the file “{file}” (fingerprint {print}), which is not on this server: load it on the "
        "page Networks under “Your own”, and the link opens.",
        file=file_name(text),
        print=text.rpartition(BETWEEN)[2],
    )


def named(name: str, fingerprint: str) -> str:
    """A grid as a link names it."""
    return f"{plain_name(name).replace(BETWEEN, '-')[:60]}{BETWEEN}{fingerprint}"


@dataclass(frozen=True)
class OwnGrid(Field):
    """A grid by its name in links, an example or a visitor's own; or none where that may be."""

    default: str
    optional: bool = False

    def read(self, reader: Reader, key: str, choices: Any) -> str:
        """Its name, as it stands in the link; whether the grid is here is seen when it is shown."""
        text = reader.text(key)
        if text is None:
            return self.default
        if text in MADE or (self.optional and text == NONE):
            return text
        name, between, fingerprint = text.rpartition(BETWEEN)
        if between and MARK.fullmatch(fingerprint):
            return named(name, fingerprint)
        reader.drop(
            f"{key}={text}",
            message(
                "a grid is {examples}, or the name of a file and its fingerprint, run.npz~39981671833122d6",
                examples=listed_later(MADE),
            ),
        )
        return self.default

    def write(self, value: str, choices: Any) -> str:
        """Its name."""
        return value
