"""Runs of one rule are told apart by what differs."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from visitor import choices, drawn, opened, press, race

from landscapes import knobs
from optimizers import OPTIMIZERS, RULES, Clipping
from pages.data_parts.choices import about
from pages.data_parts.choices import first_choices as first_data
from pages.data_parts.compute import batch_runs, beside_runs
from pages.shared.controls.run_downloads import file_name
from pages.shared.fields.run_choice import on_schedule, run_choice, run_marks, run_names, schedule_knobs
from pages.shared.race.compute import outcomes
from pages.shared.race.race import entries
from pages.shared.race.trajectories import race_as_json
from pages.shared.state.session import set_number


def descent(rate, **parts):
    return replace(run_choice("gradient_descent", learning_rate=rate), **parts)


def momentum(**numbers):
    return run_choice("momentum", **numbers)


COSINE = on_schedule(descent(0.1), "cosine")
SHORTER = replace(COSINE, schedule_numbers=set_number(COSINE.schedule_numbers, "steps", 50.0))


@pytest.mark.parametrize(
    ("runs", "names"),
    [
        ([descent(0.1), run_choice("adam")], ["Gradient descent", "Adam"]),
        (
            [descent(0.1), descent(1.0), descent(1.8)],
            ["Gradient descent η\xa00.1", "Gradient descent η\xa01", "Gradient descent η\xa01.8"],
        ),
        ([momentum(momentum=0.5), momentum(momentum=0.9)], ["Momentum β\xa00.5", "Momentum β\xa00.9"]),
        (
            [momentum(learning_rate=0.1, momentum=0.5), momentum(learning_rate=1e-7)],
            ["Momentum η\xa00.1 β\xa00.5", "Momentum η\xa01e−7 β\xa00.9"],
        ),
        ([descent(0.1), COSINE], ["Gradient descent η\xa00.1", "Gradient descent η\xa00.1 cosine"]),
        ([COSINE, SHORTER], ["Gradient descent η\xa00.1 T\xa0100", "Gradient descent η\xa00.1 T\xa050"]),
        (
            [descent(0.1), COSINE, SHORTER],
            [
                "Gradient descent η\xa00.1",
                "Gradient descent η\xa00.1 cosine T\xa0100",
                "Gradient descent η\xa00.1 cosine T\xa050",
            ],
        ),
        (
            [descent(0.01), descent(0.01, warmup=1500)],
            ["Gradient descent η\xa00.01", "Gradient descent η\xa00.01 warm-up 1,500"],
        ),
        ([descent(0.12345), descent(0.12346)], ["Gradient descent η\xa00.12345", "Gradient descent η\xa00.12346"]),
        (
            [descent(0.3), descent(0.1 + 0.2)],
            ["Gradient descent η\xa00.3", "Gradient descent η\xa00.30000000000000004"],
        ),
        ([run_choice("adam"), run_choice("lion"), run_choice("adam")], ["Adam", "Lion", "Adam 2"]),
        ([descent(0.1), descent(0.1, hidden=True)], ["Gradient descent", "Gradient descent 2"]),
        (
            [descent(0.1), descent(1.0, hidden=True), descent(0.1)],
            ["Gradient descent η\xa00.1", "Gradient descent η\xa01", "Gradient descent η\xa00.1 (2)"],
        ),
        (
            [descent(0.1), descent(0.1, clipping=Clipping("norm", 0.5)), descent(0.1, clipping=Clipping("value"))],
            ["Gradient descent", "Gradient descent ‖g‖\xa0≤\xa00.5", "Gradient descent |gᵢ|\xa0≤\xa01"],
        ),
        ([descent(0.1, clipping=Clipping("norm"))], ["Gradient descent"]),
        (
            [run_choice("lbfgs_wolfe", history=3), run_choice("lbfgs_wolfe", history=12)],
            ["L-BFGS k\xa03", "L-BFGS k\xa012"],
        ),
    ],
)
def test_a_name_says_what_differs_among_the_runs_of_its_rule(runs, names):
    assert run_names(runs) == names


def test_where_rates_are_swept_they_are_not_in_the_names():
    assert run_names([descent(0.1), COSINE, momentum()], rates=False) == [
        "Gradient descent",
        "Gradient descent cosine",
        "Momentum",
    ]
    assert run_names([descent(0.1), descent(1.0)], rates=False) == ["Gradient descent", "Gradient descent 2"]


def any_run():
    """Runs of few rules with few values, so that many share some."""

    def with_numbers(rule, values, schedule, warmup, hidden):
        run = run_choice(rule)
        marks = list(knobs(OPTIMIZERS[rule]))
        run = replace(run, numbers=tuple((name, values[name]) for name in marks), hidden=hidden, warmup=warmup)
        return replace(run, schedule=schedule, schedule_numbers=tuple((n, values[n]) for n in schedule_knobs(schedule)))

    value = st.sampled_from([0.1, 0.1000001, 0.5])
    names = ["learning_rate", "momentum", "dampening", "factor", "end"]
    values = st.fixed_dictionaries(dict.fromkeys(names, value) | dict.fromkeys(["every", "steps"], st.just(7.0)))
    rules, schedules = (
        st.sampled_from(["gradient_descent", "momentum"]),
        st.sampled_from(["constant", "step", "cosine"]),
    )
    return st.builds(with_numbers, rules, values, schedules, st.sampled_from([0, 20]), st.booleans())


@given(st.lists(any_run(), min_size=1, max_size=8))
def test_no_two_runs_have_the_same_name_and_only_runs_that_are_equal_are_numbered(runs):
    names = run_names(runs)
    assert len(set(names)) == len(names)
    for slot, (run, name, mark) in enumerate(zip(runs, names, run_marks(runs), strict=True)):
        assert name == f"{RULES[run.optimizer].name} {mark}".strip()
        seen = [replace(other, hidden=False) for other in runs[:slot]]
        numbered = mark.isdigit() or bool(re.search(r" \(\d\)$", mark))
        assert numbered == (replace(run, hidden=False) in seen)
        if [other.optimizer for other in runs].count(run.optimizer) == 1:
            assert mark == ""


THREE = "v=1&landscape=quadratic_bowl&run=gradient_descent~0.1&run=gradient_descent~1&run=gradient_descent~0.18"
NAMES = ["Gradient descent η\xa00.1", "Gradient descent η\xa01", "Gradient descent η\xa00.18"]


def three(page="explore", **link):
    rates = ["0.1", "1", "0.18"]
    return opened(page, v="1", landscape="quadratic_bowl", run=[f"gradient_descent~{r}" for r in rates], **link)


def test_table_sentences_curves_and_sidebar_tell_the_runs_apart():
    app = three(steps="60")
    assert choices(app).names() == NAMES
    seen = drawn(app)
    for name in NAMES:
        assert seen.count(name) >= 4  # a row, a sentence, and the traces of map and curves
    marks = [caption.value.split(" · ")[0] for caption in app.caption if "η" in caption.value]
    assert marks == ["η\xa01", "η\xa00\\.18"]  # the first is open
    press(app, "Hide")
    assert choices(app).names() == NAMES


def test_a_copy_is_numbered_until_something_of_it_is_turned():
    app = opened(v="1", run="gradient_descent~0.001", steps="20")
    press(app, "Copy")
    assert choices(app).names() == ["Gradient descent", "Gradient descent 2"]
    rate(app, 0).set_value(0.0012).run()
    assert choices(app).names() == ["Gradient descent η\xa00.0012", "Gradient descent η\xa00.001"]


def rate(app, slot):
    """The slider of a run's learning rate, which is in view on every chip."""
    return [slider for slider in app.select_slider if slider.label.endswith("learning rate η")][slot]


