"""How noisy mini-batches are: enumerated, by formula, and in the spread that they leave a descent with."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from data_models import MODELS, line

from landscapes import LANDSCAPES, Batches, batch_covariance, formula, stationary_variance, tilted
from optimizers import OPTIMIZERS, descend

CASES = {
    case["id"]: case["expect"]
    for case in json.loads((Path(__file__).parent / "data" / "acceptance_cases.json").read_text())["cases"]
}


def one_axis(gradients):
    return np.stack([np.array(gradients, dtype=float), np.zeros(len(gradients))])


def test_the_variance_of_a_batch_is_the_one_that_every_possible_batch_gives():
    gradients, expected = [1.0, 2.0, 4.0, 9.0], CASES["SG-02"]
    without = [np.mean(pair) for pair in itertools.combinations(gradients, 2)]
    replaced = [np.mean(pair) for pair in itertools.product(gradients, repeat=2)]
    assert np.mean(without) == np.mean(replaced) == expected["mean"]
    for order, means, key in (("shuffled", without, "var_without"), ("replaced", replaced, "var_with")):
        theory = batch_covariance(one_axis(gradients), 2, order)[0, 0]
        np.testing.assert_allclose(theory, np.var(means), rtol=1e-13)
        np.testing.assert_allclose(theory, expected[key], rtol=1e-13)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_enumeration_of_all_batches_gives_the_covariance_of_both_axes(size):
    gradients = MODELS["neuron"].gradients(np.array([1.3, -0.4]))[:, :5]
    for order, batches in (
        ("shuffled", itertools.combinations(range(5), size)),
        ("replaced", itertools.product(range(5), repeat=size)),
    ):
        means = np.array([gradients[:, list(rows)].mean(axis=1) for rows in batches])
        expected = np.cov(means.T, bias=True) if len(means) > 1 else np.zeros((2, 2))
        np.testing.assert_allclose(batch_covariance(gradients, size, order), expected, rtol=1e-9, atol=1e-16)


def test_the_variance_falls_as_one_over_the_size():
    found = [batch_covariance(one_axis([1, 2, 4, 9]), size, "replaced")[0, 0] for size in (1, 2, 4, 8)]
    np.testing.assert_allclose(found, CASES["SG-03"]["var"], rtol=1e-13)


def test_a_full_batch_has_no_noise_and_a_shuffle_less_than_draws():
    gradients = np.random.default_rng(7).normal(size=(2, 1000))
    np.testing.assert_array_equal(batch_covariance(gradients, 1000), np.zeros((2, 2)))
    ratio = batch_covariance(gradients, 100) / batch_covariance(gradients, 100, "replaced")
    np.testing.assert_allclose(ratio, 0.9 * 1000 / 999, rtol=1e-12)
    np.testing.assert_array_equal(batch_covariance(np.ones((2, 1)), 1), np.zeros((2, 2)))


def test_a_smaller_last_batch_counts_too_much_in_a_mean_of_means():
    expected, gradients = CASES["SG-04"], np.array([1.0, 2.0, 4.0, 9.0, 100.0])
    batches = Batches(examples=5, size=2, order="in_order")
    means = [gradients[batches.rows(step)].mean() for step in range(batches.steps_per_epoch)]
    assert np.mean(means) == expected["mean_of_means"]
    assert gradients.mean() == expected["full_mean"]


def test_batches_from_the_sampler_are_as_noisy_as_theory_says():
    model, p = line("hubble", "squared"), np.array([200.0, 100.0])
    gradients = model.gradients(p)
    for order in ("shuffled", "replaced"):
        batches = Batches(examples=24, size=6, order=order, seed=1)
        seen = model.seen_in(batches)
        clouds = np.array([seen.at(step).gradient(p) for step in range(8000)])
        theory = batch_covariance(gradients, 6, order)
        off = (clouds - gradients.mean(axis=1)) / np.sqrt(np.diag(theory))
        np.testing.assert_allclose((off**2).mean(axis=0), 1.0, atol=0.08)  # 5 standard errors


@pytest.mark.parametrize("examples", [3, 4, 17, 256])
def test_tilts_cancel_and_have_the_covariance_that_was_asked_for(examples):
    model = tilted(formula("x**2 + 3*y**2"), examples, noise=0.7)
    tilts = model.gradients(np.zeros(2))
    np.testing.assert_allclose(tilts.mean(axis=1), 0, atol=1e-15)
    np.testing.assert_allclose(batch_covariance(tilts, 1, "replaced"), 0.49 * np.eye(2), atol=1e-13)
    p = np.array([0.4, -0.3])
    rows = np.array([0, 2])
    np.testing.assert_allclose(
        model.of(rows).value(p) - model.full.value(p), tilts[:, rows].mean(axis=1) @ p, atol=1e-15
    )
    assert model.of(rows).hessian is model.full.hessian


def test_two_examples_have_no_room_for_a_covariance():
    with pytest.raises(ValueError, match="tilted needs 3 examples or more, got 2"):
        tilted(formula("x**2"), 2, noise=1.0)


def test_the_formula_of_the_stationary_spread():
    found = [stationary_variance(0.3, 2.0, 0.25, momentum) for momentum in (0.0, 0.8)]
    np.testing.assert_allclose(found, CASES["SG-05"]["var"], rtol=1e-13)
    assert stationary_variance(1.0, 2.0, 0.25) == np.inf
    assert np.isfinite(stationary_variance(1.0, 2.0, 0.25, momentum=0.8))


@pytest.mark.parametrize(("rule", "momentum"), [("gradient_descent", 0.0), ("momentum", 0.8)])
def test_stochastic_descent_on_a_bowl_spreads_as_the_formula_says(rule, momentum):
    """One long run, sampled with replacement; both axes have λ = 2, the noise 0.5."""
    model = tilted(formula("x**2 + y**2"), 64, noise=0.5)
    batches = Batches(examples=64, size=1, order="replaced", seed=2)
    knobs = {"momentum": momentum} if momentum else {}
    optimizer = OPTIMIZERS[rule](learning_rate=0.3, **knobs)
    run = descend(model.seen_in(batches), optimizer, np.array([0.1, 0.1]), 20_000)
    expected = CASES["SG-05"]["var"][momentum > 0]
    np.testing.assert_allclose(run.positions[:, 100:].var(), expected, rtol=0.08)


def test_shuffled_epochs_are_quieter_than_independent_draws_where_the_surface_is_flat():
    """Without replacement the noise of an epoch sums to nothing: N. Kühn, B. Rosenow, arXiv:2306.05300."""
    model = tilted(formula("0.01*x**2 + 0.01*y**2"), 64, noise=0.5)
    spread = {}
    for order in ("shuffled", "replaced"):
        seen = model.seen_in(Batches(examples=64, size=1, order=order, seed=2))
        run = descend(seen, OPTIMIZERS["gradient_descent"](learning_rate=0.3), np.zeros(2), 10_000)
        spread[order] = run.positions[:, 1000:].var()
    assert spread["shuffled"] < 0.2 * spread["replaced"]


def test_all_optimizers_of_a_race_meet_the_same_batches():
    seen = line("hubble", "squared").seen_in(Batches(examples=24, size=4, seed=9))
    p = np.array([10.0, 10.0])
    met = []
    for _ in range(2):
        met.append([seen.at(step).gradient(p).tolist() for step in range(13)])
    assert met[0] == met[1]
    alone = descend(seen, OPTIMIZERS["adam"](learning_rate=5.0), np.zeros(2), 50).positions
    together = descend(seen, OPTIMIZERS["adam"](learning_rate=5.0), np.zeros((2, 3)), 50).positions
    np.testing.assert_array_equal(together, np.repeat(alone[:, :, None], 3, axis=2))


def test_a_full_batch_is_gradient_descent_on_the_full_loss():
    model = line("three_points", "squared")
    optimizer, start = OPTIMIZERS["gradient_descent"](learning_rate=0.1), np.zeros(2)
    batched = descend(model.seen_in(Batches(examples=3, size=3)), optimizer, start, 40).positions
    np.testing.assert_allclose(batched, descend(model.full, optimizer, start, 40).positions, rtol=1e-10)


def test_a_flat_minimum_forgives_a_shift_of_the_test_loss():
    expected = CASES["LS-10"]
    train = LANDSCAPES["flat_and_sharp"](width=0.1)
    test = LANDSCAPES["flat_and_sharp"](width=0.1, shift=0.1)
    flat, sharp = np.array([0.0, 0.0]), np.array([5.0, 0.0])
    np.testing.assert_allclose(test.value(flat) - train.value(flat), expected["flat"], atol=1e-4)
    np.testing.assert_allclose(test.value(sharp) - train.value(sharp), expected["sharp"], atol=1e-4)
    for place, curvature in ((flat, expected["curvature"][0]), (sharp, expected["curvature"][1])):
        np.testing.assert_allclose(np.linalg.eigvalsh(train.hessian(place)), curvature, atol=1e-3)
