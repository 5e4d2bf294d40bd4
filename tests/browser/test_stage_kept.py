"""What a person chose on the stage stays while the figures change: zoom and step."""

import pytest
from driver import wait_until

from browser.screen import STEP, double_click, middle, press_slider, wait_for_step

pytestmark = pytest.mark.browser

MAP = "document.querySelector('[data-panel=map] .fall-line-plot')"
RANGE = f"() => {MAP}._fullLayout.xaxis.range.slice()"
TOLD = f"(({{range}}) => range[1] - range[0])({MAP}.layout.xaxis)"


def test_a_double_click_shows_the_whole_map_again_and_leaves_the_start_alone(lasting_flat):
    page = lasting_flat.page
    before = page.evaluate(RANGE)
    page.mouse.move(*middle(page, "map", 0.6, 0.4))
    page.mouse.wheel(0, -300)
    wait_until(page, f"wide => {TOLD} < wide", arg=before[1] - before[0])
    double_click(page, *middle(page, "map", 0.5, 0.6))
    wait_until(page, f"left => Math.abs(({RANGE})()[0] - left) < 1e-9", arg=before[0])
    page.wait_for_selector("text=start -1.2000 1.0000")


def test_zoom_and_step_survive_a_slider_move(lasting_flat):
    page = lasting_flat.page
    page.get_by_label("Step", exact=True).fill("77")
    wait_for_step(page, "step === 77")
    left, right = page.evaluate(RANGE)
    page.mouse.move(*middle(page, "map"))
    page.mouse.wheel(0, -300)
    # Plotly tells its layout only when the wheel has come to rest.
    wait_until(page, f"wide => {TOLD} < 0.99 * wide", arg=right - left)
    zoomed = page.evaluate(RANGE)
    press_slider(lasting_flat, page.locator("[data-testid=stSlider]").first)
    assert page.evaluate(RANGE) == pytest.approx(zoomed)
    assert page.evaluate(STEP) == 77
