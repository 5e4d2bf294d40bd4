"""The Data page as a visitor uses it, without a browser: parts, links, tables of one's own, races and figures."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from figures import Run
from figures.data_fit import chances, fit, frames
from figures.data_noise import ellipse
from figures.stage.packing import compact
from landscapes import LINES, points, read_table, shares
from optimizers import OPTIMIZERS
from pages.data_parts.choices import (
    CLOCKS,
    MOST_SEED,
    MOST_STEPS,
    ORDERS,
    PARTS,
    SURFACE,
    WELLS,
    about,
    first_choices,
    problem_knobs,
)
from pages.data_parts.compute import batch_runs, beside_runs, full_runs, noise, view, wells
from pages.data_parts.link import KNOWN, read, write
from pages.data_parts.model import drawn, fitted_panel
from pages.data_parts.problems import MOST_ROUGH, PROBLEMS, UPLOAD
from pages.shared.choices import on_schedule, run_choice, takes_schedule

MENU = "../pages/menu.py"
EVERY = [
    (p, d, v) for p, kind in PROBLEMS.items() for d in (*kind.sets, *[""] * (not kind.sets)) for v in kind.variants
]
SOME = [(p, next(iter(kind.sets), ""), v) for p, kind in PROBLEMS.items() for v in kind.variants]


def opened(**link):
    app = AppTest.from_file(MENU, default_timeout=60)
    app.run()
    for name, value in link.items():
        app.query_params[name] = value
    app.switch_page("data.py").run()
    assert not app.exception
    return app


def followed(link):
    return read({key: [value] if isinstance(value, str) else value for key, value in link.items()})


def chosen(problem, data, variant):
    return about(first_choices(), problem=problem, data=data, variant=variant)


@pytest.mark.parametrize(("problem", "data", "variant"), SOME)
@pytest.mark.parametrize("part", ["model", "batch"])
def test_every_problem_opens_from_its_link(problem, data, variant, part):
    link = write(replace(chosen(problem, data, variant), part=part, steps=40))
    app = opened(**link)
    assert not app.warning
    assert not app.error
    assert app.title[0].value == "Data"


def test_flat_and_sharp_opens_from_its_link():
    assert not opened(v="1", part="flat").warning


def test_choosing_another_model_takes_its_data_and_its_own_start():
    app = opened()
    app.selectbox[0].set_value("classifier").run()
    assert not app.exception
    assert app.query_params["model"] == "classifier"
    assert app.selectbox[1].value == "challenger"


def test_turning_the_rate_is_in_the_link():
    app = opened()
    slider = next(s for s in app.select_slider if "learning rate" in s.label)
    slider.set_value(1.0).run()
    assert not app.exception
    assert "adam~learning_rate~1" in app.query_params["run"]


def test_nonsense_in_a_link_is_said():
    app = opened(v="1", model="astrology", steps="1e9", sizes="x", wells="noise~99")
    said = app.warning[0].value
    for word in ("astrology", "whole number from 1 to", "sizes are one to", "noise of flat and sharp"):
        assert word in said


@pytest.mark.parametrize(("problem", "data", "variant"), EVERY)
def test_the_link_opens_what_wrote_it_and_the_runs_begin_at_rates_they_survive(problem, data, variant):
    choices = chosen(problem, data, variant)
    assert followed(write(choices)) == (choices, [])
    for run, race in zip(choices.runs, full_runs(choices), strict=True):
        assert run.build().rate is not None
        assert race.verdict.kind != "diverged", run


def turned(marks, dice):
    def number(knob):
        value = dice.choice([knob.low, knob.high, knob.default, dice.uniform(knob.low, knob.high)])
        return float(round(value)) if knob.integer else value

    return tuple((name, number(knob)) for name, knob in marks.items())


def any_run(dice):
    name = dice.choice([each for each in OPTIMIZERS if takes_schedule(each)])
    run = on_schedule(
        run_choice(name, learning_rate=dice.uniform(1e-5, 1)), dice.choice(["constant", "cosine", "step"])
    )
    return replace(run, hidden=dice.random() < 0.3, warmup=dice.choice([0, 20]))


@pytest.mark.parametrize("seed", range(30))
def test_every_choice_is_in_the_link(seed):
    dice = random.Random(seed)
    problem, data, variant = dice.choice(EVERY)
    kind = PROBLEMS[problem]
    choices = replace(
        about(first_choices(), problem=problem, data=data, variant=variant, scaled=kind.scales and dice.random() < 0.5),
        numbers=turned(problem_knobs(problem, data, variant), dice),
        runs=tuple(any_run(dice) for _ in range(dice.randint(1, 4))),
        racer=replace(any_run(dice), hidden=False),
        start=(dice.uniform(-2, 2), 0.1),
        sizes=tuple(dice.sample([0, 1, 2, 7, 64], dice.randint(1, 4))),
        look=dice.randint(1, 50),
        turn=dice.randint(0, 99),
        steps=dice.randint(1, MOST_STEPS),
        order=dice.choice(list(ORDERS)),
        drop_last=dice.random() < 0.5,
        seed=dice.randint(0, MOST_SEED),
        clock=dice.choice(list(CLOCKS)),
        part=dice.choice(list(PARTS)),
        beside=dice.choice(["", SURFACE, *kind.variants]),
        wells=turned(WELLS, dice),
    )
    assert followed(write(choices)) == (choices, [])


def test_defaults_are_left_out_of_the_link():
    assert write(first_choices()) == {"v": "1"}


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"run": ["astrology~0.1"]}, "no optimizer of that name"),
        ({"run": ["nelder_mead~cosine"]}, "nelder_mead has no learning rate that could follow it"),
        ({"race": ["adam~1e9"]}, "learning_rate of adam goes from"),
        ({"sizes": ["1~1"]}, "sizes are one to 4 different whole numbers"),
        ({"sizes": ["1~2~3~4~5"]}, "sizes are one to 4 different whole numbers"),
        ({"seed": ["1000"]}, "seed is a whole number from 0 to 999"),
        ({"seed": ["0.5"]}, "seed is a whole number from 0 to 999"),
        ({"data": ["upload"]}, "a link does not carry your table"),
        ({"data": ["nessie"]}, "data is one of"),
        ({"knobs": ["n~5"]}, "line hubble has the knobs (none)"),
        ({"drop": ["2"]}, "drop is one of 1"),
        ({"landscape": ["beale"]}, "not a part of a link to Data"),
    ],
)
def test_what_cannot_be_followed_is_dropped_with_a_sentence(link, said):
    choices, dropped = read({"v": ["1"], **link})
    assert len(dropped) == 1
    assert said in dropped[0]
    assert followed(write(choices)) == (choices, [])


TEXT = st.text("".join(map(chr, range(32, 127))) + "\x00é∞", max_size=30) | st.sampled_from(
    ["adam~", "~", "1e308", "-1"]
)


@given(st.dictionaries(st.sampled_from([*sorted(KNOWN), "?"]), st.lists(TEXT, max_size=3)))
def test_no_link_breaks_the_reader(link):
    choices, _ = read(link)
    assert followed(write(choices)) == (choices, [])


def race(clock, **parts):
    return batch_runs(replace(first_choices(), clock=clock, sizes=(0, 5, 1), steps=120, **parts))


def test_a_race_by_updates_counts_updates():
    assert [each.updates for each in race("updates")] == [120, 120, 120]
    assert [each.examples for each in race("updates")] == [2880, 120 // 5 * 24, 120]


@pytest.mark.parametrize("clock", ["epochs", "examples"])
def test_in_a_race_by_examples_nobody_has_seen_more_than_the_clock_says(clock):
    full, five, single = race(clock)
    assert [each.updates for each in (full, five, single)] == [5, 25, 120]
    assert full.examples == five.examples == single.examples == 120
    np.testing.assert_array_equal(full.shown[:, :24], np.zeros((2, 24)))
    assert (full.shown[:, 24] != 0).all()
    np.testing.assert_array_equal(full.shown[:, 24:48], np.repeat(full.shown[:, 24:25], 24, axis=1))


def test_the_cloud_has_the_mean_and_the_variance_of_theory():
    choices = replace(first_choices(), look=3, start=(100.0, 50.0))
    there = noise(choices)
    error = np.sqrt(np.diag(there.covariance) / there.batches.shape[1])
    assert (np.abs(there.batches.mean(axis=1) - there.full) < 4 * error).all()
    np.testing.assert_allclose(there.found, np.diag(there.covariance), rtol=0.25)
    ring = ellipse(there.covariance)
    np.testing.assert_allclose(np.einsum("in,ij,jn->n", ring, np.linalg.inv(there.covariance), ring), 1.0, rtol=1e-9)


def test_small_batches_leave_the_sharp_well_and_large_ones_stay_whatever_the_seed():
    for seed in range(3):
        small, large = wells(first_choices().wells, seed)[3]
        assert small.size < large.size
        assert small.flat > 0.7
        assert large.sharp > 0.9
        assert large.test_loss - large.train_loss > 0.3
        assert small.test_loss - small.train_loss < 0.1


def test_the_lowest_minimum_in_view_is_marked():
    best = view(first_choices()).minimum
    np.testing.assert_allclose(best, [454.15844, -40.78365], rtol=1e-6)


def moving(figure):
    return {trace.name: trace for trace in figure.data if (trace.meta or {}).get("plays")}


def test_the_line_of_each_run_moves_with_its_steps_and_that_of_the_marker_stays():
    data, choices = LINES["three_points"](), chosen("line", "three_points", "squared")
    path = np.array([[0.0, 1.0, 1.5], [0.0, 2.0, 5 / 3]])
    model = choices.model()
    figure = fit(data, model.predict, model.straight, np.array([1.0, 2.0]), [Run("Adam", "#0072B2", path)])
    line = moving(figure)["Adam"]
    x = np.array(line.x)
    pixel = np.ptp(figure.layout.yaxis.range) / 2000
    np.testing.assert_allclose(line.meta["frames"], path[0][:, None] * x + path[1][:, None], atol=pixel)
    np.testing.assert_array_equal(line.y, line.meta["frames"][-1])
    marker = next(trace for trace in figure.data if trace.name == "at the marker")
    np.testing.assert_allclose(marker.y, np.array(marker.x) + 2.0, rtol=1e-12)


def test_a_run_that_left_keeps_the_last_model_it_had():
    path = np.array([[1.0, 2.0, np.nan, np.nan], [0.0, 0.0, np.nan, np.nan]])
    model = chosen("line", "three_points", "squared").model()
    shown = frames(model.predict, path, np.array([1.0]), 1.0)
    np.testing.assert_array_equal(shown[:, 0], [1, 2, 2, 2])


@pytest.mark.parametrize("problem", ["line", "classifier", "layers", "chain", "logits"])
def test_a_model_that_moves_over_the_longest_run_takes_at_most_200_kilobytes(problem):
    choices = replace(chosen(problem, "", ""), steps=MOST_STEPS)
    runs = drawn(["one"], ["#0072B2"], full_runs(choices)[:1])
    shown = moving(fitted_panel(choices, choices.points(), runs))["one"].meta["frames"]
    assert shown.shape[0] == MOST_STEPS + 1
    assert compact(shown).nbytes < 200_000


def test_bars_of_shares_end_where_the_softmax_does():
    path = np.array([[0.0, 3.0], [0.0, 1.0]])
    bars = moving(chances(np.zeros(2), [Run("Adam", "#0072B2", path)]))["Adam"]
    np.testing.assert_allclose(bars.meta["frames"][:, [1, 5, 9]], np.array(shares(path)).T, atol=1e-3)
    assert not np.any(bars.meta["frames"][:, [0, 3, 4, 7, 8, 11]])


def brought(rows):
    table = read_table(b"x,y\n" + b"".join(b"%d,%d\n" % (i % 7, i % 5) for i in range(rows)))
    return points(table, "x", "y")[0]


def test_a_table_of_ones_own_is_fitted_but_does_not_travel_in_the_link():
    choices = about(replace(first_choices(), table=brought(60)), data=UPLOAD)
    assert choices.model().examples == 60
    link = write(choices)
    assert link["data"] == UPLOAD
    back, dropped = followed(link)
    assert back.data == "hubble"
    assert len(dropped) == 1


def test_losses_without_a_closed_form_refuse_too_many_rows_with_a_sentence():
    choices = about(replace(first_choices(), table=brought(MOST_ROUGH + 1)), data=UPLOAD)
    assert choices.model().examples == MOST_ROUGH + 1
    with pytest.raises(ValueError, match="Only the squared error has a closed form; with 10,001 rows"):
        choices.model("absolute")


def test_an_uploaded_table_becomes_the_data_and_a_bad_one_is_explained():
    app = opened()
    app.file_uploader[0].upload("mine.csv", b"a,b\n1,2\n2,4\nx,5\n3,7\n", "text/csv").run()
    assert not app.exception
    assert app.selectbox[1].value == UPLOAD
    assert "row 4 has “x” as a" in app.warning[0].value.replace("\\", "")


def test_after_standardising_the_same_optimizers_arrive_sooner_at_rates_that_suit_them():
    choices = chosen("features", "made_features", "raw")
    raw, standardised = full_runs(choices)[2], beside_runs(choices, "standardised")[2]
    assert raw.verdict.kind == "moving"
    assert standardised.verdict.kind == "minimum"


def test_beside_the_cross_entropy_the_squared_error_keeps_its_runs_on_the_plateau_at_the_same_rates():
    choices = chosen("logits", "", "cross_entropy")
    entropy, squared = full_runs(choices)[2], beside_runs(choices, "squared")[2]
    assert entropy.loss[-1] < 0.01
    assert squared.loss[-1] > 1.99
