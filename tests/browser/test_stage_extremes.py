"""Extreme numbers in a real browser: what is drawn and said far from zero, and a thousand million times closer."""

import re

import numpy as np
import pytest
from driver import wait_until
from playwright.sync_api import expect

from browser.screen import PHONE, boxes, covered, places, resize
from landscapes import LANDSCAPES
from pages.shared.race.compute import outcomes
from pages.shared.state.link import read

pytestmark = [pytest.mark.browser, pytest.mark.long]

FAR_UP = "v=1&landscape=formula&f=1e8%2Bx**2%2By**2&run=gradient_descent~0.01&run=adam~0.1&steps=100"
INTERVAL = "999.999~1000.001"
FAR_OFF = (
    f"v=1&landscape=formula&f=(x-1000)**2%2B(y-1000)**2&x={INTERVAL}&y={INTERVAL}"
    "&start=999.9995~1000.0005&run=gradient_descent~0.1&steps=60"
)
CLOSE = "v=1&landscape=rosenbrock&run=nesterov~0.001~momentum~0.95&run=newton&steps=2000"
QUICK = "v=1&landscape=rosenbrock&run=adam&steps=20"
FLAT = "v=1&landscape=parabola&run=adam&steps=20"  # a curve in place of the surface: drawn at once
WINDOW = ((0.9999999978, 1.0000000022), (0.999999998, 1.000000002))  # about a thousand-millionth of the domain
NUDGES = 200  # by a pixel, at most
NUMBER = r"−?[\d.]+(?:e[−-]?\d+)?"
HOVERED = """panel => [...document.querySelectorAll(
  `[data-panel=${panel}] .hoverlayer text, [data-panel=${panel}] .hovertext text`)].map((text) => text.textContent)"""
PLOT = "document.querySelector('[data-panel={}] .fall-line-plot')"


COVERED = covered("map")
GL = f"""() => {{
  const plot = {PLOT.format("surface")}, {{ scene }} = plot._fullLayout;
  const {{ dataScale }} = scene._scene;
  const [surface, line] = ["surface", "scatter3d"].map((kind) => plot._fullData.find(({{ type }}) => type === kind));
  const row = (numbers, scale) => Array.from(numbers, (number) => Math.fround(number * scale));
  return {{
    x: row(surface.x, dataScale[0]),
    line: row(line.x, dataScale[0]),
    z: row(surface.z[40], dataScale[2]),
    ends: scene.xaxis.range.map((end) => end * dataScale[0]),
    titles: ["xaxis", "yaxis", "zaxis"].map((axis) => scene[axis].title.text),
  }};
}}"""  # what WebGL is given: numbers of 32 bits


def hover(page, panel, x, y):
    """What a panel says when the pointer comes to rest at these shares of it, where it has not been before.

    WebGL looks under it once it moves, and Plotly says the last thing until a twentieth of a second has passed.
    """
    (box,) = boxes(page, *places(panel))
    at = box["x"] + x * box["width"], box["y"] + y * box["height"]
    before = told = page.evaluate(HOVERED, panel)
    page.mouse.move(at[0] - 8, at[1] - 8)
    for nudge in range(NUDGES):
        page.mouse.move(at[0] + nudge % 2, at[1])
        page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        told = page.evaluate(HOVERED, panel)
        if told and told != before:
            break
    return " ".join(told)


def numbers(text):
    return [float(number.replace("−", "-")) for number in re.findall(NUMBER, text)]


@pytest.fixture(scope="module")
def far_up(lasting_visit, fall_line):
    seen = lasting_visit(f"{fall_line}/?{FAR_UP}&axis=linear")
    seen.rest()
    return seen


def test_a_hover_far_up_tells_the_loss_there(far_up):
    seen = far_up
    for panel, row in (("map", 0.3), ("surface", 0.45)):
        told = {hover(seen.page, panel, x, row) for x in (0.6, 0.65)}
        assert len(told) == 2
        for text in told:
            x, y, loss = numbers(text)
            assert loss == pytest.approx(1e8 + x**2 + y**2, abs=0.01)
    assert seen.errors == []


