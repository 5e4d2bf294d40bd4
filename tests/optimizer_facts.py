"""Facts that were derived and verified apart from this code, by their names, and how to compare with them."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from landscapes import Landscape
from optimizers import OPTIMIZERS, descend

DATA = json.loads((Path(__file__).parent / "data" / "optimizer_facts.json").read_text())
EXPECT = {fact["id"]: fact["expect"] for fact in DATA["facts"]}
ONE = np.array([1.0, 0.0])


def along_x(landscape: Landscape, steps: int, name: str, **numbers: Any) -> np.ndarray:
    """x after each step from (1, 0), the start among them."""
    return descend(landscape, OPTIMIZERS[name](**numbers), ONE, steps).positions[0]


def same(ours: Any, theirs: Any, tolerance: float = 1e-12) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=tolerance)
