"""Ways down from saddles and maxima: the words fit the kind, and every number is that of a run taken anew."""

from dataclasses import replace

import numpy as np
import pytest
from odd_landscapes import NAMES, odd, rise, searched
from sentences import after, numbers, shown

from landscapes import LANDSCAPES, find_critical_points, formula
from optimizers import leads_down
from optimizers.theory import escape
from pages.curvature_parts import escape as page
from pages.curvature_parts.view import View
from pages.shared.state.choices import first_choices


def found(name):
    return searched(name).points


def taken_anew(landscape, start, rate, steps=200):
    """Gradient descent, in a loop of its own."""
    path = [np.array(start, dtype=float)]
    with np.errstate(all="ignore"):
        for _ in range(steps):
            path.append(path[-1] - rate * landscape.gradient(path[-1]))
    gone = np.maximum.accumulate(~(np.abs(path).max(axis=1) <= 1e6))
    return np.where(gone, np.nan, np.array(path).T)


@pytest.mark.parametrize("name", NAMES)
def test_every_number_in_the_sentences_of_an_escape_is_recomputed(name):
    landscape = odd(name)
    for point in [point for point in found(name) if leads_down(landscape, point)][:5]:
        way = escape(landscape, point)
        check_prediction(landscape, point, way, page.prediction(way))
        check_runs(landscape, point, way)


def check_prediction(landscape, point, way, said):
    width = max(np.ptp(landscape.domain, axis=1))
    assert np.hypot(*way.direction) == pytest.approx(1)
    place = point.position + 0.1 * width * way.direction
    change = float(landscape.value(place) - landscape.value(point.position))
    assert page.named(point) in said
    assert shown(0.1 * width, after(said, "ε = "))
    if way.eigenvalue is None:
        assert ("shows no way down" if has_second_derivatives(landscape, point) else "no second-order model") in said
        assert change < 0
        assert shown(change, after(said, "the loss changes by "))
        return
    low, high = np.linalg.eigvalsh(landscape.hessian(point.position))
    assert low < 0
    assert ("both eigenvalues" in said) == (point.kind == "maximum")
    assert shown(low, after(said, "both eigenvalues, " if point.kind == "maximum" else "the smaller eigenvalue is "))
    if point.kind == "maximum":
        assert high < 0
        assert shown(high, after(said, "both eigenvalues, ", 2)[1])
    np.testing.assert_allclose(landscape.hessian(point.position) @ way.direction, low * way.direction, atol=1e-7 * -low)
    assert shown(low * (0.1 * width) ** 2 / 2, after(said, "a change of the loss by "))
    assert shown(change, after(said, "the true change is "))


def has_second_derivatives(landscape, point):
    angles = np.linspace(0, 2 * np.pi, 16, endpoint=False) + 0.1
    around = landscape.hessian(point.position[:, None] + 1e-9 * np.array([np.cos(angles), np.sin(angles)]))
    return np.ptp(around, axis=-1).max() < 1e-3


def check_runs(landscape, point, way):
    width = max(np.ptp(landscape.domain, axis=1))
    beside = taken_anew(landscape, point.position + 1e-3 * width * way.direction, way.rate)
    distance = np.hypot(*(beside - point.position[:, None]))
    np.testing.assert_allclose(way.distances[:, 0][:20], distance[:20], rtol=1e-6)
    said = page.departure(way)
    assert shown(1e-3 * width, numbers(said)[0])
    far = np.flatnonzero(distance >= 2e-3 * width)
    if far.size:
        assert after(said, "twice as far away after ") == far[0]
    else:
        assert "in none of its 200 steps" in said
    assert ("How long that takes does not follow from the Hessian" in said) == (way.eigenvalue is None)
    if way.eigenvalue is not None:
        growth, steps = after(said, "with η|λ| = ", 2)
        assert shown(way.rate * abs(way.eigenvalue), growth)
        assert shown(np.log(2) / np.log1p(way.rate * abs(way.eigenvalue)), steps)
    check_staying(landscape, point, way)


