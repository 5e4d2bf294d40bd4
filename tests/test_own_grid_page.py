"""The part Your own of Networks: it opens on an example, links go by content, and a grid goes on to other pages."""

import json
from itertools import cycle

import numpy as np
import pytest
from hostile_files import LOSS, npz
from visitor import drawn, opened

from landscapes import find_critical_points
from landscapes.grids import TrainingPath, interpolated, read_recording
from pages.networks_parts.choices import SCHEMA
from pages.networks_parts.own_clock import clock_of
from pages.networks_parts.own_grid import HANDLED, beside
from pages.shared.state import GRID, first_choices
from pages.shared.state import SCHEMA as SHARED
from pages.shared.state.link import read
from pages.shared.state.own_grids import EXAMPLES, GRIDS, MADE, Grids, grid_named, named
from pages.shared.state.own_grids import MOST_KEPT as MOST_GRIDS

ELSEWHERE = ("explore", "curvature", "step_by_step", "maps")
AWAY = "run.npz~0123456789abcdef"


def test_the_part_opens_on_two_recordings_on_one_scale():
    app = opened("networks", part="own_grid")
    assert not app.error
    assert not app.warning
    assert not app.info
    tree = json.loads(drawn(app))
    grids = [grid_named(name)[0] for name in MADE]
    assert tree["steps"] == max(grid.path.steps[-1] for grid in grids) == 300
    assert tree["every"] == 3  # every recorded step is a stop of playback
    assert tree["panels"]["losses"]["layout"]["meta"]["cursor"]
    assert not tree["panels"]["line"]["layout"]["meta"]["cursor"]  # along it are shares of a way
    entries = [trace for trace in tree["panels"]["losses"]["data"] if trace.get("showlegend") is not False]
    assert [trace["name"] for trace in entries] == [*EXAMPLES.values(), "training", "validation", "on the plane"]
    assert [trace["line"]["dash"] for trace in entries] == ["solid"] * 3 + ["dash", "dot"]


@pytest.mark.parametrize(
    ("steps", "counted"),
    [
        ([[0, 10, 25], [0, 40]], [[0, 10, 25], [0, 40]]),
        ([[0, 10, 25], None], [[0, 1, 2], [0, 1]]),
        ([[0.0, 0.5, 1.0]], [[0, 1, 2]]),
        ([[0, 2, 2]], [[0, 1, 2]]),
        ([[-1, 0, 1]], [[0, 1, 2]]),
        ([[0, 1, 2e9]], [[0, 1, 2]]),
        ([[0.0, 0.5, 1.5], [0, 1, 1.5, 2.5]], [[0, 1, 3], [0, 2, 3, 4]]),
    ],
)
def test_playback_has_the_recorded_steps_where_they_are_numbers_of_steps(steps, counted):
    lengths = [len(each) if each else 2 for each in steps]
    paths = [
        TrainingPath(coordinates=np.zeros((2, length)), steps=None if each is None else np.array(each, float))
        for each, length in zip(steps, lengths, strict=True)
    ]
    assert [each.tolist() for each in clock_of(paths).stops] == counted


def test_epochs_that_are_no_whole_numbers_are_named_under_the_curves_and_play_in_their_order():
    grid = read_recording(npz(path=np.array([[0.5, 0.2, 0.0], [1.5, 0.1, 0.0]]), steps=np.array([0.0, 0.25, 1.5])))
    clock = clock_of([grid.path])
    shown = {panel.name: panel.figure for panel in beside([("run", grid, interpolated(grid))], clock, cursor=True)}
    axis = shown["losses"].layout.xaxis
    assert dict(zip(axis.tickvals, axis.ticktext, strict=True)) == {0: "0", 1: "0.25", 2: "1.5"}
    assert axis.title.text == "epoch, as recorded"
    assert shown["losses"].layout.meta["cursor"]
    np.testing.assert_array_equal(shown["losses"].data[0].x, [0, 1, 2])
    np.testing.assert_allclose(clock.place(np.array([0.25, 0.875, 1.5])), [1, 1.5, 2])
    assert clock.place(np.array([0.0, 2.0])) is None
    assert "recorded at the epochs 0 to 1.5" in clock.in_words()[0]
    assert "no steps that ascend" in clock_of([TrainingPath(coordinates=np.zeros((2, 3)))]).in_words()[0]


@pytest.mark.parametrize("look", ["map", "surface"])
def test_one_grid_without_a_path_shows_too(look):
    text = named("mine.npz", GRIDS.keep(read_recording(npz())))
    app = opened("networks", part="own_grid", own_first=text, own_second="none", own_look=look)
    assert not app.error
    assert not app.info


