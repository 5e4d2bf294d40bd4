"""What the stage shows of itself: one panel alone, full screen, the link, saved pictures, keys."""

import re
from pathlib import Path

import pytest
from driver import wait_until
from PIL import Image
from playwright.sync_api import expect

from browser.screen import (
    boxes,
    middle,
    places,
    rate_slider,
    slow_down,
    wait_for_boxes,
    wait_for_link,
    wait_for_step,
)

pytestmark = pytest.mark.browser

LINK = "v=1&landscape=parabola&run=adam~learning_rate~0.1&steps=60"  # a curve in place of the surface: drawn at once
PALE = """() => {
  const canvas = document.querySelector("[data-panel=map] canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((alpha, i) => i % 4 === 3 && alpha > 100 && alpha < 150).length;
}"""  # pixels that are half drawn on


@pytest.fixture(scope="module")
def parabola(lasting_visit, fall_line):
    """A race on a curve, with a clipboard, at the end of its run when a test begins or leaves it."""
    seen = lasting_visit(f"{fall_line}/?{LINK}")
    seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=fall_line)
    seen.drawn()
    return seen


def test_step_and_panel_are_in_the_link_and_the_server_hears_nothing_of_them(visit, fall_line):
    seen = visit(f"{fall_line}/?{LINK}&frame=20&show=map")
    drawn, page = seen.drawn(), seen.page
    surface = page.locator("[data-panel=surface]")
    expect(page.get_by_text("step 20", exact=True)).to_be_visible()
    expect(surface).to_be_hidden()
    wait_for_link(page, "link.get('frame') === '20' && link.get('show') === 'map'")
    sent = seen.frames["sent"]
    page.get_by_role("button", name="One step forward").click()
    wait_for_link(page, "link.get('frame') === '21'")
    page.get_by_role("button", name="Side by side").click()
    expect(surface).to_be_visible()
    wait_for_link(page, "!link.has('show')")
    page.get_by_role("button", name="Show the surface alone").click()
    wait_for_link(page, "link.get('show') === 'surface'")
    expect(page.locator("[data-panel=map]")).to_be_hidden()
    page.get_by_label("Step", exact=True).press("End")
    wait_for_link(page, "!link.has('frame')")
    page.get_by_role("button", name="One step back").click()
    wait_for_link(page, "link.get('frame') === '59'")
    assert seen.frames["sent"] == sent
    rate_slider(page).locator("input[type=range]").press("ArrowLeft")
    wait_for_link(page, "!link.get('run').endsWith('~0.1') && link.get('show') === 'surface'")
    wait_for_link(page, "link.get('frame') === '59'")
    assert seen.drawn() > drawn
    assert seen.errors == []


@pytest.mark.long
def test_a_link_to_the_surface_alone_draws_it_and_the_start_comes_with_the_map(visit, fall_line):
    seen = visit(f"{fall_line}/?{LINK}&show=surface")
    seen.drawn()
    expect(seen.page.get_by_role("alert")).to_have_count(0)
    start = seen.page.locator(".fall-line-start")
    expect(start).to_have_count(0)
    seen.page.get_by_role("button", name="Side by side").click()
    expect(start).to_be_visible()
    assert seen.errors == []


@pytest.mark.long
def test_nonsense_about_the_view_is_said_and_nothing_breaks(visit, fall_line):
    seen = visit(f"{fall_line}/?{LINK}&frame=soon&camera=1~2&show=everything")
    seen.drawn()
    words = seen.page.get_by_test_id("stAlert")
    expect(words).to_contain_text("frame is a step such as 120")
    expect(words).to_contain_text("camera is where the eye is")
    expect(seen.page.locator("[data-panel=surface]")).to_be_visible()
    wait_for_link(seen.page, "!['frame', 'camera', 'show'].some((name) => link.has(name))")
    assert seen.errors == []


