"""Data to fit: small historical tables that come with the project."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from landscapes.landscape import Array

HERE = Path(__file__).parent / "data"


@dataclass(frozen=True, kw_only=True, eq=False)
class DataSet:
    """Inputs, one row a feature, with a target for each column."""

    name: str
    inputs: Array  # (features, n)
    target: Array  # (n,)
    labels: tuple[str, ...]  # of each feature and of the target, with units
    about: str = ""
    source: str = ""  # origin, and why everybody may use it

    @property
    def examples(self) -> int:
        """How many there are."""
        return self.target.size

    def standardised(self) -> "DataSet":
        """Each feature less its mean, over its standard deviation (with n below the root); a constant one becomes 0."""
        labels = (*(f"{label.partition(',')[0]}, standardised" for label in self.labels[:-1]), self.labels[-1])
        return replace(self, inputs=standard(self.inputs), labels=labels)


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
    name="Hubble's nebulae, 1929",
    labels=("distance, Mpc", "velocity, km/s"),
    about="24 nebulae: the farther, the faster they recede. The slope is Hubble's constant, seven times too large.",
    source="E. Hubble, Proc. Natl. Acad. Sci. 15 (1929) 168, table 1, doi:10.1073/pnas.15.3.168. Free: measured facts, "
    "in a paper whose copyright ended in 2025.",
)
forbes = _shipped(
    "forbes.csv",
    name="Forbes' boiling points, 1857",
    labels=("boiling point, °F", "pressure, inches of mercury"),
    about="17 places in the Alps and Scotland: boiling tells the pressure. No input is near 0: a long valley.",
    source="J. D. Forbes, Trans. R. Soc. Edinburgh 21 (1857) 235, as R's MASS package has them. Free: measured facts, "
    "published in 1857.",
)
galton = _shipped(
    "galton.csv",
    name="Galton's families, 1886",
    labels=("mid-parent height, inches", "child's height, inches"),
    about="928 grown children: they are nearer to the average than their parents, which gave regression its name.",
    source="F. Galton, J. Anthropol. Inst. 15 (1886) 246, table 1, as R's HistData package has it. Free: measured "
    "facts, published in 1886.",
)
combat_points = _shipped(
    "combat_points.csv",
    name="Combat points",
    labels=("combat points before", "after evolving"),
    about="Ten points of a lecture's example: inputs in the hundreds, condition number 313,000.",
    source="H.-Y. Lee, Machine Learning, lecture on regression, National Taiwan University (2016). Free: ten pairs of "
    "observed numbers, which are facts.",
)
playfair = _shipped(
    "playfair.csv",
    name="Playfair's wheat, 1821",
    labels=("years after 1500", "wages, shillings a week", "wheat, shillings a quarter"),
    about="Wheat from 1565 to 1810 by year and wages: one feature fifteen times the other.",
    source="W. Playfair, A Letter on our Agricultural Distresses (1821), as R's HistData package has it. Free: facts, "
    "published in 1821.",
)
challenger = _shipped(
    "challenger.csv",
    name="Challenger's O-rings, 1986",
    labels=("temperature, °F", "O-ring distress"),
    about="23 flights before the last: 1 where an O-ring was damaged. The colder the launch, the likelier it was.",
    source="Presidential Commission on the Space Shuttle Challenger Accident, report (1986), p. 129, as R's vcd "
    "package has it. Free: a work of the government of the United States.",
)


def three_points() -> DataSet:
    """Three points for a calculation by hand."""
    return _given("Three points", [[1, 2, 3]], [3, 5, 6], ("x", "y"), "Few enough to check every number by hand.")


def one_example() -> DataSet:
    """The single example x = 1, y = 1."""
    return _given("One example (1, 1)", [[1]], [1], ("x", "y"), "The smallest training set there is.")


def two_scales() -> DataSet:
    """Four points with two features, one a hundred times the other."""
    features = [[1, 2, 3, 4], [100, 300, 200, 400]]
    about = "Four examples for a calculation by hand: standardising takes the condition number from 153,000 to 9."
    return _given("Two scales", features, [6, 14, 12, 20], ("x₁", "x₂", "y"), about)


def _given(
    name: str, inputs: Sequence[Sequence[float]], target: Sequence[float], labels: tuple[str, ...], about: str
) -> DataSet:
    return DataSet(
        name=name, inputs=np.array(inputs, float), target=np.array(target, float), labels=labels, about=about
    )
