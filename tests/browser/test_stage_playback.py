"""Playback on the stage in a real browser: play, scrub, keys and curves."""

import pytest
from driver import wait_until
from playwright.sync_api import expect

from browser.screen import STEP, middle, slow_down, wait_for_playback, wait_for_step

pytestmark = pytest.mark.browser

END = 300
ALPHAS = (
    """canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.filter((_, i) => i % 4 === 3)"""
)
INK = f"""((name) => {{
  const canvas = document.querySelector(`[data-panel=${{name}}] canvas.fall-line-canvas`);
  return {ALPHAS}.reduce((sum, alpha, i) => (alpha ? sum + (i % 24999) + alpha : sum), 0);
}})"""  # tells two drawings apart
INKED = f"""() => {{
  const canvas = document.querySelector("[data-panel=map] canvas.fall-line-canvas");
  return {ALPHAS}.filter(Boolean).length;
}}"""  # pixels of the map that are drawn on


@pytest.fixture
def page(lasting_flat):
    """The demo at the end of its runs."""
    lasting_flat.page.get_by_label("Step", exact=True).press("End")
    wait_for_step(lasting_flat.page, f"step === {END}")
    return lasting_flat.page


def test_playing_moves_the_heads_and_sends_nothing(page, lasting_flat):
    still = {name: page.evaluate(INK, name) for name in ("map", "loss")}
    frames = lasting_flat.frames.copy()
    slow_down(page)
    page.get_by_role("button", name="Play").click()
    wait_for_step(page, f"5 < step && step < {END}")
    page.get_by_role("button", name="Pause").click()
    for name, ink in still.items():
        wait_until(page, f"([name, ink]) => {INK}(name) !== ink", arg=[name, ink])
    assert 5 < page.evaluate(STEP) < END
    assert lasting_flat.frames == frames


def test_the_run_ends_where_the_playback_ends(page):
    steps = wait_for_playback(page, END)
    assert steps == sorted(steps)
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_scrubbing_and_keys_step_through_the_run(page):
    scrubber = page.get_by_label("Step", exact=True)
    scrubber.fill("120")
    wait_for_step(page, "step === 120")
    scrubber.press("ArrowLeft")
    wait_for_step(page, "step === 119")
    page.get_by_role("button", name="One step forward").click()
    wait_for_step(page, "step === 120")
    scrubber.press("Home")
    wait_for_step(page, "step === 0")
    expect(page.get_by_text("step 0", exact=True)).to_be_visible()


def test_a_click_on_a_curve_moves_the_playback_there(page):
    page.mouse.click(*middle(page, "loss", 0.55, 0.5))
    wait_for_step(page, "step > 100 && step < 200")


def test_the_map_draws_its_runs_up_to_the_present_step_and_once(page):
    inked = 0
    for step in ("0", "5", str(END)):
        page.get_by_label("Step", exact=True).fill(step)
        inked = wait_until(page, f"before => {{ const now = ({INKED})(); return now > before && now; }}", arg=inked)
        inked = inked.json_value()
    lines = page.locator("[data-panel=map] .scatterlayer .trace")
    assert lines.evaluate_all("lines => lines.map(line => line.style.opacity)") == ["0"] * 3
