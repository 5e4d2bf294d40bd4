"""What is said of runs whose fate is known, of each of which the verdict and its sentence are computed once."""

import json
import re

import numpy as np
import pytest
from data.label_runs import labelled_runs
from data.replay_runs import KINDS, RUNS, confusion, replayed, report
from sentence_claims import NUMBER, Case, UntrueError, check, count

from landscapes import LANDSCAPES, formula
from optimizers import OPTIMIZERS, descend, verdict
from words import short

LABELLED = json.loads(RUNS.read_text(encoding="utf-8"))
TOKEN = re.compile(rf"(?<![\w.,])(?:\d{{1,3}}(?:,\d{{3}})+|{NUMBER})(?!\w)")
WORDS = [
    ("minimum", "maximum"),
    ("maximum", "minimum"),
    ("minima", "maxima"),
    ("saddle", "minimum"),
    ("Still moving", "Stands still"),
    ("Stands still", "Still moving after 9 steps"),
    ("Cycles", "Bounces"),
    ("Ran into", "Stays on"),
    ("from the start", "after 3 steps"),
    ("is higher", "is lower"),
    ("falls", "rises"),
    ("Hessian is zero", "Hessian has a zero eigenvalue"),
    ("has a zero eigenvalue", "is zero"),
]


@pytest.fixture(scope="module")
def counts():
    return confusion(replayed())


@pytest.fixture(scope="module")
def forms():
    """One run for every wording, by its sentence without numbers."""
    return {TOKEN.sub("#", run.found.sentence): run for run in replayed()}


def case(run):
    return Case(*run[1:])


def untrue(run, sentence):
    """Whether a sentence, said of a run in place of its own, is found untrue."""
    try:
        check(case(run), sentence)
    except UntrueError:
        return True
    return False


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


def test_every_clause_of_a_sentence_is_true():
    for run in replayed():
        assert check(case(run)) >= 2, run.found.sentence


def test_a_wrong_number_anywhere_in_a_sentence_is_noticed(forms):
    for run in forms.values():
        said = run.found.sentence
        planted = [said[: token.start()] + another(token[0]) + said[token.end() :] for token in TOKEN.finditer(said)]
        assert [sentence for sentence in planted if not untrue(run, sentence)] == []


def another(text):
    """A number like it, a few per cent off, or a few steps."""
    if "," in text:
        return f"{int(text.replace(',', '')) + 3:,}"
    if text.isdigit() and len(text) < 4:
        return str(int(text) + 3)
    return short(1.07 * float(text.replace("−", "-")))


@pytest.mark.parametrize(("word", "other"), WORDS)
def test_a_wrong_word_is_noticed_wherever_it_decides(forms, word, other):
    runs = [run for form, run in forms.items() if word in form]
    assert runs
    planted = [(run, run.found.sentence.replace(word, other, 1)) for run in runs]
    assert [sentence for run, sentence in planted if not untrue(run, sentence)] == []


def test_every_sentence_is_plain():
    for run in replayed():
        assert re.fullmatch(r"[A-Z][^\n$\\]*\.", run.found.sentence), run.found.sentence
        assert not re.search(r"-|nan|inf\b|e\+|e−0", run.found.sentence), run.found.sentence


def test_the_loss_of_a_run_that_moves_has_the_digits_that_tell_it_from_where_it_began():
    landscape, optimizer, start = formula("1e8+x**2+y**2"), OPTIMIZERS["gradient_descent"](1e-3), np.array([1.0, 1.2])
    run = descend(landscape, optimizer, start, 50)
    found = verdict(landscape, optimizer, run)
    (said,) = re.findall(r"loss ([\d.]+)", found.sentence)
    begun, ended = landscape.value(run.positions[:, [0, -1]])
    assert abs(float(said) - ended) < abs(begun - ended) / 100


def test_a_loss_that_is_far_from_where_it_began_has_three_digits_as_everywhere():
    landscape, optimizer = LANDSCAPES["rosenbrock"](), OPTIMIZERS["gradient_descent"](1e-3)
    run = descend(landscape, optimizer, np.array(landscape.start), 500)
    assert f"loss {short(landscape.value(run.positions[:, -1]))}," in str(verdict(landscape, optimizer, run).sentence)


def test_a_run_that_comes_near_a_minimum_in_a_long_view_says_how_far_it_is_from_there():
    landscape = formula("x**2 + y**2", ((-3.0, 3.0), (-9e5, 9e5)))
    optimizer = OPTIMIZERS["gradient_descent"](learning_rate=2e-3)
    for steps, near in ((1841, True), (2500, False)):
        run = descend(landscape, optimizer, np.array([1e-9, 8e5]), steps)
        said, distance = verdict(landscape, optimizer, run), float(np.hypot(*run.positions[:, -1]))
        assert said.kind == "minimum"
        assert (distance > 1e-4 * 1.8e6) == near
        assert str(said.sentence).endswith(f" It is {short(distance)} from there.") == near
        check(Case(landscape, optimizer, run, said))


@pytest.mark.parametrize(
    ("text", "way"),
    [("abs(x) + y**2", "(1, 0)"), ("x**2 + abs(y)", "(0, 1)"), ("x + 3*y**2", "(1, 0)"), ("3*x**2 - 2*y", "(0, 1)")],
)
def test_newtons_step_along_a_slope_without_curvature_is_said_to_divide_by_zero(text, way):
    landscape, optimizer = formula(text), OPTIMIZERS["newton"]()
    run = descend(landscape, optimizer, np.array([-1.0, -1.0]), 20)
    said = verdict(landscape, optimizer, run)
    assert said.kind == "diverged"
    assert f"the slope along {way} is" in str(said.sentence)
    assert "the curvature is 0" in str(said.sentence)
    check(Case(landscape, optimizer, run, said))
