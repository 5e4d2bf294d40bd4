"""A long run is drawn with fewer points, and nobody can tell by the picture."""

import csv
import io
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from visitor import opened

from figures import Run, contour_map, curves, evenly, heights, of_trajectory, stride, surface, thinned_words
from figures.stage.packing import unpack
from figures.thinning import CORNERS, EVENLY, WHOLE, of_curve
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, descend
from pages.explore_parts.picture import picture
from pages.explore_parts.race import raced
from pages.shared.controls.run_downloads import table
from pages.shared.fields.run_choice import run_choice
from pages.shared.race.recording import recorded
from pages.shared.state.choices import first_choices
from pages.shared.state.starts import Ring

LONG = 20_001  # steps, as a run of 200,000 has them but quicker
WIDE, HIGH, FINE = 500, 400, 3  # pixels of a picture, drawn so many times larger
RUNS = {
    "it creeps": ("gradient_descent", {}),
    "it winds down": ("momentum", {"learning_rate": 1e-4, "momentum": 0.999}),
    "it bursts again and again": ("adam", {"learning_rate": 0.3}),
    "it jitters for ever": ("lion", {"learning_rate": 0.02}),
    "it leaves": ("gradient_descent", {"learning_rate": 0.0045}),
}
every_run = pytest.mark.parametrize("name", RUNS)
generators = st.integers(0, 10**6).map(lambda seed: np.random.default_rng(seed))
ROSENBROCK = LANDSCAPES["rosenbrock"]()


@cache
def path(name):
    rule, numbers = RUNS[name]
    return descend(ROSENBROCK, OPTIMIZERS[rule](**numbers), np.array([-1.2, 1.0]), LONG).positions


@cache
def steps_of(name, *views):
    positions, height = path(name), heights(ROSENBROCK, ROSENBROCK.domain)
    return of_trajectory(positions, height.share(ROSENBROCK.value(positions)), (ROSENBROCK.domain, *views))


def ink(positions, view):
    """How much of each pixel a line covers, from 0 to 255."""
    low, high = np.array(view).T[:, :, None]
    seen = positions[:, np.isfinite(positions).all(axis=0)]
    pixels = np.clip((seen - low) / (high - low), -3.0, 4.0) * FINE * np.array([[WIDE], [HIGH]])
    sheet = Image.new("L", (FINE * WIDE, FINE * HIGH))
    ImageDraw.Draw(sheet).line([tuple(pixel) for pixel in pixels.T.tolist()], 255, 2 * FINE, joint="curve")
    return np.asarray(sheet.reduce(FINE)).astype(int)


def beside(covered):
    """The most of what covers a pixel or one of its neighbours."""
    return np.max([np.roll(covered, (i, j), (0, 1)) for i in (-1, 0, 1) for j in (-1, 0, 1)], axis=0)


@given(st.integers(0, 200_000))
def test_playback_stops_at_few_steps_the_first_and_the_last_among_them(steps):
    stops = evenly(steps)
    assert (stops[0], stops[-1]) == (0, steps)
    assert (np.diff(stops)[:-1] == stride(steps)).all()
    assert stops.size <= (WHOLE + 1 if steps <= WHOLE else EVENLY + 2)


def test_a_run_of_5_000_steps_is_drawn_whole():
    assert stride(WHOLE) == 1
    assert of_curve(np.arange(WHOLE + 1.0)).size == WHOLE + 1
    assert of_trajectory(np.zeros((2, WHOLE + 1)), np.zeros(WHOLE + 1), [((0, 1), (0, 1))]).size == WHOLE + 1


@pytest.mark.parametrize("steps", [5001, 17_082, 66_000, 200_000])
@pytest.mark.parametrize("period", [2, 4, 8, 16, 64])
def test_playback_meets_a_cycle_that_has_doubled_its_period_at_each_of_its_places(steps, period):
    assert set(evenly(steps) % period) == set(range(period))


@given(generators, st.sampled_from([5001, 17_082, 40_000]), st.sampled_from([0.0, 0.01, 0.5]))
def test_a_curve_keeps_the_extremes_under_every_pixel(rng, steps, missing):
    curve = np.where(rng.uniform(size=steps + 1) < missing, np.nan, np.cumsum(rng.standard_t(2, steps + 1)))
    kept = of_curve(curve)
    drawn = np.full(curve.size, np.nan)
    drawn[kept] = curve[kept]
    part = 2 * stride(steps)  # a pixel's width where 1,000 pixels are wide
    for first in rng.integers(0, steps - part, 50):
        here, near = curve[first : first + part], drawn[max(first - part, 0) : first + 2 * part]
        assert np.isnan(here).all() or np.nanmin(near) <= np.nanmin(here) <= np.nanmax(here) <= np.nanmax(near)
    assert (np.nanmin(drawn), np.nanmax(drawn)) == (np.nanmin(curve), np.nanmax(curve))
    assert set(evenly(steps)) <= set(kept)
    assert kept.size <= 2 * EVENLY + 8


def test_a_curve_that_only_falls_needs_no_more_than_the_steps_of_playback():
    np.testing.assert_array_equal(of_curve(np.exp(-np.arange(200_001) / 2e4)), evenly(200_000))


def test_a_curve_ends_where_its_run_left():
    curve = np.append(np.arange(7003.0), np.full(3000, np.nan))
    kept = of_curve(curve)
    assert {7002, 7003} <= set(kept)


