"""Who draws what: Plotly the landscape and the axes, a canvas over them whatever moves; and at any size the same."""

import pytest

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
TWICE = """() => {
  const ids = [...document.querySelectorAll(".fall-line clipPath")].map(({ id }) => id);
  return ids.length && ids.length - new Set(ids).size;
}"""


def test_a_slider_move_is_drawn_by_the_canvas_alone_on_map_and_surface(visit, fall_line):
    seen = visit(f"{fall_line}/?v=1&run=adam~learning_rate~0.1&steps=40")
    seen.rest()
    before = {panel: seen.page.evaluate(INK, panel) for panel in ("map", "surface", "loss")}
    assert 0 not in before.values()
    seen.page.evaluate(COUNT)
    press_slider(seen, rate_slider(seen.page))
    for panel, ink in before.items():
        seen.page.wait_for_function(f"([panel, ink]) => ({INK})(panel) !== ink", arg=[panel, ink])
    assert not {"map", "surface"} & set(seen.page.evaluate("() => redrawn"))
    seen.page.mouse.move(*(boxes(seen.page, *places("surface"))[0][side] + 50 for side in ("x", "y")))
    seen.page.wait_for_function("() => redrawn.includes('surface')")  # whoever points at it reads the present numbers
    assert seen.errors == []


def test_a_map_that_was_shown_alone_comes_back_as_it_was(visit, fall_line):
    seen = visit(f"{fall_line}/?v=1&landscape=himmelblau&run=adam&steps=20")
    seen.rest()
    page = seen.page
    (x, y) = page.evaluate(f"() => {RANGES}")
    page.get_by_role("button", name="Show the map alone").click()
    page.wait_for_function(f"([left, right]) => {RANGES}[0][1] > right", arg=x)
    page.get_by_role("button", name="Side by side").click()
    page.wait_for_function(f"ends => {RANGES}.flat().every((end, i) => Math.abs(end - ends[i]) < 1e-6)", arg=[*x, *y])
    assert "zoom" not in page.url


def test_no_two_pictures_of_a_page_are_cut_by_the_same_outline(visit, fall_line):
    seen = visit(f"{fall_line}/step-by-step?v=1&run=adam~0.1&run=momentum&steps=60&update=5")
    seen.rest()
    assert seen.page.evaluate(TWICE) == 0
