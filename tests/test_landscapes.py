"""What holds for every landscape of the registry: a new entry is tested by being listed."""

import inspect
import re

import numpy as np
import pytest
from landscape_face import SHAPES, assert_point_is_left_alone, assert_shapes_follow_the_point, assert_together_is_alone
from scipy.optimize import rosen, rosen_der, rosen_hess

from landscapes import FAMILIES, LANDSCAPES, formula, knobs, name_in_latex, shown

EVERY = {key: factory() for key, factory in LANDSCAPES.items()}
every_landscape = pytest.mark.parametrize("landscape", EVERY.values(), ids=EVERY)
every_key = pytest.mark.parametrize("key", LANDSCAPES)
STENCIL = np.array([[-2, 1], [-1, -8], [1, 8], [2, -1]]) / [1, 12]  # fourth-order central difference


def random_points(landscape, count=40):
    low, high = np.array(landscape.domain).T
    return np.random.default_rng(1).uniform(low[:, None], high[:, None], (2, count))


def mesh(landscape, resolution=101):
    (x0, x1), (y0, y1) = landscape.domain
    return np.stack(np.meshgrid(np.linspace(x0, x1, resolution), np.linspace(y0, y1, resolution)))


def difference_quotients(function, p, h=2e-4):
    """d function/d coordinate along a new axis 0, with an error of order h⁴."""
    return np.stack(
        [sum(w * function(p + k * h * unit[:, None]) for k, w in STENCIL) / h for unit in np.eye(2)],
    )


def close(got, expected):
    np.testing.assert_allclose(got, expected, rtol=1e-6, atol=1e-8 * np.abs(expected).max() + 1e-9)


@every_landscape
def test_gradient_is_the_derivative_of_value(landscape):
    p = random_points(landscape)
    close(landscape.gradient(p), difference_quotients(landscape.value, p))


@every_landscape
def test_hessian_is_the_derivative_of_the_gradient(landscape):
    p = random_points(landscape)
    hessian = landscape.hessian(p)
    close(hessian, difference_quotients(landscape.gradient, p))
    np.testing.assert_array_equal(hessian[0, 1], hessian[1, 0])


@every_landscape
@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_follow_the_point(landscape, shape):
    assert_shapes_follow_the_point(landscape, shape)


@every_landscape
def test_many_points_together_are_each_point_alone_bit_for_bit(landscape):
    assert_together_is_alone(landscape, random_points(landscape, 37))


@every_landscape
def test_the_point_is_left_as_it_was_and_the_answer_is_new(landscape):
    assert_point_is_left_alone(landscape, random_points(landscape, 5))


@every_landscape
def test_nothing_is_missing_on_the_domains_mesh(landscape):
    p = mesh(landscape)
    for function in (landscape.value, landscape.gradient, landscape.hessian):
        assert np.isfinite(function(p)).all()


@every_key
def test_every_knob_can_be_turned_to_both_ends(key):
    for name, knob in knobs(LANDSCAPES[key]).items():
        for number in (knob.low, knob.high):
            landscape = LANDSCAPES[key](**{name: number})
            assert landscape.parameters[name] == number
            assert np.isfinite(landscape.hessian(mesh(landscape, 41))).all()


@every_key
def test_every_landscape_says_what_it_is_where_it_is_from_and_where_to_look(key):
    landscape = EVERY[key]
    assert landscape.about.endswith(".")
    assert len(landscape.source) > 20
    assert any(digit in landscape.source for digit in "0123456789") or "MATLAB" in landscape.source
    assert landscape.latex
    (x0, x1), (y0, y1) = landscape.domain
    x, y = landscape.start
    assert x0 < x < x1
    assert y0 < y < y1
    assert np.hypot(*landscape.gradient(np.array(landscape.start))) > 1e-4, "a start at which nothing would move"


def test_there_are_thirty_landscapes_in_four_families_and_no_name_is_used_twice():
    assert list(FAMILIES) == ["Basics", "Classics", "Many minima", "From deep learning"]
    assert [key for keys in FAMILIES.values() for key in keys] == list(LANDSCAPES)
    assert len(LANDSCAPES) >= 30
    assert len({landscape.name for landscape in EVERY.values()}) == len(LANDSCAPES)


def test_only_ackley_is_not_smooth_and_only_the_parabola_is_a_curve():
    assert [key for key, landscape in EVERY.items() if not landscape.smooth] == ["ackley"]
    assert [key for key, landscape in EVERY.items() if landscape.curve] == ["parabola"]


def test_rosenbrock_is_scipys():
    p = random_points(EVERY["rosenbrock"])
    np.testing.assert_allclose(EVERY["rosenbrock"].value(p), rosen(p), rtol=1e-13)
    for i in range(p.shape[1]):
        np.testing.assert_allclose(EVERY["rosenbrock"].gradient(p[:, i]), rosen_der(p[:, i]), rtol=1e-11, atol=1e-11)
        np.testing.assert_allclose(EVERY["rosenbrock"].hessian(p[:, i]), rosen_hess(p[:, i]), rtol=1e-13)


def test_integer_points_are_points():
    np.testing.assert_array_equal(EVERY["himmelblau"].gradient(np.array([3, 2])), [0.0, 0.0])


def test_without_noise_every_step_sees_the_landscape_itself():
    assert EVERY["beale"].at(7) is EVERY["beale"]


@every_key
def test_a_landscape_can_be_typed_as_it_is_stated(key):
    source = inspect.getclosurevars(LANDSCAPES[key]).nonlocals["formula"]
    landscape = EVERY[key]
    typed = formula(source, landscape.domain, landscape.start, landscape.parameters)
    p = random_points(landscape)
    np.testing.assert_array_equal(typed.gradient(p), landscape.gradient(p))
    assert typed.smooth == landscape.smooth


def test_a_parameter_outside_its_range_or_unknown_is_refused_by_name():
    with pytest.raises(ValueError, match="Rosenbrock needs b > 0, got -1"):
        LANDSCAPES["rosenbrock"](b=-1)
    with pytest.raises(ValueError, match="Quadratic bowl needs kappa to be a finite number, got nan"):
        LANDSCAPES["quadratic_bowl"](kappa=np.nan)
    with pytest.raises(TypeError, match="Himmelblau has no parameter b, its parameters are: none"):
        LANDSCAPES["himmelblau"](b=1)


@every_landscape
def test_the_formula_and_the_sentence_call_the_coordinates_as_the_axes_do(landscape):
    letters = set(re.findall(r"(?<![\\A-Za-z])([xywuv](?:_\{?\d+\}?)?)(?![A-Za-z])", landscape.latex))
    assert letters
    assert letters <= {name_in_latex(axis) for axis in landscape.axes}
    numbered = set(re.findall(r"[A-Za-z][₀-₉]+", landscape.about))
    assert numbered <= {shown(axis) for axis in landscape.axes}
