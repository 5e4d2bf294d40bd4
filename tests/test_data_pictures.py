"""The parts of Data with a subject of their own: they open from their links, and what they say is computed anew."""

import numpy as np
import pytest
from data_choices import opened
from numpy.polynomial import Legendre
from scipy.special import softmax as scipys
from visitor import drawn

from figures import losses_along_training, training_and_test
from landscapes import ACTIVATIONS
from pages.data_parts import seconds
from pages.data_parts.compute import batch_runs
from pages.data_parts.link import read, write
from pages.data_parts.pictures import activations, normalisation, softmax, training_test
from words import coordinates, short

LINKS = [
    {"part": "training_test"},
    {"part": "training_test", "polynomial": "degree~15~points~4~noise~0~penalty~0.01", "complexity": "penalty"},
    {"part": "training_test", "polynomial": "degree~0~points~60~noise~1", "seed": "7"},
    {"part": "softmax"},
    {"part": "softmax", "logits": "first~1000~third~-1000~temperature~0.01", "target": "3"},
    {"part": "batch", "clock": "seconds", "data": "made_line", "steps": "30", "machine": "time~5~width~3"},
    {"part": "batch", "clock": "seconds", "model": "features", "loss": "by_batch", "steps": "20"},
    {"part": "activations"},
    {"part": "activations", "layers": "input~-2~weight~-100~bias~3~depth~30"},
    {"part": "normalisation", "normalisation": "gamma~2~beta~-1~update~100"},
    {"part": "normalisation", "over": "layer", "normalisation": "examples~32"},
]


def choices(link):
    taken, dropped = read({"v": ["1"], **{key: [value] for key, value in link.items()}})
    assert dropped == []
    return taken


@pytest.mark.parametrize("link", LINKS)
def test_a_part_opens_from_its_link_and_keeps_it(link):
    app = opened(v="1", **link)
    assert not app.warning
    assert not app.error
    for key, value in link.items():
        assert app.query_params[key] == value
    assert "NaN" not in drawn(app)


@pytest.mark.parametrize(
    "link", [{"part": "training_test", "polynomial": "degree~99"}, {"part": "softmax", "target": "4"}]
)
def test_a_number_that_cannot_be_is_refused_with_a_sentence(link):
    app = opened(v="1", **link)
    assert app.warning


def errors(points, degree):
    fit = Legendre.fit(*points, degree, domain=[-1, 1])
    return lambda of: short(float(np.mean((fit(of.x) - of.y) ** 2)))


def test_what_is_said_of_training_and_test_is_so():
    taken = choices(LINKS[0])
    found = training_test.fits(taken.polynomial, taken.seed)
    numpys = {degree: errors(found.points, degree) for degree in range(12)}
    training, test = (numpys[9](of) for of in (found.points, found.held_out))
    said = training_test.fit_words(found, 9, 0.0)
    assert "degree 9, which has 10 coefficients, is fitted to 12 points" in said
    assert f"is {training} on them and {test} on 100 points" in said
    best = min(numpys, key=lambda degree: float(numpys[degree](found.held_out)))
    said = training_test.degree_words(found)
    assert f"lowest at degree {best}, {numpys[best](found.held_out)}." in said
    assert f"At degree 0 the losses are {numpys[0](found.points)} and {numpys[0](found.held_out)}" in said
    assert float(numpys[best](found.held_out)) < float(test) / 10  # the default picture is one of over-fitting


def test_the_curve_on_screen_while_it_is_trained_is_gradient_descent():
    taken = choices(LINKS[0])
    found = training_test.fits(taken.polynomial, taken.seed)
    matrix = np.polynomial.legendre.legvander(found.points.x, 9)
    w, losses = np.zeros(10), {}
    for update in range(101):
        losses[update] = float(np.mean((np.polynomial.legendre.legval(found.held_out.x, w) - found.held_out.y) ** 2))
        w = w - found.rate * 2 * matrix.T @ (matrix @ w - found.points.y) / 12
    at = [int(np.flatnonzero(update == training_test.UPDATES)[0]) for update in (0, 1, 10, 100)]
    np.testing.assert_allclose(found.along[1][at], [losses[update] for update in (0, 1, 10, 100)], rtol=1e-9)
    best = min(losses, key=losses.get)
    assert f"lowest at update {best}, {short(losses[best])};" in training_test.training_words(found)


