"""What a critical point is where the Hessian is 0 along a line, infinite, or jumps."""

import numpy as np
import pytest
from critical_cases import SQUARE, found_in, natures, positions

from landscapes import find_critical_points, formula
from landscapes.critical.nature import natures_of, rise, sectors
from landscapes.critical.view import View


@pytest.mark.parametrize(
    ("text", "nature", "index"),
    [
        ("x**4 + y**4", "minimum", 1),
        ("1e8 + x**4 + y**4", "minimum", 1),
        ("-x**4 - y**4", "maximum", 1),
        ("x**4 - y**4", "saddle", -1),
        ("x**2 + y**4", "minimum", 1),
        ("-x**2 - y**4", "maximum", 1),
        ("x**2 - y**4", "saddle", -1),
        ("x**2 - y**8", "saddle", -1),
        ("(x - y**2)**2 + y**6", "minimum", 1),
        ("(x - y**2)**2 - y**6", "saddle", -1),
        ("x**2 + x*y**3", "saddle", -1),
        ("x**2 + x*y**3 + y**6", "minimum", 1),
        ("x**3 + y**2", "inflection", 0),
        ("x**3 + y**4", "inflection", 0),
        ("x**3 - y**2", "inflection", 0),
        ("x**3 - 3*x*y**2", "saddle", -2),
        ("x**4 - 6*x**2*y**2 + y**4", "saddle", -3),
        ("x**5 - 10*x**3*y**2 + 5*x*y**4", "saddle", -4),
        ("x**2*y + y**3", "inflection", 0),
        ("cos(x) + x**2/2 + y**2", "minimum", 1),
        ("x**12 + y**2", "minimum", 1),  # its turn around the y axis happens within 1e-23
    ],
)
def test_a_degenerate_point_is_what_its_index_and_the_loss_round_it_say(text, nature, index):
    (point,) = found_in(text).points
    np.testing.assert_allclose(point.position, 0, atol=1e-7)  # the slope beside it is as small as rounding
    assert (point.kind, point.nature, point.index) == ("degenerate", nature, index)
    assert 0.0 in point.eigenvalues


def test_degenerate_minima_and_a_degenerate_saddle_lie_in_one_view():
    found = found_in("x**4 + y**4 - y**2")
    assert [(point.kind, point.nature, point.index) for point in found.points] == [
        ("degenerate", "minimum", 1),
        ("degenerate", "minimum", 1),
        ("degenerate", "saddle", -1),
    ]
    np.testing.assert_allclose(positions(found), [[0, -np.sqrt(0.5)], [0, np.sqrt(0.5)], [0, 0]], atol=1e-12)
    assert found.complete


def test_where_the_hessian_decides_the_nature_is_the_kind():
    for text in ("x**2 + y**2", "-x**2 - y**2", "x*y", "(x**2 + y - 11)**2 + (x + y**2 - 7)**2"):
        found = found_in(text, ((-5, 5), (-5, 5)))
        assert found.points
        assert all(point.nature == point.kind for point in found.points)


def test_a_nature_is_undecided_where_index_and_loss_disagree():
    view = View.of(formula("x**2 - y**2"), SQUARE)
    middle, radius = np.zeros((2, 1)), np.array([0.01])
    assert sectors(view, middle, radius) == [(2, 2)]
    assert natures_of(view, middle, radius, [-1]) == ["saddle"]
    assert natures_of(view, middle, radius, [1]) == [None]
    assert natures_of(view, middle, radius, [0]) == [None]
    assert natures_of(view, middle, radius, [None]) == [None]


def test_a_sector_a_millionth_of_a_turn_wide_is_found():
    view = View.of(formula("x**2 - y**8"), SQUARE)
    assert sectors(view, np.zeros((2, 1)), np.array([0.01])) == [(2, 2)]  # lower where |x| < 16 y⁴ / 2, by 1e-6 radians


@pytest.mark.parametrize("far", ["0", "1e12"])
def test_the_rise_is_right_to_the_last_digits_however_large_the_loss_is(far):
    view = View.of(formula(f"{far} + x**4 + 3*x*y**3 - y**2"), SQUARE)
    u, offset = np.array([[0.1], [-0.2]]), np.array([[1e-4], [3e-4]])
    plain = View.of(formula("x**4 + 3*x*y**3 - y**2"), SQUARE).landscape.value
    expected = plain(2 * (u + offset)) - plain(2 * u)
    np.testing.assert_allclose(rise(view, u, offset), expected, rtol=1e-9)


