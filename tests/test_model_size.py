"""The parts Model bias and Depth of the Networks page: what a larger model can do, and what its training comes to."""

import json
import re

import numpy as np
import pytest
from scipy.optimize import lsq_linear
from visitor import drawn, opened

from landscapes.networks import network_loss, outputs_of
from optimizers import OPTIMIZERS, descend
from pages.networks_parts import depth, model_bias
from pages.networks_parts.choices import NetworksChoices
from pages.networks_parts.choices.model_bias import KINDS
from pages.networks_parts.training import trained
from words import short


def shown(**link):
    return json.loads(drawn(opened("networks", v="1", **link)))


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_no_straight_line_is_as_low_as_a_sum_of_a_few_and_more_can_be_lower(kind):
    straight, (slope, intercept) = model_bias.straight_line()
    x, y = model_bias.curve()
    lowest = lsq_linear(np.stack([x[0], np.ones(x.size)], axis=1), y[0])
    assert straight == pytest.approx(np.mean(lowest.fun**2) / 2, rel=1e-9)
    np.testing.assert_allclose([slope, intercept], lowest.x, rtol=1e-6)
    found = model_bias.fitted(kind, 0)
    best = found.losses.min(axis=1)
    assert best[3] < straight / 5
    assert best[15] < best[3] / 5
    notes = shown(part="model_bias", bias_kind=kind, bias_units="4")["notes"]
    assert f"straight line has the loss {short(straight)}:" in notes[0]
    assert f"a constant and 4 of them come to {short(best[3])} in the best of 8" in notes[1]
    assert f"16 of them to {short(best[15])}." in notes[1]
    higher = [n + 1 for n in range(1, 16) if best[n] > 1.001 * best[:n].min()]
    assert notes[2].partition("a higher one at ")[2].startswith(", ".join(map(str, higher)))
    caught = int((found.losses[3] > 2 * best[3]).sum())
    assert notes[3].startswith(f"{caught} of the 8 trainings")


@pytest.mark.parametrize("kind", KINDS)
def test_a_sum_is_its_parts_and_a_constant_and_a_richer_one_contains_it(kind):
    theta, nodes = model_bias.fitted(kind, 0).best[3], np.linspace(-2, 2, 9)
    small, large = (model_bias.architecture_of(kind, units) for units in (4, 6))
    whole = outputs_of(small, theta, nodes[None])[0]
    parts = small.unpacked(theta)
    together = model_bias.parts_of(kind, 4, theta, nodes).sum(axis=0) + parts[3][0]
    np.testing.assert_allclose(together, whole, atol=1e-12)
    wider = [np.pad(part, ((0, 2), (0, 0))) for part in parts[:2]] + [np.pad(parts[2], ((0, 0), (0, 2))), parts[3]]
    losses = [network_loss(each, model_bias.curve(), "squared_error").value for each in (small, large)]
    assert losses[1](large.packed(wider)) == pytest.approx(losses[0](theta), rel=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_sums_that_are_trained_together_come_to_what_each_comes_to_alone(kind, monkeypatch):
    monkeypatch.setattr(model_bias, "STEPS", 40)
    found = model_bias.fitted.__wrapped__(kind, 5)
    for units in (1, 6, 16):
        alone = model_bias.architecture_of(kind, units)
        loss = network_loss(alone, model_bias.curve(), "squared_error")
        adam = OPTIMIZERS["adam"](learning_rate=model_bias.RATE)
        ends = descend(loss, adam, model_bias.starts(alone, 5), 40).positions[:, -1]
        np.testing.assert_allclose(found.losses[units - 1], loss.value(ends), rtol=1e-9)
        best = ends[:, loss.value(ends).argmin()]
        np.testing.assert_allclose(found.best[units - 1], best, rtol=1e-7, atol=1e-9)


@pytest.mark.long
def test_deeper_without_skip_connections_training_itself_falls_short_and_with_them_it_does_not():
    tree = shown(part="depth")
    ends = {}
    for kind, trainings in zip(("plain", "skips"), depth.trainings(NetworksChoices()), strict=True):
        networks = [trained(each) for each in trainings]
        ends[kind] = np.array([[loss.value(each.weights) for loss in (each.train, each.test)] for each in networks])
    written = [[float(cell) for cell in row[1:]] for row in tree["table"]["rows"]]
    np.testing.assert_allclose(written, [*ends["plain"].T, *ends["skips"].T], rtol=5e-3)
    plain, skips = ends["plain"][:, 0], ends["skips"][:, 0]
    assert plain[-1] > 10 * plain[0]
    assert skips.max() < 2 * skips[0]
    notes = " ".join(tree["notes"])
    worst = int(plain.argmax())
    assert f"at depth {depth.DEPTHS[worst]} training ends at the training loss {short(plain[worst])}" in notes
    assert f"With skip connections: training ends at the training losses {short(skips.min())} to" in notes


def test_over_fitting_is_said_where_the_training_loss_is_as_low_and_the_test_loss_higher():
    def losses(train, test):
        return depth.Losses(np.zeros(1), np.array([train]), np.array([test]))

    five = [losses(0.01, 0.3), losses(0.009, 1.2), losses(0.012, 0.9), losses(0.4, 3.0), losses(1.0, 2.0)]
    first, second = depth.in_words("Plain", five)
    assert re.search(r"at depth 30 .* loss 1, and at depth 2 at 0.01\. .*does not over-fit", first)
    assert re.search(r"at depth 5 the training loss is 0.009.* 1.2 in place of 0.3: that is over-fitting", second)
    assert len(depth.in_words("Skips", [losses(0.01, 0.3)] * 5)) == 1
    a_little_higher = depth.in_words("Skips", [losses(1.0, 1.3), *[losses(1.3, 2.3)] * 4])
    assert [*map(str, a_little_higher)] == [
        "Skips: training ends at the training losses 1 to 1.3, at depth 2 at 1: no depth comes to more than 1.5 times "
        "that."
    ]
