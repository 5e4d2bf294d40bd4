"""A whole race to take away as JSON: what ran, from where, and every point of every trajectory."""

import json
from dataclasses import asdict
from typing import Any

import numpy as np

from landscapes import Array
from pages.shared.race.compute import Outcome, crowds, outcomes
from pages.shared.state import Choices


def race_as_json(choices: Choices) -> str:
    """Landscape, runs with their numbers, and for each start the points, the losses and the verdict.

    Numbers are written to their last digit. A trajectory that left ends with its last point, and a loss that is not
    finite is null.
    """
    landscape = choices.build()
    runs = [
        {
            "name": " ".join(name.split()),  # nothing breaks lines here: plain spaces, which one can type
            "optimizer": run.optimizer,
            **({"lines": run.lines.split("\n")} if run.lines else {}),
            "numbers": dict(run.numbers),
            "schedule": run.schedule,
            "schedule_numbers": dict(run.schedule_numbers),
            "warmup": run.warmup,
            **({"clipping": asdict(run.clipping)} if run.clipping else {}),
            "trajectories": [trajectory(outcome) for outcome in (first, *further)],
        }
        for name, run, first, further in zip(
            choices.names(), choices.runs, outcomes(choices), crowds(choices), strict=True
        )
    ]
    race = {
        "landscape": landscape.name,
        "latex": landscape.latex,
        "parameters": dict(landscape.parameters),
        "axes": landscape.axes,
        "steps": choices.steps_taken,
        "noise": choices.noise,
        "noise_kind": choices.noise_kind,
        "seed": choices.seed,
        **({"outlier": asdict(choices.gradient_noise.outlier)} if choices.outlier else {}),
        "starts": choices.starts_within_budget,
        "runs": runs,
    }
    return json.dumps(race, allow_nan=False, ensure_ascii=False)


def trajectory(outcome: Outcome) -> dict[str, Any]:
    """One trajectory, up to where it was last seen."""
    x, y = outcome.trajectory.positions
    seen = int(np.isfinite(x).sum())
    return {
        "verdict": outcome.verdict.kind,
        "sentence": outcome.verdict.sentence,
        "x": x[:seen].tolist(),
        "y": y[:seen].tolist(),
        "loss": finite(outcome.loss[:seen]),
    }


def finite(values: Array) -> list[float | None]:
    """Numbers as JSON knows them."""
    return [value if np.isfinite(value) else None for value in values.tolist()]
