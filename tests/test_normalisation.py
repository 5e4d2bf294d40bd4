"""Normalised tables: their means and variances, the averages in closed form, and what no example sees of another."""

import numpy as np
import pytest

from landscapes.from_data import batch_normalised, layer_normalised, moving_averages

BATCHES = np.random.default_rng(0).normal([0, 2, -3, 5], [1, 0.5, 3, 2], (40, 6, 4))
TABLE = BATCHES[0]


def test_each_feature_has_mean_beta_and_deviation_gamma_over_the_batch():
    normalised = batch_normalised(TABLE, gamma=2.0, beta=-1.0)
    np.testing.assert_allclose(normalised.mean(axis=0), -1.0, atol=1e-12)
    np.testing.assert_allclose(normalised.std(axis=0), 2.0, rtol=1e-4)  # but for ε
    np.testing.assert_allclose(
        batch_normalised(TABLE), (TABLE - TABLE.mean(0)) / np.sqrt(((TABLE - TABLE.mean(0)) ** 2).sum(0) / 6 + 1e-5)
    )


def test_each_example_has_mean_beta_and_deviation_gamma_over_its_features():
    normalised = layer_normalised(TABLE, gamma=2.0, beta=-1.0)
    np.testing.assert_allclose(normalised.mean(axis=1), -1.0, atol=1e-12)
    np.testing.assert_allclose(normalised.std(axis=1), 2.0, rtol=1e-4)


def test_units_and_offsets_of_a_feature_do_not_matter_to_batch_normalisation():
    scaled = TABLE * np.array([10.0, 0.5, 3.0, 100.0]) + np.array([1.0, -2.0, 0.0, 7.0])
    np.testing.assert_allclose(batch_normalised(scaled), batch_normalised(TABLE), atol=1e-3)


def test_an_example_is_normalised_by_its_layer_as_it_is_alone_and_by_its_batch_it_is_not():
    np.testing.assert_array_equal(layer_normalised(TABLE)[:1], layer_normalised(TABLE[:1]))
    assert np.abs(batch_normalised(TABLE)[:3] - batch_normalised(TABLE[:3])).max() > 0.1
    np.testing.assert_array_equal(batch_normalised(TABLE[:1]), 0)  # alone it is its own mean


@pytest.mark.parametrize("momentum", [0.0, 0.1, 1.0])
def test_moving_averages_weigh_each_batch_as_the_closed_form_says(momentum):
    means, variances = moving_averages(BATCHES, momentum)
    for t in (0, 1, 7, 40):
        weights = momentum * (1 - momentum) ** (t - 1.0 - np.arange(t)) if momentum < 1 else np.arange(t) == t - 1
        start = (1 - momentum) ** t
        np.testing.assert_allclose(means[t], weights @ BATCHES[:t].mean(axis=1), atol=1e-12)
        unbiased = ((BATCHES[:t] - BATCHES[:t].mean(axis=1, keepdims=True)) ** 2).sum(axis=1) / 5
        np.testing.assert_allclose(variances[t], weights @ unbiased + start, rtol=1e-12)


def test_at_test_time_the_moving_averages_take_the_place_of_the_batch_and_each_example_stands_alone():
    statistics = tuple(each[-1] for each in moving_averages(BATCHES))
    whole = batch_normalised(TABLE, 1.5, 0.2, statistics)
    np.testing.assert_array_equal(whole[2:3], batch_normalised(TABLE[2:3], 1.5, 0.2, statistics))
    np.testing.assert_allclose(whole, 1.5 * (TABLE - statistics[0]) / np.sqrt(statistics[1] + 1e-5) + 0.2)


def test_a_batch_of_one_example_has_no_variance():
    with pytest.raises(ValueError, match="two examples"):
        moving_averages(BATCHES[:, :1])
