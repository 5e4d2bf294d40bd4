"""200 starts over the map at once: where they begin, where they go, what they come to, and what that costs."""

import json
from dataclasses import replace

import numpy as np
import pytest
from visitor import drawn, opened, race

from figures import counted, ends_of
from figures.flood import DIVERGED, HUES, MOVING
from figures.stage.packing import pack
from landscapes import Noise
from optimizers import OPTIMIZERS, Verdict, descend, verdict
from pages.shared.race import STARTS, flood
from pages.shared.race.flood import GRAIN, MOMENTS, flooding, moments, spread, steps_flooded
from pages.shared.state import MOST_POINTS, RunChoice, first_choices, run_choice
from pages.shared.state.link import read, write
from rooms import MOST_STUDENTS

DOMAIN = ((-5.0, 5.0), (-2.0, 6.0))


def sent(app):
    """The skeleton of the stage's message."""
    return json.loads(drawn(app))


def flooded(*runs: RunChoice, which: int = 1, **others: object):
    """Choices with 200 starts of one of these runs."""
    return replace(race(*runs), flood=which, **others)


def test_starts_leave_no_gap_and_are_the_same_every_time():
    places = spread(DOMAIN)
    assert places.shape == (2, STARTS)
    np.testing.assert_array_equal(places, spread(DOMAIN))
    counts, _, _ = np.histogram2d(*places, bins=5, range=DOMAIN)
    assert counts.sum() == STARTS  # all of them in the domain
    assert counts.min() >= 6  # of 8 on average
    assert counts.max() <= 10


@pytest.mark.parametrize("steps", [0, 1, 7, 500, 200_000])
def test_the_moments_are_few_begin_and_end_with_the_run_and_ascend(steps):
    found = moments(steps)
    assert (found[0], found[-1]) == (0, steps)
    assert len(found) <= MOMENTS
    assert (np.diff(found) > 0).all()


def test_each_start_goes_where_it_goes_alone_and_has_the_verdict_that_it_has_alone():
    choices = flooded(run_choice("momentum", learning_rate=0.002), noise=0.3)
    together = flood(choices)
    surface, optimizer = Noise(0.3, choices.seed).on(choices.build()), choices.runs[0].build()
    for number in range(0, STARTS, 37):
        start = spread(choices.build().domain)[:, number]
        alone = descend(surface, optimizer, start, choices.steps_taken)
        expected = alone.positions[:, together.steps]
        for axis, (low, high) in enumerate(choices.build().domain):
            ball = together.positions[axis, :, number]
            np.testing.assert_allclose(ball, expected[axis], rtol=0, atol=GRAIN * (high - low))
        there = verdict(surface, optimizer, alone)
        assert (together.verdicts[number].kind, together.verdicts[number].step) == (there.kind, there.step)


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_no_flood_costs_more_than_the_longest_race(rule):
    run = run_choice(rule)
    steps = steps_flooded(replace(flooded(run), steps=200_000), run)
    assert 1 <= steps * STARTS * run.weight <= MOST_POINTS


@pytest.mark.parametrize("which", [0, 2, 8])
def test_a_run_that_is_not_there_is_not_flooded(which):
    assert flood(flooded(run_choice("adam"), which=which)) is None


def test_a_hidden_run_is_not_flooded():
    assert flood(flooded(replace(run_choice("adam"), hidden=True))) is None


def test_the_link_says_which_run_and_comes_back():
    choices = flooded(run_choice("adam"), run_choice("momentum"), which=2)
    link = write(choices)
    assert link["flood"] == "2"
    assert read({key: [text] if isinstance(text, str) else text for key, text in link.items()})[0].flood == 2
    assert "flood" not in write(replace(choices, flood=0))
    refused = read({"flood": ["9"]})
    assert refused[0].flood == 0
    assert "flood" in str(refused[1][0])


