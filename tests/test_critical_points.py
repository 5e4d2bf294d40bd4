"""What is a critical point is found, with its kind; what is none is not; and what is not certain is said."""

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from landscapes import LANDSCAPES, find_critical_points, formula
from landscapes import search as searching
from landscapes.grid import X, Y, cells_of
from landscapes.newton import Zeros
from landscapes.view import View
from landscapes.winding import cell_indices, indices_of

LISTED = json.loads((Path(__file__).parent / "data" / "critical_points.json").read_text())["landscapes"]
SQUARE = ((-2.0, 2.0), (-2.0, 2.0))
EASOM = "-cos(x)*cos(y)*exp(-(x - pi)**2 - (y - pi)**2)"
HIMMELBLAU = "(x**2 + y - 11)**2 + (x + y**2 - 7)**2"


def positions(found):
    return np.array([point.position for point in found.points]).reshape(-1, 2)


def kinds(found):
    return Counter(point.kind for point in found.points)


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
    landscape = LANDSCAPES[name]()
    found = find_critical_points(landscape)
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
    values = [point.value for point in find_critical_points(LANDSCAPES[name]()).points]
    tolerance = 2e-9 * max(map(abs, values), default=0.0)
    assert all(later >= earlier - tolerance for earlier, later in pairwise(values))


@pytest.mark.parametrize(
    ("text", "index"),
    [("x**2 + y**2", 1), ("-x**2 - y**2", 1), ("x*y", -1), ("x**3 - 3*x*y**2", -2), ("x**2 + y**3", 0)],
)
def test_the_gradient_turns_as_often_as_the_kind_of_point_says(text, index):
    view = View.of(formula(text), SQUARE)
    assert indices_of(view, np.zeros((2, 1)), np.array([0.3])) == [index]
    turns = cell_indices(view, X, Y)
    assert turns.sum() == index
    assert turns[cells_of(np.zeros((2, 1)))] == [index]


def test_a_point_that_newton_misses_is_flagged(monkeypatch):
    def forgetful(view, *args, **options):
        found = zeros(view, *args, **options)
        lost = np.hypot(*(view.position(found.sharp) - np.array([[3.0], [2.0]]))) < 0.1
        return Zeros(found.sharp[:, ~lost], found.blurred, found.stuck)

    zeros = searching.zeros
    landscape = formula(HIMMELBLAU, ((-5, 5), (-5, 5)))
    assert find_critical_points(landscape).complete
    monkeypatch.setattr(searching, "zeros", forgetful)
    found = find_critical_points(landscape)
    assert len(found.points) == 8
    assert not found.complete
    assert "index check" in found.note


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("x**2 + y**4", 1),
        ("x**2 - y**4", -1),
        ("x**2 + y**3", 0),
        ("x**3 - 3*x*y**2", -2),
        ("x**4 + y**4", 1),
        ("x**2*y + y**3", 0),
        ("x**2 + y**8", 1),
        ("x**2 + x*y**3", -1),
        ("x**5 - 10*x**3*y**2 + 5*x*y**4", -4),
        ("(x - y)**2 + (x + y)**4", 1),
    ],
)
def test_where_the_hessian_does_not_decide_the_point_is_degenerate_and_its_index_is_counted(text, index):
    found = find_critical_points(formula(text, SQUARE))
    (point,) = found.points
    np.testing.assert_allclose(point.position, 0, atol=1e-9)
    assert (point.kind, point.index) == ("degenerate", index)
    assert found.complete
    assert not found.sets


def test_a_very_flat_point_is_one_point_and_no_curve():
    found = find_critical_points(formula("x**12 + y**2", SQUARE))
    (point,) = found.points
    np.testing.assert_allclose(point.position, 0, atol=1e-9)
    assert point.kind == "degenerate"
    assert not found.sets
    assert found.complete is (point.index == 1)  # its turn round the y axis happens within 1e-23: undecided is honest


def test_a_degenerate_point_away_from_the_origin_is_as_sharp_as_rounding_allows():
    (shifted,) = find_critical_points(formula("(x - 0.3)**2 + (y - 1/3)**4", SQUARE)).points
    np.testing.assert_allclose(shifted.position, [0.3, 1 / 3], atol=1e-9)
    expanded = formula("x**4 - 4*x**3 + 6*x**2 - 4*x + y**2", SQUARE)  # (x - 1)⁴: its slope is lost within 1e-5 of 1
    (blurred,) = find_critical_points(expanded).points
    np.testing.assert_allclose(blurred.position, [1, 0], atol=2e-5)
    assert blurred.kind == "degenerate"


@pytest.mark.parametrize("place", [(-3.0, -3.0), (3.0, 3.0)])
def test_a_small_slope_is_no_critical_point(place):
    peaks = LISTED["peaks"]
    landscape = formula(peaks["formula"], ((-4, 4), (-4, 4)))
    slope = np.linalg.norm(landscape.gradient(np.array(place)))
    assert 1e-4 < slope < 1e-3
    assert np.linalg.norm(positions(find_critical_points(landscape)) - place, axis=1).min() > 0.1


