"""What is settled before the first visitor comes: BLAS has one thread, all is imported, and a crowd finds no error."""

from preload import THREADS

import ctypes
import gc
import json
import os
import subprocess
import sys

import pytest
from crowd import come
from driver import PATIENCE, REPOSITORY, process_of, serving
from menu import PATHS
from threadpoolctl import threadpool_info

import app
from pages.curvature_parts.choices import PARTS
from pages.data_parts import choices as data_choices
from pages.maps_parts.choices import MAPS
from pages.networks_parts import choices as networks_choices
from pages.shared.race import compute
from pages.step_by_step_parts.choices import SHEETS

CROWD = 50  # to each page, and to a formula that none of them finds compiled
AT_WORK = ("progress", "empty", "toast", None)  # what is seen only while something is computed: a bar, a place in turn
FORMULA = "v=1&landscape=formula&f=x**2%2B3*y**2%2Bsin(3*x)*cos(2*y)"
PAGES = [f"curvature?{FORMULA}", *(f"{path}?v=1" for path in PATHS)]
SMALL = "two_width=8&slice_depth=1&slice_width=4&path_steps=20&spectrum_steps=100&many_searches=10"
SMALL += "&depth_steps=50&depth_width=4"
TWO_RUNS = "run=adam&run=momentum"
PARTS_OF_PAGES = [
    *(f"curvature?{FORMULA}&part={part}" for part in PARTS),
    *(f"step-by-step?v=1&sheet={sheet}&{TWO_RUNS}" for sheet in SHEETS),
    *(f"data?v=1&part={part}" for part in data_choices.PARTS),
    *(f"maps?v=1&steps=50&map={part}&of=0~1&{TWO_RUNS}" for part in MAPS),
    *(f"networks?v=1&part={part}&{SMALL}" for part in networks_choices.PARTS),
]
LATE = """
from preload import preload
preload()
import gc
import json
import everything
print(json.dumps(everything.late_modules()))
"""
ARENAS = """
import preload
import ctypes
import threading
import numpy as np
meet = threading.Barrier(16)
def work():
    meet.wait()
    held = [np.zeros(1000) for _ in range(100)]
    meet.wait()
threads = [threading.Thread(target=work) for _ in range(16)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
ctypes.CDLL(None).malloc_stats()
"""
BENCHMARK = """
import gc
import json
import benchmarks.critical_points
from threadpoolctl import threadpool_info
print(json.dumps({each["filepath"]: each["num_threads"] for each in threadpool_info()}))
"""


@pytest.fixture
def unsettled(monkeypatch):
    """As on a machine where nobody has set the threads: the tests' own process has."""
    for variable in THREADS:
        monkeypatch.delenv(variable)


def printed(script):
    """What a script prints, as JSON, in a process of its own."""
    path = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "tests")])
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def seen(visit):
    """How many elements of each kind; of Maps and Networks which kinds, but not those that only who waits is sent.

    Who waits there has a bar and a button that stops the work, and Maps, which become sharper, twice.
    """
    if visit.path.startswith(("maps", "networks")):
        return frozenset(kind for kind in visit.kinds if kind not in AT_WORK)
    return frozenset(visit.kinds.items())


@pytest.mark.long
def test_nothing_is_imported_for_anything_that_the_pages_show_or_give():
    """Their parts are opened by the crowd below."""
    assert printed(LATE) == {}


@pytest.mark.long
def test_a_crowd_that_opens_every_page_of_a_fresh_server_at_once_finds_no_exception(unsettled):
    with serving("tests/watched_app.py") as address:
        before = process_of(address)
        visits = come(address, CROWD * PAGES + PARTS_OF_PAGES, PATIENCE)
        after = process_of(address)
    assert [(visit.path, visit.exceptions) for visit in visits if visit.exceptions] == []
    assert {visit.path for visit in visits if not visit.kinds["heading"]} == set()
    for page in PAGES:
        assert len({seen(visit) for visit in visits if visit.path == page}) == 1
    assert set(after["modules"]) - set(before["modules"]) == set()
    assert set(after["threads"].values()) == {1}


def test_blas_has_one_thread_in_tests_and_benchmarks_too(unsettled):
    assert {each["num_threads"] for each in threadpool_info()} == {1}
    assert set(printed(BENCHMARK).values()) == {1}


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_stats"), reason="this is no glibc")
def test_threads_share_two_arenas_of_memory():
    done = subprocess.run([sys.executable, "-c", ARENAS], check=True, capture_output=True, text=True, cwd=REPOSITORY)
    assert 1 <= done.stderr.count("Arena") <= 2


def test_the_first_picture_is_computed_when_the_server_starts(monkeypatch):
    prepared = []
    monkeypatch.setattr(compute, "prepare", lambda: prepared.append("the first picture"))
    monkeypatch.setattr(gc, "freeze", lambda: None)  # what the tests have made is theirs to collect
    app.prepare()
    assert prepared == ["the first picture"]
    assert gc.isenabled()
