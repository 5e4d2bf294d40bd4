"""The lecture's tables: momentum over three gradients, and the correction of a mean's bias towards zero."""

import numpy as np
import pytest
from optimizer_facts import EXPECT

from optimizers import corrections, pushes


def test_the_lectures_momentum_rolls_on_against_the_third_gradient():
    rows = pushes(rate=0.1, beta=0.9)
    assert [row.g for row in rows] == [-3.5, 0.0, 1.0]
    np.testing.assert_allclose([row.kept for row in rows], [0.0, 0.315, 0.2835], rtol=1e-12)
    np.testing.assert_allclose([row.pull for row in rows], [0.35, 0.0, -0.1], rtol=1e-12)
    np.testing.assert_allclose([row.m for row in rows], [0.35, 0.315, 0.1835], rtol=1e-12)
    np.testing.assert_allclose([row.x for row in rows], [0.0, 0.35, 0.665], rtol=1e-12)
    np.testing.assert_allclose([row.velocity for row in rows], [-3.5, -3.15, -1.835], rtol=1e-12)
    np.testing.assert_allclose([row.mean for row in rows], [-0.35, -0.315, -0.1835], rtol=1e-12)


def test_the_lectures_bias_correction_is_that_of_the_table():
    rows = corrections((1, 2, 3, 10, 100))
    np.testing.assert_allclose([row.c1 for row in rows], EXPECT["AD-01"]["factor"], rtol=1e-12)
    np.testing.assert_allclose(
        [row.c2 for row in corrections((1, 10, 100, 1000))], EXPECT["AD-02"]["factor"], rtol=1e-12
    )
    np.testing.assert_allclose([row.velocity for row in rows], EXPECT["MO-06"]["pytorch"], rtol=1e-12)
    np.testing.assert_allclose([row.mean for row in rows], EXPECT["MO-06"]["ng"], rtol=1e-12)


def test_a_corrected_mean_of_a_steady_gradient_is_the_gradient():
    for row in corrections():
        assert (row.m_hat, row.v_hat, row.step) == (pytest.approx(1), pytest.approx(1), pytest.approx(1))
