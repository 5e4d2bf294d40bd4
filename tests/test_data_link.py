"""Links of the Data page: they carry every choice and a short table, and nothing in them breaks the reader."""

import random
from dataclasses import replace
from urllib.parse import urlencode

import numpy as np
import pytest
from data_choices import EVERY, brought, chosen, followed, opened
from hypothesis import given
from hypothesis import strategies as st

from landscapes import own_data
from optimizers import OPTIMIZERS
from pages.data_parts.choices import (
    CLOCKS,
    MOST_SEED,
    ORDERS,
    PARTS,
    RACES,
    WELLS,
    about,
    first_choices,
    opening,
    problem_knobs,
    turned_to,
)
from pages.data_parts.compute import full_runs
from pages.data_parts.link import KNOWN, read, write
from pages.data_parts.panels import fitted_model
from pages.data_parts.problems import PROBLEMS, SURFACE, UPLOAD
from pages.data_parts.problems.chain import chain_factors, chain_words
from pages.data_parts.table_in_link import read_text, table_text, wanted
from pages.shared.fields.run_choice import MOST_STEPS, on_schedule, run_choice, takes_schedule
from words import speaking


def test_nonsense_in_a_link_is_said():
    app = opened(v="1", model="astrology", steps="1e9", sizes="x", wells="noise~-1")
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


def turned(marks, rng):
    def number(knob):
        value = rng.choice([knob.low, knob.high, knob.default, rng.uniform(knob.low, knob.high)])
        return float(round(value)) if knob.integer else value

    return tuple((name, number(knob)) for name, knob in marks.items())


def any_run(rng):
    name = rng.choice([each for each in OPTIMIZERS if takes_schedule(each)])
    run = on_schedule(run_choice(name, learning_rate=rng.uniform(1e-5, 1)), rng.choice(["constant", "cosine", "step"]))
    return replace(run, hidden=rng.random() < 0.3, warmup=rng.choice([0, 20]))


@pytest.mark.parametrize("seed", range(30))
def test_every_choice_is_in_the_link(seed):
    rng = random.Random(seed)
    problem, data, variant = rng.choice(EVERY)
    kind = PROBLEMS[problem]
    choices = replace(
        about(first_choices(), problem=problem, data=data, variant=variant, scaled=kind.scales and rng.random() < 0.5),
        numbers=turned(problem_knobs(problem, data, variant), rng),
        runs=tuple(any_run(rng) for _ in range(rng.randint(1, 4))),
        racer=replace(any_run(rng), hidden=False),
        start=(rng.uniform(-2, 2), 0.1),
        sizes=tuple(rng.sample([0, 1, 2, 7, 64], rng.randint(1, 4))),
        look=rng.randint(1, 50),
        turn=rng.randint(0, 99),
        steps=rng.randint(1, MOST_STEPS),
        order=rng.choice(list(ORDERS)),
        drop_last=rng.random() < 0.5,
        seed=rng.randint(0, MOST_SEED),
        versus=rng.choice(list(RACES)),
        clock=rng.choice(list(CLOCKS)),
        part=rng.choice(list(PARTS)),
        beside=rng.choice(["", SURFACE, *kind.variants]),
        wells=turned(WELLS, rng),
    )
    assert followed(write(choices)) == (choices, [])


def test_defaults_are_left_out_of_the_link():
    assert write(first_choices()) == {"v": "1"}


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("part", PARTS)
def test_what_opens_first_is_in_its_link_and_so_is_the_same_at_its_plain_defaults(problem, part):
    for choices in (
        opening(problem, part),
        replace(about(first_choices(), problem=problem), part=part),
        replace(about(first_choices(), problem=problem, data=next(iter(PROBLEMS[problem].sets), "")), part=part),
    ):
        assert followed(write(choices)) == (choices, [])


@pytest.mark.long
@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("variant", [None, "relu", "linear"])
def test_no_run_diverges_where_a_visitor_turns_to_a_model(problem, variant):
    kind = PROBLEMS[problem]
    for data in kind.sets or [""]:
        turned = turned_to(first_choices(), problem=problem, data=data, variant=variant or next(iter(kind.variants)))
        assert [race.verdict.kind for race in full_runs(turned) if race.verdict.kind == "diverged"] == []


def test_the_batch_opens_on_made_data():
    for link in ({"v": "1", "part": "batch"}, {"part": "batch"}):
        choices, dropped = followed(link)
        assert (choices.problem, choices.data, choices.part, dropped) == ("line", "made_line", "batch", [])
    assert followed({"v": "1", "part": "batch", "model": "classifier"})[0].data == "made_classes"


def test_a_chain_opens_ten_neurons_deep_where_its_gradient_vanishes():
    choices, dropped = followed({"v": "1", "model": "chain"})
    assert dropped == []
    assert dict(choices.numbers)["depth"] == 10
    model = fitted_model(choices, [])
    left = chain_factors(model)
    assert left.size == 10
    assert 0 < left[-1] < 1e-5 * left[0]
    assert "it is 3.48e−7" in chain_words(model)
    adam, momentum, descent = full_runs(choices)
    assert descent.loss[-1] > 2 * adam.loss[-1]  # which stays on the plateau that the other two cross
    assert descent.loss[-1] > 2 * momentum.loss[-1]


