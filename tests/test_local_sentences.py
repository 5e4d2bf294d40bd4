"""Every number and every claim of the local model's sentences, recomputed at ordinary points and at odd ones."""

import re
from functools import cache

import numpy as np
import plotly.graph_objects as go
import pytest
from odd_landscapes import NAMES, odd, rise, searched
from sentences import after, numbers, shown

from figures import IN_LETTERS, add_axes
from landscapes import LANDSCAPES, find_critical_points, formula, local_shape
from pages.curvature_parts import model
from pages.curvature_parts.view import NEAR, SAME, View
from pages.shared.state.choices import first_choices

RING = np.array([[np.cos(turn), np.sin(turn)] for turn in np.arange(16) * np.pi / 8 + 0.05]).T


@cache
def view(name):
    return View(first_choices(), odd(name), searched(name), None)


def places(name):
    """The start, what was found and what was nearly typed, points of curves, and some by chance."""
    seen = view(name)
    low, high = np.array(seen.landscape.domain).T
    by_chance = low + (high - low) * np.random.default_rng(3).uniform(size=(3, 2))
    found = [point.position for point in seen.found.points[:6]]
    typed = [np.array([float(f"{c:.2f}") + 0.01 for c in place]) for place in found[:3]]
    curves = [seen.on_curve(curve.positions[:, 5])[1] for curve in seen.found.sets]
    return [np.array(seen.landscape.start), *by_chance, *found, *typed, *curves, np.zeros(2)]


@pytest.mark.parametrize("name", NAMES)
def test_what_gradient_and_eigenvalues_decide_is_true(name):
    seen = view(name)
    for place in places(name):
        critical = seen.critical(place, within=SAME)
        point = critical.position if critical is not None else place
        shape = local_shape(seen.landscape, point, critical)
        if shape.status in model.NO_MODEL:
            check_without(seen.landscape, shape, point, critical)
            continue
        said = model.lesson(shape, seen.beside(point))
        assert ("Not a critical point" in said) == (shape.status == "slope")
        if shape.status == "slope":
            check_slope(seen, said, point)
        elif shape.status != "plateau":
            check_bends(seen.landscape, shape, said, point)
        else:
            around = point[:, None] + 0.002 * np.ptp(seen.landscape.domain, axis=1)[:, None] * RING
            assert (seen.landscape.value(around) == seen.landscape.value(point)).all()


def check_slope(seen, said, point):
    """The gradient's length and direction, the eigenvalues, and what is critical beside the point."""
    g = seen.landscape.gradient(point)
    length = float(np.hypot(*g))
    assert length > 0
    assert shown(length, after(said, "has length "))
    assert after(said, "has length ") > 0
    assert all(shown(-c / length, seen_c) for c, seen_c in zip(g, after(said, "falls along ", 2), strict=True))
    values = np.linalg.eigvalsh(seen.landscape.hessian(point))
    for value, given in zip(values, after(said, "The eigenvalues, ", 2), strict=True):
        assert shown(value, given) or (given == 0 and abs(value) <= 1e-9 * np.abs(values).max())
    apart = [float(np.hypot(*(other.position - point))) for other in seen.found.points]
    nearest = min(apart, default=np.inf)
    if nearest <= NEAR * seen.width:
        assert shown(nearest, after(said, "Near by, "))
        other = seen.found.points[apart.index(nearest)]
        assert f"the {other.name} at" in said
    elif "Near by" in said:
        away, x, y = after(said, "Near by, ", 3)
        assert away <= 2 * NEAR * seen.width
        assert np.hypot(x - point[0], y - point[1]) == pytest.approx(away, abs=0.02 * seen.width)
        assert "a point of a curve of" in said


