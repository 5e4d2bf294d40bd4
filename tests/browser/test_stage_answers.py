"""A link that opens before the answer: curves, table and sentences wait until the runs have been played to the end."""

import pytest
from playwright.sync_api import expect

from browser.screen import SECONDS, check_it_stands_still, wait_for_link

pytestmark = pytest.mark.browser

LINK = "v=1&landscape=parabola&run=adam~learning_rate~0.1&run=gradient_descent~0.5&steps=60&answers=hidden"
VERDICT = "Reached the minimum"
INK = """panel => {
  const canvas = panel.querySelector("canvas");
  const [width, height] = [canvas.width, canvas.height];
  const right = canvas.getContext("2d").getImageData(width / 2, 0, width / 2, height).data;
  return right.filter((value, place) => place % 4 === 3 && value > 0).length;
}"""  # pixels that are drawn in the right half of a panel
HOVER = """panel => panel.querySelector(".fall-line-plot").data
  .filter((trace) => trace.meta?.plays).map((trace) => trace.hoverinfo ?? "told")"""


def opened(visit, fall_line, more=""):
    seen = visit(f"{fall_line}/?{LINK}{more}")
    seen.drawn()
    return seen.page


@pytest.fixture(scope="module")
def guessed(lasting_visit, fall_line):
    """A race that asks for a guess, and would play if it did not."""
    seen = lasting_visit(f"{fall_line}/?{LINK}", before=f"({SECONDS})()", reduced_motion="no-preference")
    seen.drawn()
    return seen


def test_it_stands_still_where_a_guess_is_asked_for(guessed):
    check_it_stands_still(guessed, 0)


def test_what_became_of_the_runs_is_nowhere_until_they_were_played(guessed):
    page = guessed.page
    loss, chart = page.locator("[data-panel=loss]"), page.locator("[data-panel=map]")
    expect(page.get_by_text("step 0", exact=True)).to_be_visible()
    expect(page.locator(".fall-line-notes")).to_be_hidden()
    expect(chart).to_be_visible()
    assert VERDICT not in page.locator(".fall-line").inner_text()
    labels = page.locator(".fall-line-plot").evaluate_all("plots => plots.map((plot) => plot.ariaLabel)")
    assert labels
    assert not any(VERDICT in label or "from" in label for label in labels)
    assert loss.evaluate(INK) == 0  # the curves are drawn up to the present step
    assert loss.locator(".ytick").count() == 0  # and how far they will go is not told
    for panel in (loss, chart):
        assert set(panel.evaluate(HOVER)) == {"skip"}
    page.get_by_label("Step", exact=True).press("End")
    expect(page.locator(".fall-line-notes")).to_be_visible()
    expect(page.locator(".fall-line-cover")).to_be_hidden()
    expect(loss.locator(".ytick").first).to_be_visible()
    assert loss.evaluate(INK) > 0
    assert "told" in loss.evaluate(HOVER)
    wait_for_link(page, "!link.has('answers') && !link.has('frame')")


@pytest.mark.long
def test_a_curve_grows_with_the_steps_until_the_answer_is_asked_for_and_stays(visit, fall_line):
    page = opened(visit, fall_line, "&step=9")  # a link may say step for frame
    loss = page.locator("[data-panel=loss]")
    expect(page.get_by_text("step 9", exact=True)).to_be_visible()
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)
    wait_for_link(page, "!link.has('step') && link.get('frame') === '9'")
    assert loss.evaluate(INK) == 0
    page.get_by_label("Step", exact=True).fill("39")
    page.get_by_role("button", name="One step forward").click()
    expect(page.get_by_text("step 40", exact=True)).to_be_visible()
    assert loss.evaluate(INK) > 0
    expect(page.locator(".fall-line-notes")).to_be_hidden()
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator(".fall-line-notes")).to_be_visible()
    expect(page.locator("[data-panel=loss] .main-svg").first).to_be_visible()
    expect(page.get_by_text("step 40", exact=True)).to_be_visible()
    wait_for_link(page, "!link.has('answers') && link.get('frame') === '40'")


@pytest.mark.long
@pytest.mark.parametrize(("layout", "seen"), [("map", ["map"]), ("curves", ["loss", "gradient_norm", "map"])])
def test_a_layout_that_a_link_chooses_keeps_the_answer_back_too(visit, fall_line, layout, seen):
    page = opened(visit, fall_line, f"&layout={layout}")
    panels = page.locator(".fall-line-panel")
    assert panels.evaluate_all("panels => panels.map((panel) => panel.dataset.panel)") == seen
    expect(page.locator(".fall-line-notes")).to_be_hidden()
    expect(page.locator(".fall-line-start")).to_be_visible()
    for panel in panels.all():
        assert set(panel.evaluate(HOVER)) == {"skip"}
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator(".fall-line-notes")).to_contain_text(VERDICT)


def test_the_map_alone_and_an_embedded_page_keep_the_answer_back_too(visit, fall_line):
    page = opened(visit, fall_line, "&show=map&embed=true")
    expect(page.locator("[data-panel=surface]")).to_be_hidden()
    expect(page.locator(".fall-line-notes")).to_be_hidden()
    expect(page.get_by_role("button", name="Show the answer")).to_be_visible()
