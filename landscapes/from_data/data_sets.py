"""Data to fit: small historical tables that come with the project."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from landscapes.from_data.labels import Label
from landscapes.landscape import Array
from words import mark, message

HERE = Path(__file__).parent / "data"


@dataclass(frozen=True, kw_only=True, eq=False)
class DataSet:
    """Inputs, one row a feature, with a target for each column."""

    name: str
    inputs: Array  # (features, n)
    target: Array  # (n,)
    labels: tuple[Label, ...]  # of each feature and of the target
    about: str = ""
    source: str = ""  # origin, and why everybody may use it
    taken_from: int | None = None  # rows that these were taken from evenly; None where they are all

    @property
    def examples(self) -> int:
        """How many there are."""
        return self.target.size

    def standardised(self) -> "DataSet":
        """Each feature less its mean, over its standard deviation (with n below the root); a constant one becomes 0."""
        labels = (*(label.in_unit(message("standardised")) for label in self.labels[:-1]), self.labels[-1])
        return replace(self, inputs=standard(self.inputs), labels=labels)

    def at_most(self, rows: int) -> "DataSet":
        """So many of the rows, evenly taken, or all where there are no more."""
        if self.examples <= rows:
            return self
        taken = np.linspace(0, self.examples - 1, rows).round().astype(int)
        return replace(self, taken_from=self.examples, inputs=self.inputs[:, taken], target=self.target[taken])


def standard(inputs: Array) -> Array:
    """Rows with mean 0 and variance 1; a row that is constant becomes 0."""
    off = inputs - inputs.mean(axis=1, keepdims=True)
    spread = off.std(axis=1, keepdims=True)
    noise = 1e-12 * np.abs(inputs).max(axis=1, keepdims=True)
    scaled: Array = np.where(spread > noise, off / np.where(spread > noise, spread, 1.0), 0.0)
    return scaled


@cache
def _table(file: str) -> Array:
    with (HERE / file).open(encoding="utf-8", newline="") as lines:
        _, *rows = csv.reader(lines)
    return np.array(rows, dtype=float).T


def _shipped(file: str, **words: Any) -> Callable[[], DataSet]:
    def load() -> DataSet:
        *inputs, target = _table(file)
        return DataSet(inputs=np.array(inputs), target=target, **words)

    load.__doc__ = str(words["about"])
    return load


hubble = _shipped(
    "hubble.csv",
    name=mark("Hubble's nebulae, 1929"),
    labels=(Label(message("distance"), "Mpc"), Label(message("velocity"), "km/s")),
    about=mark(
        "24 nebulae: the farther, the faster they recede. The slope is Hubble's constant, seven times too large."
    ),
    source=mark(
        "E. Hubble, Proc. Natl. Acad. Sci. 15 (1929) 168, table 1, doi:10.1073/pnas.15.3.168. Free: measured facts, "
        "in a paper whose copyright ended in 2025."
    ),
)
forbes = _shipped(
    "forbes.csv",
    name=mark("Forbes' boiling points, 1857"),
    labels=(Label(message("boiling point"), "°F"), Label(message("pressure"), message("inches of mercury"))),
    about=mark(
        "17 places in the Alps and Scotland: the boiling point of water tells the air pressure. No input is near 0, "
        "which makes a long valley."
    ),
    source=mark(
        "J. D. Forbes, Trans. R. Soc. Edinburgh 21 (1857) 235, as R's MASS package has them. Free: measured facts, "
        "published in 1857."
    ),
)
galton = _shipped(
    "galton.csv",
    name=mark("Galton's families, 1886"),
    labels=(
        Label(message("mid-parent height"), message("inches")),
        Label(message("child's height"), message("inches")),
    ),
    about=mark(
        "928 grown children: they are nearer to the average than their parents, which gave regression its name."
    ),
    source=mark(
        "F. Galton, J. Anthropol. Inst. 15 (1886) 246, table 1, as R's HistData package has it. Free: measured "
        "facts, published in 1886."
    ),
)
combat_points = _shipped(
    "combat_points.csv",
    name=mark("Combat points"),
    labels=(Label(message("combat points before")), Label(message("after evolving"))),
    about=mark("Ten points of a lecture's example: inputs in the hundreds, condition number 313,000."),
    source=mark(
        "H.-Y. Lee, Machine Learning, lecture on regression, National Taiwan University (2016). Free: ten pairs of "
        "observed numbers, which are facts."
    ),
)
playfair = _shipped(
    "playfair.csv",
    name=mark("Playfair's wheat, 1821"),
    labels=(
        Label(message("years after 1500")),
        Label(message("wages"), message("shillings a week")),
        Label(message("wheat"), message("shillings a quarter")),
    ),
    about=mark(
        "The price of wheat from 1565 to 1810 by year and wages: one feature is about fifteen times as large as the "
        "other."
    ),
    source=mark(
        "W. Playfair, A Letter on our Agricultural Distresses (1821), as R's HistData package has it. Free: facts, "
        "published in 1821."
    ),
)
challenger = _shipped(
    "challenger.csv",
    name=mark("Challenger's O-rings, 1986"),
    labels=(Label(message("temperature"), "°F"), Label(message("O-ring distress"))),
    about=mark(
        "23 flights before the last one. The target is 1 where an O-ring was damaged: the colder the launch, the "
        "likelier that was."
    ),
    source=mark(
        "Presidential Commission on the Space Shuttle Challenger Accident, report (1986), p. 129, as R's vcd "
        "package has it. Free: a work of the government of the United States."
    ),
)


def three_points() -> DataSet:
    """Three points for a calculation by hand."""
    return _given(
        mark("Three points"), [[1, 2, 3]], [3, 5, 6], ("x", "y"), mark("Few enough to check every number by hand.")
    )


def one_example() -> DataSet:
    """The single example x = 1, y = 1."""
    return _given(mark("One example (1, 1)"), [[1]], [1], ("x", "y"), mark("The smallest training set there is."))


def two_scales() -> DataSet:
    """Four points with two features, one a hundred times the other."""
    features = [[1, 2, 3, 4], [100, 300, 200, 400]]
    about = mark("Four examples for a calculation by hand: standardising takes the condition number from 153,000 to 9.")
    return _given(mark("Two scales"), features, [6, 14, 12, 20], ("x₁", "x₂", "y"), about)


def _given(
    name: str, inputs: Sequence[Sequence[float]], target: Sequence[float], labels: tuple[str, ...], about: str
) -> DataSet:
    return DataSet(
        name=name,
        inputs=np.array(inputs, float),
        target=np.array(target, float),
        labels=tuple(map(Label, labels)),
        about=about,
    )