def third_turned(app):
    """The same page after the third run's rate was turned, so that its name is another."""
    rate(app, 2).set_value(0.15).run()
    assert not app.exception
    assert choices(app).names()[2] == "Gradient descent η\xa00.15"
    return app


def test_a_turned_knob_leaves_the_chosen_run_of_curvature_chosen():
    app = three("curvature", part="run", steps="20")
    app.get("button_group")[-1].set_value(2).run()
    assert f"Map with the run of {NAMES[2]}" in drawn(app)
    assert "Map with the run of Gradient descent η\xa00.15" in drawn(third_turned(app))


def test_a_turned_knob_leaves_the_chosen_runs_of_step_by_step_chosen():
    app = three("step_by_step", steps="20")
    app.get("button_group")[-1].set_value([0, 2]).run()
    app = third_turned(app)
    assert app.get("button_group")[-1].value == [0, 2]
    last = [line.value for line in app.markdown if "●" in line.value][-1]
    assert "Gradient descent η\xa00.15" in last


def test_files_are_named_by_what_differs_with_letters_that_every_file_system_takes():
    runs = [descent(0.1), descent(1e-7), COSINE, descent(0.1)]
    names = [file_name(race(*runs), slot) for slot in range(4)]
    assert names == [
        "rosenbrock-gradient_descent-η-0.1",
        "rosenbrock-gradient_descent-η-1e-7",
        "rosenbrock-gradient_descent-η-0.1-cosine",
        "rosenbrock-gradient_descent-η-0.1-2",
    ]
    assert file_name(race(run_choice("adam")), 0) == "rosenbrock-adam"


def test_all_runs_as_json_have_these_names_with_plain_spaces():
    text = race_as_json(race(descent(0.1), descent(1e-7)))
    assert '"name": "Gradient descent η 0.1"' in text
    assert '"name": "Gradient descent η 1e−7"' in text


def test_a_verdict_stands_behind_the_name():
    there = race(descent(1e-3), descent(1.0))
    sentences = [entry.sentence for entry in entries(there, outcomes(there))]
    assert [sentence.split(":")[0] for sentence in sentences] == there.names()


def test_optimizers_on_the_same_batches_are_told_apart_too():
    two = replace(first_data(), versus="optimizers", look=5, runs=(descent(1e-3), descent(1e-4), run_choice("adam")))
    assert [each.label for each in batch_runs(two)] == [
        "Gradient descent η\xa00.001",
        "Gradient descent η\xa00.0001",
        "Adam",
    ]


def test_beside_other_features_the_names_say_the_rates_that_the_runs_have_there():
    there = about(first_data(), problem="features")
    there = replace(there, runs=(descent(1e-3), descent(1e-4)))
    beside = beside_runs(there, "standardised")
    assert run_names([each.run for each in beside]) == ["Gradient descent", "Gradient descent 2"]