def test_on_easoms_plateau_only_true_zeros_are_reported():
    found = find_critical_points(formula(EASOM, ((-10, 10), (-10, 10))))
    peaks = [x for x, _ in roots(lambda x: np.sin(x) + 2 * (x - np.pi) * np.cos(x), (-10, 10))]
    nodes = [x for x, _ in roots(np.cos, (-10, 10))]
    expected = np.array([(x, y) for line in (peaks, nodes) for x in line for y in line])
    assert len(found.points) == len(expected)  # the formula is a product: both factors are 0, or both slopes are
    apart = np.abs(positions(found)[:, None] - expected).max(axis=2)
    assert apart.min(axis=0).max() < 1e-9
    assert found.complete
    assert found.points[0].kind == "minimum"
    np.testing.assert_allclose(found.points[0].position, np.pi, atol=1e-12)


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
    ("text", "kind", "level", "length"),
    [
        ("(y - x**2)**2", "minimum", lambda x, y: y - x**2, 5.124),  # ∫√(1 + 4x²), |x| < √2
        ("-(x**2 + y**2 - 1)**2", "maximum", lambda x, y: np.hypot(x, y) - 1, 2 * np.pi),
        ("x**2", "minimum", lambda x, y: x, 4.0),
        ("x**3", "degenerate", lambda x, y: x, 4.0),
        ("(y - x/2)**4", "minimum", lambda x, y: y - x / 2, 4.47),
    ],
)
def test_a_curve_of_critical_points_is_one_set(text, kind, level, length):
    found = find_critical_points(formula(text, SQUARE))
    (line,) = found.sets
    assert line.kind == kind
    np.testing.assert_allclose(level(*line.positions), 0, atol=1e-8)
    np.testing.assert_allclose(np.hypot(*np.diff(line.positions, axis=1)).sum(), length, rtol=0.03)
    assert all(point.kind != "degenerate" for point in found.points)
    assert not found.complete


def test_many_parallel_curves_are_told_apart():
    found = find_critical_points(formula("sin(x)", ((-50, 50), (-50, 50))))
    assert Counter(line.kind for line in found.sets) == {"minimum": 16, "maximum": 16}
    assert all(np.ptp(line.positions[1]) > 97 and np.ptp(line.positions[0]) < 1e-9 for line in found.sets)


def test_valleys_that_cross_are_two_sets():
    found = find_critical_points(formula("x**2*y**2", SQUARE))
    assert [line.kind for line in found.sets] == ["minimum", "minimum"]
    assert found.points == ()


def test_a_slope_has_no_critical_point_and_that_is_certain():
    for text in ("x + 2*y", "1e-9*x + y**2", "1/(1 + exp(-20*x)) + 0.01*y**2", "exp(3*x) + y"):
        found = find_critical_points(formula(text, SQUARE))
        assert (found.points, found.sets, found.complete) == ((), (), True), text


@pytest.mark.parametrize("text", ["7 + 0*x", "relu(x - 9)", "exp(-500*(x**2 + y**2) - 900)"])
def test_a_plateau_is_flat_and_no_point(text):
    found = find_critical_points(formula(text, SQUARE))
    assert found.points == ()
    assert found.sets == ()
    assert found.flat
    assert not found.complete
    assert "plateau" in found.note


def test_a_narrow_well_in_a_plateau_is_found():
    found = find_critical_points(formula("-exp(-200*((x - 0.3)**2 + (y + 0.4)**2))", SQUARE))
    (well,) = found.points
    assert well.kind == "minimum"
    np.testing.assert_allclose(well.position, [0.3, -0.4], atol=1e-12)
    assert found.flat


@pytest.mark.parametrize(
    "text", ["abs(x) + abs(y)", "sqrt(x**2 + y**2)", "1/x + y**2", "tan(x) + y**2", "abs(x) + y**2", "abs(y) + x*y"]
)
def test_where_the_surface_is_not_smooth_nothing_is_claimed(text):
    found = find_critical_points(formula(text, SQUARE))
    assert found.points == ()
    assert not found.complete
    assert "corners" in found.note


def test_a_part_without_values_does_not_hide_the_points_elsewhere():
    found = find_critical_points(formula("log(x)**2 + y**2", SQUARE))
    np.testing.assert_allclose(positions(found), [[1, 0]], atol=1e-12)
    assert not found.complete
    assert "no value" in found.note


@pytest.mark.parametrize(
    "text",
    [
        "sin(300*x)*sin(300*y)",
        "sin(40*x*y)**2",
        "tanh(40*(x**2 + y**2 - 1))",
        "exp(x**2*y**2*30)",
        "sin(1/x)*cos(1/y)",
        "abs(sin(50*x)) + abs(cos(50*y))",
    ],
)
def test_the_work_is_bounded_for_any_formula(text):
    spent = Counter()

    def counted(name, function):
        def count(p):
            spent[name] += p[0].size
            return function(p)

        return count

    landscape = formula(text, SQUARE)
    watched = replace(
        landscape,
        gradient=counted("gradients", landscape.gradient),
        hessian=counted("Hessians", landscape.hessian),
    )
    found = find_critical_points(watched)
    assert max(spent.values()) <= 4_000_000
    assert not found.complete


def test_too_much_to_look_at_is_said():
    found = find_critical_points(formula("sin(300*x)*sin(300*y)", SQUARE))
    assert found.stopped_early
    assert not found.complete
    assert "smaller view" in found.note
