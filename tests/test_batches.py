"""Mini-batches: reproducible from the seed, and unbiased."""

import itertools
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from data_models import MODELS, NORMALISED

from landscapes import ORDERS, Batches

CASES = {
    case["id"]: case["expect"]
    for case in json.loads((Path(__file__).parent / "data" / "acceptance_cases.json").read_text())["cases"]
}
SIZES = [(10, 3), (10, 5), (7, 7), (12, 1), (5, 4)]
every_model = pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)


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
