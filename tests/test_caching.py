"""What is held of what was computed: enough for a class, within its bounds, and computed once however many ask."""

import json
from collections import Counter
from dataclasses import replace
from urllib.request import urlopen

import pytest
from crowd import come
from driver import PATIENCE, serving, work_of
from test_architecture import ROOMS

from caching import POOLS, Pool, bytes_of, cached, computed, held
from pages.explore_parts.drawn import drawn
from pages.explore_parts.picture import NONE, Look
from pages.shared.race.compute import outcome, outcomes
from pages.shared.state.choices import first_choices
from pages.shared.state.session import set_number

STUDENTS, HERD = 100, 50
FORMULA = "v=1&landscape=formula&f=x**2%2B3*y**2%2Bsin({}*x)*cos(2*y)"
OPENED = ("", "curvature", "step-by-step", "data")  # of Maps, which becomes sharper, some see more pictures than others
LAST = "curvature?v=1"  # the page of the fewest messages: fewer than all the visitors that are counted


@pytest.fixture(scope="module")
def watched():
    with serving("tests/watched_app.py") as address:
        come(address, ["?v=1", "curvature?v=1"], PATIENCE)  # whatever is prepared when it starts is there then
        yield address


@pytest.mark.long
@pytest.mark.parametrize("page", OPENED)
def test_a_herd_on_one_link_has_computed_what_one_visitor_has(watched, page):
    counts = []
    for visitors in (1, HERD):
        number = 2 + OPENED.index(page) / 10 + visitors / 1000  # that nobody has looked at
        link = FORMULA.format(number) if page != "data" else f"v=1&steps={100 + visitors}"
        before = Counter(work_of(watched)["computed"])
        visits = come(watched, [f"{page}?{link}"] * visitors, PATIENCE)
        assert not any(visit.exceptions for visit in visits)
        counts.append(Counter(work_of(watched)["computed"]) - before)
    alone, herd = counts
    assert herd
    assert herd <= alone  # who came first also found what every link needs


def left_by(watched, visits):
    """What is there once so many visitors came to each page and all have gone: objects by type, bytes of results.

    Of the last one Streamlit keeps the session and the messages that it sent at once, until another one is connected.
    """
    for _ in range(visits):
        come(watched, [f"{page}?v=1" for page in OPENED], PATIENCE)
    come(watched, [LAST], PATIENCE)
    work_of(watched, until=lambda now: not now["visitors"] and not now["scripts"])
    with urlopen(f"{watched}/left") as answer:
        left = json.load(answer)
    return Counter(left["objects"]), left["held"]


@pytest.mark.long
def test_who_has_gone_leaves_nothing_behind(watched):
    left_by(watched, 1)
    (before, held_before), visits = left_by(watched, 1), 10
    after, held_after = left_by(watched, visits)
    grown = after - before
    ours = {name for name in grown if name.partition(".")[0] in ROOMS}
    theirs = {name for name in grown if name.partition(".")[0] == "streamlit"}
    assert {name: grown[name] for name in ours if grown[name] >= visits} == {}
    assert {name: grown[name] for name in theirs if grown[name] >= visits * len(OPENED)} == {}
    assert grown["streamlit.runtime.app_session.AppSession"] < visits
    assert held_after == held_before


def a_class():
    """What a hundred students look at, each with three runs of rates of their own."""
    first = first_choices()
    for student in range(STUDENTS):
        rates = [0.3 + student / 1000, 0.001 + student / 1e6, 0.001 + student / 1e6]
        runs = [
            replace(run, numbers=set_number(run.numbers, "learning_rate", rate))
            for run, rate in zip(first.runs, rates, strict=True)
        ]
        yield replace(first, runs=tuple(runs))


@pytest.mark.long
def test_the_runs_of_a_class_are_held_until_all_have_been_looked_at_again():
    for choices in (*a_class(), *a_class()):
        outcomes(choices)
    before = computed()
    for choices in a_class():
        outcomes(choices)
    assert computed() == before
    assert before[outcome.name] >= 3 * STUDENTS


@pytest.mark.long
def test_the_pictures_of_a_class_are_held_too_and_what_they_send():
    def sent():
        return [drawn(choices, NONE, Look(), {}).drawing.cargos for choices in a_class()]

    first, before = sent(), computed()
    assert sent() == first
    assert computed() == before


def test_every_pool_stays_within_its_bound():
    pool = Pool(1000)
    for number in range(100):
        pool.put(number, number, 90)
        assert pool.total == 90 * len(pool) <= 1000
    assert [number in pool for number in (88, 89, 99)] == [False, True, True]
    pool.put(89, 89, 10)  # computed again, and smaller
    assert pool.total == 10 * 90 + 10
    assert all(held()[name] <= pool.most for name, pool in POOLS.items())
    assert sum(pool.most for pool in POOLS.values()) == 820_000_000  # as docs/hosting.md says


def test_what_a_function_takes_is_what_its_results_take(monkeypatch):
    monkeypatch.setitem(POOLS, "a pool", Pool(10_000))

    @cached("a pool")
    def text(letters):
        return "x" * letters

    text(500)
    assert held()["a pool"] == bytes_of("x" * 500) == 600
    assert (text.has(500), text.has(501)) == (True, False)
