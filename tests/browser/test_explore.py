"""Explore in a real browser: first picture, start by click, playback, camera, links, phone, light and dark."""

from pathlib import Path

import pytest
from driver import wait_until
from playwright.sync_api import expect

from browser.screen import (
    PHONE,
    boxes,
    camera,
    link,
    middle,
    press_slider,
    rate_slider,
    text_field,
    turned,
    unfold,
    wait_for_link,
    wait_for_playback,
    wait_until_in_view,
    wait_until_nothing_overflows,
    wait_until_nothing_scrolls,
)
from pages.shared.fields import number

pytestmark = pytest.mark.browser

LIGHTNESS = """() => {
  const colour = getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor;
  return colour.match(/[0-9.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
}"""
DOTS = """() => [...document.querySelectorAll(".fall-line-notes .fall-line-swatch")]
  .map((dot) => getComputedStyle(dot).backgroundColor)"""  # the colours of the runs
FLAT = "v=1&landscape=parabola&run=adam~learning_rate~0.1&steps=60"  # a curve in place of the surface: drawn at once


@pytest.fixture(scope="module")
def first_picture(lasting_visit, fall_line):
    """What a visitor without a link sees."""
    seen = lasting_visit(fall_line)
    seen.drawn()
    return seen


@pytest.fixture(scope="module")
def race(lasting_visit, fall_line):
    """A race on a curve, from a start that the last tests alone move, which end on a phone."""
    seen = lasting_visit(f"{fall_line}/?{FLAT}&start=-0.5~0.5")
    seen.drawn()
    return seen


def test_map_surface_and_curves_are_in_view_without_scrolling(first_picture):
    seen = first_picture
    wait_until_in_view(seen.page, "map", "surface", "loss", "gradient_norm")
    expect(seen.page.get_by_role("table")).to_be_visible()
    wait_until_nothing_scrolls(seen.page)
    assert seen.errors == []
    assert seen.hosts == {"127.0.0.1"}


def test_nothing_scrolls_where_the_sidebar_comes_after_the_pictures(first_picture):
    """It takes width from the words, which need more lines then."""
    seen = first_picture
    aside = seen.page.get_by_test_id("stSidebar")
    for display, height in (("none", 880), ("", 880), ("", 900)):
        aside.evaluate("(aside, display) => { aside.style.display = display; }", display)
        seen.resize(1400, height)
        seen.rest()
        wait_until_nothing_scrolls(seen.page)
    assert seen.errors == []


def test_a_slider_move_sends_at_most_20_kilobytes_and_the_camera_stays(first_picture):
    seen, page = first_picture, first_picture.page
    eye = turned(page)
    sent = []
    for _ in range(2):  # the first move also says what no later one has to
        before = seen.received
        press_slider(seen, rate_slider(page))
        sent.append(seen.received - before)
    assert sent[1] <= 20_000
    assert camera(page) == pytest.approx(eye, abs=1e-6)
    assert seen.errors == []


def test_a_saved_surface_has_the_heads_whole_and_its_runs_over_it(first_picture):
    page = first_picture.page
    colours = page.evaluate(DOTS)
    page.get_by_label("Save a picture", exact=True).first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the surface as SVG").click()
    drawn = Path(download.value.path()).read_text(encoding="utf-8")
    over = drawn[drawn.index("layer-above") :]
    assert len(colours) == 3
    for colour in colours:
        assert f"fill: {colour}" in over  # a disc
        assert f"stroke: {colour}" in over  # a line
    assert first_picture.errors == []


def test_the_same_link_gives_the_same_picture_to_another_visitor_also_by_the_name_of_the_page(race, visit, fall_line):
    other = visit(f"{fall_line}/explore?{FLAT}&start=-0.5~0.5")
    other.drawn()
    told = []
    for seen in (race, other):
        wait_for_link(seen.page, "link.get('landscape') === 'parabola'")
        expect(seen.page.get_by_role("table")).to_contain_text("Adam")
        told.append(seen.page.get_by_role("table").inner_text())
        assert seen.errors == []
    assert told[0] == told[1]


def test_playing_moves_the_heads_and_asks_the_server_nothing(race):
    seen = race
    seen.rest()
    sent = seen.frames["sent"]
    assert len(wait_for_playback(seen.page, 60)) > 2
    assert seen.frames["sent"] == sent