def test_a_loss_curve_far_up_falls_and_its_hover_says_how_far(far_up):
    seen, page = far_up, far_up.page
    heights = page.evaluate(f"() => Array.from({PLOT.format('loss')}._fullData[0].y)")
    landscape_loss = 1e8 + 2 * 0.98 ** (2 * np.arange(101))
    np.testing.assert_allclose(heights, landscape_loss, rtol=0, atol=1e-4)
    low, high = page.evaluate(f"() => {PLOT.format('loss')}._fullLayout.yaxis.range")
    assert np.ptp(heights) > 0.6 * (high - low)
    labels = page.locator("[data-panel=loss] .ytick text").all_text_contents()
    assert len(set(labels)) == len(labels) >= 3
    step, descent, _ = [n for n in numbers(hover(page, "loss", 0.3, 0.5)) if n]
    assert descent == pytest.approx(landscape_loss[int(step)], abs=2e-3)
    assert seen.errors == []


@pytest.fixture(scope="module")
def far_off(lasting_visit, fall_line):
    seen = lasting_visit(f"{fall_line}/?{FAR_OFF}")
    seen.rest()
    return seen


def test_far_off_the_map_its_labels_and_its_hover_tell_neighbours_apart(far_off):
    page = far_off.page
    columns = page.evaluate(f"() => Array.from({PLOT.format('map')}._fullData[0].x)")
    assert (np.diff(columns) > 0).all()
    for axis in "xy":
        labels = page.locator(f"[data-panel=map] .{axis}tick text").all_text_contents()
        assert len(set(labels)) == len(labels) >= 3
        assert all(999.99 < numbers(label)[0] < 1000.01 for label in labels)
    near = [numbers(hover(page, "map", x, 0.4)) for x in (0.6, 0.63)]
    assert near[0] != near[1]
    for x, y, loss in near:
        assert loss == pytest.approx((x - 1000) ** 2 + (y - 1000) ** 2, rel=0.03)
    ring = page.get_by_role("button", name=re.compile("^Start at"))
    expect(ring).to_have_accessible_name("Start at x 999.9995, y 1000.0005: drag it, or use the arrow keys")
    assert far_off.errors == []


def test_far_off_the_surface_is_given_to_webgl_as_small_numbers_and_says_the_true_ones(far_off):
    given = far_off.page.evaluate(GL)
    low, high = given["ends"]
    share = (np.array(given["x"]) - low) / (high - low)
    np.testing.assert_allclose(share, np.linspace(0, 1, 81), atol=1e-5)
    run = np.array(given["line"])
    way = (run - low) / (high - low)
    np.testing.assert_allclose(way, 0.5 - 0.25 * 0.8 ** np.arange(61), atol=1e-5)
    assert len(set(given["z"])) > 30
    assert given["titles"] == ["x − 1000", "y − 1000", "f"]
    x, y, loss = numbers(hover(far_off.page, "surface", 0.6, 0.45))
    assert 999.999 <= x <= 1000.001
    assert loss == pytest.approx((x - 1000) ** 2 + (y - 1000) ** 2, rel=0.01)
    assert far_off.errors == []


def close(fall_line, window=WINDOW, race=CLOSE):
    (x0, x1), (y0, y1) = window
    return f"{fall_line}/?{race}&zoom={x0!r}~{x1!r}~{y0!r}~{y1!r}"


@pytest.fixture(scope="module")
def close_up(lasting_visit, fall_line):
    seen = lasting_visit(close(fall_line))
    seen.rest()
    return seen


