"""What a problem of the Data page is: a model with two parameters, and all that the page knows of it alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from figures.stage import Panel
from landscapes import DataSet, Knob, Landscape, TrainingLoss
from pages.data_parts.problems.fitted_model import FittedModel, predictions_over_data
from words import mark, say

Numbers = Mapping[str, float]
SURFACE = "surface"  # beside the map: the loss in three dimensions, and no other variant
UPLOAD = "upload"  # the key of a table that the person brought


@dataclass(frozen=True)
class KnownNoise:
    """A quadratic loss from whose gradient each example's differs by a constant, spread alike along both axes."""

    curvatures: tuple[float, float]  # along the axes of the parameters
    deviation: float  # standard deviation of one example's gradient along an axis, 0 where there is no noise


@dataclass(frozen=True)
class Opening:
    """What a visitor who turns to a problem is shown first, where that is not what its links leave out."""

    numbers: Mapping[str, float]  # knob -> its value, for those that are not at their defaults
    start: tuple[float, float]


def unchanged(data: DataSet) -> DataSet:
    """The data as they are."""
    return data


def no_neurons(_: Numbers) -> int:
    """A model that is no network."""
    return 0


@dataclass(frozen=True, kw_only=True)
class Problem:
    """All that is known of a data problem; what is left out is as for a model whose loss takes a sum over the data.

    Raises:
        ValueError: a field names a variant that the problem does not have.
    """

    name: str  # in the menu
    about: str = ""  # what there is to say about the model besides its loss
    axes: tuple[str, str]  # what the two parameters are called
    variants: Mapping[str, str]  # key -> label; the first is the usual one
    variants_label: str = mark("Loss")  # what is chosen with a variant
    build: Callable[[Any, str, Numbers], TrainingLoss]  # data (None where there are none), variant, all knobs' numbers

    # what is chosen
    sets: Mapping[str, Callable[..., DataSet]] = field(default_factory=dict)  # key -> the data; the first is usual
    takes_table: bool = False  # a table that the visitor brings may be the data
    features: int = 1  # inputs that it takes of a table
    classes: bool = False  # the target that it takes of a table has two values
    scales: bool = False  # the feature may be standardised
    knobs: Mapping[str, Mapping[str, Knob]] = field(default_factory=dict)  # variant -> the knobs of the model
    opening: Opening | None = None  # None where a visitor is shown the defaults

    # what the model meets, and what it costs
    prepare: Callable[[DataSet], DataSet] = unchanged  # the data as the model meets them
    update_cost: int = 1  # one update is counted as so many on the squared error of a line
    closed_forms: frozenset[str] = frozenset()  # variants whose loss costs the same however many examples there are
    neurons: Callable[[Numbers], int] = no_neurons  # that an example passes; of too many no minimum is searched
    piecewise_linear: frozenset[str] = frozenset()  # variants where no curvature says how long a step may be
    known_noise: Callable[[Numbers], KnownNoise] | None = None  # where theory knows how far noise drives a run

    # what is compared
    beside: str = SURFACE  # what is beside the map at first: the surface, or a variant
    same_parameters: bool = True  # in every variant; if not, each is drawn over its own domain at rates that suit it
    comparison: Callable[[Landscape, Landscape], str] | None = None  # a sentence on the loss, and the one beside it

    # what is drawn of the model itself
    predictions: Callable[[FittedModel], Panel] = predictions_over_data  # the third panel, named "fit"
    extra_panel: Callable[[FittedModel], Panel] | None = None  # one more below; its text is the first of the notes

    def __post_init__(self) -> None:
        named = {*self.knobs, *self.closed_forms, *self.piecewise_linear, *({self.beside} - {SURFACE})}
        if unknown := ", ".join(sorted(named - set(self.variants))):
            raise ValueError(
                f"{self.name} names the variant {unknown}, but its variants are {', '.join(self.variants)}"
            )

    @property
    def names_of_axes(self) -> tuple[str, str]:
        """What the two parameters are called in the visitor's language."""
        across, up = self.axes
        return say(across), say(up)

    def takes(self, data: str) -> bool:
        """Whether the data of this key, or the visitor's table, may be fitted."""
        return data in self.sets or (data == UPLOAD and self.takes_table)
