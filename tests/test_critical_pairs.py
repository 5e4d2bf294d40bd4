"""Points that lie near to each other are told apart, or it is said that they are not."""

import numpy as np
import pytest
from critical_cases import SQUARE, found_in, kinds, positions, sum_of_curves

from landscapes import find_critical_points, formula

SIZES = ["1e-3", "1e-5", "1e-7", "1e-9", "1e-10", "1e-11", "1e-12", "1e-13", "1e-14"]


@pytest.mark.parametrize("a", SIZES)
def test_a_minimum_and_a_saddle_are_two_points_however_small_the_hessian_is_there(a):
    found = found_in(f"x**3 - 3*{a}*x + y**2")
    minimum, saddle = sorted(found.points, key=lambda point: point.kind)
    root = np.sqrt(float(a))
    assert (minimum.kind, saddle.kind) == ("minimum", "saddle")
    np.testing.assert_allclose(minimum.position, [root, 0], atol=1e-12)
    np.testing.assert_allclose(saddle.position, [-root, 0], atol=1e-12)
    np.testing.assert_allclose(minimum.eigenvalues, [6 * root, 2], rtol=1e-9)
    np.testing.assert_allclose(saddle.eigenvalues, [-6 * root, 2], rtol=1e-9)
    assert found.complete


@pytest.mark.parametrize("a", SIZES)
def test_a_saddle_between_two_minima_is_three_points(a):
    found = found_in(f"x**4 - 2*{a}*x**2 + y**2")
    assert kinds(found) == {"minimum": 2, "saddle": 1}
    np.testing.assert_allclose(np.sort(positions(found)[:, 0]), np.sqrt(float(a)) * np.array([-1, 0, 1]), atol=1e-12)
    assert found.complete


@pytest.mark.parametrize("a", SIZES)
@pytest.mark.parametrize(
    "text",
    [
        "(0.6*x + 0.8*y - 0.37)**3 - 3*{a}*(0.6*x + 0.8*y - 0.37) + (0.8*x - 0.6*y + 0.1)**2",
        "x**3 - 0.9*x**2 + (0.27 - 3*{a})*x + (y - 0.4)**2",  # (x - 0.3)³ written out
        "-(x - 0.3*y**2)**2 + (y - 0.2)**3 - 3*{a}*(y - 0.2)",
    ],
)
def test_turned_shifted_and_bent_pairs_are_told_apart(text, a):
    found = found_in(text.format(a=a))
    assert len(found.points) == 2
    assert sum(point.index for point in found.points) == 0
    assert found.complete


@pytest.mark.parametrize("e", ["1e-2", "1e-4", "1e-5", "1e-6", "1e-7"])
def test_the_points_of_an_umbilic_are_told_apart(e):
    elliptic = found_in(f"x**3 - 3*x*y**2 + {e}*(x**2 + y**2)")
    assert kinds(elliptic) == {"minimum": 1, "saddle": 3}
    np.testing.assert_allclose(np.sort(np.hypot(*positions(elliptic).T)), 2 / 3 * float(e) * np.array([0, 1, 1, 1]))
    hyperbolic = found_in(f"x**3 + y**3 + {e}*x*y")
    assert kinds(hyperbolic) == {"saddle": 1, "maximum": 1}
    assert elliptic.complete
    assert hyperbolic.complete


@pytest.mark.parametrize("a", SIZES)
def test_points_that_have_met_and_gone_are_gone(a):
    found = found_in(f"x**3 + 3*{a}*x + y**2")
    assert found.points == ()
    assert found.complete


def test_a_simple_point_beside_a_degenerate_one_is_another():
    for gap in ("1e-2", "1e-4", "1e-6"):
        found = found_in(f"x**4/4 - {gap}*x**3/3 + y**2")  # slope x²(x - gap)
        assert [(point.nature, point.index) for point in found.points] == [("minimum", 1), ("inflection", 0)], gap
        np.testing.assert_allclose(positions(found), [[float(gap), 0], [0, 0]], atol=1e-12)


@pytest.mark.parametrize("radius", ["1", "1e-2", "1e-3"])
def test_a_small_ring_of_minima_is_a_curve_and_no_point(radius):
    found = found_in(f"(x**2 + y**2 - {radius}**2)**2")
    assert kinds(found) == {"maximum": 1}
    (ring,) = found.sets
    assert ring.kind == "minimum"
    np.testing.assert_allclose(np.hypot(*ring.positions), float(radius), rtol=1e-6)
    assert not found.complete


def test_what_rounding_hides_is_said():
    found = found_in("x**4 - 4*x**3 + 6*x**2 - 4*x + y**2")  # (x - 1)⁴: its slope is lost within 1e-5 of 1
    (point,) = found.points
    assert (point.kind, point.nature) == ("degenerate", "minimum")
    assert not found.complete
    assert "near (1, 0) points less than 1e-05 apart are not told apart" in found.note


def test_what_is_nearer_than_the_search_resolves_is_one_point_or_none():
    near = "(0.6*x + 0.8*y - 0.37)**3 - 3e-18*(0.6*x + 0.8*y - 0.37) + (0.8*x - 0.6*y + 0.1)**2"
    found = found_in(near)  # 2e-9 apart
    assert len(found.points) <= 1
    assert all((point.kind, point.index) == ("degenerate", 0) for point in found.points)


@pytest.mark.long
@pytest.mark.parametrize("start", range(0, 80, 10))
def test_a_sum_of_two_curves_has_the_points_that_were_put_there(start):
    complete = 0
    for seed in range(start, start + 10):
        text, domain, placed = sum_of_curves(seed)
        found = find_critical_points(formula(text, domain))
        where = f"{text} on {domain}"
        if not found.complete:
            assert "not told apart" in found.note or "turns of the gradient" in found.note, where
            continue
        complete += 1
        assert len(found.points) == len(placed), where
        for point in placed:
            nearest = found.points[int(np.abs(positions(found) - point.position).max(axis=1).argmin())]
            np.testing.assert_allclose(nearest.position, point.position, atol=1e-6, err_msg=where)
            assert (nearest.index, nearest.nature) == (point.index, point.nature), where
            assert (nearest.kind != "degenerate") == point.simple, where
    assert complete >= 7


@pytest.mark.parametrize("cells", [41, 81, 161])
def test_the_division_of_the_view_changes_no_answer(cells):
    himmelblau = formula("(x**2 + y - 11)**2 + (x + y**2 - 7)**2", ((-5, 5), (-5, 5)))
    found = find_critical_points(himmelblau, cells=cells)
    assert kinds(found) == {"minimum": 4, "saddle": 4, "maximum": 1}
    assert found.complete
    with pytest.raises(ValueError, match="needs 16 to 256 cells along each axis, got 8"):
        find_critical_points(himmelblau, cells=8)


def test_what_complete_promises_is_said_with_the_width_of_a_cell():
    bowl = formula("x**2 + y**2", SQUARE)
    assert "closer together than 1.2 % of the view" in find_critical_points(bowl).note
    assert "closer together than 3.5 % of the view" in find_critical_points(bowl, cells=41).note
