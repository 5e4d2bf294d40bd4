"""A lesson in the browser: answered by touch and by keys, told when it has happened, kept for the next visit."""

import json

import pytest
from driver import wait_until
from playwright.sync_api import expect

from browser.screen import PHONE, STEADY, tap_on, wait_for_link, wait_until_nothing_overflows
from browser.test_every_page import contrasts, violations
from course import LESSONS

pytestmark = pytest.mark.browser

STEP = "() => Number(document.querySelector('.fall-line').dataset.step ?? 0)"
TOLD = ".st-key-lesson-after"
WATCH = f"""() => {{
  Object.assign(window, {{ early: 0, opening: 0 }});
  const look = () => {{
    const told = document.querySelector("{TOLD}");
    const plays = document.querySelector(".fall-line[data-opening]") !== null;
    opening += plays;
    early += plays && told !== null && getComputedStyle(told).visibility !== "hidden";
    requestAnimationFrame(look);
  }};
  look();
}}"""  # in how many pictures the race plays, and what happened is told while it does
PRESENT_CARD = """() => {
  const middle = (element) => {
    const { left, width } = element.getBoundingClientRect();
    return left + width / 2;
  };
  const row = document.querySelector(".st-key-course");
  return Math.abs(middle(row) - middle(row.querySelector("a[href*='lesson=momentum']")));
}"""  # pixels from the middle of its row


def kept(seen):
    return json.loads(seen.page.evaluate("() => localStorage.getItem('fall-line course')") or "{}")


@pytest.mark.long
def test_a_tap_on_the_map_is_an_answer_on_a_phone(visit, fall_line):
    seen = visit(f"{fall_line}/lessons?lesson=momentum", **PHONE, phone=True)
    seen.drawn()
    assert seen.page.locator(TOLD).count() == 0
    assert seen.page.evaluate(PRESENT_CARD) < 1
    mark = seen.page.get_by_role("button", name="B: In the far, deeper valley")
    assert mark.bounding_box()["width"] >= 44
    tap_on(seen, mark)
    expect(seen.page.locator(TOLD)).to_be_visible()
    expect(seen.page.get_by_text("That is right.")).to_be_visible()
    expect(mark).to_have_count(0)
    wait_until_nothing_overflows(seen.page)
    assert seen.errors == []


@pytest.mark.long
def test_keys_answer_nothing_plays_before_and_the_answer_can_be_read_by_day_and_by_night(visit, fall_line):
    seen = visit(f"{fall_line}/lessons?lesson=leaving-a-saddle")
    seen.drawn()
    map_ = seen.page.locator("[data-panel=map]")
    map_.focus()
    for key in ("Space", "ArrowRight", "End"):
        seen.page.keyboard.press(key)
    assert seen.page.evaluate(STEP) == 0
    assert (
        seen.page.locator(".fall-line-plot").first.get_attribute("aria-label")
        == "map, before the runs have been played"
    )
    asked = seen.page.locator(".fall-line-asked")
    expect(asked).to_be_hidden()
    seen.page.keyboard.press("p")
    expect(asked).to_have_text("Where on the map will the run end?A  At (1, 1)B  At (1, −1)C  It stays at the saddle")
    expect(asked).to_be_visible()
    seen.page.keyboard.press("p")
    expect(asked).to_be_hidden()
    mark = seen.page.get_by_role("button", name="C: It stays at the saddle")
    mark.focus()
    seen.page.keyboard.press("Enter")
    expect(seen.page.get_by_text("It came out differently:")).to_be_visible()
    wait_for_link(seen.page, "link.get('answer') === 'stays'")
    assert violations(seen) == []  # an answered lesson can be read by day and by night
    seen.page.emulate_media(color_scheme="dark")
    seen.page.reload()
    seen.drawn()
    assert contrasts(seen) == []


def test_what_happened_is_told_when_it_has_happened(visit, fall_line):
    seen = visit(f"{fall_line}/lessons?lesson=rmsprop", reduced_motion="no-preference")
    seen.drawn()
    seen.page.evaluate(STEADY, 50)
    seen.page.evaluate(WATCH)
    seen.page.get_by_role("button", name="A AdaGrad’s").click()
    wait_until(seen.page, "() => document.querySelector('.fall-line[data-opening]')")
    wait_until(seen.page, "() => !document.querySelector('.fall-line[data-opening]')")
    assert seen.page.evaluate(STEP) == 1000
    expect(seen.page.locator(TOLD)).to_be_visible()
    assert seen.page.evaluate("() => [early, opening > 0]") == [0, True]


@pytest.mark.long
def test_what_was_answered_is_kept_in_the_browser_and_seen_at_the_next_visit_which_asks_anew(visit, fall_line):
    seen = visit(f"{fall_line}/lessons?lesson=adam&answer=long&knobs=beta2~0.99")
    seen.drawn()
    expect(seen.page.get_by_text("✓ Solved.")).to_be_visible()
    wait_until(
        seen.page, "() => ['solved', 'place'].every((word) => localStorage.getItem('fall-line course')?.includes(word))"
    )
    assert kept(seen) == {"adam": "long", "adam task": "solved", "place": "adam"}
    seen.page.goto(f"{fall_line}/lessons")
    seen.drawn()
    number = list(LESSONS).index("adam") + 1
    expect(seen.page.get_by_role("link", name=f"{number} Adam ✓✓")).to_be_visible()
    expect(seen.page.get_by_role("link", name="Go on where you were")).to_be_visible()
    seen.page.get_by_role("link", name="Go on where you were").click()
    expect(seen.page.get_by_role("heading", name="Adam and its first steps")).to_be_visible()
    assert seen.page.locator(TOLD).count() == 0  # it asks anew
    seen.drawn()
    seen.page.keyboard.press("2")  # the number of an answer is its key
    expect(seen.page.get_by_text("That is right.")).to_be_visible()
    assert seen.errors == []


@pytest.mark.long
def test_a_lesson_in_a_course_page_asks_too(visit, fall_line):
    seen = visit(f"{fall_line}/lessons?lesson=momentum&embed=true", width=900, height=820)
    seen.drawn()
    seen.page.get_by_role("button", name="B In the far, deeper valley").click()
    expect(seen.page.get_by_text("That is right.")).to_be_visible()
    assert seen.page.get_by_test_id("stHeading").count() == 0
