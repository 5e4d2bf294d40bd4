"""The stories over the picture: each opens by its link, and every clause of its sentence holds for its own runs."""

import numpy as np
import pytest
from visitor import choices, opened, press, said

from landscapes import find_critical_points
from optimizers import descend, verdict
from pages.explore_parts.race import raced
from pages.explore_parts.story_cards import chosen, story_of
from pages.shared.state import STORIES, read

every_story = pytest.mark.parametrize("name", STORIES)


class Race:
    """The runs of a story, descended here once more from what it chooses."""

    def __init__(self, name, **changed):
        self.choices, dropped = read({"story": [name], **{key: [text] for key, text in changed.items()}})
        assert dropped == []
        self.landscape = self.choices.build()
        start = np.array(self.choices.start)
        self.optimizers = [run.build() for run in self.choices.runs]
        self.runs = [descend(self.landscape, rule, start, self.choices.steps) for rule in self.optimizers]
        self.verdicts = [verdict(self.landscape, *each) for each in zip(self.optimizers, self.runs, strict=True)]
        self.kinds = [found.kind for found in self.verdicts]
        self.names = [run.optimizer for run in self.choices.runs]

    @property
    def losses(self):
        return [self.landscape.value(run.positions) for run in self.runs]

    def curvatures(self, place):
        return np.linalg.eigvalsh(self.landscape.hessian(np.asarray(place, dtype=float)))

    def minima(self):
        return [point for point in find_critical_points(self.landscape).points if point.kind == "minimum"]


def rate_of(run):
    return dict(run.numbers)["learning_rate"]


@every_story
def test_what_is_computed_here_is_what_the_page_shows(name):
    race = Race(name)
    shown = raced(race.choices).entries
    for entry, run in zip(shown, race.runs, strict=True):
        if race.choices.noise == 0:
            np.testing.assert_array_equal(entry.run.positions, run.positions)


def test_saddle():
    race = Race("saddle")
    assert race.names == ["gradient_descent", "newton"]
    assert race.kinds == ["minimum", "saddle"]  # one leaves it again, the other stays
    assert race.curvatures((0.0, 0.0))[0] < 0 < race.curvatures((0.0, 0.0))[1]
    distance = np.linalg.norm(race.runs[0].positions, axis=0)
    assert distance.min() < 0.01 < 0.9 < distance[-1]
    near = distance < 0.1
    loss = race.losses[0]
    assert near.sum() > 40  # it looks converged: for so many steps the loss changes by less than a hundredth
    assert np.ptp(loss[near]) < 0.01 * loss[0]
    assert loss[-1] < 1e-9
    assert abs(loss[near][-1] - race.losses[1][-1]) < 0.02


def test_valley():
    race = Race("valley")
    assert race.names == ["gradient_descent", "momentum"]
    floor, walls = race.curvatures(race.minima()[0].position)
    rate = rate_of(race.choices.runs[0])
    assert 0.9 * 2 / walls < rate < 2 / walls  # the steep walls allow no larger one
    assert rate < 0.02 / floor  # of the way along the floor, less than a fiftieth each step
    assert walls / floor > 50
    assert race.kinds == ["moving", "minimum"]


def test_too_fast():
    race = Race("too-fast")
    largest = race.curvatures(race.choices.start)[-1]
    small, large = (rate_of(run) for run in race.choices.runs)
    assert small < 2 / largest < large
    assert race.names == ["gradient_descent"] * 2
    assert race.kinds == ["minimum", "diverged"]


def test_momentum():
    race = Race("momentum")
    assert race.names == ["gradient_descent", "momentum"]
    assert race.kinds == ["minimum", "minimum"]
    plain, heavy = race.runs
    assert race.landscape.value(heavy.positions[:, -1]) < race.landscape.value(plain.positions[:, -1]) - 0.3
    ((barrier, _),) = [p.position for p in find_critical_points(race.landscape).points if p.kind == "saddle"]
    assert plain.positions[0].min() > barrier  # the first minimum is on the side of the start
    assert race.choices.start[0] > barrier > heavy.positions[0, -1]
    assert np.ptp([rate_of(run) for run in race.choices.runs]) == 0  # so it is not the rate


def test_noise():
    race, quiet = Race("noise"), Race("noise", noise="0")
    assert quiet.kinds == ["saddle"]
    (entry,) = raced(race.choices).entries
    end = entry.run.positions[:, -1]
    assert min(np.linalg.norm(end - point.position) for point in race.minima()) < 0.05
    assert 0 < race.choices.noise <= 0.01  # a little: gradients on the way are a hundred times as large
    assert np.linalg.norm(race.landscape.gradient(np.array(race.choices.start))) > 100 * race.choices.noise


def test_many_minima():
    race = Race("many-minima")
    (rule,) = race.optimizers
    starts = np.array(race.choices.starts_within_budget).T
    run = descend(race.landscape, rule, starts, race.choices.steps)
    assert {found.kind for found in verdict(race.landscape, rule, run)} == {"minimum"}
    minima = np.array([point.position for point in race.minima()])
    assert len(minima) == 4
    reached = np.linalg.norm(run.positions[:, -1].T[:, None] - minima, axis=2)
    assert (reached.min(axis=1) < 0.01).all()
    assert set(reached.argmin(axis=1)) == {0, 1, 2, 3}


def test_your_formula():
    race = Race("your-formula")
    assert race.choices.landscape == "formula"
    assert set(race.landscape.parameters) == {"a"}
    assert race.kinds == ["minimum", "minimum"]


@every_story
def test_every_link_opens_without_a_warning_shows_its_sentence_and_marks_its_card_alone(name):
    app = opened(story=name)
    assert said(app) == ""
    assert STORIES[name].sentence in [markdown.value for markdown in app.markdown]
    assert [link.proto.query_string for link in app.get("page_link")] == [f"story={each}" for each in STORIES]
    (marked,) = [html.proto.body for html in app.get("html") if "st-key-stories" in html.proto.body[:80]]
    assert f'"story={name}"' in marked
    assert choices(app) == chosen(name, "screen")
    assert "story" not in app.query_params


def test_a_story_is_left_by_a_change_and_taken_back_by_undo():
    app = opened(landscape="beale")
    before = choices(app)
    app.query_params.clear()
    app.query_params["story"] = "valley"
    app.run()
    assert story_of(choices(app)) == "valley"
    press(app, "Undo")
    assert choices(app) == before
    assert STORIES["valley"].sentence not in [markdown.value for markdown in app.markdown]


def test_a_story_that_there_is_none_of_is_said_with_those_there_are():
    app = opened(story="canyon")
    assert all(name in said(app).replace("\\", "") for name in ("canyon", *STORIES))


def test_a_link_may_say_more_than_its_story():
    assert read({"story": ["valley"], "steps": ["7"]})[0].steps == 7
    assert story_of(read({"story": ["valley"], "steps": ["7"]})[0]) == ""
    assert story_of(read({"story": ["valley"], "size": ["hall"]})[0]) == "valley"
