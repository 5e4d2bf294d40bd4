"""Every number and every claim about batches on the Data page, recomputed: all problems, orders and odd sizes."""

import re
from dataclasses import replace

import numpy as np
import pytest
from data_choices import EVERY, chosen
from visitor import opened

from figures import cloud
from figures.data_noise import ellipse
from figures.stage.packing import unpack
from landscapes import batch_covariance
from optimizers import OPTIMIZERS, descend
from pages.data_parts.batch_words import batch_name, cloud_words, critical_words, spread_words
from pages.data_parts.choices import ORDERS
from pages.data_parts.compute import batch_runs, view
from pages.data_parts.noise import noise, noisy_spread
from pages.shared.fields.run_choice import run_choice
from pages.shared.state.session import set_number
from words import coordinates, short

SEVERAL = [case for case in EVERY if case[0] != "logits" and case[1] != "one_example"]  # of several examples
BY_BATCH = [case for case in EVERY if case[2] == "by_batch"]


SIZES = ("1", "2", "3", "5", "all but one", "all")


def size_of(case, size):
    """One example, odd numbers that leave a rest, all but one, all; a size is at most all."""
    examples = chosen(*case).model().examples
    return {"all": examples, "all but one": examples - 1}.get(size) or min(int(size), examples)


def looked_at(case, order, size, **parts):
    return replace(chosen(*case), order=order, look=size, part="batch", **parts)


def gradients_of_whole_batches(choices, most=400):
    """One by one, as PyTorch's loader would bring them."""
    model, cut, place = choices.model(), choices.batches(choices.look), np.array(choices.start)
    again = cut.order == "in_order" or (cut.size == cut.examples and cut.order == "shuffled")
    found = []
    for step in range(cut.steps_per_epoch if again else max(most, cut.steps_per_epoch)):
        rows = cut.rows(step)
        if rows.size == cut.size and step < most:
            found.append(model.of(rows).gradient(place))
    return np.array(found).T


def pair_behind(words, said):
    """The two numbers behind these words, which have three digits each."""
    first, second = re.search(f"{re.escape(words)} ([−\\d.e]*\\d) and ([−\\d.e]*\\d)", said).groups()
    return [float(number.replace("−", "-")) for number in (first, second)]


THREE_DIGITS = {"rel": 5.1e-3, "abs": 1e-300}


PAIRS = [(order, size) for order in ORDERS for size in SIZES]
CASES = [  # every problem with some, and every pair with some
    *((case, *PAIRS[7 * at % len(PAIRS)]) for at, case in enumerate(SEVERAL)),
    *((BY_BATCH[at % len(BY_BATCH)], *pair) for at, pair in enumerate(PAIRS)),
]


@pytest.mark.parametrize(("case", "order", "size"), CASES)
def test_what_is_said_of_the_cloud_is_what_the_batches_do(case, order, size):
    size = size_of(case, size)
    choices = looked_at(case, order, size)
    model, place = choices.model(), np.array(choices.start)
    said, found = cloud_words(choices, noise(choices)), gradients_of_whole_batches(choices)
    full = model.full.gradient(place)
    assert coordinates(full, zero=1e-10 * np.abs(model.gradients(place)).max()) in said
    if size == model.examples and order != "replaced":
        np.testing.assert_allclose(found, full[:, None], rtol=1e-9, atol=1e-9 * np.abs(model.gradients(place)).max())
        assert "nothing scatters" in said
        return
    count = found.shape[1]
    assert (f"{count} batches of {size}" if count > 1 else f"the one batch of {size}") in said
    if case[2] == "by_batch" or order == "in_order":
        assert "gives" not in said
        mean = found.mean(axis=1)
        off = float(np.hypot(*(mean - full)))
        assert coordinates(mean, zero=1e-10 * np.abs(model.gradients(place)).max()) in said
        if off > 1e-10 * np.abs(model.gradients(place)).max():
            assert f"off by {short(off)}, {short(100 * off / float(np.hypot(*full)))} % of its length" in said
        else:
            assert "the same." in said
        if count > 1:
            assert pair_behind("variances", said) == pytest.approx(found.var(axis=1), **THREE_DIGITS)
    else:
        law = batch_covariance(model.gradients(place), size, order)
        variances = ((found - full[:, None]) ** 2).mean(axis=1)
        assert pair_behind("variances", said) == pytest.approx(variances, **THREE_DIGITS)
        assert pair_behind("gives", said) == pytest.approx(np.diag(law), **THREE_DIGITS)


