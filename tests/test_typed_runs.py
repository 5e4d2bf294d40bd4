"""A rule that someone typed runs as every other: in a race and its link, with rates, verdicts and worked steps."""

import random
from dataclasses import replace
from urllib.parse import parse_qs, urlencode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures import run_colours
from landscapes import knobs
from optimizers import OPTIMIZERS, SCHEDULES, anatomy, typed_rule
from optimizers.typed import LINES
from pages.data_parts.choices import first_choices as first_data
from pages.data_parts.choices import fitted
from pages.data_parts.link import read as read_data
from pages.data_parts.link import write as write_data
from pages.shared.controls.run_downloads import file_name, recipe
from pages.shared.controls.suggest import suited, with_suited_rates
from pages.shared.controls.tune import sweeps
from pages.shared.fields import MOST_RULES, SEARCHING, TYPED, RunChoice, run_choice, run_names, schedule_knobs
from pages.shared.race import measured, race_as_json, recorded
from pages.shared.race.compute import outcomes
from pages.shared.state.choices import first_choices, with_landscape
from pages.shared.state.link import read, write
from pages.step_by_step_parts.formulas import formulas, in_plain_text

HEAVY_BALL = "v = b*v + g\np = p - lr*v"
CONFUSING = "step = 0.5\ncosine = 2\nhidden = 3\nwarmup = 4\np = p - lr*g*step*cosine/(hidden*warmup)"
GREEK = "β₁ = 0.8\nm = β₁*m + (1 - β₁)*g\nλ = 0.01\np = p - η*(m + λ*p)"
BARE = "p = p - sign(g)/(t + 9)"
RULES = [*LINES.values(), HEAVY_BALL, CONFUSING, GREEK, BARE]


def typed(lines, **numbers):
    return run_choice(TYPED, lines=lines, **numbers)


def race(*runs, **parts):
    return replace(first_choices(), runs=runs, **parts)


def through_a_browser(link):
    """The link as an address has it, read back."""
    return parse_qs(urlencode(link, doseq=True), keep_blank_values=True)


def any_run(rng, rules):
    lines = rng.choice(rules)
    run = typed(lines)
    numbers = tuple((n, rng.choice([k.default, k.low, rng.uniform(k.low, k.high)])) for n, k in run.knobs.items())
    run = replace(run, numbers=numbers, hidden=rng.random() < 0.3)
    if "learning_rate" not in run.knobs or rng.random() < 0.4:
        return run
    plan = rng.choice(list(SCHEDULES))
    marks = schedule_knobs(plan)
    run = replace(run, schedule=plan, schedule_numbers=tuple((n, k.default) for n, k in marks.items()))
    return replace(run, warmup=rng.choice([0, 20])) if plan == "cosine" else run


@pytest.mark.parametrize("seed", range(60))
def test_the_link_opens_exactly_the_rules_that_were_typed(seed):
    rng = random.Random(seed)
    rules = rng.sample(RULES, MOST_RULES)
    runs = [any_run(rng, rules) for _ in range(rng.randint(1, 7))]
    runs.insert(rng.randint(0, len(runs)), run_choice("adam"))
    choices = race(*runs)
    assert read(through_a_browser(write(choices))) == (choices, [])


def test_a_link_has_the_lines_once_and_names_the_runs_by_them():
    choices = race(typed(HEAVY_BALL, learning_rate=0.05), typed(HEAVY_BALL), typed(BARE), run_choice("adam"))
    assert write(choices) == {
        "v": "1",
        "run": ["typed~0.05", "typed", "typed2", "adam"],
        "rule": [HEAVY_BALL, BARE],
    }


def test_three_of_the_longest_rules_fit_into_an_address_that_servers_take():
    line = "v = b*v + (1 - b)*g/(t + 1)\n"
    texts = [f"{line * 18}p = p - lr*v*0.{number}" for number in range(3)]
    runs = [typed(text.ljust(1000, "1")) for text in texts]
    assert {len(run.lines) for run in runs} == {1000}
    assert len(urlencode(write(race(*runs)), doseq=True)) < 8000


def test_the_race_of_data_carries_typed_rules_too():
    choices = replace(
        first_data(),
        runs=(typed(HEAVY_BALL, learning_rate=0.002), run_choice("adam"), typed(BARE)),
        racer=typed(GREEK, learning_rate=0.003),
    )
    assert read_data(through_a_browser(write_data(choices))) == (choices, [])
    there = fitted(choices)
    assert [run.lines for run in (*there.runs, there.racer)] == [HEAVY_BALL, "", BARE, GREEK]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"run": ["typed"]}, "its rule is not in the link"),
        ({"run": ["typed2"], "rule": [BARE]}, "its rule is not in the link"),
        ({"run": ["typed"], "rule": ["p = p - lr*grad(p)"]}, "grad is no function of a rule"),
        ({"run": ["typed"], "rule": ["__import__('os')"]}, "was dropped from the link"),
        ({"run": ["typed"], "rule": ["p = p + g*" + "g*" * 1_000_000]}, "rule may have at most 1300 characters"),
        ({"run": ["typed"], "rule": ["x" * 1200]}, "a rule has at most 1000 characters"),
        ({"run": ["typed"], "rule": [BARE] * 4}, "at most 3 different rules of your own run together"),
        ({"run": ["typed~b~1"], "rule": [HEAVY_BALL]}, "b of typed is a number ≥ 0 and < 1, such as 0.9"),
        ({"run": ["typed~c~1"], "rule": [HEAVY_BALL]}, "typed has the knobs b, learning_rate"),
        ({"run": ["typed~cosine"], "rule": [BARE]}, "typed has no learning rate that could follow it"),
        ({"run": ["typed4"], "rule": [BARE] * 3}, "its rule is not in the link"),
    ],
)
def test_a_rule_that_a_link_gets_wrong_is_left_out_with_a_sentence(link, said):
    choices, dropped = read({"v": ["1"], **link})
    assert said in " ".join(map(str, dropped))
    assert all(len(str(sentence)) < 400 for sentence in dropped)
    assert read(through_a_browser(write(choices))) == (choices, [])


