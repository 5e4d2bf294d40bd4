"""The history of the rules: its formulas are those of the rules, what is new is new, and the race is a real one."""

import re

import numpy as np
import pytest
from visitor import drawn, opened

from course import LESSONS
from landscapes import LANDSCAPES, knobs
from landscapes.formula import read_lines
from optimizers import OPTIMIZERS, RULES, TIMELINE, descend, stage_in_latex, suggested_rate, verdict
from optimizers.worked_steps.evaluation import evaluate
from pages.lessons_parts.choices import picture_of
from pages.shared.state import first_choices
from pages.step_by_step_parts.timeline import STEPS, the_race

every_stage = pytest.mark.parametrize("stage", TIMELINE, ids=lambda stage: stage.optimizer)
NAMES = {"eta": "learning_rate", "lambda": "weight_decay", "epsilon": "epsilon", "beta2": "alpha"}


def numbers_of(stage):
    """The hyperparameters of a rule by the letters of the history."""
    of = {name: knob.default for name, knob in knobs(OPTIMIZERS[stage.optimizer]).items()}
    of |= {letter: of[name] for letter, name in NAMES.items() if name in of and letter not in of}
    if "momentum" in of:
        of["beta1"] = of["momentum"]
    return of | {"eta": 0.05, "learning_rate": 0.05}


@every_stage
def test_the_formulas_of_a_stage_go_the_way_of_its_rule(stage):
    landscape, numbers = LANDSCAPES["quadratic_bowl"](), numbers_of(stage)
    p = np.array(landscape.start)[:, None]
    values = {name: np.array([float(number)]) for name, number in numbers.items()}
    values |= {"m": np.zeros((2, 1)), "v": np.zeros((2, 1))}
    way = [p[:, 0]]
    for t in range(1, 31):
        values |= {"p": p, "g": landscape.gradient(p), "t": np.array([float(t)])}
        for place, text in stage.lines.items():
            (line,) = read_lines(f"{place} = {text}")
            values[place] = evaluate(line.formula, values, landscape.gradient)
        p = values["p"]
        way.append(p[:, 0])
    known = {name: numbers[name] for name in knobs(OPTIMIZERS[stage.optimizer])}
    run = descend(landscape, OPTIMIZERS[stage.optimizer](**known), np.array(landscape.start), 30)
    np.testing.assert_allclose(np.array(way).T, run.positions, rtol=1e-9)


@every_stage
def test_the_year_is_that_of_the_source(stage):
    assert f"{stage.year}" in RULES[stage.optimizer].source


def test_the_history_goes_forward_and_each_stage_has_what_no_earlier_one_has():
    assert list(np.sort([stage.year for stage in TIMELINE])) == [stage.year for stage in TIMELINE]
    words = re.compile(r"\w+")
    for number, stage in enumerate(TIMELINE):
        earlier = [text for before in TIMELINE[:number] for text in before.lines.items()]
        assert bool(stage.new) == (number > 0)
        for place, parts in stage.new.items():
            if parts == ():
                assert place not in {there for there, _ in earlier}
            for part in parts:
                assert part in stage.lines[place]
                assert not any(part in text for there, text in earlier if there == place)
        known = {word for _, text in earlier for word in words.findall(text)}
        fresh = {word for place, text in stage.lines.items() for word in words.findall(text)} - known
        shown = {word for parts in stage.new.values() for part in parts for word in words.findall(part)}
        whole = {
            word for place, parts in stage.new.items() if parts == () for word in words.findall(stage.lines[place])
        }
        assert number == 0 or fresh <= shown | whole


@every_stage
def test_what_is_new_is_in_colour_and_the_formula_is_the_same_without_it(stage):
    tinted = stage_in_latex(stage, lambda latex: f"<{latex}>")
    plain = stage_in_latex(stage)
    assert {place: re.sub("[<>]", "", line) for place, line in tinted.items()} == plain
    assert {place for place, line in tinted.items() if "<" in line} == set(stage.new)


def test_the_race_is_run_by_the_rules_themselves_each_at_the_rate_that_suits_it():
    race = the_race(first_choices().timeline)
    landscape = LANDSCAPES["elongated_valley"](angle=0.0)
    app = opened("step_by_step", v="1", sheet="timeline")
    said = "\n".join(part.value for part in app.markdown)
    arrivals = {}
    for stage, run in zip(TIMELINE, race.runs, strict=True):
        make = OPTIMIZERS[stage.optimizer]
        rate = suggested_rate(landscape, lambda rates, make=make: make(learning_rate=rates))
        assert dict(run.numbers)["learning_rate"] == rate
        trajectory = descend(landscape, make(learning_rate=rate), np.array(landscape.start), STEPS)
        end = verdict(landscape, make(learning_rate=rate), trajectory)
        assert f"At η = {rate:g}: {end.sentence}" in said
        arrivals |= {stage.optimizer: end.step} if end.kind == "minimum" else {}
        assert f'"{stage.optimizer}": {{"alt"' in drawn(app)
    first = min(TIMELINE, key=lambda stage: arrivals.get(stage.optimizer, np.inf))
    name, steps = RULES[first.optimizer].name, arrivals[first.optimizer]
    assert f"Here {name}, of {first.year}, arrives first, after {steps} steps" in said


def test_the_minimum_is_where_weight_decay_pulls_to_however_the_valley_lies():
    for numbers in ({}, {"angle": 45.0, "condition": 7.0}):
        valley = LANDSCAPES["elongated_valley"](**numbers)
        np.testing.assert_allclose(valley.gradient(np.zeros(2)), 0)
        assert (np.linalg.eigvalsh(valley.hessian(np.zeros(2))) > 0).all()


def test_the_knobs_of_the_valley_are_in_the_link():
    app = opened("step_by_step", v="1", sheet="timeline", timeline="condition~2~angle~45")
    assert dict(app.session_state["choices"].timeline) == {"condition": 2.0, "angle": 45.0}
    race = the_race(app.session_state["choices"].timeline)
    assert race.build().parameters == {"condition": 2.0, "angle": 45.0}


def test_the_lesson_races_the_same_rules_at_the_same_rates():
    race, lesson = the_race(first_choices().timeline), picture_of("history")
    assert LESSONS["history"].ways[-1].link == "sheet=timeline"
    assert lesson.runs == race.runs
    assert (lesson.start, lesson.numbers) == (race.start, race.numbers)