@pytest.mark.parametrize(("case", "order", "size"), [each for each in CASES if each[1] != "in_order"])
def test_where_the_law_is_named_the_batches_obey_it_and_their_mean_is_the_full_gradient(case, order, size):
    """Within 6 standard errors, which follow from the fourth moments of what was drawn."""
    size = size_of(case, size)
    choices = looked_at(case, order, size)
    there = noise(choices)
    if there.law is None:
        return
    away, law = there.batches - there.full[:, None], np.diag(there.law)
    count = there.batches.shape[1]
    draws = max(1, min(count, count * size // choices.model().examples)) if order == "shuffled" else count
    error = np.sqrt(((away**2 - law[:, None]) ** 2).mean(axis=1) / draws)
    rounding = 1e-12 * np.abs(choices.model().gradients(np.array(choices.start))).max() ** 2
    assert (np.abs((away**2).mean(axis=1) - law) <= 6 * error + rounding).all()
    assert (np.abs(away.mean(axis=1)) <= 6 * np.sqrt(law / count) + np.sqrt(rounding)).all()


@pytest.mark.parametrize("case", BY_BATCH)
def test_normalised_by_batch_the_law_does_not_hold_and_the_mean_is_biased(case):
    """Why no law is named: what the examples alone would let expect is off by more than a quarter."""
    choices = looked_at(case, "shuffled", 3)
    there = noise(choices)
    law = batch_covariance(choices.model().gradients(np.array(choices.start)), 3, "shuffled")
    assert (np.abs(np.diag(there.covariance) / np.diag(law) - 1) > 0.25).any()
    assert there.off > 4 * there.chance


@pytest.mark.parametrize("case", BY_BATCH)
@pytest.mark.parametrize("order", ORDERS)
def test_the_gradient_of_a_single_example_that_is_normalised_by_itself_is_zero(case, order):
    choices = looked_at(case, order, 1)
    assert not noise(choices).batches.any()
    assert "whatever the weights" in cloud_words(choices, noise(choices))
    assert "100 % of its length" in cloud_words(choices, noise(choices))


@pytest.mark.long
@pytest.mark.parametrize(("case", "order", "size"), CASES)
def test_a_batch_leaves_the_minimum_or_stays_as_is_said(case, order, size):
    size = size_of(case, size)
    choices = looked_at(case, order, size)
    model, cut, best = choices.model(), choices.batches(size), view(choices).minimum
    for turn in (0, cut.steps_per_epoch - 1):  # the last may be smaller
        now = replace(choices, turn=turn)
        rows = cut.rows(turn)
        seen = model.of(rows)
        name = batch_name(now, cut)
        assert f"batch {turn + 1}, " in name
        assert (f"all {rows.size}" in name) == (rows.size == model.examples and order != "replaced")
        assert f" {rows.size} " in name
        said = critical_words(now, seen, best)
        assert name in said
        if best is None:
            place = np.array(now.start)
            batch, full = seen.gradient(place), model.full.gradient(place)
            down = [-batch / np.hypot(*batch), -full / np.hypot(*full)] if batch.any() and full.any() else []
            if down and "off that" in said:
                angle = float(said.rpartition(" is ")[2].partition("°")[0])
                turned = float(
                    np.degrees(np.arctan2(np.hypot(*(down[0] - down[1])), np.hypot(*(down[0] + down[1]))) * 2)
                )
                assert angle == pytest.approx(turned, rel=6e-3)
            continue
        scale = np.abs(model.gradients(np.array(model.full.start))).max()
        assert np.abs(model.full.gradient(best)).max() <= 1e-9 * scale
        moved = descend(seen, OPTIMIZERS["gradient_descent"](learning_rate=1.0), best, 1).positions[:, 1]
        step = np.abs(moved - best).max() if np.isfinite(moved).all() else np.inf
        assert ("stays there" in said) == (step <= 1e-8 * scale)
        if "leaves" in said:
            assert coordinates(seen.gradient(best)) in said


def test_a_theory_is_drawn_about_the_full_gradient_and_what_was_measured_about_the_mean():
    lawful, lawless = (
        looked_at(("features", "made_features", variant), "shuffled", 4) for variant in ("raw", "by_batch")
    )
    there = noise(lawful)
    figure = cloud(there.batches, there.full, there.law, ("x", "y"))
    (ring,) = [trace for trace in figure.data if trace.name == "theory, 2σ"]
    np.testing.assert_allclose([ring.x, ring.y], there.full[:, None] + 2 * ellipse(there.law))
    there = noise(lawless)
    assert there.law is None
    figure = cloud(there.batches, there.full, there.covariance, ("x", "y"), there.mean)
    assert not [trace for trace in figure.data if "theory" in trace.name]
    (ring,) = [trace for trace in figure.data if trace.name == "measured, 2σ"]
    np.testing.assert_allclose([ring.x, ring.y], there.mean[:, None] + 2 * ellipse(np.cov(there.batches, bias=True)))
    (mean,) = [trace for trace in figure.data if trace.name == "mean of batches"]
    np.testing.assert_allclose([mean.x[0], mean.y[0]], there.batches.mean(axis=1))


@pytest.mark.parametrize("covariance", [np.diag([4.0, 9.0]), np.array([[2.0, -1.0], [-1.0, 3.0]])])
def test_the_ring_is_one_standard_deviation_away_in_every_direction(covariance):
    ring = ellipse(covariance)
    np.testing.assert_allclose(np.einsum("in,ij,jn->n", ring, np.linalg.inv(covariance), ring), 1.0, rtol=1e-9)


def test_the_page_draws_no_law_where_there_is_none():
    app = opened("data", v="1", model="features", loss="by_batch", part="batch")
    (stage,) = [e.proto for e in app.get("bidi_component") if e.proto.component_name == "fall_line_stage"]
    names = [trace["name"] for trace in unpack(stage.bytes)[0]["panels"]["cloud"]["data"]]
    assert "measured, 2σ" in names
    assert "theory, 2σ" not in names


BOWL = ("bowl", "", "tilts")


def bowl(**parts):
    numbers = parts.pop("numbers", {})
    choices = replace(chosen(*BOWL), part="batch", **parts)
    for name, value in numbers.items():
        choices = replace(choices, numbers=set_number(choices.numbers, name, value))
    return choices


RACES = [
    {},
    {"order": "replaced"},
    {"order": "in_order"},
    {"sizes": (0, 5, 63), "drop_last": True},
    {"sizes": (3, 7), "clock": "epochs", "steps": 300},
    {"racer": run_choice("momentum", learning_rate=0.05, momentum=0.8), "numbers": {"kappa": 10.0, "examples": 17}},
    {"racer": run_choice("momentum_lee", learning_rate=0.02), "order": "replaced", "sizes": (0, 1)},
    {"racer": run_choice("gradient_descent", learning_rate=0.9), "numbers": {"kappa": 2.2}},
]


@pytest.mark.parametrize("parts", RACES)
def test_what_is_said_of_the_bowls_spread_is_what_the_noise_alone_does(parts):
    choices = bowl(**parts)
    races = batch_runs(choices)
    said = iter(spread_words(choices, races))
    for race in races:
        spread = noisy_spread(choices, race)
        without = race.size == choices.model().examples and choices.order != "replaced"
        assert (spread is None) == without
        if spread is None:
            continue
        sentence = next(said)
        still = descend(choices.model().full, race.run.build(), np.array(choices.start), race.updates).positions
        window = (race.trajectory.positions - still)[:, race.updates // 2 :]
        x, y = (window**2).mean(axis=1)
        assert f"the last {window.shape[1]:,} points" in sentence
        assert f"averages {short(x)} along x and {short(y)} along y" in sentence
        assert ("chance has no part" in sentence) == (choices.order == "in_order")
        if spread.expected is not None:
            for found, each in zip((x, y), spread.expected, strict=True):  # 4 standard errors of a normal's variance
                assert abs(found / each.variance - 1) < 4 * np.sqrt(2 / each.looks)
            expected = [each.variance for each in spread.expected]
            drawn = "shuffled epochs" if choices.order == "shuffled" else "independent draws"
            assert pair_behind(f"Expected for {drawn}:", sentence) == pytest.approx(expected, **THREE_DIGITS)
    assert next(said, None) is None


def test_the_way_down_is_no_spread():
    """With hardly any noise there is hardly any spread, however far the run still is from the minimum."""
    choices = bowl(numbers={"noise": 1e-6}, racer=run_choice("gradient_descent", learning_rate=0.005), sizes=(4,))
    (race,) = batch_runs(choices)
    assert np.abs(race.trajectory.positions[0, -1]) > 0.5
    assert (noisy_spread(choices, race).found < 1e-13).all()


@pytest.mark.parametrize("parts", [{"numbers": {"noise": 0.0}}, {"racer": run_choice("adam", learning_rate=0.1)}])
def test_without_noise_or_by_a_rule_without_theory_nothing_is_said_of_a_spread(parts):
    choices = bowl(**parts)
    assert spread_words(choices, batch_runs(choices)) == []


def test_beyond_the_border_there_is_no_spread():
    choices = bowl(racer=run_choice("gradient_descent", learning_rate=0.5), sizes=(4,))
    (sentence,) = spread_words(choices, batch_runs(choices))
    assert "ηλ = 2 is not below 2(1 + β) = 2" in sentence


def test_with_dropped_batches_the_clock_and_the_table_count_the_same_epochs():
    choices = bowl(drop_last=True, clock="epochs", sizes=(40,), steps=20)
    (race,) = batch_runs(choices)
    cut = choices.batches(40)
    assert (cut.steps_per_epoch, cut.examples_per_epoch) == (1, 40)
    assert race.examples / cut.examples_per_epoch == race.updates == 20 * 40 // 64
