"""The lecture's tables: momentum at three points with a past, and the correction of a mean's bias towards zero."""

import inspect

import numpy as np
import pytest
from optimizer_facts import EXPECT

from figures import bias_correction, corrected_steps, three_pushes
from figures.lecture import AT, loss_along
from landscapes import knobs
from optimizers import CONVENTIONS, OPTIMIZERS, corrections, pushes
from pages.step_by_step_parts.tables import convention_words, correction_words, outcome, push_words

TURNED = [(0.1, 0.9), (1.0, 0.0), (0.5, 0.3), (0.02, 0.999), (0.0, 0.5), (0.1, 0.5)]


def column(rows, name):
    return [getattr(row, name) for row in rows]


def test_the_lectures_three_points_have_its_gradients_and_its_past():
    rows = pushes()
    assert column(rows, "point") == ["P1", "P2", "P3"]
    assert column(rows, "g") == [-3.5, 0.0, 1.0]
    assert column(rows, "past") == [-4.0, -2.0, -2.0]
    np.testing.assert_allclose(column(rows, "by_gradient"), [0.35, 0.0, -0.1], rtol=1e-12)
    np.testing.assert_allclose(column(rows, "by_momentum"), [0.36, 0.18, 0.18], rtol=1e-12)
    np.testing.assert_allclose(column(rows, "movement"), [0.71, 0.18, 0.08], rtol=1e-12)


@pytest.mark.parametrize(("rate", "beta"), TURNED)
def test_gradient_and_momentum_add_up_and_every_lecture_remembers_by_its_own_rule(rate, beta):
    for row in pushes(rate, beta):
        near = {"rel": 1e-12, "abs": 1e-15}
        assert row.movement == pytest.approx(row.by_gradient + row.by_momentum, **near)
        assert row.by_gradient == pytest.approx(-rate * row.g, **near)
        assert row.by_momentum == pytest.approx(-rate * beta * row.past, **near)
        assert row.v == pytest.approx(beta * row.past + row.g, **near)
        assert row.m == pytest.approx(beta * (-rate * row.past) - rate * row.g, **near)
        assert row.minus_m == pytest.approx(beta * (rate * row.past) + rate * row.g, **near)
        assert row.mean == pytest.approx(beta * row.past + (1 - beta) * row.g, **near)
        assert row.averaged == pytest.approx(-rate * row.mean, **near)
        assert row.m == pytest.approx(row.movement, **near)


def test_every_lecture_has_the_letter_of_its_own_rule():
    assert {each.lecture: each.letter for each in CONVENTIONS} == {
        "PyTorch; Dive into Deep Learning": r"\beta",
        "H.-Y. Lee": r"\lambda",
        "Lin; S. Ruder": r"\gamma",
        "A. Ng": r"\beta",
    }
    for each in CONVENTIONS:
        assert each.letter in each.memory


def test_the_tables_have_the_knobs_of_the_rules():
    momentum, adam = knobs(OPTIMIZERS["momentum"]), knobs(OPTIMIZERS["adam"])
    for table, rule, names in (
        (pushes, momentum, ("learning_rate", "momentum")),
        (corrections, adam, ("beta1", "beta2")),
    ):
        for name in names:
            mine, its = knobs(table)[name], rule[name]
            assert (mine.low, mine.high, mine.log, mine.least) == (its.low, its.high, its.log, its.least)
            assert inspect.signature(table).parameters[name].default == mine.default


@pytest.mark.parametrize(("rate", "beta"), TURNED)
def test_what_is_said_of_the_points_is_what_the_numbers_say(rate, beta):
    rows = pushes(rate, beta)
    for row in rows:
        said = outcome(row)
        assert ("goes on" in said) == (row.movement > 0)
        assert ("turns back" in said) == (row.movement < 0)
        assert ("against its gradient" in said) == (row.movement * -row.g < 0)
        assert ("by its momentum alone" in said) == (row.by_gradient == 0 and row.movement != 0)
    assert push_words(rows).count("by itself") == 3
    assert f"{rows[0].averaged:.6g}".replace("-", "−") in convention_words(rows)


def test_with_little_momentum_the_third_point_turns_back_and_with_half_of_it_stays():
    assert outcome(pushes(0.5, 0.3)[2]) == "In all it turns back by 0.2."
    assert outcome(pushes(0.1, 0.5)[2]) == "In all it stays where it is."


def test_the_loss_that_is_drawn_has_the_gradients_of_the_points():
    gradients = column(pushes(), "g")
    at, near = np.array(AT), 1e-6
    slopes = (loss_along(at + near, gradients) - loss_along(at - near, gradients)) / (2 * near)
    np.testing.assert_allclose(slopes, gradients, atol=1e-5)
    x = np.linspace(-0.4, 3.2, 400)
    assert np.abs(np.diff(loss_along(x, gradients))).max() < 5 * np.diff(x)[0]  # without a jump


