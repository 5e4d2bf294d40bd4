"""A link that opens before the answer: curves, table and sentences wait until the runs have been played to the end."""

import pytest
from playwright.sync_api import expect

from browser.screen import wait_for_link

pytestmark = pytest.mark.browser

LINK = "v=1&landscape=parabola&run=adam~learning_rate~0.1&run=gradient_descent~0.1&steps=60&answers=hidden"
VERDICT = "Reached the minimum"


def opened(visit, fall_line, more=""):
    seen = visit(f"{fall_line}/?{LINK}{more}")
    seen.drawn()
    return seen.page


def test_what_became_of_the_runs_is_nowhere_until_they_were_played(visit, fall_line):
    page = opened(visit, fall_line)
    expect(page.get_by_text("step 0", exact=True)).to_be_visible()
    expect(page.locator(".fall-line-notes")).to_be_hidden()
    expect(page.locator("[data-panel=loss]")).to_be_hidden()
    expect(page.locator("[data-panel=map]")).to_be_visible()
    assert VERDICT not in page.locator(".fall-line").inner_text()
    labels = page.locator(".fall-line-plot").evaluate_all("plots => plots.map((plot) => plot.ariaLabel)")
    assert labels
    assert not any(VERDICT in label for label in labels)
    page.get_by_label("Step", exact=True).press("End")
    expect(page.locator(".fall-line-notes")).to_be_visible()
    expect(page.locator("[data-panel=loss]")).to_be_visible()
    expect(page.locator(".fall-line-cover")).to_be_hidden()
    wait_for_link(page, "!link.has('answers') && !link.has('frame')")


def test_the_answer_can_be_asked_for_and_stays(visit, fall_line):
    page = opened(visit, fall_line, "&frame=7")
    expect(page.get_by_text("step 7", exact=True)).to_be_visible()
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator(".fall-line-notes")).to_be_visible()
    expect(page.locator("[data-panel=loss] .main-svg").first).to_be_visible()
    expect(page.get_by_text("step 7", exact=True)).to_be_visible()
    wait_for_link(page, "!link.has('answers') && link.get('frame') === '7'")


def test_the_map_alone_and_an_embedded_page_keep_the_answer_back_too(visit, fall_line):
    page = opened(visit, fall_line, "&show=map&embed=true")
    expect(page.locator("[data-panel=surface]")).to_be_hidden()
    expect(page.locator(".fall-line-notes")).to_be_hidden()
    expect(page.get_by_role("button", name="Show the answer")).to_be_visible()


def test_the_share_dialog_gives_such_a_link(visit, fall_line):
    seen = visit(f"{fall_line}/?v=1&landscape=parabola&steps=60")
    seen.drawn()
    page = seen.page
    page.get_by_role("button", name="Share", exact=True).click()
    code = page.get_by_role("dialog").locator("code")
    expect(code).not_to_contain_text("answers=hidden")
    page.get_by_role("dialog").get_by_text("Open before the answer").click()
    expect(code).to_contain_text("frame=0&answers=hidden")