@pytest.mark.parametrize(
    ("text", "place", "kind", "eigenvalues"),
    [
        ("((x - 0.123)**2 + y**2)**0.75", (0.123, 0), "minimum", [np.inf, np.inf]),
        ("-((x - 0.123)**2 + y**2)**0.75", (0.123, 0), "maximum", [-np.inf, -np.inf]),
        ("(x**2 + y**2)**0.6", (0, 0), "minimum", [np.inf, np.inf]),
        ("(x**2)**0.75 + y**2", (0, 0), "minimum", [2, np.inf]),
        ("abs(x)**1.5 + y**2", (0, 0), "minimum", [2, np.inf]),
        ("abs(x)**1.5 - y**2", (0, 0), "saddle", [-2, np.inf]),
        ("abs(x - 0.3)**1.3 + abs(y - 0.1)**1.7", (0.3, 0.1), "minimum", [np.inf, np.inf]),
        ("1.5*x**2 + x*abs(x)/2 + y**2", (0, 0), "minimum", [2, np.nan]),
        ("sqrt(x**4 + y**4)", (0, 0), "minimum", [np.nan, np.nan]),
    ],
)
def test_an_infinite_hessian_and_one_that_jumps_are_not_zero(text, place, kind, eigenvalues):
    found = found_in(text)
    (point,) = found.points
    np.testing.assert_allclose(point.position, place, atol=1e-11)
    np.testing.assert_allclose(point.eigenvalues, eigenvalues)
    assert (point.kind, point.nature) == (kind, kind)
    assert not found.complete
    assert "there is no second derivative" in found.note


@pytest.mark.parametrize(
    ("text", "nature", "eigenvalues"),
    [
        ("x**2 + abs(y)**3", "minimum", [0, 2]),  # 6|y| is 0 at 0, and continuous
        ("abs(x)**3 + abs(y)**3", "minimum", [0, 0]),
        ("abs(x)**2.1 + y**2", "minimum", [0, 2]),
        ("x**2*abs(x)**0.5 - y**2", "saddle", [-2, 0]),
        ("x*abs(x) + y**2", "inflection", [np.nan, 2]),
    ],
)
def test_without_a_smooth_surface_too_a_hessian_that_does_not_decide_is_degenerate(text, nature, eigenvalues):
    (point,) = found_in(text).points
    np.testing.assert_allclose(point.position, 0, atol=1e-11)
    np.testing.assert_allclose(point.eigenvalues, eigenvalues, atol=1e-9)
    assert (point.kind, point.nature) == ("degenerate", nature)


@pytest.mark.parametrize("text", ["sqrt(x**2 + y**2)", "sqrt((x - 0.1)**2 + (y - 0.2)**2)", "abs(x) + abs(y)"])
def test_the_tip_of_a_cone_is_no_critical_point(text):
    assert found_in(text).points == ()


@pytest.mark.parametrize(
    ("text", "domain", "arcs"),
    [
        ("(x - y)**2", ((0, 1), (1, 2)), 0),
        ("(1 - x*y)**2", ((1, 3), (1, 3)), 0),
        ("(x**2 + y**2 - 8)**2", SQUARE, 0),
        ("(x**2 + y**2 - 8.01)**2", SQUARE, 0),
        ("(x**2 + y**2 - 7.99)**2", SQUARE, 4),
        ("(x**2 - y**2)**2", ((1, 2), (-1, 0)), 0),
        ("(y - x**2)**2", ((1, 2), (0, 1)), 0),
    ],
)
def test_the_end_of_a_curve_in_a_corner_is_no_point(text, domain, arcs):
    found = find_critical_points(formula(text, domain))
    assert all(point.nature == "maximum" for point in found.points)  # at the origin
    assert len(found.sets) == arcs
    assert not found.complete
    assert "curve" in found.note


def test_every_point_of_a_built_in_surface_has_a_nature():
    for text, domain in [("x**3 - 3*x*y**2", SQUARE), ("x**4 + y**4", SQUARE), ("x**4 + y**4 - y**2", SQUARE)]:
        assert None not in natures(find_critical_points(formula(text, domain)))
