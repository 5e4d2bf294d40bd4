"""Who draws what: Plotly the landscape and the axes, a canvas over them whatever moves; and at any size the same."""

from itertools import pairwise

import numpy as np
import pytest
from driver import wait_until

from browser.screen import boxes, places, press_slider, rate_slider

pytestmark = pytest.mark.browser

COUNT = """() => {
  window.redrawn = [];
  for (const name of ["react", "restyle"]) {
    const draw = Plotly[name];
    Plotly[name] = (plot, ...rest) => redrawn.push(plot.parentElement.dataset.panel) && draw(plot, ...rest);
  }
}"""
INK = """panel => {
  const canvas = document.querySelector(`[data-panel=${panel}] canvas.fall-line-canvas`);
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((sum, byte, i) => (sum * 31 + byte * (i % 7)) | 0, 0);
}"""
RANGES = (
    "['xaxis', 'yaxis'].map(axis => document.querySelector('[data-panel=map] .fall-line-plot')._fullLayout[axis].range)"
)
PENCIL = """
  const { beginPath, moveTo, lineTo, stroke } = CanvasRenderingContext2D.prototype;
  let [pen, pieces] = [[], []];
  Object.assign(CanvasRenderingContext2D.prototype, {
    beginPath() { pieces = []; return beginPath.call(this); },
    moveTo(x, y) { pen = [x, y]; return moveTo.call(this, x, y); },
    lineTo(x, y) { pieces.push([...pen, x, y]); pen = [x, y]; return lineTo.call(this, x, y); },
    stroke() { if (pieces.length) this.canvas.drawn = pieces; return stroke.call(this); },
  });
"""  # keeps on each canvas the straight pieces of the line that was drawn last
DRAWN = """() => {
  const [plot, canvas] = document.querySelector("[data-panel=map]").children;
  const { x, y } = plot._fullData.at(-1);
  const [across, up] = [plot._fullLayout.xaxis, plot._fullLayout.yaxis];
  const track = Array.from(x, (_, k) => [across._offset + across.d2p(x[k]), up._offset + up.d2p(y[k])]);
  return [track, canvas.drawn].map((all) => all.filter((each) => each.every(Number.isFinite)));
}"""


@pytest.fixture(scope="module")
def race(lasting_visit, fall_line):
    """A race on a map and a surface, which stand beside each other before and after every test."""
    seen = lasting_visit(f"{fall_line}/?v=1&run=adam~learning_rate~0.1&steps=40")
    seen.rest()
    return seen


@pytest.mark.long
def test_a_slider_move_is_drawn_by_the_canvas_alone_on_map_and_surface(race):
    seen = race
    seen.rest()
    before = {panel: seen.page.evaluate(INK, panel) for panel in ("map", "surface", "loss")}
    assert 0 not in before.values()
    seen.page.evaluate(COUNT)
    press_slider(seen, rate_slider(seen.page))
    for panel, ink in before.items():
        wait_until(seen.page, f"([panel, ink]) => ({INK})(panel) !== ink", arg=[panel, ink])
    assert not {"map", "surface"} & set(seen.page.evaluate("() => redrawn"))
    seen.page.mouse.move(*(boxes(seen.page, *places("surface"))[0][side] + 50 for side in ("x", "y")))
    wait_until(seen.page, "() => redrawn.includes('surface')")  # whoever points at it reads the present numbers
    assert seen.errors == []


def test_a_map_that_was_shown_alone_comes_back_as_it_was(race):
    race.rest()
    page = race.page
    (x, y) = page.evaluate(f"() => {RANGES}")
    page.get_by_role("button", name="Show the map alone").click()
    wait_until(page, f"([left, right]) => {RANGES}[0][1] > right", arg=x)
    page.get_by_role("button", name="Side by side").click()
    wait_until(page, f"ends => {RANGES}.flat().every((end, i) => Math.abs(end - ends[i]) < 1e-6)", arg=[*x, *y])
    assert "zoom" not in page.url


def test_a_run_that_leaves_is_drawn_where_it_went_and_no_farther_than_near_the_picture(visit, fall_line):
    seen = visit(
        f"{fall_line}/?v=1&landscape=himmelblau&run=momentum~0.02&steps=60&start=4~4&layout=map", before=PENCIL
    )
    seen.drawn()
    track, drawn = (np.array(each) for each in seen.page.evaluate(DRAWN))
    assert np.abs(track).max() > 1e6
    assert np.abs(drawn).max() < 3e4
    inside = (np.abs(track) < 1000).all(axis=1)
    assert sum(inside) >= 3
    for a, b in pairwise(track[inside]):  # the first of them, one behind the other
        assert np.abs(drawn - np.concatenate([a, b])).sum(axis=1).min() < 0.1
    for piece in drawn:
        assert min(off(piece, a, b) for a, b in pairwise(track)) < 0.5


def off(piece, a, b):
    """How many pixels the ends of a piece are from the way from a to b."""
    length = np.hypot(*(b - a))
    if not length:
        return np.inf
    way, ends = (b - a) / length, piece.reshape(2, 2)
    along = np.clip((ends - a) @ way, 0, length)
    return np.hypot(*(ends - a - along[:, None] * way).T).max()