@pytest.mark.long
@every_run
@pytest.mark.parametrize("view", [ROSENBROCK.domain, ((0.8, 1.2), (0.8, 1.2)), ((-1.3, -0.9), (0.9, 1.4))])
def test_the_picture_of_a_trajectory_stays_the_same(name, view):
    positions = path(name)
    kept = steps_of(name, *([] if view == ROSENBROCK.domain else [view]))
    assert kept.size <= 1.25 * EVENLY + 2 * CORNERS
    whole, thin = ink(positions, view), ink(positions[:, kept], view)
    allowed = 0.01 * (whole > 127).sum()  # a run that fills a part of the map is as full, but for specks
    assert ((whole > 127) & (beside(thin) < 64)).sum() <= allowed, "missing"
    assert ((thin > 127) & (beside(whole) < 64)).sum() <= 10 * allowed, "where no line was"


@every_run
def test_a_trajectory_keeps_its_ends_and_how_far_it_came(name):
    positions, kept = path(name), steps_of(name)
    known = np.isfinite(positions[0])
    stops = evenly(LONG)
    assert set(stops) <= set(kept)
    assert int(np.flatnonzero(known)[-1]) in kept
    for axis in positions:
        assert (np.nanmin(axis[kept]), np.nanmax(axis[kept])) == (np.nanmin(axis), np.nanmax(axis))


def test_what_is_told_of_a_point_is_its_true_step():
    run = Run("It", "#0072B2", path("it bursts again and again")).at(steps_of("it bursts again and again"))
    height = heights(ROSENBROCK, ROSENBROCK.domain)
    line = contour_map(ROSENBROCK, [run], height, ROSENBROCK.domain).data[-1]
    assert "step %{customdata}" in line.hovertemplate
    np.testing.assert_array_equal(line.customdata, line.meta["steps"])
    np.testing.assert_array_equal([line.x, line.y], path("it bursts again and again")[:, line.customdata])
    above = surface(ROSENBROCK, [run], height, ROSENBROCK.domain).data[-1]
    np.testing.assert_array_equal(above.meta["steps"], line.meta["steps"])
    loss = ROSENBROCK.value(path("it bursts again and again"))
    (curve,) = curves("Loss", [run], [loss], True).data
    np.testing.assert_array_equal(curve.x, curve.meta["steps"])
    np.testing.assert_array_equal(curve.y, loss[curve.x])


def test_of_several_lines_in_one_each_has_its_own_steps():
    many = np.stack([path("it creeps"), path("it bursts again and again")], axis=2)
    each = [steps_of("it creeps"), steps_of("it bursts again and again")]
    run = Run("It", "#0072B2", many).at(*each)
    assert run.positions.shape[1:] == run.steps.shape == (max(map(len, each)), 2)
    for lane, steps in enumerate(each):
        np.testing.assert_array_equal(run.steps[: steps.size, lane], steps)
        np.testing.assert_array_equal(run.positions[:, :, lane], many[:, run.steps[:, lane], lane])
    line = contour_map(ROSENBROCK, [run], heights(ROSENBROCK, ROSENBROCK.domain), ROSENBROCK.domain).data[-1]
    gaps = np.isnan(line.x)
    assert line.x.size == line.meta["steps"].size == 2 * (run.steps.shape[0] + 1)
    np.testing.assert_array_equal(line.meta["steps"][~gaps], run.steps.T.ravel())
    loss = ROSENBROCK.value(many)
    (curve,) = curves("Loss", [run], [loss], True).data
    assert curve.x.size == curve.y.size == curve.meta["steps"].size


@pytest.mark.parametrize("further", [{}, {"further": Ring(3)}], ids=["alone", "from four starts"])
def test_every_line_of_a_picture_has_a_point_wherever_playback_stops(further):
    runs = (run_choice("adam", learning_rate=0.3), run_choice("gradient_descent"))
    choices = replace(first_choices(), runs=runs, steps=LONG, **further)
    seen = picture(raced(choices))
    assert (seen.around["steps"], seen.around["every"]) == (choices.steps_taken, stride(choices.steps_taken))
    stops = set(evenly(choices.steps_taken))
    playing = [trace for panel in seen.panels for trace in panel.figure.data if (trace.meta or {}).get("plays")]
    assert len(playing) >= 8
    for trace in playing:
        lanes = np.array_split(trace.meta["steps"], trace.meta.get("lanes", 1))
        assert all(stops <= set(lane) for lane in lanes)


def test_what_is_drawn_of_a_long_run_is_said_and_a_table_holds_every_step():
    choices = replace(first_choices(), runs=(run_choice("gradient_descent"),), steps=17_082)
    assert any(
        note == "Drawn and played is every 11th step and the extremes; verdicts, numbers and saved runs are of all "
        "17,082 steps."
        for note in picture(raced(choices)).around["notes"]
    )
    rows = list(csv.DictReader(io.StringIO(table(choices, 0))))
    assert [int(row["step"]) for row in rows] == list(range(17_083))
    written = np.array([[float(row["x"]), float(row["y"])] for row in rows]).T
    np.testing.assert_array_equal(written, recorded(choices, 0).run.positions)
    shorter = picture(raced(replace(choices, steps=5000)))
    assert not any(thinned_words(5000) in note or "Drawn and played" in note for note in shorter.around["notes"])


def bytes_sent(**link):
    """What goes to the browser for runs, curves and words; meshes go once for all moves."""
    app = opened(v="1", **link)
    elements = [e.proto for e in app.get("bidi_component")]
    meshes = [e for e in elements if e.bytes and any(values.ndim == 2 for values in unpack(e.bytes)[1].values())]
    return sum(len(e.bytes) for e in elements if e not in meshes)


@pytest.mark.long
@pytest.mark.parametrize("run", ["gradient_descent", "adam~0.3"])
def test_a_move_with_200_000_steps_sends_about_as_much_as_one_with_5_000(run):
    assert bytes_sent(run=run, steps="200000") <= 1.5 * bytes_sent(run=run, steps="5000")