@pytest.mark.parametrize(
    ("link", "data", "depth"),
    [
        ({"part": "batch", "steps": "300"}, "hubble", None),
        ({"part": "batch", "sizes": "0~8~1"}, "hubble", None),
        ({"part": "batch", "seed": "3", "model": "classifier"}, "challenger", None),
        ({"part": "batch", "data": "hubble"}, "hubble", None),
        ({"model": "chain", "steps": "100"}, "hubble", 4),
        ({"model": "chain", "loss": "relu"}, "hubble", 4),
        ({"model": "chain", "data": "galton"}, "galton", 4),
        ({"model": "chain", "part": "batch", "look": "2"}, "hubble", 4),
    ],
)
def test_a_link_that_chooses_anything_more_leaves_out_what_it_always_left_out(link, data, depth):
    choices, dropped = followed({"v": "1"} | link)
    assert dropped == []
    assert choices.data == data
    assert dict(choices.numbers).get("depth") == depth


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"run": ["astrology~0.1"]}, "no optimizer of that name"),
        ({"run": ["nelder_mead~cosine"]}, "nelder_mead has no learning rate that could follow it"),
        ({"race": ["adam~-1e9"]}, "learning_rate of adam is a number ≥ 0, such as 0.001"),
        ({"sizes": ["1~1"]}, "sizes are one to 4 different whole numbers"),
        ({"sizes": ["1~2~3~4~5"]}, "sizes are one to 4 different whole numbers"),
        ({"seed": ["1e16"]}, "seed is a whole number from 0 to 9,007,199,254,740,991"),
        ({"seed": ["0.5"]}, "seed is a whole number from 0 to 9,007,199,254,740,991"),
        ({"data": ["upload"]}, "neither a table nor the name of a file"),
        ({"data": ["upload"], "table": ["x~y~1~2~3"]}, "a table is two names and 2 to 40 pairs of numbers"),
        ({"data": ["upload"], "table": ["x~y~1~2~3~1e999"]}, "a table is two names and 2 to 40 pairs of numbers"),
        ({"data": ["upload"], "file": ["mine.csv~xyz~a~b"]}, "a file is its name, eight letters and digits"),
        ({"data": ["nessie"]}, "data is one of"),
        ({"knobs": ["n~5"]}, "line hubble has the knobs (none)"),
        ({"drop": ["2"]}, "drop is one of 1"),
        ({"landscape": ["beale"]}, "not a part of a link to Data"),
    ],
)
def test_what_cannot_be_followed_is_dropped_with_a_sentence(link, said):
    choices, dropped = read({"v": ["1"], **link})
    assert len(dropped) == 1
    assert said in str(dropped[0])
    assert followed(write(choices)) == (choices, [])


TEXT = st.text("".join(map(chr, range(32, 127))) + "\x00é∞", max_size=30) | st.sampled_from(
    ["adam~", "~", "1e308", "-1"]
)


@given(st.dictionaries(st.sampled_from([*sorted(KNOWN), "?"]), st.lists(TEXT, max_size=3)))
def test_no_link_breaks_the_reader(link):
    choices, _ = read(link)
    assert followed(write(choices)) == (choices, [])


def test_a_short_table_travels_in_the_link():
    choices = about(replace(first_choices(), table=brought(40)), data=UPLOAD)
    link = write(choices)
    assert link["table"].startswith("x~y~0~0~1~1~2~2~")
    assert len(urlencode(link, safe="~")) < 300
    back, dropped = followed(link)
    assert dropped == []
    np.testing.assert_array_equal(back.table.inputs, choices.table.inputs)
    np.testing.assert_array_equal(back.table.target, choices.table.target)
    assert replace(back, table=None) == replace(choices, table=None)
    assert write(back) == link


def test_of_a_long_table_the_link_says_which_file_it_needs_and_keeps_everything_else():
    choices = replace(about(replace(first_choices(), table=brought(41)), data=UPLOAD), start=(0.5, 0.25), steps=77)
    back, dropped = followed(write(choices))
    assert dropped == []
    assert back == replace(choices, table=None, wanted=wanted(choices.table))
    assert write(back) == write(choices)


def test_a_link_has_the_names_of_columns_whatever_the_language():
    data = own_data([[1.0, 2.0], [3.0, 4.0]], ("day, days since 2024-02-28", "kind, 1 = dog"))
    with speaking("zh-Hant"):
        assert [str(label) for label in data.labels] == ["day（自 2024-02-28 起的天數）", "kind（1 = dog）"]
        text = table_text(data)
    assert text == table_text(data) == "day, days since 2024-02-28~kind, 1 = dog~1~3~2~4"


def test_a_column_may_have_any_name():
    data = own_data([[1.0, 2.0], [3.0, 4.0]], ('<a href="x">~y&</a>', ""))
    assert tuple(map(str, data.labels)) == ('a href="x" y /a', "y")
    assert read_text(table_text(data)).labels == data.labels
