"""What publications, two independent computations, and our own sentences say about single landscapes."""

import json
from pathlib import Path

import numpy as np
import pytest

from landscapes import LANDSCAPES, formula

DATA = Path(__file__).parent / "data"
EXPECTED = {case["id"]: case["expect"] for case in json.loads((DATA / "acceptance_cases.json").read_text())["cases"]}

PUBLISHED = {  # minima as printed: x, y, value
    "himmelblau": [(3, 2, 0), (-2.805118, 3.131312, 0), (-3.77931, -3.283186, 0), (3.584428, -1.848126, 0)],
    "rosenbrock": [(1, 1, 0)],
    "beale": [(3, 0.5, 0)],
    "booth": [(1, 3, 0)],
    "matyas": [(0, 0, 0)],
    "mccormick": [(-0.54719, -1.54719, -1.9133), (2.59440, 1.59440, 1.2284)],
    "six_hump_camel": [(0.0898, -0.7126, -1.0316), (-0.0898, 0.7126, -1.0316)],
    "three_hump_camel": [(0, 0, 0)],
    "styblinski_tang": [(-2.903534, -2.903534, -78.33234)],
    "goldstein_price": [(0, -1, 3), (-0.6, -0.4, 30), (1.8, 0.2, 84), (1.2, 0.8, 840)],
    "branin": [(-3.14159, 12.275, 0.397887), (3.14159, 2.275, 0.397887), (9.42478, 2.475, 0.397887)],
    "leon": [(1, 1, 0)],
    "dixon_price": [(1, 0.707107, 0), (1, -0.707107, 0)],
    "freudenstein_roth": [(5, 4, 0), (11.4128, -0.896805, 48.9842)],
    "muller_brown": [(x, y, f) for kind, x, y, f in EXPECTED["CP-30"]["points"] if kind == "minimum"],
    "peaks": [(0.2283, -1.6255, -6.5511)],
    "rastrigin": [(0, 0, 0)],
    "griewank": [(0, 0, 0)],
    "bohachevsky": [(0, 0, 0)],
    "egg_crate": [(0, 0, 0)],
    "easom": [(3.14159, 3.14159, -1)],
    "double_well": [(1, 0, 0), (-1, 0, 0)],
    "two_weight_network_l2": [(0.948683, 0.948683, 0.19), (-0.948683, -0.948683, 0.19)],
}


@pytest.mark.parametrize(
    ("key", "minimum"), [(key, minimum) for key, minima in PUBLISHED.items() for minimum in minima]
)
def test_the_published_minima_are_minima_to_their_last_digit(key, minimum):
    landscape, p = LANDSCAPES[key](), np.array(minimum[:2], dtype=float)
    hessian = landscape.hessian(p)
    assert (np.linalg.eigvalsh(hessian) > 0).all()
    assert np.abs(np.linalg.solve(hessian, landscape.gradient(p))).max() < 1e-4
    assert landscape.value(p) == pytest.approx(minimum[2], rel=1e-4, abs=1e-5)


@pytest.mark.parametrize("case", ["CP-01", "CP-03", "CP-04"])
def test_the_two_weight_network_has_the_lectures_numbers(case):
    point = {"CP-01": (0.0, 0.0), "CP-03": (1.0, 1.0), "CP-04": (0.5, -1.0)}[case]
    landscape, expected = LANDSCAPES["two_weight_network"](), EXPECTED[case]
    p = np.array(point)
    assert landscape.value(p) == pytest.approx(expected["L"], abs=1e-12)
    np.testing.assert_allclose(landscape.gradient(p), expected["grad"], atol=1e-12)
    np.testing.assert_allclose(landscape.hessian(p), expected["H"], atol=1e-12)
    np.testing.assert_allclose(np.linalg.eigvalsh(landscape.hessian(p)), expected["eig"], atol=1e-12)


def test_down_the_negative_eigenvector_the_loss_falls_as_taylor_says():
    landscape, expected = LANDSCAPES["two_weight_network"](), EXPECTED["CP-02"]
    exact = landscape.value(0.1 * np.array(EXPECTED["CP-01"]["u_min"]))
    assert exact == pytest.approx(expected["L_exact"], abs=1e-12)
    assert exact - expected["L_taylor2"] == pytest.approx(expected["error"], abs=1e-12)


