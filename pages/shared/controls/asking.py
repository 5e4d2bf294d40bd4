"""What a lecturer may ask on any page that has runs on a map."""

from collections.abc import Sequence

import numpy as np

from landscapes import Array, Domain
from rooms import Question
from words import say

RATES = (1e-6, 10.0)  # from which to which a learning rate may be guessed


def where_they_end(runs: Sequence[tuple[str, Array]], bounds: Domain, *, plays: bool) -> list[Question]:
    """For each run that does not leave, by name and positions (2, steps + 1): where it is after its last step.

    Args:
        bounds: what the map shows, where the answer is given.
        plays: whether the stage plays the runs; else the lecturer has the answer shown.
    """
    return [
        Question(
            number=0,
            kind="place",
            text=say("Where will {run} end?", run=name),
            bounds=bounds,
            truth=(float(positions[0, -1]), float(positions[1, -1])),
            plays=plays,
        )
        for name, positions in runs
        if np.isfinite(positions[:, -1]).all()
    ]


def which_rate() -> Question:
    """What learning rate a student would take, which has no right answer."""
    return Question(number=0, kind="number", text=say("What learning rate would you take?"), bounds=(RATES,))
