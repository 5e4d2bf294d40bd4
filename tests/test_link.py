"""A link carries every choice, exactly, and nothing in a link is trusted."""

import random
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landscapes import LANDSCAPES, Noise, Outlier, knobs
from optimizers import CLIPPING_RULES, OPTIMIZERS, SCHEDULES, Clipping
from pages.shared.fields import LONGEST
from pages.shared.fields.run_choice import RunChoice, clippable, schedule_knobs, takes_schedule, takes_warmup
from pages.shared.state.choices import (
    LABELS,
    OWN,
    SETTINGS,
    Choices,
    first_choices,
    landscape_knobs,
    with_landscape,
)
from pages.shared.state.link import KNOWN, LONGEST_REMEMBERED, read, write
from pages.shared.state.starts import ByHand, Grid, Ring
from pages.step_by_step_parts.choices import LECTURE


def opened(link):
    return read({key: [value] if isinstance(value, str) else value for key, value in link.items()})


def turned(marks, rng):
    def number(knob):
        value = rng.choice([knob.low, knob.high, knob.default, rng.uniform(knob.low, knob.high)])
        return float(round(value)) if knob.integer else value

    return tuple((name, number(knob)) for name, knob in marks.items())


def sound(run):
    try:
        run.build()
    except ValueError:
        return False
    return True


def any_choices(seed):
    rng = random.Random(seed)
    landscape = rng.choice([*LANDSCAPES, OWN])
    plain = replace(first_choices(), text="a*x**2 + exp(y*b_2)") if landscape == OWN else first_choices()
    there = with_landscape(landscape, replace(plain, landscape=landscape))
    runs = []
    for name in rng.choices(list(OPTIMIZERS), k=rng.randint(1, 4)):
        numbers = turned(knobs(OPTIMIZERS[name]), rng)
        schedule = rng.choice(list(SCHEDULES)) if takes_schedule(name) else "constant"
        hidden = rng.random() < 0.3
        runs.append(RunChoice(name, numbers, schedule, turned(schedule_knobs(schedule), rng), hidden))
        if takes_warmup(runs[-1]) and rng.random() < 0.5:
            runs[-1] = replace(runs[-1], warmup=rng.choice([1, 20, 5000]))
        while not sound(runs[-1]):  # some knobs bound each other
            runs[-1] = replace(runs[-1], numbers=turned(knobs(OPTIMIZERS[name]), rng))
        if clippable(name) and rng.random() < 0.4:
            runs[-1] = replace(runs[-1], clipping=Clipping(rng.choice(list(CLIPPING_RULES)), rng.choice([1.0, 1e-7])))
    made = replace(
        there,
        numbers=turned(landscape_knobs(landscape, there.text), rng),
        runs=tuple(runs),
        start=(rng.uniform(-2, 2), rng.choice([0.0, -1e-9, 1e5, 0.1])),
        further=rng.choice(
            [
                ByHand(),
                ByHand(tuple((rng.uniform(-1e6, 1e6), rng.uniform(-1e-300, 1)) for _ in range(rng.choice([1, 24])))),
                Ring(rng.randint(2, 24), rng.uniform(0.01, 0.5)),
                Grid(rng.randint(2, 5)),
            ]
        ),
        **{key: int(value) if SETTINGS[key].integer else value for key, value in turned(SETTINGS, rng)},
        **{key: rng.choice(list(names)) for key, (_, names) in LABELS.items()},
        lecture=turned(LECTURE, rng),
        point=rng.choice([None, (0.0, 0.0), (-1.5, 1 / 3)]),
        domain=((rng.uniform(-9, -1), rng.uniform(0, 9)), (-1.0, 1e3)) if landscape == OWN else there.domain,
    )
    (x0, x1), (y0, y1) = made.build().domain
    window = (x0 + (x1 - x0) / 3, x1), (y0, y0 + (y1 - y0) * rng.uniform(1e-6, 5))
    return replace(made, zoom=rng.choice([None, window]))


@pytest.mark.parametrize("seed", range(60))
def test_the_link_opens_exactly_the_choices_that_wrote_it(seed):
    choices = any_choices(seed)
    assert opened(write(choices)) == (choices, [])


def test_defaults_are_left_out_of_the_link():
    assert write(first_choices()) == {"v": "1"}


