"""What is a critical point is found, with its kind."""

import json
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from landscapes import LANDSCAPES, find_critical_points, formula
from landscapes.critical.view import View

LISTED = json.loads((Path(__file__).parent / "data" / "critical_points.json").read_text())["landscapes"]
SQUARE = ((-2.0, 2.0), (-2.0, 2.0))

HIMMELBLAU = "(x**2 + y - 11)**2 + (x + y**2 - 7)**2"


def positions(found):
    return np.array([point.position for point in found.points]).reshape(-1, 2)


def kinds(found):
    return Counter(point.kind for point in found.points)


@cache
def built_in(name):
    """A landscape as it comes, and what is found on it."""
    landscape = LANDSCAPES[name]()
    return landscape, find_critical_points(landscape)


def roots(slope, interval, samples=20_010):
    """Zeros of a function of one variable between its changes of sign, and whether it rises there."""
    grid = np.linspace(*interval, samples)
    signs = np.sign(slope(grid))
    changes = np.flatnonzero(signs[:-1] * signs[1:] < 0)
    return [(brentq(slope, grid[i], grid[i + 1], xtol=1e-14), signs[i] < 0) for i in changes]


@pytest.mark.parametrize("name", LISTED)
def test_exactly_the_listed_points_are_found(name):
    listed = LISTED[name]
    found = find_critical_points(formula(listed["formula"], listed["domain"]))
    assert len(found.points) == len(listed["points"])
    for x, y, value, kind, index in listed["points"]:
        nearest = np.abs(positions(found) - [x, y]).max(axis=1).argmin()
        point = found.points[nearest]
        np.testing.assert_allclose(point.position, [x, y], rtol=0, atol=1e-9)
        np.testing.assert_allclose(point.value, value, rtol=1e-8, atol=1e-12)
        assert (point.kind, point.index) == (kind, index)
    assert found.complete is (not listed["sets"])
    assert not found.stopped_early


@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_gradient_vanishes_at_every_point_found_on_a_built_in_landscape(name):
    landscape, found = built_in(name)
    view = View.of(landscape, landscape.domain)
    places = [positions(found).T, *(line.positions for line in found.sets)]
    for p in places:
        u = (p - view.centre) / view.half
        beside = np.linalg.norm(view.hessian(u + 1e-4 * np.array([[0.6], [0.8]])), axis=(0, 1))
        size = np.maximum(np.linalg.norm(view.hessian(u), axis=(0, 1)), beside)
        assert (np.linalg.norm(view.gradient(u), axis=0) <= 1e-9 * size).all()
    assert not found.stopped_early


@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_order_of_the_points_is_by_value(name):
    _, found = built_in(name)
    values = [point.value for point in found.points]
    tolerance = 2e-9 * max(map(abs, values), default=0.0)
    assert all(later >= earlier - tolerance for earlier, later in pairwise(values))


@pytest.mark.parametrize(
    ("text", "slopes", "domain"),
    [
        ("x**2 + y**2 + 25*(sin(x)**2 + sin(y)**2)", [lambda t: 2 * t + 25 * np.sin(2 * t)] * 2, ((-5, 5), (-6, 5.5))),
        (
            "x**2 + 2*y**2 - 0.3*cos(3*pi*x) - 0.4*cos(4*pi*y)",
            [
                lambda t: 2 * t + 0.9 * np.pi * np.sin(3 * np.pi * t),
                lambda t: 4 * t + 1.6 * np.pi * np.sin(4 * np.pi * t),
            ],
            ((-10, 10), (-10, 10)),
        ),
        ("sin(3*x + 1) + cos(y)*y/3", [lambda t: 3 * np.cos(3 * t + 1), lambda t: np.cos(t) - t * np.sin(t)], SQUARE),
    ],
)
def test_a_sum_of_two_curves_has_the_critical_points_of_both(text, slopes, domain):
    found = find_critical_points(formula(text, domain))
    along_x, along_y = (roots(slope, interval) for slope, interval in zip(slopes, domain, strict=True))
    expected = Counter(
        ("maximum", "saddle", "minimum")[int(rises) + int(climbs)] for _, rises in along_x for _, climbs in along_y
    )
    assert kinds(found) == expected
    assert found.complete


@settings(max_examples=25)
@given(a=st.floats(-1.7, 0.2), gap=st.floats(0.01, 1.5), c=st.floats(-1.7, 0.2), height=st.floats(0.01, 1.5))
def test_a_product_of_double_wells_has_nine_points_however_near_to_each_other(a, gap, c, height):
    text = "(x - a)**2*(x - a - g)**2 + (y - c)**2*(y - c - h)**2"
    found = find_critical_points(formula(text, SQUARE, parameters={"a": a, "g": gap, "c": c, "h": height}))
    assert kinds(found) == {"minimum": 4, "saddle": 4, "maximum": 1}
    assert found.complete
    expected = np.array([(a + i * gap, c + j * height) for i in (0, 0.5, 1) for j in (0, 0.5, 1)])
    assert np.abs(positions(found)[:, None] - expected).max(axis=2).min(axis=0).max() < 1e-9