@given(
    st.lists(
        st.text("".join(map(chr, range(32, 127))) + "\n\x00β←²√", max_size=60) | st.sampled_from(RULES), max_size=4
    ),
    st.lists(st.sampled_from(["typed", "typed~0.1", "typed2~b~0.5", "typed~~", "typed~step~0.1~step", "typed9"])),
)
def test_no_rule_in_a_link_breaks_the_reader(rules, runs):
    choices, _ = read({"rule": rules, "run": runs})
    assert read(through_a_browser(write(choices))) == (choices, [])


def test_links_that_know_nothing_of_typed_rules_are_written_and_read_as_before():
    link = {"v": "1", "run": ["adam~0.05~beta1~0.8~cosine~steps~50", "momentum~0.002~hidden"], "steps": "300"}
    choices, dropped = read(through_a_browser(link))
    assert (write(choices), dropped) == (link, [])
    assert all(run.lines == "" for run in choices.runs)


def test_runs_of_typed_rules_are_told_apart_and_coloured():
    runs = [typed(HEAVY_BALL, b=0.5), typed(HEAVY_BALL, b=0.8), typed(BARE), run_choice("adam"), typed(BARE)]
    names = run_names(runs)
    assert names == ["Your rule b\xa00.5", "Your rule b\xa00.8", "Your rule", "Adam", "Your rule 2"]
    assert len(set(run_colours([run.optimizer for run in runs]))) == len(runs)
    assert file_name(race(*runs), 0) == "rosenbrock-typed-b-0.5"


@pytest.mark.parametrize("name", ["adam", "rmsprop", "lion", "gradient_descent"])
def test_a_built_in_rule_as_lines_has_the_race_the_rate_and_the_best_rate_of_the_built_in(name):
    there = with_landscape("beale", first_choices())
    lines, built_in = typed(LINES[name]), run_choice(name)
    own = replace(lines, numbers=tuple((n, dict(built_in.numbers)[n]) for n in lines.knobs))
    assert dict(suited(own, there.where).numbers) == dict(suited(built_in, there.where).numbers)
    choices = replace(there, runs=(own, built_in), steps=300)
    ours, theirs = outcomes(choices)
    np.testing.assert_array_equal(ours.trajectory.positions, theirs.trajectory.positions)
    assert str(ours.verdict.sentence) == str(theirs.verdict.sentence)
    found = sweeps(choices)
    np.testing.assert_array_equal(found[0].losses, found[1].losses)


@pytest.mark.parametrize("lines", RULES)
def test_step_by_step_shows_the_numbers_of_every_typed_rule(lines):
    choices = race(typed(lines), steps=12)
    it = recorded(choices, 0)
    for t in (1, it.updates):
        update = anatomy(it, t)
        np.testing.assert_allclose(update.lines[-1].value, it.run.positions[:, t], rtol=1e-9)
        latex = formulas(update)
        assert latex.count("{") == latex.count("}")
        assert "_{}" not in latex
    for letter in measured(choices, 0).memories:
        assert not set(in_plain_text(letter)) & set("\\{}$")
    assert '"lines"' in race_as_json(choices)
    assert recipe(choices, choices.runs[0]).rule is typed_rule(lines)


def test_a_letter_of_ones_own_is_never_shown_as_what_another_rule_means_by_it():
    symbols = typed_rule("c1 = 0.5*c1 + g\nv_max = max(v_max, abs(c1_before))\nη = 2\np = p - lr*η*c1/v_max").symbols
    assert symbols["c1"] == "c_{1}"
    assert symbols["c1_before"] == "{c_{1}}_{-1}"
    assert symbols["v_max"] == r"v_{\max}"
    assert symbols["eta"] == r"\mathrm{eta}"


def test_a_rule_that_takes_as_long_as_a_search_is_counted_as_one():
    many = "p = p - lr*(" + " + ".join(["inverse(hessian)*g"] * 3) + ")"
    assert typed(many).weight == typed("p = p - g*(" + "+".join(["t"] * 110) + ")").weight == SEARCHING
    assert {typed(lines).weight for lines in LINES.values()} == {1}
    assert race(typed(many), steps=200_000).steps_taken == 40_000


def test_rates_that_nobody_set_follow_the_landscape():
    old = race(suited(typed(HEAVY_BALL), first_choices().where))
    new = with_suited_rates(with_landscape("himmelblau", old), old)
    assert new.runs[0] == suited(typed(HEAVY_BALL), new.where)
    assert new.runs[0] != old.runs[0]


def test_every_typed_run_has_the_knobs_of_its_lines():
    assert typed(GREEK).numbers == (("beta1", 0.8), ("learning_rate", 0.01), ("lambda_", 0.01))
    assert [knob.symbol for knob in typed(GREEK).knobs.values()] == ["β₁", "η", "λ"]
    for name, lines in LINES.items():
        assert set(typed(lines).knobs) <= set(knobs(OPTIMIZERS[name]))
    assert isinstance(typed(BARE), RunChoice)
