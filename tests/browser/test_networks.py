"""Networks in a real browser: slices of a training and what the networks predict play, and nothing is sent for it."""

import pytest
from driver import wait_until

from browser.screen import wait_for_step

pytestmark = pytest.mark.browser

DRAWN = (
    "(name) => JSON.stringify(document.querySelector(`[data-panel=${name}] .fall-line-plot`).data[0].z[9].slice(0, 9))"
)
MOMENT = """([name, moment]) => {
  const { data } = document.querySelector(`[data-panel=${name}] .fall-line-plot`);
  const [mesh] = data;
  return mesh.z[9][5] === mesh.meta.moments.z[moment][9][5];
}"""
SMALL = "slice_data=rings&slice_depth=1&slice_width=4"


def test_playback_shows_the_slice_and_the_predictions_of_its_step(visit, fall_line):
    seen = visit(f"{fall_line}/networks?v=1&part=slice&slice_plays=1&slice_below=predictions&{SMALL}")
    seen.drawn()
    page, scrubber = seen.page, seen.page.get_by_label("Step", exact=True)
    for panel in ("map", "other", "left", "right"):
        page.wait_for_selector(f"[data-panel={panel}] .main-svg")
        wait_until(page, MOMENT, arg=[panel, 12])
    at_the_end = page.evaluate(DRAWN, "map")
    frames = seen.frames.copy()
    for step, moment in (("100", 4), ("0", 0)):
        scrubber.fill(step)
        wait_for_step(page, f"step === {step}")
        for panel in ("map", "other", "left", "right"):
            wait_until(page, MOMENT, arg=[panel, moment])
    assert page.evaluate(DRAWN, "map") != at_the_end
    scrubber.press("End")
    wait_until(page, MOMENT, arg=["map", 12])
    assert page.evaluate(DRAWN, "map") == at_the_end
    assert seen.frames == frames
    assert seen.errors == []
