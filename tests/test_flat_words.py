"""Flat and sharp: every number and clause of its sentences is computed once more."""

import re

import numpy as np
import pytest
from scipy.optimize import minimize

from landscapes.from_data import tilted
from optimizers import SCHEDULES
from pages.data_parts.choices import WELLS
from pages.data_parts.compute import EXAMPLES, WELL_STEPS, wells
from pages.data_parts.flat import compared, curvature_words, sentence
from words import short

NUMBER = r"(−?\d[\d.]*(?:e−?\d+)?)"


def number(text):
    return float(text.rstrip(".").replace("−", "-"))


@pytest.fixture(scope="module")
def shown():
    return wells(tuple((name, knob.default) for name, knob in WELLS.items()), seed=0)


def test_the_tilts_of_all_examples_cancel_and_those_of_one_do_not(shown):
    train = shown[0]
    model, p = tilted(train, EXAMPLES, 4.0, seed=0), np.array([1.0, -2.0])
    each = np.array([model.of(np.array([i])).gradient(p) - train.gradient(p) for i in range(EXAMPLES)])
    np.testing.assert_allclose(each.mean(axis=0), 0, atol=1e-12)
    directions = each / np.linalg.norm(each, axis=1, keepdims=True)
    alike = directions @ directions.T - np.eye(EXAMPLES)
    assert alike.max() < 1 - 1e-9  # each in a direction of its own
    np.testing.assert_allclose(model.of(np.arange(EXAMPLES)).gradient(p), train.gradient(p), atol=1e-12)


def test_the_rate_falls_from_what_is_chosen_to_zero_along_half_a_cosine():
    rate = SCHEDULES["cosine"](0.1, steps=WELL_STEPS)
    steps = np.arange(WELL_STEPS + 1)
    wanted = 0.1 * (1 + np.cos(np.pi * steps / WELL_STEPS)) / 2
    np.testing.assert_allclose([rate(int(step)) for step in steps], wanted, atol=1e-15)


def test_the_curvatures_and_the_rate_are_those_at_the_minima(shown):
    train = shown[0]
    said = curvature_words(train)
    found = re.search(rf"is {NUMBER} at the flat minimum and {NUMBER} at the sharp one.*2/λ = {NUMBER}", said)
    for text, middle in zip(found.groups()[:2], ((0.0, 0.0), (5.0, 0.0)), strict=True):
        at = minimize(train.value, middle, jac=train.gradient, tol=1e-12).x
        assert short(float(np.linalg.eigvalsh(train.hessian(at))[-1])) == text
    assert number(found[3]) == pytest.approx(2 / number(found[2]), rel=0.005)


def test_the_shares_and_losses_are_those_of_the_ends(shown):
    train, test, _, results = shown
    for result in results:
        flat, sharp, loss = re.search(rf"(\d+)% of .* and (\d+)% in .* is {NUMBER}\.$", sentence(result)).groups()
        near = np.linalg.norm(result.ends, axis=0) < 2.5  # nearer to the flat minimum than to the sharp one
        assert int(flat) <= round(100 * near.mean())
        assert int(sharp) <= round(100 * (~near).mean())
        assert short(float(test.value(result.ends).mean())) == loss
    said = compared(*results, shift=0.15)
    assert said.startswith("The test loss is the training loss shifted by 0.15. ")
    p = np.random.default_rng(0).uniform(-2, 6, (2, 50))
    shifts = [np.abs(test.value(p) - train.value(p - [[dx], [dy]])).max() for dx, dy in ((0.15, 0), (-0.15, 0))]
    assert min(shifts) < 1e-12
    for result in results:
        cost = float(test.value(result.ends).mean() - train.value(result.ends).mean())
        side = "above" if cost >= 0 else "below"
        assert f"Where batches of {result.size} end, it lies {short(abs(cost))} {side} the training loss." in said