def check_bends(landscape, shape, said, point):
    """The eigenvalues, and whether the loss around the point does what is said of it."""
    given = numbers(said)
    for value in shape.eigenvalues if shape.status not in ("curve", "degenerate") else []:
        assert any(shown(value, number) for number in given)
    width = np.ptp(landscape.domain, axis=1)[:, None]
    small = 1e-4 if shape.status in ("minimum", "saddle", "maximum") else 1e-3

    around = rise(landscape, point, small * width * RING)
    along, opposite = (rise(landscape, point, side * small * width * shape.eigenvectors) for side in (1, -1))
    near = 1e-6  # where another critical point is close by
    if shape.status == "minimum":
        assert "this is a minimum" in said
        assert (around > 0).all() or (rise(landscape, point, near * width * RING) > 0).all()
    if shape.status == "maximum":
        assert "this is a maximum" in said
        assert (around < 0).all() or (rise(landscape, point, near * width * RING) < 0).all()
    if shape.status == "saddle":
        closer = rise(landscape, point, near * width * shape.eigenvectors)
        assert "a saddle" in said
        assert along[0] < 0 < along[1] or closer[0] < 0 < closer[1]
    if shape.status == "curve":
        lowest = -1e-9 * np.abs(around).max()
        assert ("a minimum, but not a strict one" in said) == (shape.across == 1)
        assert ("a maximum, but not a strict one" in said) == (shape.across == -1)
        assert (shape.across * around >= lowest).all() or shape.across == 0
    if shape.status == "degenerate":
        check_nature(shape, said, np.concatenate([around, along, opposite]))  # a wedge may be thin
        bends = np.linalg.eigvalsh(landscape.hessian(point))
        scale = np.abs(landscape.hessian(point[:, None] + 0.005 * width * RING)).max()
        assert np.abs(bends).min() <= 1e-5 * scale


def check_nature(shape, said, around):
    """What the loss around a degenerate point makes of it."""
    higher, lower = (around > 0).any(), (around < 0).any()
    expected = {
        None: ("undecided here", None),
        "minimum": ("a degenerate minimum", (True, False)),
        "maximum": ("a degenerate maximum", (False, True)),
        "saddle": ("a degenerate saddle", (True, True)),
        "inflection": ("an inflection", (True, True)),
    }
    words, sides = expected[shape.nature]
    assert words in said
    assert sides in (None, (higher, lower))


def check_without(landscape, shape, point, critical):
    """Where there is no model, it is the derivative named that is missing."""
    said = model.without_model(shape, point, critical is not None)
    near, far = (1e-7 * np.ptp(landscape.domain, axis=1)[:, None] * r * RING + point[:, None] for r in (1, 10))
    if shape.status == "undefined":
        assert "no finite derivatives" in said
        derivatives = (landscape.value(point), landscape.gradient(point), landscape.hessian(point))
        assert not all(np.isfinite(part).all() for part in derivatives)
        return
    part = landscape.gradient if shape.status == "corner" else landscape.hessian
    assert ("The gradient does not exist" in said) == (shape.status == "corner")
    spreads = [np.ptp(part(ring).reshape(-1, 16), axis=1).max() for ring in (near, far)]
    assert spreads[0] > 0.9 * spreads[1]
    if shape.status == "rough" and "is zero" in said:
        assert critical is not None or not landscape.gradient(point).any()
    elif shape.status == "rough":
        assert shown(float(np.hypot(*landscape.gradient(point))), after(said, "has length "))


@pytest.mark.parametrize("name", NAMES)
def test_the_error_of_the_model_is_what_is_said(name):
    seen = view(name)
    for place in places(name)[:6]:
        if local_shape(seen.landscape, place).status in model.NO_MODEL:
            continue
        for radius in (0.01 * seen.width, 0.1 * seen.width):
            check_error(seen.landscape, place, float(f"{radius:.3g}"))


