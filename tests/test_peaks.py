"""Peaks and rank correlations of our own are SciPy's, whose modules for them take too long to import."""

import numpy as np
import pytest
from scipy.signal import find_peaks
from scipy.stats import spearmanr

from optimizers.verdicts.peaks import prominent_peaks
from pages.networks_parts.saddles import rank_correlation

SHAPES = {
    "noise": lambda draws: draws.normal(size=300),
    "equal values": lambda draws: draws.integers(0, 4, 300).astype(float),
    "a walk": lambda draws: draws.normal(size=300).cumsum(),
    "a slope": lambda draws: np.sort(draws.normal(size=300)),
    "one value": lambda draws: np.full(9, draws.normal()),
    "short": lambda draws: draws.integers(0, 2, 3).astype(float),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("least", [0.0, 1.0])
def test_the_peaks_of_a_sequence_and_their_prominences_are_those_of_scipy(shape, least):
    for seed in range(20):
        values = SHAPES[shape](np.random.default_rng(seed))
        places, prominences = prominent_peaks(values, least)
        expected, found = find_peaks(values, prominence=least)
        np.testing.assert_array_equal(places, expected)
        np.testing.assert_array_equal(prominences, found["prominences"])


@pytest.mark.parametrize("shape", ["noise", "equal values"])
def test_the_correlation_of_ranks_is_that_of_scipy(shape):
    draws = np.random.default_rng(3)
    left, right = SHAPES["equal values"](draws), SHAPES[shape](draws)
    assert rank_correlation(left, right) == pytest.approx(spearmanr(left, right).statistic, abs=1e-12)