def test_more_coefficients_than_points_are_said_to_be():
    taken = choices({"part": "training_test", "polynomial": "degree~15~points~4"})
    found = training_test.fits(taken.polynomial, taken.seed)
    assert "more coefficients than there are points" in training_test.fit_words(found, 15, 0.0)
    assert found.losses[0] < 1e-20


@pytest.mark.parametrize("logits", [(2.0, 1.0, 0.0), (-3.0, -3.0, -5.0)])
def test_what_is_said_of_three_classes_is_so(logits):
    z, temperature = np.array(logits), 2.0
    p = scipys(z / temperature)
    assert coordinates(p) in softmax.probability_words(z, temperature)
    assert f"probability {short(p[1])}. Its" in softmax.loss_words(z, 1, temperature)
    assert f"−ln p = {short(-np.log(p[1]))}, so" in softmax.loss_words(z, 1, temperature)
    push = (p - np.array([0, 1, 0])) / temperature
    said = softmax.gradient_words(z, 1, temperature)
    assert coordinates(push) in said
    assert push[1] < 0 < min(push[0], push[2])  # a step down raises the right logit and lowers the others
    assert push.sum() == pytest.approx(0, abs=1e-15)
    cold = scipys(z / 0.01)
    named = [f"class {k + 1}" for k in np.flatnonzero(cold > 0.4)]
    assert f"nearly all goes to {' and '.join(named)}, whose" in softmax.temperature_words(z).replace(
        ", class", " and class"
    )
    np.testing.assert_allclose(scipys(z / 1000), 1 / 3, atol=1e-3)


def test_where_the_right_class_has_everything_nothing_pushes_and_that_is_said():
    assert "nothing pushes" in softmax.gradient_words(np.array([1000.0, 0.0, 0.0]), 0, 1.0)


def test_a_place_on_the_map_is_the_first_two_logits_and_stands_in_the_link():
    moved = softmax.moved(choices(LINKS[4]), -1.5, 3.0)
    assert moved.logits == (("first", -1.5), ("second", 3.0), ("third", -1000.0), ("temperature", 0.01))
    assert choices({"part": "softmax", "logits": write(moved)["logits"], "target": "3"}) == moved


def test_in_a_race_by_seconds_each_run_has_done_what_it_had_time_for():
    taken = choices({**LINKS[5], "sizes": "0~4~1"})
    full, four, single = batch_runs(taken)
    assert [race.size for race in (full, four, single)] == [50, 4, 1]
    passed = 30 * 0.005  # 30 ticks, each as long as the shortest update
    assert single.updates == 30
    assert full.updates == int(passed / (0.005 * 50 / 3))
    epoch = [0.005 * 4 / 3] * 12 + [0.005]  # twelve batches of 4 and one of 2, which does not fill the machine
    assert four.updates == int((np.cumsum(epoch * 3) <= passed).sum())
    assert full.shown.shape[1] == single.shown.shape[1] == 31


def test_the_seconds_and_the_critical_batch_that_are_said_are_so():
    taken = choices(LINKS[5])
    model, place = taken.model(), np.array(taken.start)
    each = model.gradients(place)
    scale = each.var(axis=1).sum() / (model.full.gradient(place) ** 2).sum()
    said = seconds.critical_batch_words(taken)
    assert f"is {short(scale)}:" in said
    assert "fewest seconds with batches of 3;" in said  # those that fill the machine
    saved = 1 - (1 + scale / 6) / (1 + scale / 3)
    assert f"batches of 6 save {saved:.0%} of the updates and make each 100% longer" in said
    said = seconds.machine_words(taken)
    ends = short(50 * 0.005), short(16 * 0.005 + 0.005), short(0.005 * 50 / 3)
    assert "0.005 s with up to 3 examples" in said
    assert "{} s with batches of 1, {} s with batches of 3 and {} s with all 50".format(*ends) in said


