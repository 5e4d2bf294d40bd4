"""Data as the small networks take them."""

from dataclasses import replace

import numpy as np

from landscapes import DataSet

HANDFUL = 60  # examples for a network at most: its surface takes a pass through all neurons for each


def unit(data: DataSet) -> DataSet:
    """Inputs and targets over their largest size, so that a network meets numbers from -1 to 1; of many, a handful."""
    if data.examples > HANDFUL:
        some = np.linspace(0, data.examples - 1, HANDFUL).round().astype(int)
        name = f"{data.name}, {HANDFUL} of {data.examples:,}"
        data = replace(data, name=name, inputs=data.inputs[:, some], target=data.target[some])
    tops = np.abs(data.inputs).max(), np.abs(data.target).max()
    x, y = (values / top if top else values for values, top in zip((data.inputs, data.target), tops, strict=True))
    return replace(
        data, inputs=x, target=y, labels=tuple(f"{label.partition(',')[0]}, 1 = largest" for label in data.labels)
    )