def check_staying(landscape, point, way):
    alone = taken_anew(landscape, point.position, way.rate)
    away = np.hypot(*(alone - point.position[:, None]))
    width, said = max(np.ptp(landscape.domain, axis=1)), page.staying(way)
    if "leaves too" in said:
        step = int(after(said, "at step "))
        assert not away[step] <= 1e-3 * width
        assert away[step - 1] <= 1e-3 * width
    elif "stays within" in said:
        assert 0 < away.max() <= 1e-3 * width
        assert shown(float(away.max()), after(said, "stays within "))
    else:
        assert away.max() == 0


@pytest.mark.parametrize("name", NAMES)
def test_what_leads_down_is_lower_near_by_and_what_does_not_is_not(name):
    landscape = odd(name)
    for point in found(name):
        turns = np.linspace(0, 2 * np.pi, 720, endpoint=False)
        width = max(np.ptp(landscape.domain, axis=1))
        # nearer too, where another critical point is close by
        reaches = [0.1] if point.kind == "degenerate" else [1e-4, 1e-6]
        ring = width * np.array([np.cos(turns), np.sin(turns)])
        lowest = [np.nanmin(rise(landscape, point.position, reach * ring)) for reach in reaches]
        if np.isfinite(point.eigenvalues).all():
            assert leads_down(landscape, point) in [low < 0 for low in lowest]


@pytest.mark.parametrize(
    ("text", "point", "doubles"),
    [
        ("x**2 - y**2", (0, 0), True),
        ("cos(x) + cos(y)", (0, 0), True),
        ("x**4 - y**2", (0, 0), True),
        ("-(x - 0.1)**4 + (y - 0.4)**2", (0.1, 0.4), False),
        ("x**3 - 3*x*y**2", (0, 0), False),
    ],
)
def test_a_time_is_told_where_the_hessian_tells_one(text, point, doubles):
    landscape = formula(text)
    (critical,) = [p for p in find_critical_points(landscape).points if np.allclose(p.position, point, atol=1e-3)]
    way = escape(landscape, critical)
    assert (way.doubling is not None) == doubles
    if doubles:
        assert way.doubling == pytest.approx(np.log(2) / np.log(1.2), rel=0.02)
        assert abs(way.doubled() - way.doubling) <= 1
    else:
        assert "e33" not in page.departure(way)


def test_maxima_are_called_maxima_and_round_ones_have_no_steepest_way():
    landscape = formula("cos(x) + cos(y)")
    (top,) = find_critical_points(landscape).points
    said = page.prediction(escape(landscape, top))
    assert "At the maximum at (0, 0) both eigenvalues, −1 and −1, are negative" in said
    assert "all equally steeply" in said
    assert "saddle" not in said


def test_nothing_leads_down_from_a_minimum():
    landscape = LANDSCAPES["himmelblau"]()
    minimum = find_critical_points(landscape).points[0]
    assert not leads_down(landscape, minimum)
    with pytest.raises(ValueError, match="nothing leads down from the minimum"):
        escape(landscape, minimum)


def at(landscape, point):
    return View(replace(first_choices(), point=point), landscape, find_critical_points(landscape), None)


@pytest.mark.parametrize(
    ("name", "point", "kind", "words"),
    [
        ("peaks", (-0.01, 1.58), "maximum", None),
        (
            "himmelblau",
            (3.0, 2.0),
            "saddle",
            "From the minimum at (3.00, 2.00) no way down was found; shown is the saddle",
        ),
        (
            "himmelblau",
            (5.0, 5.0),
            "saddle",
            "At (5.00, 5.00) no isolated critical point was found; shown is the saddle",
        ),
        ("himmelblau", (-0.27, -0.92), "maximum", None),
        ("himmelblau", None, "saddle", None),
    ],
)
def test_the_chosen_point_is_shown_or_it_is_said_which_one_is(name, point, kind, words):
    view = at(LANDSCAPES[name](), point)
    critical = page.chosen(view)
    assert critical.kind == kind
    said = page.instead(view, critical)
    assert (said == []) == (words is None)
    assert words is None or said[0].startswith(words)


def test_a_bowl_has_nothing_to_escape_from():
    assert page.chosen(at(LANDSCAPES["quadratic_bowl"](), None)) is None
