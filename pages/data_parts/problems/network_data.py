"""Data as the small networks take them."""

from dataclasses import replace

import numpy as np

from landscapes import DataSet
from words import message

HANDFUL = 60  # examples for a network at most: its surface takes a pass through all neurons for each


def unit(data: DataSet) -> DataSet:
    """Inputs and targets over their largest size, so that a network meets numbers from -1 to 1; of many, a handful."""
    data = data.at_most(HANDFUL)
    tops = np.abs(data.inputs).max(), np.abs(data.target).max()
    x, y = (values / top if top else values for values, top in zip((data.inputs, data.target), tops, strict=True))
    return replace(
        data, inputs=x, target=y, labels=tuple(label.in_unit(message("1 = largest")) for label in data.labels)
    )
