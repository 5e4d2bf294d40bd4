"""Maps in a real browser: the picture says what the runs come to, a click starts one, and nothing goes on unseen."""

import re

import numpy as np
import pytest
from driver import wait_until
from playwright.sync_api import expect

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, descend, verdict

pytestmark = pytest.mark.browser

LINK = "maps?v=1&landscape=himmelblau&run=momentum~0.01&steps=400"
SHARP = "Drawn from 512 × 512 starts"
MOST = """() => {
  const width = (found) => document.querySelector(`.fall-line-present ${found}`)?.clientWidth;
  return width("[data-panel=map]") > width(".fall-line-notes");
}"""  # of the width of a presentation is the map's
PARTED = """() => [...document.querySelectorAll(".fall-line-notes tbody tr")].flatMap((row) => {
  const whole = [...row.querySelectorAll(".fall-line-whole")];
  const pair = /\\(/.test(row.textContent) ? 1 : 0;
  const parted = whole.length < 2 + pair || whole.some((part) => part.getClientRects().length > 1);
  return parted ? [row.textContent] : [];
})"""  # lines of the table whose colour, pair of coordinates or number with its % goes over two lines


def pixel(seen, x, y):
    """The colour of the map at a place of the landscape, and where that is on the screen."""
    at = seen.page.evaluate(
        """([x, y]) => {
            const plot = document.querySelector('[data-panel="map"] .fall-line-plot');
            const { xaxis, yaxis } = plot._fullLayout;
            const box = plot.getBoundingClientRect();
            return [box.left + xaxis._offset + xaxis.c2p(x), box.top + yaxis._offset + yaxis.c2p(y)];
        }""",
        [x, y],
    )
    return at


def sharp(seen):
    seen.drawn()
    expect(seen.page.get_by_text(SHARP)).to_be_visible()
    expect(seen.page.get_by_test_id("stProgress")).to_have_count(0)
    seen.rest()


def test_the_map_becomes_sharp_and_the_pointer_a_click_and_explore_agree(visit, fall_line):
    seen = visit(f"{fall_line}/{LINK}", width=1400, height=900)
    sharp(seen)
    box = seen.page.locator('[data-panel="map"]').bounding_box()
    assert box["y"] + box["height"] <= 900
    seen.page.keyboard.press("p")
    wait_until(seen.page, MOST)
    seen.page.keyboard.press("p")
    wait_until(seen.page, "() => !document.querySelector('.fall-line-present')")
    assert seen.page.evaluate(PARTED) == []
    landscape, optimizer = LANDSCAPES["himmelblau"](), OPTIMIZERS["momentum"](learning_rate=0.01)
    place = (1.4, 2.6)
    seen.page.mouse.move(*pixel(seen, *place))
    hover = seen.page.locator(".hoverlayer .hovertext").first
    hover.wait_for()
    words = " ".join(seen.page.locator(".hoverlayer text").all_text_contents())
    x, y = (float(each.replace("−", "-")) for each in re.search(r"\((\S+), (\S+)\)", words).groups())
    true = verdict(landscape, optimizer, descend(landscape, optimizer, np.array([x, y]), 400))
    assert f"Ends at the minimum ({true.position[0]:.3g}"[:25] in words.replace("−", "-")
    assert int(re.search(r"there from step (\d+)", words).group(1)) == true.step
    seen.page.mouse.click(*pixel(seen, *place))
    wait_until(seen.page, "() => location.search.includes('start=')")
    start = re.search(r"start=([^&]+)", seen.page.url).group(1)
    assert [float(each) for each in start.split("~")] == pytest.approx(place, abs=0.05)
    seen.page.get_by_role("link", name="Open this run on Explore").click()
    wait_until(
        seen.page,
        "start => !location.pathname.includes('maps') && location.search.includes(`start=${start}`)",
        arg=start,
    )
    assert seen.errors == []


@pytest.mark.long
def test_a_zoom_draws_its_window_from_starts_of_its_own(visit, fall_line):
    seen = visit(f"{fall_line}/{LINK}&zoom=0~0.5~0~0.5", width=1400, height=900)
    sharp(seen)
    x = seen.page.evaluate(
        """() => document.querySelector('[data-panel="map"] .fall-line-plot').data
            .filter(({ type }) => type === 'heatmap').map(({ x }) => [x.length, x[0], x.at(-1)])"""
    )
    assert [count for count, _, _ in x] == [128, 512]
    assert x[1][1:] == pytest.approx([0.5 / 1024, 0.5 - 0.5 / 1024], abs=1e-6)
    assert seen.errors == []
