"""The parts Spectrum and Many dimensions of the Networks page: what they say is what was computed."""

import json
import re

import numpy as np
import pytest
from visitor import drawn, opened

from landscapes.networks import dense_hessian, share_of_minima, share_of_positive_matrices, sharpness
from pages.networks_parts import spectrum
from pages.networks_parts.batch_sharpness import BatchEnds, BatchStudy, batch_words
from pages.networks_parts.choices.many_dimensions import ManyDimensionsChoices
from pages.networks_parts.choices.spectrum import SpectrumChoices
from pages.networks_parts.saddles import Student, by_chance, chance_words, different, search_words, searched
from pages.networks_parts.spectrum import spectrum_of, training_of
from pages.networks_parts.spectrum_words import binned, edge_words, end_words, half_a_bin, loss_words, so_far
from words import short

SMALL = {"spectrum_width": 5, "spectrum_depth": 1, "spectrum_steps": 300}


@pytest.fixture(scope="module")
def at_the_edge():
    """The part as it opens."""
    return spectrum_of(training_of(SpectrumChoices()))


def test_the_part_opens_at_the_edge_of_stability(at_the_edge):
    limit = 2 / 0.2
    sentence = edge_words(at_the_edge, limit)
    first = int(at_the_edge.steps[np.flatnonzero(at_the_edge.largest > limit)[0]])
    late = at_the_edge.largest[at_the_edge.steps >= 1000] / limit
    assert at_the_edge.largest[0] < 0.9 * limit
    assert 0.95 < np.median(late) < 1.05
    assert f"first seen above it at step {first}." in sentence
    assert f"2/η = {short(limit)}" in sentence
    assert f"{short(float(np.median(late)))} of that in the median" in sentence
    assert at_the_edge.steps.size == 81


@pytest.mark.long
def test_the_largest_eigenvalue_along_training_is_that_of_the_whole_hessian(at_the_edge):
    network = at_the_edge.network
    for place in (0, 3, 80):
        column = int(np.flatnonzero(network.steps == at_the_edge.steps[place])[0])
        theta = network.positions[:, column]
        exact = np.linalg.eigvalsh(dense_hessian(network.train.times_hessian, theta))
        assert at_the_edge.largest[place] == pytest.approx(exact[-1], rel=2e-3)
    assert abs(exact[-1] - at_the_edge.ends[1]) <= at_the_edge.error + 1e-9
    traces = at_the_edge.density.traces
    assert abs(traces.mean() - exact.sum()) < 4 * traces.std(ddof=1) / np.sqrt(traces.size)
    counts, errors, edges = binned(at_the_edge)
    assert counts.sum() == pytest.approx(exact.size)
    true = np.histogram(exact, edges)[0]
    assert np.abs(counts - true).max() <= 5 * max(errors.max(), 1)
    assert f"sum of all is {short(float(traces.mean()))} ±" in end_words(at_the_edge)
    assert f"The network has {exact.size} parameters" in end_words(at_the_edge)


def test_an_estimate_says_only_of_eigenvalues_away_from_zero_which_sign_they_have(at_the_edge):
    network, level = at_the_edge.network, half_a_bin(at_the_edge)
    exact = np.linalg.eigvalsh(dense_hessian(network.train.times_hessian, network.weights))
    said = re.search(r"estimate that ([\d.]+) ± ([\d.]+) are above ([\d.]+) and ([\d.]+) ± ", end_words(at_the_edge))
    above, error, named, below = map(float, said.groups())
    assert named == pytest.approx(level, rel=5e-3)
    assert abs(above - (exact > level).sum()) <= 4 * error
    assert below == (exact < -level).sum() == 0
    signs = at_the_edge.density.below(0.0)  # what it must not say: by far too many are below zero, or too few
    assert abs(signs.mean() - (exact < 0).mean()) > 4 * signs.std(ddof=1) / np.sqrt(signs.size)


def test_the_curves_grow_as_the_training_goes_and_come_to_those_of_the_whole(at_the_edge, monkeypatch):
    seen = []
    pictured = spectrum.pictured

    def watched(choices, parts, views):
        seen.append(spectrum.known(training_of(choices), parts))
        return pictured(choices, parts, views)

    monkeypatch.setattr(spectrum, "pictured", watched)
    small = {name: str(value) for name, value in SMALL.items()}
    opened("networks", part="spectrum", spectrum_seed="7", **small)
    sizes = [found.largest.size for found in seen]
    assert len(sizes) == spectrum.PARTS + 1  # after each of them, and with the eigenvalues at the end
    assert sizes[:-1] == sorted(set(sizes))
    for found in seen[:-1]:
        np.testing.assert_array_equal(found.largest, seen[-1].largest[: found.largest.size])
        assert found.steps[-1] == found.network.steps[found.losses[0].size - 1]
        assert f"At step {found.steps[-1]:,.0f} of 300 the training loss is {short(found.losses[0][-1])}" in so_far(
            found
        )
    network = at_the_edge.network
    places = [int(np.flatnonzero(network.steps == step)[0]) for step in at_the_edge.steps]
    whole = sharpness(network.train, network.positions[:, places], 1, spectrum.PRODUCTS)
    np.testing.assert_array_equal(at_the_edge.largest, whole.values)
    np.testing.assert_allclose(at_the_edge.losses[0], network.train.value(network.positions), rtol=1e-12)


