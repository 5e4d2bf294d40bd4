"""The second-order model: exact where it should be, and wrong by the power that theory says."""

import numpy as np
import pytest

from figures.local import add_axes, remainder_order
from figures.maps import map_layout
from landscapes import LANDSCAPES, formula, remainder
from landscapes.curvature import taylor

P = np.array([0.3, -0.4])


@pytest.mark.parametrize("name", LANDSCAPES)
def test_the_model_agrees_with_value_gradient_and_hessian_at_its_point(name):
    landscape = LANDSCAPES[name]()
    point = np.array(landscape.start)
    model = taylor(landscape, point)
    np.testing.assert_array_equal(model.value(point), landscape.value(point))
    np.testing.assert_array_equal(model.gradient(point), landscape.gradient(point))
    np.testing.assert_array_equal(model.hessian(point), landscape.hessian(point))


def test_the_model_of_rosenbrock_at_1_2_is_the_hand_calculated_one():
    landscape, point, step = LANDSCAPES["rosenbrock"](), np.array([1.0, 2.0]), np.array([0.01, -0.02])
    assert taylor(landscape, point).value(point + step) == pytest.approx(92.1401, abs=1e-12)
    errors = [float(landscape.value(point + d) - taylor(landscape, point).value(point + d)) for d in (step, step / 2)]
    np.testing.assert_allclose(errors, [0.000800999999996, 0.000100062500039], atol=1e-12)


def test_down_the_negative_eigenvector_of_the_worked_example():
    landscape, origin = LANDSCAPES["two_weight_network"](), np.zeros(2)
    step = 0.1 * np.ones(2) / np.sqrt(2)
    assert float(landscape.value(step)) == pytest.approx(0.990025, abs=1e-12)
    assert float(taylor(landscape, origin).value(step)) == pytest.approx(0.99, abs=1e-12)


def test_a_model_has_the_shapes_of_a_landscape():
    model = taylor(LANDSCAPES["himmelblau"](), P)
    for shape in ((2,), (2, 5), (2, 3, 4)):
        p = np.random.default_rng(0).normal(size=shape)
        assert model.value(p).shape == shape[1:]
        assert model.gradient(p).shape == shape
        assert model.hessian(p).shape == (2, *shape)


def test_the_remainder_of_a_cubic_falls_by_eight_when_the_radius_is_halved():
    cubic = formula("x**3 + y**2")
    far, near = remainder(cubic, P, np.array([0.2, 0.1]))
    assert far / near == pytest.approx(8.0, rel=1e-9)


@pytest.mark.parametrize(
    ("text", "point", "order"),
    [
        ("x**2 + 3*x*y", P, None),
        ("x**3 + y**2", P, 3),
        ("(1 - x*y)**2", np.zeros(2), 4),
        ("(1 - x*y)**2", P, 3),
        ("x**6 + y**2", np.zeros(2), 6),
        ("exp(x) + sin(y)", P, 3),
    ],
)
def test_the_order_of_the_remainder_is_read_off_rightly(text, point, order):
    assert remainder_order(formula(text), point, 0.3) == order


def test_no_model_where_there_are_no_derivatives():
    with pytest.raises(ValueError, match="finite derivatives"):
        taylor(formula("1/x"), np.zeros(2))


def test_the_axes_have_the_lengths_of_the_level_curve():
    import plotly.graph_objects as go

    bowl = LANDSCAPES["quadratic_bowl"](kappa=25)
    figure = go.Figure(layout=map_layout(bowl.domain))
    add_axes(figure, np.zeros(2), *np.linalg.eigh(bowl.hessian(np.zeros(2))), 1.0)
    lengths = [float(np.hypot(np.ptp(trace.x), np.ptp(trace.y))) for trace in figure.data]
    assert lengths == pytest.approx([2.0, 2.0 / 5.0])
