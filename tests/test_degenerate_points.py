"""The index of a point, the degenerate ones, and small slopes that are no points."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import brentq

from landscapes import find_critical_points, formula, local_shape
from landscapes.critical import search as searching
from landscapes.critical.grid import Grid, look
from landscapes.critical.newton import Zeros
from landscapes.critical.view import View
from landscapes.critical.winding import cell_indices, indices_of
from optimizers import OPTIMIZERS, descend, verdict

LISTED = json.loads((Path(__file__).parent / "data" / "critical_points.json").read_text())["landscapes"]
SQUARE = ((-2.0, 2.0), (-2.0, 2.0))
EASOM = "-cos(x)*cos(y)*exp(-(x - pi)**2 - (y - pi)**2)"
HIMMELBLAU = "(x**2 + y - 11)**2 + (x + y**2 - 7)**2"


def positions(found):
    return np.array([point.position for point in found.points]).reshape(-1, 2)


def roots(slope, interval, samples=20_010):
    """Zeros of a function of one variable between its changes of sign, and whether it rises there."""
    grid = np.linspace(*interval, samples)
    signs = np.sign(slope(grid))
    changes = np.flatnonzero(signs[:-1] * signs[1:] < 0)
    return [(brentq(slope, grid[i], grid[i + 1], xtol=1e-14), signs[i] < 0) for i in changes]


@pytest.mark.parametrize(
    ("text", "index"),
    [("x**2 + y**2", 1), ("-x**2 - y**2", 1), ("x*y", -1), ("x**3 - 3*x*y**2", -2), ("x**2 + y**3", 0)],
)
def test_the_gradient_turns_as_often_as_the_kind_of_point_says(text, index):
    view = View.of(formula(text), SQUARE)
    assert indices_of(view, np.zeros((2, 1)), np.array([0.3])) == [index]
    grid = Grid.of(127)
    with np.errstate(all="ignore"):
        turns = cell_indices(view, grid.nodes(), look(view, grid).gradient)
    assert turns.sum() == index
    assert turns[grid.cells_of(np.zeros((2, 1)))] == [index]


def test_a_point_that_newton_misses_is_found_by_its_index_and_else_flagged(monkeypatch):
    def forgetful(view, *args, **options):
        found = zeros(view, *args, **options)
        lost = np.hypot(*(view.position(found.regular) - np.array([[3.0], [2.0]]))) < 0.1
        return Zeros(found.regular[:, ~lost], found.degenerate, found.unresolved)

    def blind(view, places, width):
        found = enclosed(view, places, width)
        return found[:, np.hypot(*(view.position(found) - np.array([[3.0], [2.0]]))) >= 0.1]

    zeros, enclosed = searching.zeros, searching.enclosed
    landscape = formula(HIMMELBLAU, ((-5, 5), (-5, 5)))
    assert find_critical_points(landscape).complete
    monkeypatch.setattr(searching, "zeros", forgetful)
    assert find_critical_points(landscape).complete  # by quartering
    monkeypatch.setattr(searching, "enclosed", blind)
    found = find_critical_points(landscape)
    assert len(found.points) == 8
    assert not found.complete
    assert "turns of the gradient" in found.note


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
    assert found.complete is (point.index == 1)  # its turn around the y axis happens within 1e-23: undecided is honest


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
    ("text", "kind"),
    [
        ("max(x^2, y^2)", "degenerate"),
        ("|x*y|", "degenerate"),
        ("|x^2 - y^2|", "degenerate"),
        ("3*|x*y| - 2*x*y", "degenerate"),
        ("|x|*y + x^2 + y^2", "minimum"),
        ("max(x, y)^2 + (x + y)^2", "minimum"),
    ],
)
def test_hessians_with_the_same_eigenvalues_along_other_axes_are_none(text, kind):
    """Of all these f(t·u) is t² times a number for each direction u, which is no quadratic form in u."""
    landscape = formula(text)
    (point,) = find_critical_points(landscape).points
    np.testing.assert_allclose(point.position, 0.0, atol=1e-9)
    assert np.isnan(point.eigenvalues).all()
    assert (point.kind, point.nature) in ((kind, None), (kind, "minimum"))


@pytest.mark.parametrize(
    ("text", "eigenvalues"),
    [
        ("max(x^2 + y^2, 2*x*y)", (2.0, 2.0)),
        ("max(x^2, 2*x^2) + y^2", (2.0, 4.0)),
        ("max(x^2, -y^2) + y^2", (2.0, 2.0)),
    ],
)
def test_the_shape_of_a_place_where_pieces_meet_has_the_hessian_that_is_all_around_it(text, eigenvalues):
    landscape = formula(text)
    (point,) = find_critical_points(landscape).points
    for found in (None, point):
        shape = local_shape(landscape, np.zeros(2), found)
        np.testing.assert_allclose(shape.eigenvalues, eigenvalues)
        np.testing.assert_allclose(np.linalg.eigvalsh(shape.hessian), eigenvalues)
        assert shape.status == "minimum"


def test_where_pieces_of_a_formula_meet_in_one_hessian_it_is_that_one():
    bowl, optimizer = formula("max(x^2 + y^2, 2*x*y)"), OPTIMIZERS["gradient_descent"](learning_rate=0.1)
    (point,) = find_critical_points(bowl).points
    np.testing.assert_allclose(point.eigenvalues, 2.0)
    found = verdict(bowl, optimizer, descend(bowl, optimizer, (0.7, -0.4), 300))
    assert found.sentence == "Reached the minimum at (0, 0) after 24 steps."
