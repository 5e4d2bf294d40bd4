"""Beside a place where a formula is 0/0 its digits are lost: rounding errors there are no critical points."""

import numpy as np
import pytest

from landscapes import find_critical_points, formula

LOST = [
    "(1 - cos(x))/x**2 + y**2",
    "(exp(x) - 1 - x)/x**2 + y**2",
    "(x - sin(x))/x**3 + y**2",
    "(1 - cos(x - 1))/(x - 1)**2 + y**2",
    "(1 - cos(x))/x**2 + (1 - cos(y))/y**2",
    "(tan(x) - x)/x**3 + y**2",
    "(1 - cos(3*x))/x**2 - y**2",
]


@pytest.mark.parametrize("text", LOST)
def test_rounding_beside_0_over_0_is_no_critical_point(text):
    landscape = formula(text, ((-1.3, 1.7), (-1.1, 1.4)))
    found = find_critical_points(landscape)
    assert not found.complete
    for point in found.points:
        around = point.position[:, None] + 1e-3 * np.array([[1.0, -1.0, 0.0, 0.0], [0.0, 0.0, 1.0, -1.0]])
        assert np.hypot(*landscape.gradient(around)).max() < 0.1
        assert np.abs(landscape.rounding("gradient", point.position)).max() < 0.01


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("(x**2 + y**2)**0.75", "minimum"),
        ("abs(x)**3 + abs(y)**3", "degenerate"),
        ("x**4 + y**4", "degenerate"),
        ("1e6 + x**2 + y**2", "minimum"),
        ("(x - 0.3)**2*1e-9 + y**2*1e-9", "minimum"),
        ("cos(x)*cos(y)", "maximum"),
    ],
)
def test_points_that_are_there_stay(text, kind):
    found = find_critical_points(formula(text, ((-1.3, 1.7), (-1.1, 1.4))))
    assert [point.kind for point in found.points] == [kind]
