import json

import numpy as np
import pytest
from data.label_runs import labelled_runs
from data.replay_runs import KINDS, RUNS, confusion, replayed, report
from sentence_claims import Case, count

LABELLED = json.loads(RUNS.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def counts():
    return confusion(replayed())


def test_the_labels_are_those_that_theory_gives():
    assert json.loads(json.dumps(labelled_runs())) == LABELLED


def test_every_kind_of_fate_is_labelled_and_there_are_more_than_300_runs():
    assert len(LABELLED) >= 300
    assert {run["fate"] for run in LABELLED} == set(KINDS)


def test_no_minimum_is_called_a_saddle_and_no_saddle_a_minimum(counts):
    assert counts["minimum", "saddle"] == counts["saddle", "minimum"] == 0


def test_at_least_98_of_100_fates_are_told_right(counts):
    assert sum(counts[kind, kind] for kind in KINDS) >= 0.98 * len(LABELLED)


def test_the_page_about_verdicts_says_what_is_measured(counts):
    page = (RUNS.parents[2] / "docs" / "verdicts.md").read_text(encoding="utf-8")
    assert page == report(counts, *count(Case(*run[1:]) for run in replayed()))


def test_confusion_counts_fates_against_verdicts():
    right = replayed()[0]
    wrong = right._replace(label=dict(right.label, fate="saddle"))
    assert confusion([right, wrong, wrong]) == {("minimum", "minimum"): 1, ("saddle", "minimum"): 2}


def test_every_verdict_points_into_its_run():
    for run in replayed():
        assert run.found.position.shape == (2,)
        assert np.isfinite(run.found.position).all()
        assert 0 <= run.found.step <= run.label["steps"]
