"""One number for one thing: the table of a race and the sentences of its runs agree."""

import re
from dataclasses import replace
from functools import cache

import pytest

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from pages.shared.controls.suggest import suited
from pages.shared.fields import run_choice
from pages.shared.race.compute import critical_points, lowest, outcomes
from pages.shared.race.race import entries
from pages.shared.race.tables import table
from pages.shared.state.choices import first_choices, with_landscape

RULES = list(OPTIMIZERS)
ARRIVES = re.compile(r"(?:Reached|Ran onto) .*? after ([\d,]+) steps?\b")
THERE = re.compile(r"(?:At|Stays on) .* from the start")


@cache
def shown(there):
    race = entries(there, outcomes(there))
    return race, table(there, race, lowest(critical_points(there.where)), tuned=False, digits=3)


def column(seen, name):
    return [row[seen.columns.index(name)] for row in seen.rows] if name in seen.columns else ["–"] * len(seen.rows)


@cache
def raced_on(name, place):
    """Five rules on a landscape at rates that suit it, other rules on other landscapes, and one that is too fast."""
    there = with_landscape(name, first_choices())
    rules = [RULES[(5 * place + i) % len(RULES)] for i in range(5)]
    runs = [suited(run_choice(rule), there.where) for rule in rules]
    return replace(there, runs=(*runs, run_choice("gradient_descent", learning_rate=9.0)))


@pytest.mark.long
@pytest.mark.parametrize(("place", "name"), [*enumerate(LANDSCAPES)])
def test_the_steps_of_the_table_are_those_of_the_sentence(place, name):
    there = raced_on(name, place)
    race, seen = shown(there)
    for entry, steps in zip(race, column(seen, "Steps"), strict=True):
        said = ARRIVES.search(entry.outcome.verdict.sentence)
        if said:
            assert steps == said[1]
        elif THERE.search(entry.outcome.verdict.sentence):
            assert steps == "0"
        elif entry.outcome.verdict.kind != "saddle":
            assert steps == "–"


@pytest.mark.parametrize(("place", "name"), [*enumerate(LANDSCAPES)])
def test_no_column_is_empty_and_every_count_is_recomputed(place, name):
    there = raced_on(name, place)
    race, seen = shown(there)
    best = lowest(critical_points(there.where))
    for heading in seen.columns[3:]:
        assert set(column(seen, heading)) != {"–"}
        assert heading in seen.caption or heading.lower() in seen.caption
    for entry, within in zip(race, column(seen, "f within 1e−8"), strict=True):
        near = [] if best is None else [step for step, f in enumerate(entry.outcome.loss) if f <= best + 1e-8]
        assert within == (f"{near[0]:,}" if near else "–")
    for entry, gradients, steps in zip(race, column(seen, "Gradients"), column(seen, "Steps"), strict=True):
        if "Gradients" in seen.columns and steps != "–":
            assert gradients == f"{entry.outcome.trajectory.spent[0, int(steps.replace(',', ''))]:,}"


def test_a_race_in_which_nobody_arrives_has_no_counts():
    there = replace(with_landscape("saddle", first_choices()), steps=20)
    _, seen = shown(there)
    assert seen.columns == ["Run", "Verdict", "Loss"]
    assert seen.caption == ""


def test_gradients_are_shown_where_a_step_takes_more_than_one():
    there = with_landscape("quadratic_bowl", first_choices())
    rule, other = run_choice("gradient_descent", learning_rate=0.1), run_choice("sam", learning_rate=0.1, rho=1e-9)
    assert "Gradients" not in shown(replace(there, runs=(rule,)))[1].columns
    assert "Gradients" in shown(replace(there, runs=(rule, other)))[1].columns
