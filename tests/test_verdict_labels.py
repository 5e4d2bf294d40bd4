import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from data.label_runs import labelled_runs
from data.replay_runs import KINDS, confusion, replay, report

from optimizers import verdict

DATA = Path(__file__).parent / "data"
LABELLED = json.loads((DATA / "labelled_runs.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def verdicts():
    return [verdict(*replay(run)) for run in LABELLED]


@pytest.fixture(scope="module")
def counts(verdicts):
    return Counter((run["fate"], found.kind) for run, found in zip(LABELLED, verdicts, strict=True))


def test_the_labels_are_those_that_theory_gives():
    assert json.loads(json.dumps(labelled_runs())) == LABELLED


def test_every_kind_of_fate_is_labelled_and_there_are_more_than_200_runs():
    assert len(LABELLED) >= 200
    assert {run["fate"] for run in LABELLED} == set(KINDS)


def test_no_minimum_is_called_a_saddle_and_no_saddle_a_minimum(counts):
    assert counts["minimum", "saddle"] == counts["saddle", "minimum"] == 0


def test_at_least_98_of_100_fates_are_told_right(counts):
    assert sum(counts[kind, kind] for kind in KINDS) >= 0.98 * len(LABELLED)


def test_the_page_about_verdicts_says_what_is_measured(counts):
    page = (DATA.parents[1] / "docs" / "verdicts.md").read_text(encoding="utf-8")
    assert page == report(counts)


def test_confusion_counts_fates_against_verdicts():
    right, wrong = dict(LABELLED[0]), dict(LABELLED[0], fate="saddle")
    assert confusion([right, wrong, wrong]) == {("minimum", "minimum"): 1, ("saddle", "minimum"): 2}


def test_every_sentence_is_plain(verdicts):
    for found in verdicts:
        assert re.fullmatch(r"[A-Z][^\n$\\]*\.", found.sentence), found.sentence
        assert not re.search(r"-|nan|inf\b|e\+|e−0", found.sentence), found.sentence


def test_every_verdict_points_into_its_run(verdicts):
    for run, found in zip(LABELLED, verdicts, strict=True):
        assert found.position.shape == (2,)
        assert np.isfinite(found.position).all()
        assert 0 <= found.step <= run["steps"]
