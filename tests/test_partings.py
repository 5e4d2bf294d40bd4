"""Where two rules of one kin part, and what is said of it."""

import numpy as np
import pytest
from optimizer_surfaces import slope
from recorded_runs import recorded

from landscapes import LANDSCAPES
from optimizers import (
    DIFFERENCES,
    RULES,
    SCHEDULES,
    differences,
    parting,
    partings,
)


def steps_of(name, landscape, steps, start=(0.0, 0.0), **numbers):
    positions = recorded(name, landscape=landscape, start=start, steps=steps, **numbers).run.positions
    return positions[0, :-1] - positions[0, 1:]


def test_a_changed_rate_parts_momentum_as_its_sentence_says():
    half = LANDSCAPES["quadratic_bowl"](kappa=1.0)
    ends = {
        name: recorded(
            name, landscape=half, start=(1.0, 0.0), steps=6, schedule=lambda t: 0.1 if t < 3 else 0.01, momentum=0.9
        ).run.positions[0, 6]
        for name in ("momentum", "momentum_lee")
    }
    assert (round(ends["momentum"], 3), round(ends["momentum_lee"], 3)) == (0.403, -0.104)
    assert "0.403" in DIFFERENCES["momentum", "momentum_lee"]


def test_a_steady_gradient_parts_the_momenta_as_their_sentences_say():
    last = {
        name: steps_of(name, slope(1.0, 0.0), 300, learning_rate=1.0, momentum=0.9)[-1]
        for name in ("momentum", "momentum_lee", "momentum_ema")
    }
    assert last == {"momentum": pytest.approx(10), "momentum_lee": pytest.approx(10), "momentum_ema": pytest.approx(1)}
    slow = recorded("momentum_ema", learning_rate=1e-3).run.positions
    np.testing.assert_allclose(slow, recorded("momentum", learning_rate=1e-4).run.positions, rtol=1e-9)


def test_first_steps_part_the_rmsprops_as_their_sentences_say():
    def first(name, g=2.0, **numbers):
        return steps_of(name, slope(g, 1.0), 1, learning_rate=1.0, **numbers)[0]

    assert first("rmsprop", alpha=0.9) == pytest.approx(3.16, abs=5e-3)
    assert first("rmsprop", alpha=0.99) == pytest.approx(10, abs=1e-6)
    assert first("rmsprop_lee") == 1.0
    assert first("rmsprop_hinton", alpha=0.9) == pytest.approx(3.16, abs=5e-3)
    assert first("rmsprop", 1e-3, alpha=0.9, epsilon=1e-6) == pytest.approx(3.15, abs=5e-3)
    assert first("rmsprop_hinton", 1e-3, alpha=0.9, epsilon=1e-6) == pytest.approx(0.953, abs=5e-4)


def test_a_steady_gradient_parts_adagrads_and_adams_as_their_sentences_say():
    hundredth = {
        name: steps_of(name, slope(2.0, 1.0), 100, learning_rate=1.0)[-1] for name in ("adagrad", "adagrad_rms")
    }
    assert hundredth == {"adagrad": pytest.approx(0.1), "adagrad_rms": pytest.approx(1.0)}
    falling = recorded("adagrad_rms", schedule=SCHEDULES["inverse_sqrt"](0.1)).run.positions
    np.testing.assert_allclose(falling, recorded("adagrad", learning_rate=0.1, epsilon=0.0).run.positions, rtol=1e-9)
    uncorrected = steps_of("adam_uncorrected", slope(2.0, 1.0), 100, learning_rate=1.0)
    assert uncorrected[0] == pytest.approx(3.16, abs=5e-3)
    assert uncorrected[11] == pytest.approx(6.57, abs=5e-3)
    np.testing.assert_allclose(steps_of("adam", slope(2.0, 1.0), 100, learning_rate=1.0), 1.0, rtol=1e-7)


def test_weight_decay_parts_adamw_from_l2_as_its_sentence_says():
    ends = {
        name: recorded(
            name, landscape=slope(0.5, 0.0), start=(1.0, 0.0), steps=1, learning_rate=0.1, weight_decay=0.1
        ).run.positions[0, 1]
        for name in ("adamw", "adam_l2")
    }
    assert {name: f"{end:.4f}" for name, end in ends.items()} == {"adamw": "0.8900", "adam_l2": "0.9000"}


def test_every_difference_names_two_rules_and_is_said_once():
    for pair, sentence in DIFFERENCES.items():
        assert set(pair) <= set(RULES)
        assert differences([*pair, "lion", pair[0]]) == [sentence]
    assert differences(["adam", "momentum", "lion"]) == []


def test_a_race_tells_where_two_rules_of_one_name_part():
    names, start = ("momentum", "momentum_lee", "lion"), (-1.2, 1.0)
    at_once = [recorded(name, start=start, learning_rate=1e-4).run.positions for name in names]
    assert partings(["One", "Other", "Lion"], names, at_once) == ["One and Other visit the same points here."]
    later = [
        recorded(name, start=start, schedule=SCHEDULES["step"](1e-4, every=7, factor=0.5)).run.positions
        for name in names
    ]
    assert partings(["One", "Other", "Lion"], names, later) == ["One and Other part here at step 8."]


def test_two_runs_that_left_at_the_same_step_have_not_parted():
    path = np.array([[0.0, 1.0, np.nan], [0.0, 1.0, np.nan]])
    assert parting(path, path) is None
    assert parting(path, np.array([[0.0, 1.0, 2.0], [0.0, 1.0, 2.0]])) == 2
