"""The model as the marker and the runs fit it, and the panel of what it predicts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from figures import Run, curves, fit
from figures.stage import Panel
from landscapes import Array, TrainingLoss
from words import coordinates, listed_apart, say


@dataclass(frozen=True, eq=False, kw_only=True)
class FittedModel:
    """A model with its data, and the parameters that the marker and the runs give it."""

    data: Any  # a DataSet as the model meets it; None where the problem has none
    variant: str
    numbers: Mapping[str, float]  # of all knobs
    loss: TrainingLoss
    marker: Array  # (2,)
    runs: Sequence[Run]  # those that are seen, whole

    @property
    def sentence(self) -> str:
        """The parameters in words."""
        ends = listed_apart(f"{run.label} {coordinates(last_place(run.positions))}" for run in self.runs)
        return say(
            "The model at the marker {place} and at the end of each run: {ends}.",
            place=coordinates(self.marker),
            ends=ends,
        )


def predictions_over_data(model: FittedModel) -> Panel:
    """What the model predicts over its data; of one that predicts nothing, the gradient norm along the runs."""
    if model.loss.predict is None:
        norms = [np.hypot(*model.loss.full.gradient(run.positions)) for run in model.runs]
        return Panel("fit", curves(say("Gradient norm"), model.runs, norms, True), alt=model.sentence)
    figure = fit(model.data, model.loss.predict, model.loss.straight, model.marker, model.runs)
    return Panel("fit", figure, alt=model.sentence)


def last_place(positions: Array) -> Array:
    """The last place where a run was seen, (2,)."""
    place: Array = positions[:, np.isfinite(positions).all(axis=0)][:, -1]
    return place
