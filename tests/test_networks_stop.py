"""Long work on the Networks page ends soon after it is stopped: little is computed between two looks for that."""

import sys
from contextlib import suppress

import pytest

from pages.networks_parts import path, saddles, slice_cut, spectrum, two_minima
from pages.networks_parts.batch_sharpness import BatchStudy, batch_ends
from pages.networks_parts.choices import NetworksChoices
from pages.networks_parts.progress import heard_by
from pages.networks_parts.saddles import Student
from pages.networks_parts.training import Training

PASSES = sys.modules["landscapes.networks.network_loss"]
MOST = 250_000  # hundreds of units times examples times networks between two looks: some 0.07 seconds of a processor
ENOUGH = 320  # looks: more would be like these ...
FEWER = {"saddles": 80}  # ... and these are dear
WORK = {
    "two minima": lambda: two_minima.pair_of(two_minima.training_of(NetworksChoices(two_seed=901)), "seed", 902),
    "slice": lambda: slice_cut.sliced(Training(seed=903, depth=20, steps=20), 20, "filter", 1, "test", 41),
    "playing": lambda: slice_cut.played(Training(seed=904, depth=1, width=4), "filter", 1, "train"),
    "path": lambda: path.paths_of(path.trainings(NetworksChoices(path_seed=905)), "pca"),
    "spectrum": lambda: spectrum.spectrum_of(spectrum.training_of(NetworksChoices(spectrum_seed=906))),
    "all eigenvalues": lambda: spectrum.spectrum_of(
        spectrum.training_of(NetworksChoices(spectrum_seed=907, spectrum_width=13, spectrum_steps=100))
    ),
    "saddles": lambda: saddles.searched(Student(6, 120, 908)),
    "batches": lambda: batch_ends(BatchStudy(0.2, 0.3, 909)),
}


class Asked(Exception):
    """What ends work that was stopped."""


@pytest.fixture
def work(monkeypatch):
    """What networks computed since the last look, in units times examples times networks."""
    done = [0]

    def counting(function, times):
        def counted(architecture, loss, examples, theta):
            networks = theta.shape[1] if theta.ndim > 1 else 1
            layers = architecture.width * (architecture.depth + 2)
            done[0] += times * layers * examples.inputs.shape[1] * networks // 100
            return function(architecture, loss, examples, theta)

        return counted

    monkeypatch.setattr(PASSES, "mean_loss", counting(PASSES.mean_loss, 1))
    monkeypatch.setattr(PASSES, "mean_loss_gradient", counting(PASSES.mean_loss_gradient, 3))
    return done


@pytest.mark.parametrize("name", WORK)
def test_little_is_computed_between_two_looks_whether_somebody_has_stopped_it(name, work):
    most = []

    def look(_):
        most.append(work[0])
        work[0] = 0
        if len(most) == FEWER.get(name, ENOUGH) and name != "all eigenvalues":
            raise Asked

    with heard_by(look), suppress(Asked):
        WORK[name]()
    assert len(most) > 5
    assert max(most) <= MOST


def test_work_ends_at_the_first_look_after_it_was_stopped(work):
    looks = []

    def stop(_):
        looks.append(work[0])
        if len(looks) == 7:
            raise Asked

    with heard_by(stop), pytest.raises(Asked):
        spectrum.spectrum_of(spectrum.training_of(NetworksChoices(spectrum_seed=910)))
    assert work[0] == looks[-1]
