"""What a landscape is like at one point: critical to rounding or not, of which kind, one of a curve or of a plateau."""

import numpy as np
import pytest

from landscapes import LANDSCAPES, find_critical_points, formula, local_shape, onto_zero

TWO_WEIGHTS = LANDSCAPES["two_weight_network"]()
TIED = LANDSCAPES["tied_layers"]()
CIRCLE = formula("(x**2 + y**2 - 1)**2")


@pytest.mark.parametrize(
    ("landscape", "point", "status", "across"),
    [
        (TWO_WEIGHTS, (1, 1), "curve", 1),
        (TWO_WEIGHTS, (0.3, 1 / 0.3), "curve", 1),
        (TWO_WEIGHTS, (-0.37, -1 / 0.37), "curve", 1),
        (TWO_WEIGHTS, (1, 1.001), "slope", 0),
        (TWO_WEIGHTS, (1, 1 + 1e-12), "slope", 0),
        (TWO_WEIGHTS, (0, 0), "saddle", 0),
        (LANDSCAPES["trough"](), (0.7, -0.35), "curve", 1),
        (TIED, (0, 1), "curve", -1),
        (TIED, (0, -1), "curve", 1),
        (TIED, (0, 0), "curve", 0),
        (CIRCLE, (0.6, 0.8), "curve", 1),
        (CIRCLE, (0.601, 0.8), "slope", 0),
        (CIRCLE, (0, 0), "maximum", 0),
        (formula("(x + y)**4"), (1, -1), "curve", 1),
        (formula("-(x + 0.3*y)**4"), (0.3, -1), "curve", -1),
        (formula("x**3"), (0, 1), "curve", 0),
        (formula("sin(x)"), (np.pi / 2, 1), "curve", -1),
        (formula("sin(x)"), (1.571, 1), "slope", 0),
        (formula("x**2*y**2"), (0, 0), "curve", 1),
        (formula("x**2*y**2"), (9, 0), "curve", 1),  # beyond the view
        (formula("7"), (1, 1), "plateau", 0),
        (formula("relu(x)"), (-1, 1), "plateau", 0),
        (formula("tanh(500*x)"), (1.9, 0), "plateau", 0),
        (LANDSCAPES["easom"](), (-9, -9), "slope", 0),  # 1e-120 is not zero
        (formula("x**4 + y**4"), (0, 0), "degenerate", 0),
        (LANDSCAPES["monkey_saddle"](), (0, 0), "degenerate", 0),
        (formula("-(x - 0.1)**4 + (y - 0.4)**2"), (0.1, 0.4), "degenerate", 0),
        (formula("-(x - 0.1)**4 + (y - 0.4)**2"), (0.1001, 0.4), "slope", 0),
        (formula("1e8 + x**2 + y**2"), (0, 0), "minimum", 0),
        (formula("1e8 + x**2 + y**2"), (1e-8, 0), "slope", 0),
        (formula("1e-9*x**2 + y**2"), (0, 0), "minimum", 0),
        (formula("10^10*x**2 - y**2"), (0, 0), "saddle", 0),
        (formula("sqrt(x**2 + y**2)"), (0, 0), "corner", 0),
        (formula("sqrt(x**2 + y**2)"), (1e-3, 0), "slope", 0),
        (formula("abs(x) + y**2"), (0, 1), "corner", 0),
        (formula("abs(x)**0.5 + y**2"), (0, 0), "corner", 0),
        (formula("relu(x)"), (0, 1), "corner", 0),
        (formula("((x - 0.123)**2 + y**2)**0.75"), (0.123, 0), "rough", 0),
        (formula("abs(x)**1.5 + y**2"), (0, 0.2), "rough", 0),
        (formula("x*abs(x) + y**2"), (0, 0), "rough", 0),
        (formula("abs(x)**3 + y**2"), (0, 0), "degenerate", 0),
        (formula("log(x)"), (-1, 1), "undefined", 0),
        (formula("1/x"), (0, 1), "undefined", 0),
    ],
)
def test_what_a_point_is(landscape, point, status, across):
    found = local_shape(landscape, np.array(point, dtype=float))
    assert (found.status, found.across) == (status, across)
    assert found.critical == (status not in ("slope", "corner", "rough", "undefined"))


@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_point_that_was_found_is_critical_with_and_without_the_search(name):
    landscape = LANDSCAPES[name]()
    found = find_critical_points(landscape)
    for point in found.points:
        alone, told = (local_shape(landscape, point.position, known) for known in (None, point))
        assert told.critical
        assert told.status == alone.status == point.kind or point.kind == "degenerate"


@pytest.mark.parametrize("name", ["two_weight_network", "tied_layers", "trough", "l_shaped_valley", "parabola"])
def test_what_lies_beside_a_curve_of_critical_points_comes_onto_it(name):
    landscape = LANDSCAPES[name]()
    rng = np.random.default_rng(0)
    for curve in find_critical_points(landscape).sets:
        width = np.ptp(landscape.domain, axis=1)[:, None]
        beside = curve.positions[:, 3:-3] + 0.003 * width * rng.uniform(-1, 1, curve.positions[:, 3:-3].shape)
        on_it = onto_zero(landscape, beside)
        assert (np.abs(on_it - beside) <= 0.02 * width).all()
        statuses = {local_shape(landscape, p).status for p in on_it.T[::7]}
        assert statuses == {"curve"}


def test_the_eigenvalues_are_zero_where_they_are_rounding():
    landscape = formula("exp(0.3*x + 0.7*y)")
    assert np.linalg.eigvalsh(landscape.hessian(np.array([0.3, -1.0])))[0] < 0
    assert local_shape(landscape, np.array([0.3, -1.0])).eigenvalues[0] == 0
