"""What a data problem is: everything that is known of a model with two parameters and of nothing else on the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from landscapes import DataSet, Knob, TrainingLoss

Numbers = Mapping[str, float]
UPLOAD = "upload"  # the key of a table that the person brought


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A kind of model; `build` takes data, the variant and the numbers of all knobs."""

    name: str
    axes: tuple[str, str]  # what the two parameters are called
    variants: Mapping[str, str]  # key -> label
    build: Callable[[Any, str, Numbers], TrainingLoss]  # the data are None where there are none
    sets: Mapping[str, Callable[..., DataSet]] = field(default_factory=dict)
    knobs: Mapping[str, Mapping[str, Knob]] = field(default_factory=dict)  # variant -> its own knobs
    takes_table: bool = False  # a table of one's own may be the data
    scales: bool = False  # the feature may be standardised
