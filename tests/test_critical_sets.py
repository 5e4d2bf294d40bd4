"""What is no point is told from points: curves of them, plateaus, slopes, kinks; and the search is bounded."""

from collections import Counter
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from landscapes import find_critical_points, formula

SQUARE = ((-2.0, 2.0), (-2.0, 2.0))


def positions(found):
    return np.array([point.position for point in found.points]).reshape(-1, 2)


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


TOO_MUCH = "sin(300*x)*sin(300*y)"


@cache
def searched_and_spent(text):
    """What is found on a formula, and of how many points the derivatives were asked for."""
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
    return find_critical_points(watched), spent


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    [
        TOO_MUCH,
        "sin(40*x*y)**2",
        "tanh(4000*(x**2 + y**2 - 1))",
        "exp(x**2*y**2*30)",
        "sin(1/x)*cos(1/y)",
        "abs(sin(50*x)) + abs(cos(50*y))",
    ],
)
def test_the_work_is_bounded_for_any_formula(text):
    found, spent = searched_and_spent(text)
    assert max(spent.values()) <= 4_000_000
    assert not found.complete


def test_too_much_to_look_at_is_said():
    found, _ = searched_and_spent(TOO_MUCH)
    assert found.stopped_early
    assert not found.complete
    assert "smaller view" in found.note


RADIAL = {  # text: kinds of the circles in view, and whether the middle is critical
    "(sqrt(x^2 + y^2) - 1)^2": ({"minimum"}, None),
    "cos(3*sqrt(x^2 + y^2))": ({"minimum", "maximum"}, "maximum"),
    "sin(5*sqrt(x^2 + y^2))": ({"minimum", "maximum"}, None),
    "(sqrt(x^2 + 4*y^2) - 1)^2": ({"minimum"}, None),
    "exp(-sqrt(x^2 + y^2))*cos(4*sqrt(x^2 + y^2))": ({"minimum", "maximum"}, None),
}


@pytest.mark.parametrize("text", RADIAL)
def test_circles_of_critical_points_are_curves_with_no_point_of_them_taken_for_an_isolated_one(text):
    found, spent = searched_and_spent(text)
    kinds, middle = RADIAL[text]
    assert {curve.kind for curve in found.sets} == kinds
    assert [(point.kind, np.hypot(*point.position) < 1e-9) for point in found.points] == [(middle, True)] * bool(middle)
    assert spent["gradients"] <= 1_500_000