def test_a_run_is_drawn_and_told_a_thousand_million_times_closer(close_up):
    page = close_up.page
    choices, _ = read({"run": ["nesterov~0.001~momentum~0.95"], "steps": ["2000"]})
    path = outcomes(choices)[0].trajectory.positions
    x, y = (
        np.array(page.evaluate(f"() => Array.from({PLOT.format('map')}._fullData.find(t => t.meta?.head).{axis})"))
        for axis in "xy"
    )
    inside = (np.abs(path - 1) < 2e-9).all(axis=0)
    assert inside.sum() > 20
    assert np.abs(np.stack([x, y]) - path)[:, inside].max() < 1e-3 * 4e-9 / 400  # a thousandth of a pixel
    last = np.flatnonzero(inside)[-1]
    place = page.evaluate(
        f"""k => {{
          const plot = {PLOT.format("map")}, {{ left, top }} = plot.getBoundingClientRect();
          const {{ x, y }} = plot._fullData.find(t => t.meta?.head), {{ xaxis, yaxis }} = plot._fullLayout;
          return [left + xaxis._offset + xaxis.d2p(x[k]), top + yaxis._offset + yaxis.d2p(y[k])];
        }}""",
        int(last),
    )
    page.mouse.move(place[0] + 40, place[1])
    page.mouse.move(*place, steps=4)
    wait_until(page, f"() => ({HOVERED})('map').join().includes('step {last:,}'.replace(',', ''))")
    *_, told_x, told_y = numbers(" ".join(page.evaluate(HOVERED, "map")))
    assert told_x - 1 == pytest.approx(path[0, last] - 1, abs=1e-12)
    assert told_y - 1 == pytest.approx(path[1, last] - 1, abs=1e-12)
    labels = page.locator("[data-panel=map] .xtick text").all_text_contents()
    assert len(set(labels)) == len(labels) >= 2
    assert close_up.errors == []


def test_a_hover_on_the_closest_map_tells_the_loss_there(close_up):
    for x in (0.35, 0.85):
        a, b, loss = numbers(hover(close_up.page, "map", x, 0.3))
        true = LANDSCAPES["rosenbrock"]().value(np.array([a, b]))
        assert loss == pytest.approx(float(true), rel=0.02)


@pytest.mark.parametrize(
    ("window", "sizes"),
    [
        (((-0.5, 0.5), (-0.25, 0.25)), [(PHONE["width"], PHONE["height"]), (1500, 700)]),
        (None, [(1500, 700), (PHONE["width"], PHONE["height"])]),
    ],
    ids=["zoomed and growing", "whole and shrinking"],
)
def test_no_panel_shows_more_of_a_map_than_its_mesh_covers(visit, fall_line, window, sizes):
    seen = visit(close(fall_line, window, FLAT) if window else f"{fall_line}/?{FLAT}", *sizes[0])
    page = seen.page
    for width, height in sizes:
        resize(seen, width, height)
        wait_until(page, COVERED)
        page.get_by_role("button", name="Show the map alone").click()
        wait_until(page, f"() => document.querySelector('[data-panel=surface]').hidden && ({COVERED})()")
        seen.rest()
        wait_until(page, COVERED)
        page.get_by_role("button", name="Full screen").click()
        wait_until(page, "() => document.fullscreenElement")
        wait_until(page, COVERED)
        page.get_by_role("button", name="Full screen").click()
        page.get_by_role("button", name="Side by side").click()
        wait_until(page, f"() => !document.querySelector('[data-panel=surface]').hidden && ({COVERED})()")
    assert seen.errors == []


def test_a_zoom_that_is_too_close_comes_back_to_the_closest_that_can_be_drawn(visit, fall_line):
    window = ((1 - 1.2e-13, 1 + 1.2e-13), (1 - 1.2e-13, 1 + 1.2e-13))  # float64 ends at 2.2e-13
    seen = visit(close(fall_line, window, f"{QUICK}&layout=map"))
    seen.rest()
    page = seen.page
    plot = PLOT.format("map")
    wide = f"(([low, high]) => high - low)({plot}._fullLayout.yaxis.range)"
    page.evaluate(
        f"""() => {{
          window.closest = Infinity;
          {plot}.on("plotly_relayout", () => (window.closest = Math.min(closest, {wide})));
        }}"""
    )
    (box,) = boxes(page, *places("map"))
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.4 * box["height"])
    for _ in range(4):  # each by a tenth
        page.mouse.wheel(0, -800)
    wait_until(page, f"() => closest < 2.1e-13 && {wide} > 2.2e-13")
    wait_until(page, COVERED)
    assert seen.errors == []