def test_a_link_to_a_grid_that_is_not_here_asks_for_its_file():
    app = opened("networks", part="own_grid", own_first=AWAY)
    assert ["run" in info.value and "0123456789abcdef" in info.value for info in app.info] == [True]
    app = opened("explore", v="1", landscape=GRID, grid=AWAY)
    assert "not on this server" in app.warning[0].value


def test_a_link_to_a_grid_opens_as_soon_as_its_file_was_brought_however_often_it_was_opened_before():
    grid = read_recording(npz(loss=LOSS + 0.125))
    link = {"v": ["1"], "landscape": [GRID], "grid": [named("late.npz", grid.fingerprint)]}
    for _ in range(2):
        assert "its file is not on this server" in str(read(link)[1][0])
    GRIDS.keep(grid)
    choices, dropped = read(link)
    assert (choices.landscape, dropped) == (GRID, [])


def test_links_name_grids_by_their_content():
    text = named("a~b/c.npz", GRIDS.keep(read_recording(npz())))
    assert grid_named(text) is not None
    choices, dropped = SCHEMA.read({"part": ["own_grid"], "own_first": [text], "own_second": ["none"]})
    assert dropped == []
    assert SCHEMA.write(choices) == {"v": "1", "part": "own_grid", "own_first": text, "own_second": "none"}
    choices, dropped = SHARED.read({"v": ["1"], "landscape": [GRID], "grid": [text]})
    assert (choices.landscape, choices.grid, dropped) == (GRID, text, [])
    assert SHARED.write(choices)["grid"] == text
    assert choices.build() is grid_named(text)[1]
    assert "grid" not in SHARED.write(first_choices())


@pytest.mark.parametrize("text", ["../../etc/passwd", "x~short", "~", "<script>~0123456789ABCDEF"])
def test_what_names_no_grid_is_dropped_and_said(text):
    choices, dropped = SCHEMA.read({"part": ["own_grid"], "own_first": [text]})
    assert choices.own_first == "spirals_plain"
    assert len(dropped) == 1


@pytest.mark.parametrize(("page", "grid"), list(zip(ELSEWHERE, cycle(MADE), strict=False)))
def test_a_grid_is_a_landscape_on_other_pages(page, grid):
    app = opened(page, v="1", landscape=GRID, grid=grid, steps="10")
    assert not app.error
    assert not app.warning


def test_a_minimum_between_the_nodes_is_found():
    x, y = np.linspace(-1, 1, 21), np.linspace(-2, 2, 31)
    landscape = interpolated(read_recording(npz(x=x, y=y, loss=(x - 0.123) ** 2 + 3 * (y[:, None] + 0.456) ** 2 + 1)))
    (point,) = find_critical_points(landscape).points
    np.testing.assert_allclose(point.position, [0.123, -0.456], atol=1e-9)
    np.testing.assert_allclose(point.eigenvalues, [2, 6], rtol=1e-9)
    assert point.kind == "minimum"


def test_the_grids_of_all_visitors_are_bounded():
    grids, most = Grids(), 0
    x = np.arange(401.0)
    for number in range(30):
        loss = np.full((401, 401), 1.0)
        loss[0, 0] = number
        grids.keep(read_recording(npz(x=x, y=x, loss=loss)))
        most = max(most, sum(2 * grid.loss.nbytes for grid, _ in grids._grids.values()))
    assert 1_000_000 < most <= MOST_GRIDS


def sent(app, name):
    """A parameter of the address, which has it alone or in a list."""
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]


def test_files_are_taken_once_and_faults_are_said():
    app = opened("networks", part="own_grid")
    second = npz(loss=np.outer(np.arange(7.0), np.arange(9.0)))
    app.file_uploader[0].set_value(
        [("one.npz", npz(), "application/zip"), ("path.csv", b"x,y\n1,2\n0,0\n", "text/csv"), ("bad.npz", b"PK", "a/b")]
    ).run()
    assert [error.value.startswith("bad") for error in app.error] == [True]
    assert sent(app, "own_first").startswith("one.npz~")
    assert sent(app, "own_second") == "none"
    grid, _ = grid_named(sent(app, "own_first"))
    assert grid.path.coordinates.shape == (2, 2)
    assert app.session_state[HANDLED]
    app.file_uploader[0].set_value([("one.npz", npz(), "a/b"), ("two.npz", second, "a/b")]).run()
    assert sent(app, "own_second").startswith("two.npz~")