def test_the_page_follows_the_visitors_theme(race):
    seen = race
    seen.page.emulate_media(color_scheme="dark")
    wait_until(seen.page, f"() => ({LIGHTNESS})() < 128")
    seen.page.emulate_media(color_scheme="light")
    wait_until(seen.page, f"() => ({LIGHTNESS})() > 128")


def unfold_start_and_more(page):
    """Opens this card, unless a test before has opened it."""
    card = page.get_by_test_id("stSidebarUserContent").locator("details", has_text="Start and more")
    if card.get_attribute("open") is None:
        unfold(page, "Start and more")


def test_a_click_on_the_map_starts_the_runs_there_and_is_in_the_link(race):
    seen = race
    unfold_start_and_more(seen.page)
    field = text_field(seen.page, "Start x")
    expect(field).not_to_have_value("")
    typed = field.input_value()
    seen.page.mouse.click(*middle(seen.page, "map", 0.3, 0.3))
    wait_for_link(seen.page, "link.get('start') !== '-0.5~0.5'")
    expect(field).not_to_have_value(typed)
    x = float(link(seen.page)["start"][0].split("~")[0])
    assert number(field.input_value()) == pytest.approx(x, rel=1e-3)
    assert seen.errors == []


def test_on_a_phone_everything_is_reachable_and_nothing_overflows(race):
    seen = race
    seen.become_a_phone(**PHONE)
    seen.page.get_by_test_id("stExpandSidebarButton").wait_for()
    seen.rest()
    wait_until_nothing_overflows(seen.page, "map", "surface", "loss", "gradient_norm")
    seen.page.get_by_test_id("stExpandSidebarButton").click()
    unfold_start_and_more(seen.page)
    text_field(seen.page, "Start x").scroll_into_view_if_needed()
    expect(text_field(seen.page, "Start x")).to_be_visible()
    assert seen.errors == []


@pytest.mark.long
def test_a_deep_link_opened_cold_shows_its_page(visit, serve):
    seen = visit(f"{serve('app.py')}/curvature?v=1&landscape=two_weight_network&part=escape&point=0~0")
    seen.drawn()
    expect(seen.page.get_by_role("heading", name="Curvature")).to_be_visible()
    expect(seen.page.get_by_role("link", name="Explore")).to_be_visible()
    expect(seen.page.locator(".fall-line")).to_contain_text("the smaller eigenvalue is −2")
    assert seen.errors == []


def test_nonsense_in_a_link_is_said_and_the_picture_is_there(visit, fall_line):
    seen = visit(f"{fall_line}/?v=1&landscape=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&steps=1000000000&layout=map")
    seen.drawn()
    words = seen.page.get_by_test_id("stAlert")
    expect(words).to_contain_text("<img src=x onerror=alert(1)>")
    expect(words).to_contain_text("from 1 to 200,000")
    assert seen.errors == []


def test_a_typo_in_a_formula_is_pointed_at(visit, fall_line):
    seen = visit(f"{fall_line}/?v=1&landscape=formula&f=x**2%2By**2&run=adam&steps=20&layout=map")
    seen.drawn()
    field = seen.page.get_by_role("textbox", name="f(x, y) =")
    field.fill("x**2 + sinn(y)")
    field.press("Control+Enter")
    seen.page.get_by_test_id("stAlert").wait_for()
    expect(seen.page.get_by_test_id("stSidebar")).to_contain_text("sinn")
    expect(seen.page.locator("[data-panel=map]")).to_be_visible()
    wait_for_link(seen.page, "link.get('f') === 'x**2+y**2'")
    assert seen.errors == []


def test_the_longest_formula_stands_on_one_line_with_its_help_on_a_laptop(visit, fall_line):
    seen = visit(f"{fall_line}/?v=1&landscape=peaks&steps=20&layout=map", 1400, 900)
    seen.drawn()
    formula, icon = boxes(seen.page, ".stMain .katex", ".st-key-name [data-testid=stTooltipIcon]")
    assert formula["y"] < icon["y"] + icon["height"] / 2 < formula["y"] + formula["height"]
