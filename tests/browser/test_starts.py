"""Several starts in a real browser: added on the map, filled in by a ring, played together, shared as a code."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.browser

FLAT = "v=1&landscape=parabola&run=adam~0.1&steps=60"  # a curve in place of the surface: drawn at once
OPAQUE = """() => {
  const canvas = document.querySelector('[data-panel=map] canvas.fall-line-canvas');
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  let seen = 0;
  for (let i = 3; i < pixels.length; i += 4) seen += pixels[i] > 128;
  return seen;
}"""


def test_a_click_with_shift_adds_a_start_and_every_run_begins_there_too(visit, fall_line):
    seen = visit(f"{fall_line}/?{FLAT}")
    before = seen.drawn()
    box = seen.page.locator("[data-panel=map]").bounding_box()
    alone = seen.page.evaluate(OPAQUE)
    seen.page.keyboard.down("Shift")
    seen.page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 0.3 * box["height"])
    seen.page.keyboard.up("Shift")
    seen.wait_for_drawing(after=before)
    seen.page.wait_for_function("() => location.search.includes('start=')")
    start = parse_qs(urlsplit(seen.page.url).query)["start"][0].split("~")
    assert len(start) == 4
    assert seen.page.get_by_role("cell", name=re.compile("^[012] of 2$")).is_visible()
    assert seen.page.evaluate(OPAQUE) > alone
    assert seen.errors == []


def test_a_ring_is_filled_in_and_its_row_stays_open(visit, fall_line):
    seen = visit(f"{fall_line}/?{FLAT}")
    before = seen.drawn()
    seen.page.get_by_text("More starts", exact=True).click()
    seen.page.get_by_role("button", name="Ring of starts").click()
    seen.wait_for_drawing(after=before)
    seen.page.get_by_text("n, starts on the ring").wait_for()
    assert seen.page.get_by_role("cell", name=re.compile("of 9$")).is_visible()
    seen.page.get_by_role("button", name="Only the first").click()
    seen.page.get_by_text("n, starts on the ring").wait_for(state="detached")
    assert seen.errors == []


def test_the_code_to_share_is_a_square_that_is_drawn(visit, fall_line):
    seen = visit(f"{fall_line}/?{FLAT}")
    seen.drawn()
    seen.page.get_by_role("button", name="Share").click()
    code = seen.page.get_by_alt_text("QR code of the link above")
    code.wait_for()
    wide, high = code.evaluate("image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])")
    assert wide == high > 200
    assert f"{fall_line}/?{FLAT}" in seen.page.get_by_role("dialog").inner_text().replace("\n", "")
    assert seen.errors == []
