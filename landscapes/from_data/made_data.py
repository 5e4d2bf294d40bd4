"""Random data: a line with outliers, two classes, two features of different size; the seed is the data."""

from typing import Annotated

import numpy as np

from landscapes.from_data.data_sets import DataSet
from landscapes.from_data.labels import Label
from landscapes.knob import Knob, checked
from words import mark, message

Count = Annotated[int, Knob("n", 4, 500, mark("number of examples"), integer=True, least=2, costs=True)]
Seed = Annotated[int, Knob(mark("seed"), 0, 999, mark("which of the random draws"), integer=True, least=0)]


@checked
def made_line(
    n: Count = 50,
    slope: Annotated[float, Knob(mark("slope"), -5.0, 5.0, mark("of the line behind the data"))] = 1.5,
    noise: Annotated[float, Knob("σ", 0.0, 3.0, mark("spread of the points about the line"), least=0.0)] = 0.5,
    outliers: Annotated[
        float, Knob(mark("outliers"), 0.0, 0.5, mark("share of points far above the line"), least=0.0, most=1.0)
    ] = 0.1,
    seed: Seed = 0,
) -> DataSet:
    """Points about a line with intercept 1."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-2.0, 2.0, int(n))
    y = 1.0 + slope * x + noise * rng.standard_normal(int(n))
    y[rng.permutation(int(n))[: round(outliers * n)]] += 8.0
    return DataSet(
        name=mark("Made line"),
        inputs=x[None],
        target=y,
        labels=(Label("x"), Label("y")),
        about=mark("Points about a line with intercept 1, x even over (−2, 2); the share of outliers lies 8 higher."),
    )


@checked
def made_classes(
    n: Count = 50,
    apart: Annotated[
        float, Knob(mark("apart"), 0.0, 6.0, mark("distance between the classes' means"), least=0.0)
    ] = 2.0,
    seed: Seed = 0,
) -> DataSet:
    """Two classes of one feature."""
    rng = np.random.default_rng(seed)
    target = (np.arange(int(n)) % 2).astype(float)
    x = rng.standard_normal(int(n)) + apart * (target - 0.5)
    return DataSet(
        name=mark("Made classes"),
        inputs=x[None],
        target=target,
        labels=(Label("x"), Label(message("class"))),
        about=mark("Two classes of equal size, each normal with variance 1 along one feature."),
    )


@checked
def made_clouds(
    n: Count = 80,
    apart: Annotated[
        float, Knob(mark("apart"), 0.0, 6.0, mark("distance between the classes' means"), least=0.0)
    ] = 2.0,
    ratio: Annotated[
        float, Knob(mark("ratio"), 1.0, 100.0, mark("size of the second feature over the first"), log=True, above=0.0)
    ] = 3.0,
    seed: Seed = 0,
) -> DataSet:
    """Two classes of two features."""
    rng = np.random.default_rng(seed)
    target = (np.arange(int(n)) % 2).astype(float)
    first, second = rng.standard_normal((2, int(n))) + apart / np.sqrt(2) * (target - 0.5)
    return DataSet(
        name=mark("Made clouds"),
        inputs=np.array([first, ratio * second]),
        target=target,
        labels=(Label("x₁"), Label("x₂"), Label(message("class"))),
        about=mark(
            "Two classes of equal size. In units of their spread they are equally far apart along both features; the "
            "second feature has the larger scale."
        ),
    )


@checked
def made_features(
    n: Count = 50,
    ratio: Annotated[
        float, Knob(mark("ratio"), 1.0, 100.0, mark("size of the second feature over the first"), log=True, above=0.0)
    ] = 10.0,
    correlation: Annotated[
        float, Knob("ρ", -0.95, 0.95, mark("correlation of the features"), above=-1.0, below=1.0)
    ] = 0.3,
    noise: Annotated[float, Knob("σ", 0.0, 3.0, mark("spread of the target"), least=0.0)] = 0.5,
    seed: Seed = 0,
) -> DataSet:
    """Two correlated features of different size, and a target that both move."""
    rng = np.random.default_rng(seed)
    first, other, error = rng.standard_normal((3, int(n)))
    second = correlation * first + np.sqrt(1 - correlation**2) * other
    inputs = np.array([1 + first, ratio * (1 + second)])
    target = 2 + first + second + noise * error
    return DataSet(
        name=mark("Made features"),
        inputs=inputs,
        target=target,
        labels=(Label("x₁"), Label("x₂"), Label("y")),
        about=mark(
            "Two normal features on different scales, the mean of each equal to its standard deviation. Both change "
            "the target by the same amount."
        ),
    )