def test_a_typical_link_is_short_enough_for_a_slide():
    choices = replace(first_choices(), start=(-1.5, 0.75), steps=800)
    assert len(urlencode(write(choices), doseq=True)) <= 60


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"landscape": ["mount_doom"]}, "landscape has no value like that"),
        ({"run": ["adamant"]}, "no optimizer of that name"),
        ({"zoom": ["0~1~0"]}, "four numbers"),
        ({"zoom": ["0~1~0~nan"]}, "four numbers"),
        ({"zoom": ["1~0~0~1"]}, "times as long as the domain"),
        ({"zoom": ["0~1e-16~0~1"]}, "its sides are 1e−15 to 10 times as long as the domain"),
        ({"zoom": ["1~1.0000000000001~0~1"]}, "its sides are 2.22e−13 long at least"),
        ({"zoom": ["0~1~1e9~1000000001"]}, "times as long as the domain"),
        ({"run": ["adam~learning_rate~nan"]}, "learning_rate of adam is a number ≥ 0, such as 0.001"),
        ({"run": ["adam~learning_rate~-1"]}, "learning_rate of adam is a number ≥ 0, such as 0.001"),
        ({"run": ["adam~learning_rate~quick"]}, "learning_rate of adam is a number ≥ 0, such as 0.001"),
        ({"run": ["adam~beta1~1"]}, "beta1 of adam is a number ≥ 0 and < 1, such as 0.9"),
        ({"run": ["adam~learning_rate~1e-400"]}, "the smallest number above 0 there is here is about 5e−324"),
        ({"run": ["adam~learning_rate~1e999"]}, "the largest number there is here is about 1.8e308"),
        ({"run": ["adam~1e-400"]}, "the smallest number above 0 there is here is about 5e−324"),
        ({"run": ["adam~1e999"]}, "the largest number there is here is about 1.8e308"),
        ({"run": ["adam~nan"]}, "learning_rate of adam is a number ≥ 0, such as 0.001; “nan” means “not a number”"),
        ({"run": ["adam~-inf"]}, "such as 0.001; “-inf” is not a finite number"),
        ({"run": ["adam~0,5"]}, "learning_rate of adam is a number ≥ 0, such as 0.001"),
        ({"run": ["adam~warp~9"]}, "adam has the knobs"),
        (
            {"run": ["adam~cosine~steps~2.5"]},
            "steps of cosine is a whole number from 1 to 9,007,199,254,740,991, such as 100",
        ),
        ({"run": ["adam"] * 10}, "at most 8 run together"),
        ({"run": ["adam~cosine~warmup~2.5"]}, "behind cosine there may be warmup~20, with a whole number from 0"),
        ({"run": ["adam~linear_warmup~warmup~20"]}, "behind linear_warmup there may be"),
        ({"run": ["adam~cosine~step"]}, "behind cosine there may be"),
        ({"run": ["nelder_mead~warmup~20"]}, "nelder_mead has no learning rate that could follow it"),
        ({"run": ["adam~0.1~clip~norm~0"]}, "the limit of the clipping is a number > 0, such as 1"),
        ({"run": ["adam~clip~length~1"]}, "clip is one of norm, value"),
        ({"run": ["newton~clip~norm~1"]}, "newton asks for more than gradients, so they are not clipped"),
        ({"run": ["adam~clip~norm"]}, "adam has the knobs"),
        ({"outlier": ["-2"]}, "outlier is a number ≥ 0, such as 0"),
        ({"outlier_step": ["0"]}, "outlier_step is a whole number from 1 to 200,000"),
        ({"outlier_angle": ["361"]}, "outlier_angle is a number from 0 to 360"),
        ({"knobs": ["b~inf"]}, "b of rosenbrock is a number > 0, such as 100"),
        ({"lecture": ["momentum~1"]}, "momentum of the lecture is a number ≥ 0 and < 1, such as 0.9"),
        ({"lecture": ["warp~9"]}, "the lecture has the knobs learning_rate, momentum, gradient, beta1, beta2"),
        ({"start": ["1"]}, "start is two numbers"),
        ({"start": ["nan~0"]}, "start is two numbers"),
        ({"start": ["1e300~0"]}, "a start lies within"),
        ({"start": ["1~2~3"]}, "start is two numbers"),
        ({"start": ["~".join(["1"] * 52)]}, "for each of at most 25 starts"),
        ({"start": ["0~0~1e300~0"]}, "a start lies within"),
        ({"starts": ["ring~25~0.2"]}, "starts is ring~2 to 24~1e−6 to 0.5, or grid~2 to 5"),
        ({"starts": ["ring~8"]}, "starts is ring"),
        ({"starts": ["ring~2.5~0.2"]}, "starts is ring"),
        ({"starts": ["grid~4~4"]}, "starts is ring"),
        ({"starts": ["sieve~4"]}, "starts is ring"),
        ({"steps": ["1000000000"]}, "a whole number from 1 to 200,000"),
        ({"steps": ["0"]}, "a whole number from 1 to 200,000"),
        ({"steps": ["NaN"]}, "a whole number from 1 to 200,000"),
        ({"landscape": [OWN], "f": ["__import__('os').system('true')"]}, "was dropped"),
        ({"landscape": [OWN], "f": ["x**2"], "x": ["3~-3"]}, "from a smaller to a larger"),
        ({"landscape": [OWN], "f": ["x" * 1_000_000]}, "at most 1300 characters"),
        ({"noise": ["-1"]}, "noise is a number ≥ 0, such as 0"),
        ({"seed": ["1.5"]}, "seed is a whole number"),
        ({"height": ["sideways"]}, "height is one of"),
        ({"part": ["7"]}, "part is one of"),
        ({"sheet": ["music"]}, "sheet is one of update, tables"),
        ({"update": ["0"]}, "update is a whole number from 1 to 200,000"),
        ({"update": ["2.5"]}, "update is a whole number from 1 to 200,000"),
        ({"point": ["inf~0"]}, "point is two numbers"),
        ({"axis": ["<script>"]}, "axis is one of"),
        ({"cake": ["1"]}, "not a part of a link"),
        ({"v": ["99"]}, "v is one of 1"),
    ],
)
def test_nonsense_falls_back_to_the_default_with_a_sentence(link, said):
    choices, dropped = read({"v": ["1"], **link})
    assert len(dropped) == 1
    assert said in str(dropped[0])
    assert len(str(dropped[0])) < 400
    assert choices.build().value is not None
    assert opened(write(choices)) == (choices, [])