def test_at_a_minimum_the_critical_batch_is_said_to_be_infinite_and_of_batch_normalised_features_there_is_none():
    bowl = choices({"part": "batch", "clock": "seconds", "model": "bowl", "start": "0~0"})
    assert "infinite" in seconds.critical_batch_words(bowl)
    assert seconds.critical_batch_words(choices(LINKS[6])) == ""


@pytest.mark.parametrize("layers", ["depth~10", "input~-1~depth~3", "weight~0", "weight~-2~bias~0.5"])
def test_what_is_said_of_the_slopes_along_a_chain_is_so(layers):
    taken = choices({"part": "activations", "layers": layers})
    of = dict(taken.layers)

    def derivative(phi):
        """By differences through the whole chain."""
        ends = []
        for shift in (1e-6, -1e-6):
            h = of["input"] + shift
            for _ in range(int(of["depth"])):
                h = float(phi.value(np.array(of["weight"] * h + of["bias"])))
            ends.append(h)
        return (ends[0] - ends[1]) / 2e-6

    found = {name: derivative(ACTIVATIONS[name]) for name in activations.NAMES}
    said = activations.product_words(taken)
    last = {name: abs(float(each[-1])) for name, each in activations.products(taken).items()}
    for name, slope in found.items():
        assert last[name] == pytest.approx(abs(slope), rel=1e-3, abs=1e-8)
    assert f"at most (|w|/4)ᵏ = {short((abs(of['weight']) / 4) ** of['depth'])}." in said
    assert last["sigmoid"] <= (abs(of["weight"]) / 4) ** of["depth"]
    kept = [activations.NAMES[name] for name in last if last[name] == max(last.values())]
    for name in kept if max(last.values()) else []:
        assert name in said.partition("Most is left by ")[2].partition(":")[0]
    assert ("nothing is left by any of the six" in said) == (max(last.values()) == 0)


def test_what_is_said_of_a_normalised_batch_and_of_test_time_is_so():
    taken = choices(LINKS[9])
    batches = normalisation.drawn(6, 0)
    table = batches[99]
    trained = 2 * (table - table.mean(0)) / np.sqrt(table.var(0) + 1e-5) - 1
    assert "mean is −1 and its standard deviation 2." in normalisation.table_words(taken, table, trained)
    weights = 0.1 * 0.9 ** np.arange(99, -1, -1.0)
    mean, variance = weights @ batches.mean(axis=1), weights @ batches.var(axis=1, ddof=1) + 0.9**100
    used = 2 * (table - mean) / np.sqrt(variance + 1e-5) - 1
    row, column = np.unravel_index(np.abs(used - trained).argmax(), table.shape)
    said = normalisation.difference_words(taken, table, trained, (mean, variance))
    ends = short(float(used[row, column])), short(float(trained[row, column]))
    assert "feature {} of example {} becomes {} where it was {}.".format(column + 1, row + 1, *ends) in said
    assert f"after 10 updates {0.9**10:.1%} of" in normalisation.average_words(10, 0.1)


def test_the_true_values_are_those_of_very_many_examples():
    many = normalisation.drawn(2000, 1).reshape(-1, 4)
    np.testing.assert_allclose(many.mean(axis=0), normalisation.MEANS, atol=0.03)
    np.testing.assert_allclose(many.std(axis=0), normalisation.DEVIATIONS, rtol=0.01)


def test_the_cursor_of_the_playback_stands_on_the_losses_along_training_alone():
    x = np.array([1.0, 2.0, 3.0])
    pair = (np.array([1.0, 0.5, 0.1]), np.array([1.0, 0.4, 0.8]))
    assert not training_and_test("", "degree", x, pair).layout.meta["cursor"]
    along = losses_along_training("", np.array([0.0, 1.0, 10.0]), pair)
    assert along.layout.meta["cursor"]
    assert [trace.meta["plays"] for trace in along.data if trace.meta and "plays" in trace.meta] == [True, True]
    star = [trace for trace in along.data if trace.marker.symbol == "star"]
    assert [(trace.x[0], trace.y[0]) for trace in star] == [(1, 0.4)]