def check_error(landscape, point, radius):
    said = model.trust(landscape, point, radius)
    far, near = worst(landscape, point, radius), worst(landscape, point, radius / 10)
    if "not defined" in said:
        assert not np.isfinite([far, near]).all()
        return
    size = abs(float(landscape.value(point))) + np.abs(landscape.value(point[:, None] + radius * RING)).max()
    little = 1e-12 * (size + float(np.abs(landscape.gradient(point) * point).sum()))
    if "no error beyond rounding" in said:
        assert max(near, far) <= little
        return
    assert ("small distances" in said) == landscape.smooth
    first, second = said.split(" at a tenth of that distance, ")
    assert shown(radius, after(first, "at the distance "))
    assert shown(radius / 10, numbers(second)[0])
    for error, text in ((far, first.split(" is ")[1]), (near, second.split(", ", 1)[1])):
        if text.startswith("rounding"):
            assert error <= little
        else:
            assert shown(error, numbers(text)[0]) or (error <= 10 * little and shown(error, numbers(text)[0], 1))
    if "of it" in said:
        assert far / near == pytest.approx(after(said, "1/"), rel=6e-3, abs=0.51)


def worst(landscape, point, radius):
    """The largest error of the second-order model in 64 directions."""
    turns = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    places = point[:, None] + radius * np.array([np.cos(turns), np.sin(turns)])
    d, g, h = places - point[:, None], landscape.gradient(point), landscape.hessian(point)
    second = landscape.value(point) + g @ d + np.einsum("in,ij,jn->n", d, h, d) / 2
    return float(np.abs(landscape.value(places) - second).max())


def test_the_case_from_the_lecture_one_of_a_curve_of_minima():
    landscape = LANDSCAPES["two_weight_network"]()
    said = model.lesson(local_shape(landscape, np.ones(2)), None)
    assert said == (
        "A critical point: the gradient is zero. It is one of a curve of critical points: along the curve, (0.707, "
        "−0.707), the eigenvalue is 0 and the loss stays the same; across it, along (0.707, 0.707), the eigenvalue is "
        "4 and the loss rises: a minimum, but not a strict one."
    )


def test_a_point_typed_to_three_digits_says_how_far_the_critical_one_is():
    landscape = LANDSCAPES["himmelblau"]()
    seen = View(first_choices(), landscape, find_critical_points(landscape), None)
    typed = np.array([3.58, -1.85])
    said = model.lesson(local_shape(landscape, typed), seen.beside(typed))
    assert "Not a critical point: the gradient has length 0.484" in said
    assert "Near by, 0.00481 away, is the minimum at (3.58, −1.85)." in said


def test_a_tiny_gradient_is_given_in_three_digits():
    landscape = LANDSCAPES["easom"]()
    said = model.lesson(local_shape(landscape, np.array([-9.0, -9.0])), None)
    assert "Not a critical point: the gradient has length 2.52e−127, so" in said


def test_a_plateau_is_told_as_one():
    said = model.lesson(local_shape(formula("relu(x)"), np.array([-1.0, 1.0])), None)
    assert "a plateau" in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x**4 + y**4", "a degenerate minimum"),
        ("-x**4 - y**2", "a degenerate maximum"),
        ("x**2 - y**4", "a degenerate saddle"),
        ("x**3 - 3*x*y**2", "a degenerate saddle"),
        ("x**3 + y**2", "an inflection"),
    ],
)
def test_a_degenerate_point_is_named_by_the_loss_round_it(text, words):
    landscape = formula(text)
    (point,) = find_critical_points(landscape).points
    assert words in model.lesson(local_shape(landscape, point.position, point), None)


def test_each_eigenvalue_is_written_in_the_colour_of_its_axis():
    landscape = LANDSCAPES["saddle"]()
    shape = local_shape(landscape, np.zeros(2))
    chart = go.Figure()
    add_axes(chart, np.zeros(2), shape.eigenvalues, shape.eigenvectors, 1.0)
    written = re.findall(r"\\textcolor{(#\w+)}{(\S+?)}", model.formulas(np.zeros(2), shape))
    drawn = [(IN_LETTERS[line.line.color], line.name.split(" = ")[1].replace("−", "-")) for line in chart.data[-2:]]
    assert written == drawn
    assert len({colour for colour, _ in drawn}) == 2