def test_ends_are_told_apart_by_place_and_counted():
    kinds = [("minimum", (0.0, 0.0))] * 3 + [("minimum", (1.0, 0.0))] * 2 + [("saddle", (0.5, 0.0))]
    kinds += [("moving", (0.3, 0.1)), ("moving", (0.2, 0.2)), ("diverged", (9e5, 0.0)), ("cycle", (3.0, 3.0))]
    found = ends_of([Verdict(kind, np.array(place), 1, "") for kind, place in kinds])
    assert [(end.kind, len(end.starts)) for end in found] == [
        ("minimum", 3),
        ("minimum", 2),
        ("saddle", 1),
        ("cycle", 1),
        ("moving", 2),
        ("diverged", 1),
    ]
    assert len({end.colour for end in found}) == len(found)
    assert [end.colour for end in found if end.kind in ("moving", "diverged")] == [MOVING, DIVERGED]
    assert sorted(number for end in found for number in end.starts) == list(range(len(kinds)))
    assert counted("Adam", 20, found) == (
        "Adam from 10 starts over the map, 20 steps each, by where they end: minimum (0, 0): 3; minimum (1, 0): 2; "
        "saddle (0.5, 0): 1; in a cycle: 1; still moving: 2; diverged: 1."
    ).replace("(1, 0)", "(1.00, 0)").replace("(0.5, 0)", "(0.500, 0)")


def test_a_curve_of_minima_is_one_end():
    places = np.random.default_rng(0).normal(size=(2, 30))
    found = ends_of([Verdict("minimum", place, 1, "", "one of a curve of minima") for place in places.T])
    assert [len(end.starts) for end in found] == [30]


def test_every_place_has_a_hue_of_its_own_and_the_rarest_are_counted_together():
    found = ends_of([Verdict("minimum", np.array([float(n), 0.0]), 1, "") for n in range(100)])
    assert len({end.colour for end in found}) == 100
    assert "at 93 other places: 93" in counted("Adam", 20, found)
    assert [end.colour for end in found[: len(HUES)]] == list(HUES)


def test_a_page_sends_the_balls_once_and_only_when_asked():
    without = sent(opened(steps="200"))
    assert not any((trace.get("meta") or {}).get("flood") for trace in without["panels"]["map"]["data"])
    message = sent(opened(steps="200", flood="2"))
    (trace,) = [trace for trace in message["panels"]["map"]["data"] if (trace.get("meta") or {}).get("flood")]
    assert trace["meta"]["flood"] == "Nesterov momentum"
    assert trace["visible"] is False
    assert any("from 200 starts over the map, 200 steps each" in note for note in message["notes"])


@pytest.mark.parametrize("landscape", ["rosenbrock", "rastrigin"])
def test_the_balls_are_few_bytes(landscape):
    choices = replace(flooded(run_choice("adam", learning_rate=0.3)), landscape=landscape, numbers=(), steps=500)
    found = flooding(choices.where, choices.gradient_noise, choices.runs[0], 0, choices.build().domain, 500)
    x, y = np.moveaxis(found.positions, 2, 1).reshape(2, -1).astype(np.float32)
    assert len(pack(None, {"x": x, "y": y})) < 100_000


def test_a_class_gives_the_starts():
    choices = replace(first_choices(), flood=1, steps=30)
    given = ((0.0, 0.0), (1.0, 0.5), (-1.0, 2.0))
    found = flood(choices, given)
    assert found.positions.shape[2] == len(found.verdicts) == len(given)
    np.testing.assert_allclose(found.positions[:, 0].T, given, atol=1e-2)
    assert flood(choices).positions.shape[2] == STARTS


def test_as_many_starts_as_a_room_holds_stay_within_the_budget():
    run = first_choices().runs[0]
    assert (
        steps_flooded(replace(first_choices(), steps=5000), run, 2 * MOST_STUDENTS) * 2 * MOST_STUDENTS <= MOST_POINTS
    )