@pytest.mark.parametrize("scale", ["1e-60*1e-60*1e-60", "1e-9", "1e90"])
def test_the_scale_of_the_loss_does_not_matter(scale):
    found = find_critical_points(formula(f"{scale}*({HIMMELBLAU})", ((-5, 5), (-5, 5))))
    assert kinds(found) == {"minimum": 4, "saddle": 4, "maximum": 1}
    assert found.complete


def test_the_units_of_the_axes_do_not_matter():
    text = "((x/1e4)**2 + y*1e3 - 11)**2 + (x/1e4 + (y*1e3)**2 - 7)**2"
    found = find_critical_points(formula(text, ((-5e4, 5e4), (-5e-3, 5e-3))))
    assert kinds(found) == {"minimum": 4, "saddle": 4, "maximum": 1}
    assert found.complete


def test_points_that_nearly_merge_are_told_apart_and_merged_ones_are_gone():
    # x⁴/4 - x²/2 + t·x has three critical points for |t| < 2/√27 = 0.38490017..., and one beyond
    before, after = (find_critical_points(formula(f"x**4/4 - x**2/2 + {t}*x + y**2")) for t in (0.3849, 0.38491))
    assert kinds(before) == {"minimum": 2, "saddle": 1}
    assert kinds(after) == {"minimum": 1}
    assert before.complete
    assert after.complete


def test_a_condition_number_of_1e8_is_not_taken_for_a_valley():
    found = find_critical_points(formula("(x + y)**2 + 1e-8*(x - y - 0.2)**2", SQUARE))
    (point,) = found.points
    assert point.kind == "minimum"
    np.testing.assert_allclose(point.position, [0.1, -0.1], atol=1e-6)
    assert not found.sets


def test_points_on_the_edge_of_the_domain_belong_to_it():
    corner = find_critical_points(formula("(x - 2)**2 + (y + 2)**2", SQUARE))
    assert positions(corner).tolist() == [[2.0, -2.0]]
    assert corner.complete
    beside = find_critical_points(formula("(x - 2.00001)**2 + y**2", SQUARE))
    assert beside.points == ()
    assert beside.complete


def test_another_domain_than_the_landscapes_own_can_be_asked_for():
    found = find_critical_points(LANDSCAPES["himmelblau"](), ((1, 5), (1, 5)))
    assert positions(found).round(6).tolist() == [[3.0, 2.0]]
    with pytest.raises(ValueError, match="y needs"):
        find_critical_points(LANDSCAPES["himmelblau"](), ((0, 5), (5, 0)))


def test_the_lectures_network_has_a_saddle_between_two_valleys():
    found = find_critical_points(LANDSCAPES["two_weight_network"](), ((-3, 3), (-3, 3)))
    (saddle,) = found.points
    assert saddle.kind == "saddle"
    np.testing.assert_allclose(saddle.eigenvalues, [-2, 2], atol=1e-12)
    np.testing.assert_allclose(saddle.eigenvectors[:, 0], np.sqrt([0.5, 0.5]), atol=1e-12)
    assert [line.kind for line in found.sets] == ["minimum", "minimum"]
    assert {float(np.sign(line.positions[0, 0])) for line in found.sets} == {-1.0, 1.0}
    for line in found.sets:
        np.testing.assert_allclose(line.positions.prod(axis=0), 1, atol=1e-9)
        np.testing.assert_allclose(line.value, 0, atol=1e-12)
        assert np.abs(line.positions).max() > 2.9
        assert np.hypot(*np.diff(line.positions, axis=1)).max() < 0.2
    assert not found.complete


@pytest.mark.parametrize(
    ("text", "hole"),
    [
        ("sin(x)/x + y**2", 0),
        ("sin(sqrt(x**2 + y**2))/sqrt(x**2 + y**2)", 0),
        ("sin(x - 0.35)/(x - 0.35) + y**2", 0.35),
        ("y**2 + 1/x**2", 0),
    ],
)
def test_where_the_loss_has_no_value_there_is_no_point_and_nothing_is_complete(text, hole):
    found = find_critical_points(formula(text, domain=((-4, 4), (-4, 4))))
    assert not any(np.abs(point.position[0] - hole) < 1e-6 for point in found.points)
    assert not found.complete
