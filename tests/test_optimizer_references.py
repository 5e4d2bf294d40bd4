"""Every rule that PyTorch or optax has, step by step beside what they did."""

import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).parents[1]
CONFORMANCE = runpy.run_path(str(ROOT / "tests" / "data" / "record_conformance.py"))
CASES = CONFORMANCE["RECORDED"]["cases"]
PAIRS = sorted({(case["rule"], case["library"]) for case in CASES})


@pytest.mark.parametrize(("rule", "library"), PAIRS)
def test_fifty_steps_are_the_librarys_within_the_conditioning_of_the_path(rule: str, library: str) -> None:
    runs = [case for case in CASES if (case["rule"], case["library"]) == (rule, library)]
    assert len({case["landscape"] for case in runs}) == 4
    for case in runs:
        far, allowed = CONFORMANCE["deviation"](case)
        assert (far <= allowed).all(), case


def test_a_rule_that_is_slightly_wrong_would_be_noticed() -> None:
    def nudged(case: dict[str, Any]) -> dict[str, Any]:
        rate = case["numbers"]["learning_rate"] * (1 + 1e-6)
        return case | {"numbers": case["numbers"] | {"learning_rate": rate}}

    noticed = 0
    for case in CASES:
        far, allowed = CONFORMANCE["deviation"](nudged(case))
        noticed += bool((far > allowed).any())
    assert noticed > 0.95 * len(CASES)


def test_the_table_in_the_docs_has_a_row_for_every_rule_and_library_that_is_recorded() -> None:
    text = (ROOT / "docs" / "conformance.md").read_text()
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| `")]
    assert sorted((row[1].strip(" `"), row[2].strip()) for row in rows) == PAIRS
    assert max(float(row[5]) for row in rows) <= 1.0
    assert np.median([float(row[4]) for row in rows]) < 1e-13