@pytest.mark.long
def test_the_stage_fills_the_screen_and_comes_back(parabola):
    page = parabola.page
    (before,) = boxes(page, *places("map"))
    page.get_by_role("button", name="Full screen").click()
    wait_until(page, "() => document.fullscreenElement?.matches('.fall-line')")
    wait_until(page, "() => document.fullscreenElement.scrollHeight <= innerHeight")
    wait_for_boxes(page, ["map"], f"box.height > {before['height']}")
    page.get_by_role("button", name="Full screen").click()
    wait_until(page, "() => !document.fullscreenElement")


@pytest.mark.long
def test_pictures_are_saved_as_they_are_seen(parabola):
    page = parabola.page
    page.get_by_label("Step", exact=True).fill("30")
    wait_for_step(page, "step === 30")
    (size,) = boxes(page, *places("map"))

    def saved(name):
        page.get_by_label("Save a picture", exact=True).first.click()
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        return download.value.suggested_filename, Path(download.value.path())

    name, path = saved("Save the map as PNG")
    assert name == "fall-line-parabola-map.png"
    with Image.open(path) as picture:
        assert picture.width == pytest.approx(2 * size["width"] + 2 * 20, abs=6)  # the name of an axis
        assert picture.height > 2 * size["height"] + 2 * 60  # the title and the names of the runs
    drawn = saved("Save the map as SVG")[1].read_text(encoding="utf-8")
    words = re.findall(r"<text[^>]*>([^<]+)</text>", drawn)
    names = page.locator(".fall-line-notes tbody th").all_inner_texts()
    assert names
    assert {"Parabola, step 30 of 60", "x", "y", *names} <= set(words)
    assert "stroke-width: 7px; stroke: rgb(31, 35, 40)" in drawn.replace("; stroke-opacity: 1", "")  # the start's rim
    drawn = saved("Save the surface as SVG")[1].read_text(encoding="utf-8")
    assert set(names) <= set(re.findall(r"<text[^>]*>([^<]+)</text>", drawn))
    name, path = saved("Save the gradient norm as SVG")
    assert name == "fall-line-parabola-gradient-norm.svg"
    half = path.read_text(encoding="utf-8")
    page.get_by_label("Step", exact=True).press("End")
    wait_for_step(page, "step === 60")
    assert half.count("<path") > saved("Save the gradient norm as SVG")[1].read_text(encoding="utf-8").count("<path")
    assert parabola.errors == []


def test_the_link_is_copied_or_shown_where_it_cannot_be(parabola):
    seen, page = parabola, parabola.page
    page.get_by_label("Step", exact=True).press("ArrowLeft")
    page.get_by_role("button", name="Copy link").click()  # sooner than the address is changed by itself
    page.get_by_text("Link copied").wait_for()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert "frame=59" in copied.split("&")
    assert copied == page.evaluate("() => location.href")
    page.get_by_label("Step", exact=True).press("End")
    page.evaluate("() => Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_label("Link to copy")).to_have_value(page.evaluate("() => location.href"))
    assert seen.errors == []


def test_keys_play_wherever_on_the_stage_and_shift_adds_a_start(parabola):
    page = parabola.page
    slow_down(page)
    page.locator("[data-panel=map]").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("step 1", exact=True)).to_be_visible()
    page.keyboard.press("Space")
    wait_for_step(page, "step > 1")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.keyboard.down("Shift")
    page.mouse.click(*middle(page, "map", 0.3, 0.3))
    page.keyboard.up("Shift")
    wait_for_link(page, "link.get('start')?.split('~').length === 4")


@pytest.mark.long
def test_a_trail_does_not_fade_where_less_motion_is_asked_for(visit, fall_line):
    seen = visit(f"{fall_line}/?{LINK}&frame=50&show=map")
    seen.drawn()
    even = seen.page.evaluate(PALE)
    seen.page.emulate_media(reduced_motion="no-preference")
    for step in (49, 50):
        seen.page.get_by_label("Step", exact=True).fill(str(step))
        wait_for_step(seen.page, f"step === {step}")
    wait_until(seen.page, f"even => even < 0.5 * ({PALE})()", arg=even)
