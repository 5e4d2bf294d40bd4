"""An eigenvalue is not zero because another one is large: what is zero is decided by its own rounding."""

import numpy as np
import pytest

from landscapes import eigenvalue_signs, find_critical_points, formula, local_shape
from optimizers import OPTIMIZERS, descend, verdict
from pages.curvature_parts.model import lesson

SQUARE = ((-2.0, 2.0), (-2.0, 2.0))
TURNED = {  # text and the smaller eigenvalue; the larger one is c times so much, about
    "{c}*x^2 + y^2": 2.0,
    "x^2 + {c}*y^2": 2.0,
    "{c}*x^2 - y^2": -2.0,
    "-{c}*x^2 - 3*y^2": -6.0,
    "{c}*x^2 + y^2 + x*y": 2.0,
    "{c}*sin(x)^2 - cos(y)": 1.0,
    "{c}*(cosh(x) - 1) + y^2 - y^4": 2.0,
}


@pytest.mark.parametrize("c", ["10^6", "10^10", "10^14", "10^20", "10^40"])
@pytest.mark.parametrize("text", TURNED)
def test_the_small_eigenvalue_beside_a_large_one_is_known_to_points_shapes_and_verdicts(text, c):
    landscape, small = formula(text.format(c=c), SQUARE), TURNED[text]
    found = find_critical_points(landscape)
    (point,) = [each for each in found.points if np.abs(each.position).max() < 1e-9]
    kinds = {1: "minimum", -1: "saddle"} if not text.startswith("-") else {-1: "maximum"}
    kind = kinds[int(np.sign(small))]
    own = point.eigenvalues[np.abs(point.eigenvalues).argmin()]
    assert (point.kind, point.nature) == (kind, kind)
    assert own == pytest.approx(small, rel=1e-4)
    shape = local_shape(landscape, np.zeros(2), point)
    assert shape.status == kind
    assert "zero eigenvalue" not in (said := lesson(shape, None))
    assert "condition number" in said
    np.testing.assert_array_equal(eigenvalue_signs(landscape, np.zeros(2)), np.sign(np.sort(point.eigenvalues)))
    newton = OPTIMIZERS["newton"]()
    told = verdict(landscape, newton, descend(landscape, newton, np.array([1e-5, 1e-5]), 60))
    if told.kind == kind:
        assert "zero eigenvalue" not in told.sentence
        assert "degenerate" not in told.sentence


@pytest.mark.parametrize("c", [1.0, 1e3, 1e8])
@pytest.mark.parametrize("text", ["c*(x - y)^2", "c*(1 - x*y)^2", "c*(x^2 + y^2 - 1)^2", "c*(sqrt(x^2 + y^2) - 1)^2"])
def test_along_a_curve_of_minima_the_eigenvalue_is_zero_at_every_size(text, c):
    landscape = formula(text, SQUARE, parameters={"c": c})
    found = find_critical_points(landscape)
    assert [each for each in found.sets if each.kind == "minimum"]
    assert not [each for each in found.points if each.kind == "minimum"]


def test_rounding_in_the_entries_still_hides_the_sign_of_their_small_eigenvalue():
    landscape = formula("10^16*(x + y)^2 + (x - y)^2/1000")
    assert eigenvalue_signs(landscape, np.array([0.3, 0.2]))[0] == 0
