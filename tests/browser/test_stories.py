"""The story cards in a real browser: one row that costs the map nothing, whole cards, one click, and the way back."""

import pytest
from driver import wait_until
from playwright.sync_api import expect

from browser.screen import APART, boxes, resize, wait_for_link, wait_until_nothing_scrolls
from pages.shared.state import STORIES

pytestmark = [pytest.mark.browser, pytest.mark.long]

CARDS = "[...document.querySelectorAll('.st-key-stories a')]"
MARKED = f"""() => {CARDS}
  .filter((card) => getComputedStyle(card).backgroundColor !== "rgba(0, 0, 0, 0)" && !card.matches(":hover"))
  .map((card) => card.querySelector("strong").innerText)"""
WHOLE = f"""() => {{
  const row = document.querySelector('.st-key-stories').getBoundingClientRect();
  const inside = ({{ top, bottom }}) => row.top <= top && bottom <= row.bottom;
  const covered = document.querySelector('[data-testid=stHeader]').getBoundingClientRect().bottom;
  return row.top >= covered && {CARDS}.every((card) => inside(card.getBoundingClientRect()));
}}"""


@pytest.mark.parametrize(
    ("sizes", "touch"), [([(1400, 900), (1230, 800), (1024, 768)], False), ([(390, 844), (320, 568)], True)]
)
def test_there_is_one_whole_card_for_each_story_and_the_map_with_play_is_in_view(visit, fall_line, sizes, touch):
    seen = visit(f"{fall_line}/?story=valley", *sizes[0], phone=touch)
    seen.drawn()
    if not touch:
        wait_until_nothing_scrolls(seen.page)
    for width, height in sizes:
        resize(seen, width, height)
        check_cards_and_map(seen, width, height, touch)
    assert seen.errors == []


def check_cards_and_map(seen, width, height, touch):
    assert seen.page.evaluate(f"{CARDS}.length") == len(STORIES)
    wait_until(seen.page, WHOLE)
    map_, play = boxes(seen.page, "[data-panel=map]", ".fall-line-play")
    assert 0 <= map_["top"] < map_["bottom"] <= play["top"] < play["bottom"] <= height
    assert map_["height"] > 0.35 * height
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    if not touch:
        wait_until(seen.page, APART)
        assert seen.page.evaluate(f"{CARDS}.every((it) => it.getBoundingClientRect().right <= innerWidth)")


def test_nothing_is_to_be_scrolled_on_a_laptop(visit, fall_line):
    seen = visit(f"{fall_line}/?story=many-minima", width=1400, height=900)
    seen.drawn()
    wait_until_nothing_scrolls(seen.page)
    resize(seen, 1366, 768)
    wait_until_nothing_scrolls(seen.page)
    resize(seen, 844, 390)  # as a phone that lies on its side
    wait_until(seen.page, APART)


def test_a_click_opens_a_story_and_undo_leads_back(visit, fall_line):
    seen = visit(f"{fall_line}/?v=1&landscape=parabola&run=adam~0.1&steps=60", width=1400, height=900)
    before = seen.drawn()
    card = seen.page.get_by_role("link", name="Too fast")
    card.click()
    seen.page.mouse.move(700, 20)
    seen.wait_for_drawing(after=before)
    wait_for_link(seen.page, "link.get('landscape') === 'quadratic_bowl' && !link.has('story')")
    expect(seen.page.locator(".st-key-sentence")).to_have_text(STORIES["too-fast"].sentence)
    wait_for_mark(seen.page, "Too fast")
    seen.page.get_by_role("button", name="Undo").click()
    wait_for_link(seen.page, "link.get('landscape') === 'parabola'")
    expect(seen.page.locator(".st-key-sentence")).to_have_count(0)
    wait_for_mark(seen.page, "")
    assert seen.errors == []


def wait_for_mark(page, story):
    """Returns when this card alone is marked, or none: its colour may come slowly."""
    wait_until(page, f"story => ({MARKED})().join() === story", arg=story)


def test_the_front_of_a_course_page_has_the_same_cards_and_what_was_asked_for_has_none(visit, fall_line):
    for link, cards in (("?embed=true", len(STORIES)), ("?embed=true&story=noise", 0)):
        seen = visit(f"{fall_line}/{link}", width=900, height=600)
        seen.drawn()
        assert seen.page.evaluate(f"{CARDS}.length") == cards
        assert seen.errors == []