def test_other_data_change_the_saddle_as_derived():
    one, two = formula("(3 - 2*x*y)**2"), formula("(1 - x*y)**2 + (3 - 2*x*y)**2")
    origin, floor = np.zeros(2), np.array([1.0, EXPECTED["CP-06"]["valley"]])
    np.testing.assert_allclose(np.linalg.eigvalsh(one.hessian(origin)), EXPECTED["CP-05"]["eig"], atol=1e-12)
    np.testing.assert_allclose(two.hessian(origin), EXPECTED["CP-06"]["H0"], atol=1e-12)
    assert two.value(floor) == pytest.approx(EXPECTED["CP-06"]["Lmin"], abs=1e-12)
    np.testing.assert_allclose(two.gradient(floor), 0, atol=1e-12)


def test_the_taylor_remainder_on_rosenbrock_falls_with_the_third_power():
    landscape, expected = LANDSCAPES["rosenbrock"](), EXPECTED["CP-07"]
    p, d = np.array([1.0, 2.0]), np.array([0.01, -0.02])
    g, hessian = landscape.gradient(p), landscape.hessian(p)
    np.testing.assert_array_equal(g, expected["grad"])
    np.testing.assert_array_equal(hessian, expected["H"])

    def remainder(step):
        return landscape.value(p + step) - (landscape.value(p) + g @ step + step @ hessian @ step / 2)

    assert remainder(d) == pytest.approx(expected["remainder"], abs=1e-12)
    assert remainder(d / 2) == pytest.approx(expected["remainder_half"], abs=1e-12)


def test_muller_browns_stationary_points_are_where_they_were_proved_to_be():
    landscape = LANDSCAPES["muller_brown"]()
    for kind, x, y, value in EXPECTED["CP-30"]["points"]:
        p = np.array([x, y])
        np.testing.assert_allclose(landscape.gradient(p), 0, atol=1e-9)
        assert landscape.value(p) == pytest.approx(value, rel=1e-12)
        assert (np.linalg.eigvalsh(landscape.hessian(p))[0] > 0) == (kind == "minimum")


def test_far_out_peaks_and_easom_are_flat_but_never_level():
    places = [("peaks", -3.0), ("peaks", 3.0), ("easom", -3.0), ("easom", 8.0)]
    norms = [np.hypot(*LANDSCAPES[key]().gradient(np.full(2, c))) for key, c in places]
    np.testing.assert_allclose(norms, EXPECTED["CP-32"]["norms"], rtol=1e-6)


def test_damped_newton_on_beale_ends_at_the_saddle():
    landscape, p = LANDSCAPES["beale"](), np.array([4.0, 1.0])
    for _ in range(100):
        p = p - 0.5 * np.linalg.solve(landscape.hessian(p), landscape.gradient(p))
    np.testing.assert_allclose(p, EXPECTED["CP-33"]["end"], atol=1e-8)
    np.testing.assert_allclose(np.linalg.eigvalsh(landscape.hessian(p)), EXPECTED["CP-33"]["eig_at_end"], atol=1e-6)


@pytest.mark.parametrize("w", [1, 4])
def test_a_chain_of_sigmoids_loses_its_gradient_layer_by_layer(w):
    text, slopes = "x", []
    for _ in range(10):
        text = f"sigmoid({w}*{text})"
        slopes.append(formula(text).gradient(np.array([0.5, 0.0]))[0])
    np.testing.assert_allclose(slopes, EXPECTED["LS-06"][f"w{w}"], rtol=1e-12)
    assert (np.array(slopes) <= (w / 4) ** np.arange(1, 11)).all()


def test_a_sharp_minimum_loses_more_when_the_test_loss_is_shifted():
    train, test = (LANDSCAPES["flat_and_sharp"](width=0.1, shift=shift) for shift in (0.0, 0.1))
    flat, sharp = np.zeros(2), np.array([5.0, 0.0])
    assert test.value(flat) - train.value(flat) == pytest.approx(EXPECTED["LS-10"]["flat"], abs=1e-4)
    assert test.value(sharp) - train.value(sharp) == pytest.approx(EXPECTED["LS-10"]["sharp"], abs=1e-4)
    curvatures = [train.hessian(p)[0, 0] for p in (flat, sharp)]
    np.testing.assert_allclose(curvatures, EXPECTED["LS-10"]["curvature"], rtol=1e-4)


