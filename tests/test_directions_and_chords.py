"""vᵀHv over all directions has the eigenvalues as its extremes; a chord refutes convexity only where it does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscapes import LANDSCAPES, formula
from landscapes.curvature import angle_of, chord_test, direction, examine_convexity, second_derivative_along

ENTRIES = st.floats(-100, 100)
ANGLES = np.linspace(0, 180, 721)


@given(ENTRIES, ENTRIES, ENTRIES)
def test_the_extremes_over_all_directions_are_the_eigenvalues_along_their_eigenvectors(a, b, c):
    hessian = np.array([[a, b], [b, c]])
    values, vectors = np.linalg.eigh(hessian)
    bend = second_derivative_along(hessian, direction(ANGLES))
    size = 1e-12 + np.abs(values).max()
    assert bend.min() >= values[0] - 1e-12 * size
    assert bend.max() <= values[1] + 1e-12 * size
    step = np.radians(ANGLES[1])  # the extremes lie at most half a step from an angle that was looked at
    assert bend.min() - values[0] <= (values[1] - values[0]) * step**2 + 1e-12 * size
    assert values[1] - bend.max() <= (values[1] - values[0]) * step**2 + 1e-12 * size
    at_vectors = second_derivative_along(hessian, direction(np.array([angle_of(v) for v in vectors.T])))
    np.testing.assert_allclose(at_vectors, values, atol=1e-12 * size)


@given(ENTRIES, ENTRIES, ENTRIES, st.floats(0, 360))
def test_directions_at_right_angles_bend_by_the_trace_and_half_a_turn_changes_nothing(a, b, c, angle):
    hessian = np.array([[a, b], [b, c]])
    one, other, opposite = (float(second_derivative_along(hessian, direction(angle + turn))) for turn in (0, 90, 180))
    assert one + other == pytest.approx(a + c, abs=1e-10)
    assert one == pytest.approx(opposite, abs=1e-10)


@given(st.floats(0, 359.9))
def test_an_angle_is_that_of_its_direction(angle):
    assert angle_of(3 * direction(angle)) == pytest.approx(angle, abs=1e-9) or angle_of(direction(angle)) > 359.9


@pytest.mark.parametrize("name", ["rosenbrock", "himmelblau", "rastrigin", "two_weight_network"])
def test_it_is_the_second_derivative_of_the_loss_along_the_direction(name):
    landscape = LANDSCAPES[name]()
    p, h = np.array([0.3, -0.7]), 1e-4
    for angle in (0.0, 33.0, 90.0, 200.0):
        v = direction(angle)
        f = [float(landscape.value(p + side * h * v)) for side in (-1, 0, 1)]
        found = float(second_derivative_along(landscape.hessian(p), v))
        assert (f[0] - 2 * f[1] + f[2]) / h**2 == pytest.approx(found, rel=1e-4, abs=1e-4 * abs(f[1]))


@pytest.mark.parametrize("text", ["x**2 + 3*y**2", "exp(x) + abs(y)", "max(x, y)", "x + 2*y + 1e6", "1e-9*x**2", "7"])
@given(st.tuples(*[st.floats(-2, 2)] * 4))
def test_no_chord_refutes_a_convex_function(text, ends):
    landscape = formula(text)
    found = chord_test(landscape, np.array(ends[:2]), np.array(ends[2:]))
    assert found.defined
    assert found.stretches == []


def test_along_x_cubed_the_loss_is_above_the_chord_just_where_x_is_negative():
    """x³ between -1 and 1 against the chord x: x³ > x for -1 < x < 0, the most at -1/√3, by 2/(3√3)."""
    found = chord_test(formula("x**3"), np.array([-1.0, 0.0]), np.array([1.0, 0.0]))
    ((first, last),) = found.stretches
    assert first == pytest.approx(0, abs=0.002)
    assert last == pytest.approx(0.5, abs=0.002)
    worst = found.point(found.shares[found.worst])
    np.testing.assert_allclose(worst, [-1 / np.sqrt(3), 0], atol=0.002)
    assert found.loss[found.worst] - found.chord[found.worst] == pytest.approx(2 / 3 / np.sqrt(3), rel=1e-4)
    below = found.shares[found.below]
    assert below.min() == pytest.approx(0.5, abs=0.002)
    assert below.max() == pytest.approx(1.0, abs=0.002)


def test_a_chord_over_two_hills_is_broken_twice_and_the_other_way_round_too():
    landscape = formula("-cos(2*pi*x)", domain=((-2, 2), (-2, 2)))
    ends = np.array([-1.0, 0.3]), np.array([1.0, 0.3])
    there, back = chord_test(landscape, *ends), chord_test(landscape, *ends[::-1])
    assert len(there.stretches) == len(back.stretches) == 2
    np.testing.assert_allclose(there.loss, back.loss[::-1], atol=1e-12)
    np.testing.assert_array_equal(there.above, back.above[::-1])


@pytest.mark.parametrize("name", LANDSCAPES)
def test_no_chord_refutes_what_no_hessian_and_no_short_chord_does(name):
    landscape = LANDSCAPES[name]()
    refuted = examine_convexity(landscape).against_convexity is not None
    (x0, x1), (y0, y1) = landscape.domain
    rng = np.random.default_rng(0)
    broken = any(
        chord_test(landscape, *np.array([rng.uniform(x0, x1, 2), rng.uniform(y0, y1, 2)]).T).stretches
        for _ in range(20)
    )
    assert refuted or not broken  # two tests of one claim: a chord never refutes what no Hessian does


def test_a_chord_through_a_place_without_a_value_says_so():
    found = chord_test(formula("log(x)"), np.array([-1.0, 0.0]), np.array([1.0, 0.0]))
    assert not found.defined
    assert not found.above.any()


def test_a_chord_of_no_length_refutes_nothing():
    found = chord_test(LANDSCAPES["himmelblau"](), np.array([1.0, 1.0]), np.array([1.0, 1.0]))
    assert found.stretches == []
