"""Several starts in a real browser: added on the map, filled in by a ring, played together, shared as a code."""

import re

import pytest
from driver import wait_until
from playwright.sync_api import expect

from browser.screen import link, middle, unfold, wait_for_link

pytestmark = [pytest.mark.browser, pytest.mark.long]

FLAT = "v=1&landscape=parabola&run=adam~0.1&steps=60"  # a curve in place of the surface: drawn at once
OPAQUE = """() => {
  const canvas = document.querySelector('[data-panel=map] canvas.fall-line-canvas');
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  let seen = 0;
  for (let i = 3; i < pixels.length; i += 4) seen += pixels[i] > 128;
  return seen;
}"""


@pytest.fixture(scope="module")
def race(lasting_visit, fall_line):
    """A race from one start, to which the tests lead back that come before the last."""
    seen = lasting_visit(f"{fall_line}/?{FLAT}")
    seen.drawn()
    return seen


def test_the_code_to_share_is_a_square_that_is_drawn_and_the_link_can_open_before_the_answer(race, fall_line):
    seen = race
    seen.page.get_by_role("button", name="Share").click()
    code = seen.page.get_by_alt_text("QR code of the link above")
    code.wait_for()
    wide, high = code.evaluate("image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])")
    assert wide == high > 200
    expect(seen.page.get_by_role("dialog").locator("code").first).to_have_text(f"{fall_line}/?{FLAT}")
    seen.page.get_by_role("dialog").get_by_text("Open before the answer").click()
    expect(seen.page.get_by_role("dialog").locator("code").first).to_contain_text("frame=0&answers=hidden")
    seen.page.keyboard.press("Escape")
    seen.page.get_by_role("dialog").wait_for(state="detached")
    assert seen.errors == []


def test_a_ring_is_filled_in_and_its_row_stays_open(race):
    seen = race
    unfold(seen.page, "Start and more")
    seen.page.get_by_text("More starts", exact=True).click()
    seen.page.get_by_role("button", name="Ring of starts").click()
    seen.page.get_by_text("n, starts on the ring", exact=True).wait_for()
    expect(seen.page.get_by_role("cell", name=re.compile("of 9$"))).to_be_visible()
    drawn = seen.drawn()
    seen.page.get_by_role("button", name="Only the first").click()
    seen.wait_for_drawing(after=drawn)
    expect(seen.page.get_by_role("cell", name=re.compile("of 9$"))).to_have_count(0)
    assert seen.errors == []


def test_a_click_with_shift_adds_a_start_and_every_run_begins_there_too(race):
    seen = race
    seen.rest()
    alone = seen.page.evaluate(OPAQUE)
    seen.page.keyboard.down("Shift")
    seen.page.mouse.click(*middle(seen.page, "map", 0.3, 0.3))
    seen.page.keyboard.up("Shift")
    wait_for_link(seen.page, "link.has('start')")
    assert len(link(seen.page)["start"][0].split("~")) == 4
    expect(seen.page.get_by_role("cell", name=re.compile("^[012] of 2$"))).to_be_visible()
    wait_until(seen.page, f"alone => ({OPAQUE})() > alone", arg=alone)
    assert seen.errors == []
