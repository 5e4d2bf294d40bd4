"""Losses made from data: numbers by hand, of torch, and as published."""

import json
from pathlib import Path

import numpy as np
import pytest
from data_models import LINES, MODELS, line

from landscapes import (
    CLASSIFICATION_LOSSES,
    PAIRS,
    REGRESSION_LOSSES,
    chain,
    condition_number,
    factors,
    find_critical_points,
    huber,
    raw_features,
    softmax_cross_entropy,
    softmax_squared,
    standardised_features,
    two_layer,
    with_intercept,
)
from landscapes.from_data import linear_model

DATA = Path(__file__).parent / "data"
CASES = {case["id"]: case for case in json.loads((DATA / "acceptance_cases.json").read_text())["cases"]}
TORCH = json.loads((DATA / "data_losses.json").read_text())
LANDSCAPES = {name: model.full for name, model in MODELS.items()} | {
    "logits cross-entropy": softmax_cross_entropy(),
    "logits squared": softmax_squared(),
}


def random_points(landscape, count=30):
    low, high = np.array(landscape.domain).T
    return np.random.default_rng(1).uniform(low[:, None], high[:, None], (2, count))


OF_LAYERS = ("linear", "sigmoid", "relu")  # activations with which a network of two layers was recorded
MADE = {
    **{f"regression {k}": lambda x, y, t, k=k: line_on(x, y, REGRESSION_LOSSES[k]) for k in REGRESSION_LOSSES},
    **{
        f"classification {k}": lambda x, y, t, k=k: line_on(x, t, CLASSIFICATION_LOSSES[k])
        for k in CLASSIFICATION_LOSSES
    },
    "softmax cross_entropy": lambda *_: softmax_cross_entropy(),
    "softmax squared": lambda *_: softmax_squared(),
    **{f"two_layer {k}": lambda x, y, t, k=k: two_layer(x, y, k).full for k in OF_LAYERS},
    **{
        f"chain {k} {depth}": lambda x, y, t, k=k, depth=depth: chain(x, y, k, depth=depth).full
        for k, depth in (("sigmoid", 1), ("sigmoid", 5), ("linear", 5), ("relu", 4))
    },
}


def line_on(x, target, loss):
    return linear_model(with_intercept(x), target, loss).full


def test_every_loss_was_recorded():
    assert set(MADE) == set(TORCH["losses"])