def test_a_warm_up_stands_behind_the_schedule_and_is_told_from_the_schedules_of_that_name():
    choices, dropped = read({"run": ["adam~cosine~steps~100~warmup~20", "adam~warmup~20", "adam~warmup~steps~20"]})
    assert dropped == []
    warmed, constant, scheduled = choices.runs
    assert (warmed.schedule, warmed.warmup, dict(warmed.schedule_numbers)["steps"]) == ("cosine", 20, 100)
    assert (constant.schedule, constant.warmup) == ("constant", 20)
    assert (scheduled.schedule, scheduled.warmup) == ("warmup", 0)
    assert write(choices)["run"] == ["adam~cosine~warmup~20", "adam~warmup~20", "adam~warmup"]


def test_clipping_stands_behind_the_warm_up_and_before_what_is_hidden():
    links = ["adam~0.1~cosine~warmup~20~clip~norm~2.5~hidden", "typed~clip~0.5~clip~value~7", "momentum~clip~value~1"]
    choices, dropped = read({"run": links, "rule": ["v = clip*v + g\np = p - learning_rate*v"]})
    assert dropped == []
    found = [(run.clipping, run.hidden, run.warmup) for run in choices.runs]
    assert found == [
        (Clipping("norm", 2.5), True, 20),
        (Clipping("value", 7.0), False, 0),
        (Clipping("value"), False, 0),
    ]
    assert dict(choices.runs[1].numbers)["clip"] == 0.5
    assert write(choices)["run"] == links


def test_an_outlier_stands_in_the_link_by_size_update_and_direction():
    choices, dropped = read({"outlier": ["40"], "outlier_step": ["12"], "outlier_angle": ["270"]})
    assert dropped == []
    assert choices.gradient_noise == Noise(outlier=Outlier(40.0, 12, 270.0))
    assert not first_choices().gradient_noise.outlier.present


def test_what_is_right_in_a_half_wrong_link_is_kept():
    choices, dropped = read({"run": ["adam~beta1~0.5~beta2~7"], "steps": ["77"], "start": ["a~b"]})
    assert choices.steps == 77
    assert dict(choices.runs[0].numbers)["beta1"] == 0.5
    assert len(dropped) == 2


LETTERS = "".join(map(chr, range(32, 127))) + "\x00é−∞"
TEXT = st.text(LETTERS, max_size=40) | st.sampled_from(
    ["adam~", "~", "~~~", "momentum~momentum", "1e308~1e308", "formula"]
)
KEYS = st.sampled_from([*sorted(KNOWN), "?"])


@given(st.dictionaries(KEYS, st.lists(TEXT, max_size=3)))
def test_no_link_breaks_the_reader(link):
    choices, _ = read(link)
    assert isinstance(choices, Choices)
    assert all(len(text) <= LONGEST for text in choices.landscape)
    assert opened(write(choices)) == (choices, [])


@pytest.mark.parametrize("length", [10, 2 * LONGEST_REMEMBERED])
def test_a_link_that_is_read_again_says_the_same_whatever_was_done_with_what_it_said(length):
    link = {"landscape": ["himmelblau"], "unknown": ["x" * length], "steps": ["many"]}
    choices, dropped = read(link)
    said = [str(sentence) for sentence in dropped]
    dropped.clear()
    again, dropped = read(link)
    assert len(said) == 2
    assert (again, [str(sentence) for sentence in dropped]) == (choices, said)
    assert (again is choices) == (length <= LONGEST_REMEMBERED)
