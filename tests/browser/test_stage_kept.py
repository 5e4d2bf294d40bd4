"""What a person chose on the stage stays while the figures change: zoom, step, camera; and little is sent."""

import pytest
from driver import wait_until

from browser.screen import STEP, camera, double_click, middle, press_slider, turned, wait_for_step

pytestmark = pytest.mark.browser

MAP = "document.querySelector('[data-panel=map] .fall-line-plot')"
RANGE = f"() => {MAP}._fullLayout.xaxis.range.slice()"
TOLD = f"(({{range}}) => range[1] - range[0])({MAP}.layout.xaxis)"


def slider(page, number=0):
    return page.locator("[data-testid=stSlider]").nth(number)


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
    press_slider(lasting_flat, slider(page))
    assert page.evaluate(RANGE) == pytest.approx(zoomed)
    assert page.evaluate(STEP) == 77


def test_a_slider_move_sends_little_and_the_camera_survives_it_and_leaving_the_page(visit, demo):
    seen = visit(demo, width=800, height=600)  # a surface costs by its pixels where there is no GPU
    seen.drawn()
    page = seen.page
    eye = turned(page)
    for number in (0, 1, 0):  # the run alone; the surface too; the run again, when nothing else is new
        before = seen.received
        press_slider(seen, slider(page, number))
        assert camera(page) == pytest.approx(eye)
    assert seen.received - before < 20_000
    page.get_by_text("Away").click()
    page.wait_for_selector(".fall-line", state="detached")
    page.get_by_text("Away").click()
    seen.drawn()
    assert camera(page) == pytest.approx(eye)
    assert seen.errors == []