@pytest.mark.parametrize("name", MADE)
def test_values_gradients_and_hessians_are_those_of_torch(name):
    x, y, labels = (np.array(TORCH[key]) for key in ("x", "y", "labels"))
    landscape = MADE[name](x, y, labels)
    for point, (value, gradient, hessian) in zip(TORCH["points"], TORCH["losses"][name], strict=True):
        p = np.array(point)
        np.testing.assert_allclose(landscape.value(p), value, rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(landscape.gradient(p), gradient, rtol=1e-11, atol=1e-14)
        np.testing.assert_allclose(landscape.hessian(p), hessian, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("case", ["LS-01", "LS-02", "LS-03"])
def test_cross_entropy_keeps_a_gradient_where_the_squared_error_is_flat(case):
    expected = CASES[case]["expect"]
    p = np.array(json.loads(CASES[case]["inputs"].removeprefix("logits "))[:2])
    for landscape, name in ((softmax_cross_entropy(), "CE"), (softmax_squared(), "MSE")):
        np.testing.assert_allclose(landscape.value(p), expected[name], rtol=1e-12)
        np.testing.assert_allclose(landscape.gradient(p), expected[f"grad_{name}"], rtol=1e-9)


def test_regression_by_hand():
    expected = CASES["LS-04"]["expect"]
    p = np.array([1.0, 0.0])
    squared, absolute = line("three_points", "squared").full, line("three_points", "absolute").full
    np.testing.assert_allclose(squared.value(p), expected["MSE"], rtol=1e-13)
    np.testing.assert_allclose(squared.gradient(p), expected["grad_MSE"], rtol=1e-13)
    np.testing.assert_allclose(squared.hessian(p), expected["H"], rtol=1e-13)
    np.testing.assert_allclose(np.linalg.eigvalsh(squared.hessian(p)), expected["eig"], rtol=1e-12)
    np.testing.assert_allclose(absolute.value(p), expected["MAE"], rtol=1e-13)
    np.testing.assert_allclose(absolute.gradient(p), expected["grad_MAE"], rtol=1e-13)
    np.testing.assert_allclose(squared.gradient(np.array(expected["optimum"])), 0, atol=1e-14)


def test_standardising_makes_the_bowl_rounder():
    expected = CASES["LS-05"]["expect"]
    data, origin = PAIRS["two_scales"](), np.zeros(2)
    raw, standard = (make(data).full.hessian(origin) for make in (raw_features, standardised_features))
    np.testing.assert_allclose(raw, expected["H_raw"], rtol=1e-13)
    np.testing.assert_allclose(condition_number(raw), expected["kappa_raw"], rtol=1e-9)
    np.testing.assert_allclose(standard, expected["H_std"], rtol=1e-13)
    np.testing.assert_allclose(np.linalg.eigvalsh(standard), expected["eig_std"], rtol=1e-13)
    np.testing.assert_allclose(condition_number(standard), expected["kappa_std"], rtol=1e-12)


@pytest.mark.parametrize("name", PAIRS)
def test_after_standardising_only_the_correlation_decides_the_condition(name):
    data = PAIRS[name]()
    rho = abs(np.corrcoef(data.inputs)[0, 1])
    np.testing.assert_allclose(
        condition_number(standardised_features(data).full.hessian(np.zeros(2))), (1 + rho) / (1 - rho), rtol=1e-10
    )


@pytest.mark.parametrize("name", LINES)
def test_the_hessian_of_the_squared_error_is_twice_the_second_moments(name):
    data = LINES[name]()
    design = with_intercept(data.inputs[0])
    hessian = line(name, "squared").full.hessian(np.zeros(2))
    np.testing.assert_allclose(hessian, 2 * design @ design.T / data.examples, rtol=1e-14)


@pytest.mark.parametrize("name", LINES)
def test_the_closed_form_is_the_mean_of_the_squares(name):
    data = LINES[name]()
    landscape = line(name, "squared").full
    p = random_points(landscape)
    rest = p[0][:, None] * data.inputs[0] + p[1][:, None] - data.target
    np.testing.assert_allclose(landscape.value(p), (rest**2).mean(axis=1), rtol=1e-11)
    slopes = [(2 * rest * data.inputs[0]).mean(axis=1), (2 * rest).mean(axis=1)]
    np.testing.assert_allclose(landscape.gradient(p), slopes, rtol=1e-9, atol=1e-9 * np.abs(slopes).max())


def test_each_factor_of_a_sigmoid_chain_shrinks_the_gradient():
    expected = CASES["LS-06"]["expect"]
    np.testing.assert_allclose(factors(0.5, 1.0, "sigmoid", 10), expected["w1"], rtol=1e-12)
    np.testing.assert_allclose(factors(0.5, 4.0, "sigmoid", 10), expected["w4"], rtol=1e-12)
    assert (factors(0.5, 1.0, "sigmoid", 10) <= expected["bound_w1"]).all()


@pytest.mark.parametrize("activation", ["sigmoid", "relu", "linear"])
@pytest.mark.parametrize(("weight", "bias"), [(1.0, 0.0), (-6.0, 4.0), (1.3, 0.7)])
def test_the_factors_of_a_chain_are_the_derivative_of_what_it_predicts(activation, weight, bias):
    p, near = np.array([weight, bias]), 1e-6
    for depth in (1, 2, 5):
        predict = chain(np.array([0.5]), np.array([1.0]), activation, depth).predict
        low, high = predict(p, np.array([0.5 - near, 0.5 + near]))
        found = factors(0.5, weight, activation, depth, bias)[-1]
        np.testing.assert_allclose(found, (high - low) / (2 * near), rtol=1e-5, atol=1e-9)


def test_a_linear_chain_explodes_or_vanishes():
    ends = [factors(1.0, weight, "linear", 100)[-1] for weight in (1.1, 0.9)]
    np.testing.assert_allclose(ends, CASES["LS-07"]["expect"]["values"], rtol=1e-9)


def test_huber_is_squared_within_delta_and_absolute_beyond():
    r = np.linspace(-0.5, 0.5, 11)
    loss = huber(0.5)
    np.testing.assert_allclose(loss.value(r, np.zeros(11)), r**2 / 2, atol=1e-16)
    np.testing.assert_allclose(np.diff(loss.value(np.array([1.0, 3.0]), np.zeros(2))), 0.5 * 2)
    with pytest.raises(ValueError, match="huber needs delta > 0, got 0"):
        huber(0)


def test_only_losses_with_kinks_say_so_and_then_no_list_of_minima_is_called_complete():
    kinked = {"absolute", "huber", "relu"}
    for name, landscape in LANDSCAPES.items():
        assert landscape.smooth == (name.split()[-1] not in kinked), name
    found = find_critical_points(line("three_points", "absolute").full)
    assert not found.complete


def test_at_a_kink_the_absolute_error_takes_the_subgradient_zero():
    landscape = linear_model(with_intercept(np.array([1.0])), np.array([2.0]), REGRESSION_LOSSES["absolute"]).full
    np.testing.assert_array_equal(landscape.gradient(np.array([1.0, 1.0])), [0.0, 0.0])


def test_what_is_no_data_is_refused():
    with pytest.raises(ValueError, match=r"linear_model needs \(2, n\) inputs for n ≥ 1 targets"):
        linear_model(np.zeros((2, 0)), np.zeros(0), REGRESSION_LOSSES["squared"])
    with pytest.raises(ValueError, match="linear_model needs finite numbers"):
        linear_model(np.array([[np.nan], [1.0]]), np.ones(1), REGRESSION_LOSSES["squared"])
    with pytest.raises(ValueError, match="feature scaling needs two features, Hubble's nebulae, 1929 has 1"):
        raw_features(LINES["hubble"]())
    with pytest.raises(ValueError, match="a network needs as many inputs as targets"):
        two_layer(np.zeros(2), np.zeros(3))


def test_a_constant_feature_standardises_to_zero_and_leaves_a_trough():
    data = PAIRS["two_scales"]()
    data.inputs[1] = 7.0
    landscape = standardised_features(data).full
    assert condition_number(landscape.hessian(np.zeros(2))) == np.inf
    assert np.isfinite(landscape.domain).all()
