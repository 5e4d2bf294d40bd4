"""Mini-batches: reproducible from the seed, unbiased, and as noisy as theory says."""

import itertools
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from data_models import MODELS, NORMALISED, line

from landscapes import LANDSCAPES, ORDERS, Batches, batch_covariance, formula, stationary_variance, tilted
from optimizers import OPTIMIZERS, descend

CASES = {
    case["id"]: case["expect"]
    for case in json.loads((Path(__file__).parent / "data" / "acceptance_cases.json").read_text())["cases"]
}
SIZES = [(10, 3), (10, 5), (7, 7), (12, 1), (5, 4)]
every_model = pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)


def one_axis(gradients):
    return np.stack([np.array(gradients, dtype=float), np.zeros(len(gradients))])


def test_an_epoch_has_as_many_updates_as_batches():
    expected = CASES["SG-01"]
    epochs = [Batches(examples=n, size=size) for n, size in ((50_000, 256), (5_000_000, 1000), (3200, 32))]
    assert [batches.steps_per_epoch for batches in epochs] == expected["steps"]
    assert epochs[0].last_size == expected["last"]
    assert Batches(examples=50_000, size=256, drop_last=True).steps_per_epoch == expected["drop_last"]


@pytest.mark.parametrize("drop_last", [False, True])
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(("examples", "size"), SIZES)
def test_counts_are_those_of_the_batches_themselves(examples, size, order, drop_last):
    batches = Batches(examples=examples, size=size, order=order, drop_last=drop_last)
    epoch = [batches.rows(step) for step in range(batches.steps_per_epoch)]
    assert sum(map(len, epoch)) == batches.examples_per_epoch
    assert len(epoch[-1]) == batches.last_size
    assert all(len(rows) == size for rows in epoch[:-1])
    steps = 2 * batches.steps_per_epoch + 1
    assert batches.seen(steps) == sum(len(batches.rows(step)) for step in range(steps))


@pytest.mark.parametrize("order", ["shuffled", "in_order"])
@pytest.mark.parametrize(("examples", "size"), SIZES)
def test_an_epoch_without_replacement_has_every_example_once(examples, size, order):
    batches = Batches(examples=examples, size=size, order=order, seed=3)
    for epoch in range(3):
        steps = range(epoch * batches.steps_per_epoch, (epoch + 1) * batches.steps_per_epoch)
        assert sorted(itertools.chain(*(batches.rows(step) for step in steps))) == list(range(examples))


def test_the_last_small_batch_is_dropped_when_asked():
    batches = Batches(examples=10, size=4, drop_last=True)
    seen = Counter(len(batches.rows(step)) for step in range(50))
    assert seen == {4: 50}


def test_every_epoch_is_shuffled_anew_and_in_order_never():
    shuffled = Batches(examples=20, size=20)
    assert (shuffled.rows(0) != shuffled.rows(1)).any()
    ordered = Batches(examples=20, size=6, order="in_order")
    np.testing.assert_array_equal(ordered.rows(1), [6, 7, 8, 9, 10, 11])
    np.testing.assert_array_equal(ordered.rows(1), ordered.rows(5))


@pytest.mark.parametrize("order", ORDERS)
def test_a_batch_is_a_function_of_seed_and_step_alone(order):
    one, other = (Batches(examples=30, size=7, order=order, seed=5) for _ in range(2))
    forward = [one.rows(step).tolist() for step in range(40)]
    backward = [other.rows(step).tolist() for step in reversed(range(40))]
    assert forward == backward[::-1]
    assert order == "in_order" or forward != [
        Batches(examples=30, size=7, order=order, seed=6).rows(s).tolist() for s in range(40)
    ]


def test_with_replacement_an_example_may_come_twice_and_all_come_alike():
    batches = Batches(examples=10, size=10, order="replaced")
    counted = Counter(itertools.chain(*(batches.rows(step).tolist() for step in range(2000))))
    assert any(len(set(batches.rows(step))) < 10 for step in range(20))
    assert all(abs(counted[i] - 2000) < 5 * np.sqrt(2000 * 0.9) for i in range(10))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"size": 0}, "a size from 1 to that, got 0"),
        ({"size": 11}, "a batch of 10 examples needs a size from 1 to that, got 11"),
        ({"size": 2, "order": "random"}, "order is one of shuffled, replaced, in_order, got 'random'"),
        ({"size": 2, "seed": -1}, "batches need a seed ≥ 0, got -1"),
    ],
)
def test_batches_that_make_no_sense_are_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        Batches(examples=10, **wrong)


def test_a_loss_refuses_batches_of_another_number_of_examples():
    with pytest.raises(ValueError, match="has 24 examples, the batches are of 10"):
        MODELS["hubble squared"].seen_in(Batches(examples=10, size=2))


@every_model
def test_the_mean_over_an_epochs_batches_is_the_full_loss(model):
    batches = Batches(examples=model.examples, size=min(4, model.examples), seed=1)
    seen, low, high = model.seen_in(batches), *np.array(model.full.domain).T
    p = np.random.default_rng(2).uniform(low[:, None], high[:, None], (2, 5))
    steps = range(batches.steps_per_epoch)
    weights = np.array([len(batches.rows(step)) for step in steps]) / model.examples
    for name in ("value", "gradient", "hessian"):
        mean = sum(w * getattr(seen.at(step), name)(p) for w, step in zip(weights, steps, strict=True))
        full = getattr(model.full, name)(p)
        np.testing.assert_allclose(mean, full, rtol=1e-8, atol=1e-9 * np.abs(full).max())


@every_model
def test_the_examples_gradients_average_to_the_gradient_and_a_batch_takes_its_own(model):
    low, high = np.array(model.full.domain).T
    for p in np.random.default_rng(4).uniform(low, high, (4, 2)):
        each = model.gradients(p)
        assert each.shape == (2, model.examples)
        scale = 1e-9 * np.abs(each).max()
        np.testing.assert_allclose(each.mean(axis=1), model.full.gradient(p), rtol=1e-8, atol=scale)
        rows = np.arange(model.examples)[:: max(1, model.examples // 3)]
        np.testing.assert_allclose(each[:, rows].mean(axis=1), model.of(rows).gradient(p), rtol=1e-8, atol=scale)


@pytest.mark.parametrize("name", NORMALISED)
def test_a_batch_normalised_loss_over_all_data_is_the_standardised_one(name):
    model = NORMALISED[name]
    p = np.array([[0.3, -1.0], [2.0, 0.7]])
    whole = model.of(np.arange(model.examples))
    np.testing.assert_allclose(whole.gradient(p), model.full.gradient(p), rtol=1e-9, atol=1e-9)
    np.testing.assert_array_equal(model.of(np.array([1])).gradient(p), np.zeros((2, 2)))


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
