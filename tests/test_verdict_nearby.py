"""What a critical point is where its Hessian does not say: the same turned, moved, raised and stretched."""

import numpy as np
import pytest

from landscapes import LANDSCAPES, formula
from optimizers import OPTIMIZERS, descend
from optimizers.verdicts import verdict
from optimizers.verdicts.convergence_point import critical_point_near

SADDLES = [
    "u**2 - v**4",
    "u**2 - v**6",
    "u**2 - abs(v)**3",
    "u**2 - 1e-8*v**2",
    "u**2 - 1e-12*v**2",
    "abs(u) - v**2",
    "u**2 + v**3",
    "v**2 - u**3",
    "u**3 - 3*u*v**2",
    "u**2*v + v**3",
    "u**2*v",
    "(u - v**2)**2 - v**10",
]
MINIMA = [
    "u**4 + v**4",
    "u**2 + v**4",
    "u**2 + v**6",
    "abs(u) + abs(v)",
    "abs(u) + v**2",
    "u**2 + 1e-8*v**2",
    "u**2 + 1e-12*v**2",
    "sqrt(u**2 + v**2)",
]
CURVES = ["v**2", "v**4", "abs(v)", "(u - v**2)**2", "(u + v)**2", "(1 + u)**2*v**2"]
TURNED = [(1.0, 0.0), (0.6, 0.8), (0.8, -0.6), (-0.28, 0.96)]  # cosines and sines


@pytest.fixture(autouse=True)
def as_in_a_verdict():
    with np.errstate(all="ignore"):
        yield


def turned(text, turn, raised=0, centre=(0, 0)):
    """The landscape in which u and v are axes turned by an angle around a centre."""
    (c, s), (x, y) = turn, (f"({name} - {at})" if at else name for name, at in zip("xy", centre, strict=True))
    u, v = f"({c}*{x} + {s}*{y})", f"({c}*{y} - {s}*{x})"
    return formula("".join({"u": u, "v": v}.get(letter, letter) for letter in text) + f" + {raised}")


def kind_at(landscape, p):
    found = critical_point_near(landscape, np.array(p, dtype=float))
    return None if found is None else found.kind


@pytest.mark.parametrize("turn", TURNED)
@pytest.mark.parametrize("text", SADDLES)
def test_a_way_down_however_narrow_makes_it_no_minimum(text, turn):
    found = critical_point_near(turned(text, turn), np.zeros(2))
    assert found.kind == "saddle"
    assert found.falls.size
    assert found.rises.size


@pytest.mark.parametrize("turn", TURNED)
@pytest.mark.parametrize("text", MINIMA)
def test_a_minimum_whose_hessian_does_not_show_it_is_one(text, turn):
    found = critical_point_near(turned(text, turn), np.zeros(2))
    assert (found.kind, found.shape) == ("minimum", "strict")


@pytest.mark.parametrize("turn", TURNED)
@pytest.mark.parametrize("text", CURVES)
def test_a_point_of_a_curve_of_minima_is_a_minimum_and_turned_over_a_maximum(text, turn):
    for sign, kind in (("", "minimum"), ("-", "maximum")):
        found = critical_point_near(turned(f"{sign}({text})", turn), np.zeros(2))
        assert (found.kind, found.shape) == (kind, "curve")


@pytest.mark.parametrize("text", [*SADDLES[:2], *SADDLES[3:5], "u**3 - 3*u*v**2"])
@pytest.mark.parametrize("raised", [1, 1000000])
def test_a_loss_far_from_zero_hides_no_way_down(text, raised):
    assert kind_at(turned(text, (1, 0), raised), (0, 0)) == "saddle"


@pytest.mark.parametrize("text", ["u**2 + v**4", "u**4 + v**4", "u**2 - v**4", "u**2"])
def test_the_kind_is_the_same_elsewhere(text):
    here = kind_at(turned(text, (0.6, 0.8)), (0, 0))
    assert kind_at(turned(text, (0.6, 0.8), 0.5, (0.25, 0.75)), (0.25, 0.75)) == here


@pytest.mark.parametrize("power", [8, 10, 12])
def test_a_high_power_beside_a_loss_of_one_is_seen_where_the_valley_is_turned(power):
    for sign, kind in (("+", "minimum"), ("-", "saddle")):
        found = critical_point_near(formula(f"1 + (x + 2*y)**2 {sign} (2*x - y)**{power}"), np.zeros(2))
        assert (found.kind, found.shape) == (kind, "strict")


def test_what_float64_cannot_tell_is_flat_and_claims_nothing():
    found = critical_point_near(formula("1 + (x + 2*y)**2 - (2*x - y)**20"), np.zeros(2))
    assert (found.kind, found.shape) == ("flat", "undecided")


def test_a_plane_that_hardly_slopes_has_no_critical_point():
    assert critical_point_near(formula("x**2 + 1e-12*y"), np.zeros(2)) is None


@pytest.mark.parametrize("a", [0.4, 1.0, 1.7, -2.3])
def test_every_point_of_the_networks_curve_is_a_minimum(a):
    found = critical_point_near(LANDSCAPES["two_weight_network"](), np.array([a, 1 / a]))
    assert (found.kind, found.shape, found.nature) == ("minimum", "curve", "one of a curve of minima")
    assert np.abs(found.level.T @ [1 / a, a]).max() < 0.02 * np.hypot(a, 1 / a)  # along the tangent


@pytest.mark.parametrize("start", [(1e-3, 1e-3), (5e-4, -1e-3), (1e-5, 1e-5), (3e-3, 2e-3)])
@pytest.mark.parametrize("turn", TURNED)
@pytest.mark.parametrize("text", ["u**2*v**2", "u**2*v**4", "u**4*v**4", "(u**2 - v**2)**2", "u**2*v**2*(1 + u)"])
def test_where_curves_of_minima_cross_there_is_a_minimum_however_near_newtons_method_comes(text, turn, start):
    found = critical_point_near(turned(text, turn), np.array(start))
    assert (found.kind, found.shape) in [("minimum", "crossing"), ("minimum", "curve")]
    if found.shape == "crossing":
        assert found.nature == "where curves of minima cross"


def test_the_floor_of_a_valley_is_met_where_the_run_came_down():
    found = critical_point_near(formula("x**2*y**2"), np.array([5e-6, 0.797]))
    np.testing.assert_allclose(found.position, [0, 0.797], atol=1e-9)


@pytest.mark.parametrize("steps", [1000, 1010, 1050])
def test_rmsprop_that_grows_however_small_has_not_settled(steps):
    landscape, optimizer = formula("0.5*x**2 + 0.5*y**2"), OPTIMIZERS["rmsprop"](learning_rate=0.01)
    run = descend(landscape, optimizer, np.array([1.0, 1.0]), steps)
    found, away = verdict(landscape, optimizer, run), np.hypot(*run.positions)
    assert away[-1] > 1e5 * away.min()
    assert found.kind == "moving"
    assert "after coming as near as" in found.sentence


def test_a_cycle_of_two_places_that_are_close_is_written_with_two_places():
    landscape, optimizer = LANDSCAPES["double_well"](), OPTIMIZERS["sign_descent"](learning_rate=1e-4)
    run = descend(landscape, optimizer, np.array([1.00003, 0.00003]), 200)
    found = verdict(landscape, optimizer, run)
    assert found.kind == "cycle"
    former, last = found.sentence.removeprefix("Cycles between ").split(" with period")[0].split(" and ")
    assert former != last