@pytest.mark.long
def test_with_cross_entropy_the_edge_is_left_again():
    found = spectrum_of(training_of(SpectrumChoices(spectrum_loss="cross_entropy")))
    limit = 2 / 0.2
    assert found.largest[-1] < 0.1 * limit
    late = found.largest[found.steps >= 1000] / limit
    assert f"{short(float(np.median(late)))} of that in the median" in edge_words(found, limit)


def test_of_a_small_network_all_eigenvalues_are_counted():
    found = spectrum_of(training_of(SpectrumChoices(**SMALL)))
    exact = np.linalg.eigvalsh(dense_hessian(found.network.train.times_hessian, found.network.weights))
    np.testing.assert_allclose(found.exact, exact, atol=1e-10)
    counts = re.search(r"All (\d+) .*: (\d+) negative, (\d+) positive and (\d+) zero", end_words(found)).groups()
    total, negative, positive, zero = map(int, counts)
    assert total == exact.size == negative + positive + zero
    level = 1e-7 * np.abs(exact).max()
    assert (negative, positive) == ((exact < -level).sum(), (exact > level).sum())
    assert f"their sum is {short(float(exact.sum()))}" in end_words(found)
    train = found.losses[0]
    assert f"from {short(float(train[0]))} to {short(float(train[-1]))}" in loss_words(found)


def test_a_rate_far_too_large_is_said_to_leave():
    choices = SpectrumChoices(**{**SMALL, "spectrum_rate": 50.0})
    found = spectrum_of(training_of(choices))
    assert found.network.diverged
    assert f"leaves all bounds after step {found.network.steps[-1]};" in loss_words(found)
    assert found.network.steps[-1] < choices.spectrum_steps
    assert "begins at" in edge_words(found, 2 / 50.0)
    assert "above 2/η" in edge_words(found, 2 / 50.0)


def test_what_is_said_of_the_searches_is_what_they_found():
    asked = Student(ManyDimensionsChoices().many_width, 40, 1)
    found = searched(asked)
    sentence = search_words(asked, found)
    count = int(found.found.sum())
    assert 5 < count < 40
    assert sentence.startswith("40 searches")
    assert f"{count} converged, to critical points of {different(found.losses[found.found])} different" in sentence
    assert f"the other {40 - count} ended elsewhere" in sentence
    saddles = int((found.negative[found.found] > 0).sum())
    assert f"negative eigenvalues, and so no minima: {saddles}; without any: {count - saddles}." in sentence
    said = float(re.search(r"eigenvalues is (−?[\d.]+)\.", sentence).group(1).replace("−", "-"))
    losses, positive = found.losses[found.found], found.positive[found.found]
    ranks = [
        np.array([(values < value).sum() + ((values == value).sum() - 1) / 2 for value in values])
        for values in (losses, positive)
    ]
    assert said == pytest.approx(np.corrcoef(*ranks)[0, 1], abs=0.006)
    assert said < -0.4


def test_the_two_statements_about_chance_are_kept_apart():
    chance = by_chance(1)
    sentence = chance_words(chance)
    assert f"{short(share_of_minima(6))} are minima" in sentence
    assert f"with probability {short(share_of_positive_matrices(6))}" in sentence
    ratios = chance.exact[0][1:] / chance.exact[0][:-1]
    assert ((ratios > 0.44) & (ratios < 0.51)).all()  # about halved
    falling = chance.exact[1][1:] / chance.exact[1][:-1]
    assert (np.diff(falling) < 0).all()  # faster than by any constant factor


def test_of_batch_sizes_the_pairs_are_compared_that_both_arrived():
    three = np.array([[1.0, 2.0, np.nan], [2.0, 2.0, 2.0], [2.0, 3.0, 4.0], [3.0, 5.0, 4.0]])
    ends = BatchEnds(three, np.where(np.isnan(three), 0.5, 0.03), three, three / 100)
    sentence = batch_words(BatchStudy(0.03, 0.2, 0), ends)
    assert "1 of 12 did not come so far" in sentence
    assert "is 1.5 in the mean with batches of 4, and 4 with all" in sentence
    assert "of the 2 pairs from the same weights the small batches are flatter in 2" in sentence
    assert "mean difference is 2.5 ± 0.5 (standard error)" in sentence
    none = BatchEnds(*(np.full((4, 3), np.nan) for _ in range(4)))
    assert "12 of 12 did not come so far" in batch_words(BatchStudy(0.03, 0.2, 0), none)


@pytest.mark.parametrize(
    ("part", "panels", "link"),
    [
        ("spectrum", {"edge", "loss", "eigenvalues"}, SMALL),
        ("many_dimensions", {"network", "chance"}, {"many_searches": 10, "many_width": 2}),
    ],
)
def test_the_parts_open_from_a_link(part, panels, link):
    app = opened("networks", part=part, **{name: str(value) for name, value in link.items()})
    shown = json.loads(drawn(app))
    assert set(shown["panels"]) == panels
    assert all(panel["alt"] for panel in shown["panels"].values())
    assert len(shown["notes"]) >= 2
