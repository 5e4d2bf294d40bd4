"""Long work on the Networks page ends soon after it is stopped: little is computed between two looks for that."""

import sys
from contextlib import suppress
from dataclasses import replace

import pytest

from landscapes.networks import outputs_of
from pages.networks_parts import (
    depth,
    model_bias,
    path,
    saddles,
    slice_cut,
    slice_line,
    slice_predictions,
    spectrum,
    two_minima,
)
from pages.networks_parts.batch_sharpness import BatchStudy, batch_ends
from pages.networks_parts.choices import NetworksChoices
from pages.networks_parts.progress import heard_by
from pages.networks_parts.saddles import Student
from pages.networks_parts.training import Training

PASSES = sys.modules["landscapes.networks.network_loss"]
MOST = 250_000  # hundreds of units times examples times networks between two looks: some 0.07 seconds of a processor
ENOUGH = 320  # looks: more would be like these ...
ALIKE = {"largest slice": 6, "lines that play": 40, "predictions that play": 6}  # ... or than so many
LARGEST = {"depth": 40, "width": 20}  # of the networks that may be sliced, of those with a layer for each block


def playing(below, scale, **others):
    return NetworksChoices(slice_plays=True, slice_below=below, slice_scale=scale, **others)


def predictions_that_play():
    choices = playing("predictions", "pca", slice_seed=912, slice_data="two_spirals", slice_depth=40, slice_width=20)
    each = replace(slice_cut.trainings(choices)[1], steps=2)
    cut = slice_cut.cut_of(each, 2, "pca", 1)
    slice_predictions.predicted("left", "skips", cut, (0.0, 0.0), [cut.network.weights] * 13)


WORK = {
    "two minima": lambda: two_minima.pair_of(two_minima.training_of(NetworksChoices(two_seed=901)), "seed", 902),
    "slice": lambda: slice_cut.sliced(Training(seed=903, depth=20, steps=20), 20, "filter", 1, "test", 41),
    "largest slice": lambda: slice_cut.sliced(Training(seed=911, steps=10, **LARGEST), 10, "filter", 1, "test", 101),
    "lines that play": lambda: slice_line.lines_played(
        playing("line", "filter", slice_seed=913, slice_depth=2, slice_examples="test")
    ),
    "predictions that play": predictions_that_play,
    "playing": lambda: slice_cut.played(Training(seed=904, depth=1, width=4), "filter", 1, "train"),
    "path": lambda: path.paths_of(path.trainings(NetworksChoices(path_seed=905)), "pca"),
    "spectrum": lambda: spectrum.spectrum_of(spectrum.training_of(NetworksChoices(spectrum_seed=906))),
    "all eigenvalues": lambda: spectrum.spectrum_of(
        spectrum.training_of(NetworksChoices(spectrum_seed=907, spectrum_width=13, spectrum_steps=100))
    ),
    "saddles": lambda: saddles.searched(Student(6, 120, 908)),
    "batches": lambda: batch_ends(BatchStudy(0.2, 0.3, 909)),
    "depth": lambda: depth.losses_of(depth.trainings(NetworksChoices(depth_seed=914, depth_width=16))[1][-1]),
    "model bias": lambda: model_bias.fitted("relu", 915),
}


class Asked(Exception):
    """What ends work that was stopped."""


@pytest.fixture
def work(monkeypatch):
    """What networks computed since the last look, in units times examples times networks."""
    done = [0]

    def count(times, architecture, examples, theta):
        networks = theta.shape[1] if theta.ndim > 1 else 1
        done[0] += times * architecture.width * (architecture.depth + 2) * examples * networks // 100

    def of_a_loss(function, times):
        def counted(architecture, loss, examples, theta):
            count(times, architecture, examples.inputs.shape[1], theta)
            return function(architecture, loss, examples, theta)

        return counted

    def answers(architecture, theta, inputs):
        count(1, architecture, inputs.shape[1], theta)
        return outputs_of(architecture, theta, inputs)

    monkeypatch.setattr(PASSES, "mean_loss", of_a_loss(PASSES.mean_loss, 1))
    monkeypatch.setattr(PASSES, "mean_loss_gradient", of_a_loss(PASSES.mean_loss_gradient, 3))
    monkeypatch.setattr(slice_predictions, "outputs_of", answers)
    return done


@pytest.mark.long
@pytest.mark.parametrize("name", WORK)
def test_little_is_computed_between_two_looks_whether_somebody_has_stopped_it(name, work):
    most = []

    def look(_):
        most.append(work[0])
        work[0] = 0
        if len(most) == ALIKE.get(name, ENOUGH) and name != "all eigenvalues":
            raise Asked

    with heard_by(look), suppress(Asked):
        WORK[name]()
    assert len(most) > 5
    assert 0 < max(most) <= MOST


def test_work_ends_at_the_first_look_after_it_was_stopped(work):
    looks = []

    def stop(_):
        looks.append(work[0])
        if len(looks) == 7:
            raise Asked

    with heard_by(stop), pytest.raises(Asked):
        spectrum.spectrum_of(spectrum.training_of(NetworksChoices(spectrum_seed=910)))
    assert work[0] == looks[-1]
