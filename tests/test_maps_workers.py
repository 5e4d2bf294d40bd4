"""Large maps are computed by others: the same numbers, and nothing is left at work where nobody waits any more."""

import multiprocessing
import os
import signal
import threading
from concurrent.futures import BrokenExecutor, Future

import numpy as np
import pytest

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, Grid, Pool, sweep, sweep_in_tiles
from pages.maps_parts import compute, workers
from pages.maps_parts.compute import KnobSweep, Sweep, by_others, is_swept, piece, swept
from pages.shared.state import first_on_maps, run_choice
from pages.shared.work import TURNS

WHERE, DOMAIN = first_on_maps().where, LANDSCAPES["himmelblau"]().domain


class Gone(BaseException):
    """What Streamlit raises in the script of a visitor who has gone, in the tests."""


class Slow:
    """A client that has done what was given to it first, and has not begun the rest."""

    def __init__(self, done):
        self.done, self.futures = done, []

    def submit(self, function, *arguments):
        future = Future()
        if len(self.futures) < self.done:
            future.set_result(function(*arguments))
        self.futures.append(future)
        return future


def asked(rate, side=256, **others):
    return Sweep(WHERE, run_choice("momentum", learning_rate=rate), DOMAIN, side, 20, **others)


def over_knobs(side):
    run, window = run_choice("momentum", learning_rate=0.01), ((-4.0, -1.0), (0.0, 0.9))
    return KnobSweep(WHERE, run, window, side, 10, ("learning_rate", "momentum"), (0.5, -0.5))


@pytest.mark.parametrize("wanted", [asked(0.0101), over_knobs(200)])
def test_a_map_that_others_compute_is_the_map_that_this_process_computes(wanted, monkeypatch):
    client = Slow(done=99)
    monkeypatch.setattr(compute, "MANY", 2)
    monkeypatch.setattr(compute, "workers", lambda: client)
    heard = []
    by_others(wanted, heard.append)
    assert is_swept(wanted)
    assert heard[-1] == 1.0
    assert len(client.futures) == -(-wanted.grid.size // 2**14)
    optimizer, starts = wanted.trajectories(0, wanted.grid.size)
    alone = sweep(LANDSCAPES["himmelblau"](), optimizer, starts, wanted.steps)
    found = swept(wanted)
    assert len(client.futures) == -(-wanted.grid.size // 2**14)  # nothing was computed twice
    for name in ("positions", "kinds", "places", "steps"):
        np.testing.assert_array_equal(getattr(found, name), getattr(alone, name))


@pytest.fixture
def gone(monkeypatch):
    """A visitor who presses Stop, changes a knob or closes the tab as soon as one piece is there."""

    def leave():
        maps = asked(0.0102), asked(0.0103, side=512)
        if any(piece.has(each, number) for each in maps for number in range(each.pieces)):
            raise Gone

    monkeypatch.setattr(compute, "breathe", leave)


def test_a_map_that_is_stopped_cancels_all_that_others_have_not_begun(gone, monkeypatch):
    client = Slow(done=2)
    monkeypatch.setattr(compute, "workers", lambda: client)
    wanted = asked(0.0102)
    with pytest.raises(Gone):
        by_others(wanted, lambda share: None)
    assert [future.cancelled() for future in client.futures] == [False] * 2 + [True] * (len(client.futures) - 2)
    assert [piece.has(wanted, number) for number in range(wanted.pieces)] == [True, False]  # what is done stays
    assert (TURNS.under_way, TURNS.waiting) == (0, 0)


@pytest.mark.long
def test_a_tab_that_is_closed_leaves_the_warm_processes_free_and_no_thread(gone, monkeypatch):
    with Pool(2) as pool:
        ids = {pool.submit(os.getpid).result()}
        monkeypatch.setattr(compute, "workers", lambda: pool)
        threads, processes = set(threading.enumerate()), len(multiprocessing.active_children())
        with pytest.raises(Gone):
            by_others(asked(0.0103, side=512), lambda share: None)
        ids |= {pool.submit(os.getpid).result() for _ in range(4)}  # they answer: nothing stands before it
        assert set(threading.enumerate()) <= threads
        assert len(ids) <= 2
        assert processes <= len(multiprocessing.active_children()) <= 2
    assert not [child for child in multiprocessing.active_children() if child.pid in ids]


def test_where_others_are_lost_the_map_is_finished_here(monkeypatch, caplog):
    class Lost:
        def submit(self, function, *arguments):
            raise BrokenExecutor("all have died")

    wanted = asked(0.0104, side=192)
    monkeypatch.setattr(compute, "MANY", 1)
    monkeypatch.setattr(compute, "workers", Lost)
    assert swept(wanted).kinds.size == 192**2
    assert "all have died" in caplog.text


def test_a_scheduler_that_does_not_answer_is_named_and_missed_by_nobody(monkeypatch, caplog):
    def silent():
        raise OSError("timed out")

    monkeypatch.setattr(workers, "DASK", object())
    monkeypatch.setattr(workers, "ADDRESS", "tcp://nowhere:8786")
    monkeypatch.setattr(workers, "_cluster", silent)
    assert workers.workers() is None
    assert "tcp://nowhere:8786 does not answer" in caplog.text


def test_a_cluster_that_loses_a_worker_gives_the_whole_map():
    distributed = pytest.importorskip("distributed")
    landscape, optimizer = LANDSCAPES["himmelblau"](), OPTIMIZERS["momentum"](0.01)
    grid = Grid(landscape.domain, 512, 256)
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster, set_as_default=False) as client:
        client.wait_for_workers(2)
        tiles = sweep_in_tiles(landscape, optimizer, grid, 400, client=client)
        parts = [next(tiles)]
        os.kill(client.submit(os.getpid, pure=False).result(), signal.SIGKILL)
        parts += list(tiles)
    parts.sort(key=lambda tile: tile.first)
    alone = sweep(landscape, optimizer, grid, 400)
    for n, name in enumerate(alone._fields):
        whole = np.concatenate([tile.outcomes[n] for tile in parts], axis=-1)
        np.testing.assert_array_equal(whole, getattr(alone, name))