@pytest.mark.parametrize(("rate", "beta"), TURNED)
def test_the_arrows_are_as_long_as_what_they_stand_for_all_to_one_scale(rate, beta):
    rows = pushes(rate, beta)
    figure = three_pushes(rows)
    drawn = {
        name: [trace for trace in figure.data if trace.name == name]
        for name in ("by gradient", "by momentum", "in all")
    }
    lengths = [trace.x[1] - trace.x[0] for arrows in drawn.values() for trace in arrows]
    true = [*column(rows, "by_gradient"), *column(rows, "by_momentum"), *column(rows, "movement")]
    scale = max(map(abs, lengths)) / (max(map(abs, true)) or 1)
    np.testing.assert_allclose(lengths, np.multiply(true, scale), atol=1e-12)
    assert [trace.x[0] for trace in drawn["in all"]] == list(AT)


def test_the_lectures_bias_correction_is_that_of_the_table():
    rows = corrections((1, 2, 3, 10, 100), gradient=1.0)
    np.testing.assert_allclose(column(rows, "c1"), EXPECT["AD-01"]["factor"], rtol=1e-12)
    np.testing.assert_allclose(column(corrections((1, 10, 100, 1000)), "c2"), EXPECT["AD-02"]["factor"], rtol=1e-12)
    np.testing.assert_allclose(column(rows, "velocity"), EXPECT["MO-06"]["pytorch"], rtol=1e-12)
    np.testing.assert_allclose(column(rows, "mean"), EXPECT["MO-06"]["ng"], rtol=1e-12)


def test_against_the_lectures_gradient_of_one_half_the_first_mean_is_a_tenth_of_it_and_is_put_right():
    first = corrections((1,))[0]
    assert (first.m, first.m_hat) == (pytest.approx(0.05), pytest.approx(0.5))
    assert (first.v, first.v_hat) == (pytest.approx(0.00025), pytest.approx(0.25))


@pytest.mark.parametrize(
    ("gradient", "beta1", "beta2"), [(0.5, 0.9, 0.999), (2.0, 0.5, 0.9), (1e-3, 0.0, 0.0), (100.0, 0.999, 0.9999)]
)
def test_a_corrected_mean_of_a_steady_gradient_is_the_gradient(gradient, beta1, beta2):
    rows = corrections(gradient=gradient, beta1=beta1, beta2=beta2)
    for row in rows:
        assert row.m_hat == pytest.approx(gradient)
        assert row.v_hat == pytest.approx(gradient**2)
        assert row.step == pytest.approx(1, rel=1e-9)
        assert row.uncorrected == pytest.approx((1 - beta1**row.t) / np.sqrt(1 - beta2**row.t), rel=1e-8)
    said = correction_words(gradient, rows)
    longest = max(rows, key=lambda row: row.uncorrected)
    assert f"longest at $t = {longest.t}$" in said


def test_the_curves_of_the_correction_are_the_numbers_of_the_table():
    rows = corrections()
    level, corrected, mean = bias_correction(rows, 0.5).data
    assert list(level.y) == [0.5, 0.5]
    np.testing.assert_array_equal(corrected.y, column(rows, "m_hat"))
    np.testing.assert_array_equal(mean.y, column(rows, "m"))
    _, steps, uncorrected = corrected_steps(rows).data
    np.testing.assert_array_equal(steps.y, column(rows, "step"))
    np.testing.assert_array_equal(uncorrected.y, column(rows, "uncorrected"))


@pytest.mark.parametrize("rate", [0.0, 5e-324, 1e-7, 9e99])
def test_a_rate_of_any_size_has_its_numbers_and_its_arrows(rate):
    figure = three_pushes(pushes(rate, 0.9))
    lengths = np.array([trace.x[1] - trace.x[0] for trace in figure.data if trace.name == "in all"])
    assert np.isfinite(lengths).all()
    assert (np.diff(lengths) < 0).all() or rate < 1e-300
    assert np.isfinite([number for row in pushes(rate, 0.9) for number in row[1:]]).all()


@pytest.mark.parametrize(
    ("beta1", "beta2"), [(0.9, 1 - 2**-53), (1 - 2**-53, 0.9), (1 - 2**-53, 1 - 2**-53), (0.0, 0.0)]
)
def test_a_coefficient_next_to_one_has_its_numbers(beta1, beta2):
    for row in corrections(gradient=1e-9, beta1=beta1, beta2=beta2):
        assert row.step == pytest.approx(1, rel=1e-6)
        assert np.isfinite(row).all()