@pytest.mark.parametrize(
    ("key", "name"), [("booth", "booth"), ("matyas", "matyas"), ("three_hump_camel", "three_hump")]
)
def test_convex_surfaces_have_no_negative_curvature_and_the_camel_has(key, name):
    hessian = LANDSCAPES[key]().hessian(np.array([1.0, 0.0]))
    assert np.linalg.eigvalsh(hessian)[0] == pytest.approx(EXPECTED["LS-11"][name], abs=1e-12)


def test_rosenbrocks_valley_bends_2508_times_as_much_across_as_along():
    along, across = np.linalg.eigvalsh(LANDSCAPES["rosenbrock"]().hessian(np.ones(2)))
    assert across / along == pytest.approx(2508, abs=0.5)


@pytest.mark.parametrize("condition", [1.0, 100.0, 1e4])
@pytest.mark.parametrize("angle", [0.0, 30.0, 90.0])
def test_turning_the_valley_leaves_its_condition_number(condition, angle):
    hessian = LANDSCAPES["elongated_valley"](condition=condition, angle=angle).hessian(np.zeros(2))
    np.testing.assert_allclose(np.linalg.eigvalsh(hessian), [1.0, condition], rtol=1e-9)
    axis = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    np.testing.assert_allclose(hessian @ axis, axis, atol=1e-11 * condition)


def test_ackleys_tip_has_slope_two_root_two_on_every_side_and_gradient_zero_at_it():
    landscape = LANDSCAPES["ackley"]()
    sides = 1e-7 * np.array([(np.cos(a), np.sin(a)) for a in np.linspace(0, 6, 9)]).T
    np.testing.assert_allclose(np.hypot(*landscape.gradient(sides)), 2 * np.sqrt(2), rtol=1e-5)
    np.testing.assert_array_equal(landscape.gradient(np.zeros(2)), 0.0)
    assert landscape.value(np.zeros(2)) == pytest.approx(0, abs=1e-14)


@pytest.mark.parametrize(("t", "wells"), [(0.0, 2), (1.53, 2), (1.55, 1)])
def test_tilting_the_double_well_takes_one_minimum_away_at_the_derived_slope(t, wells):
    x = np.linspace(-2, 2, 4001)
    slope = LANDSCAPES["tilted_double_well"](t=t).gradient(np.stack([x, 0 * x]))[0]
    assert ((slope[:-1] < 0) & (slope[1:] >= 0)).sum() == wells


@pytest.mark.parametrize(("decay", "kind"), [(0.5, "saddle"), (1.5, "minimum")])
def test_enough_weight_decay_makes_the_origin_the_minimum(decay, kind):
    eigenvalues = np.linalg.eigvalsh(LANDSCAPES["two_weight_network_l2"](decay=decay).hessian(np.zeros(2)))
    assert (eigenvalues > 0).all() == (kind == "minimum")


@pytest.mark.parametrize(("y", "sign"), [(1.0, -1), (-1.0, 1)])
def test_three_tied_layers_have_a_ridge_above_and_a_trap_below(y, sign):
    landscape, p = LANDSCAPES["tied_layers"](), np.array([0.0, y])
    np.testing.assert_array_equal(landscape.gradient(p), 0.0)
    assert np.sign(landscape.hessian(p)[0, 0]) == sign


def test_in_the_l_shaped_valley_adagrad_with_a_root_mean_square_is_thrown_out_again():
    landscape = LANDSCAPES["l_shaped_valley"]()
    p, squares, losses = np.array(landscape.start), np.zeros(2), []
    for t in range(1, 41):
        g = landscape.gradient(p)
        squares += g**2
        p = p - 0.05 * g / np.sqrt(squares / t)
        losses.append(landscape.value(p))
    assert losses[13] < 1e-10
    assert losses[39] > 0.5
