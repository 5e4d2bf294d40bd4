"""What the stage shows of itself: one panel alone, full screen, the link, saved pictures, zoom, keys and fingers."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

pytestmark = pytest.mark.browser

LINK = "v=1&landscape=parabola&run=adam~learning_rate~0.1&steps=60"  # a curve in place of the surface: drawn at once
PLOT = "document.querySelector('[data-panel=map] .fall-line-plot')"
RANGES = f"() => ['xaxis', 'yaxis'].flatMap(axis => {PLOT}._fullLayout[axis].range)"
MESHES = f"() => {PLOT}._fullData.filter(trace => trace.type === 'contour').length"
IN_LINK = f"""() => {{
  const ends = new URLSearchParams(location.search).get("zoom").split("~").map(Number), ranges = ({RANGES})();
  return ends.every((end, i) => Math.abs(end - ranges[i]) < 1e-3 * (ranges[1] - ranges[0]));
}}"""
PALE = """() => {
  const canvas = document.querySelector("[data-panel=map] canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((alpha, i) => i % 4 === 3 && alpha > 100 && alpha < 150).length;
}"""  # pixels that are half drawn on


def asked(page):
    return parse_qs(urlsplit(page.url).query)


def middle(page, panel, x=0.5, y=0.5):
    box = page.locator(f"[data-panel={panel}]").bounding_box()
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


@pytest.fixture
def parabola(visit, fall_line):
    seen = visit(f"{fall_line}/?{LINK}")
    seen.drawn()
    return seen


def test_step_and_panel_are_in_the_link_and_the_server_hears_nothing_of_them(visit, fall_line):
    seen = visit(f"{fall_line}/?{LINK}&frame=20&show=map")
    drawn, page = seen.drawn(), seen.page
    surface = page.locator("[data-panel=surface]")
    assert page.get_by_text("step 20", exact=True).is_visible()
    assert surface.is_hidden()
    assert (asked(page)["frame"], asked(page)["show"]) == (["20"], ["map"])
    sent = seen.frames["sent"]
    page.get_by_role("button", name="One step forward").click()
    page.wait_for_url("**frame=21**")
    page.get_by_role("button", name="Side by side").click()
    surface.wait_for()
    page.wait_for_function("() => !location.search.includes('show=')")
    page.get_by_role("button", name="Show the surface alone").click()
    page.wait_for_url("**show=surface**")
    assert page.locator("[data-panel=map]").is_hidden()
    page.get_by_label("Step", exact=True).press("End")
    page.wait_for_function("() => !location.search.includes('frame=')")
    page.get_by_role("button", name="One step back").click()
    page.wait_for_url("**frame=59**")
    assert seen.frames["sent"] == sent
    slider = page.locator("[data-testid=stSlider]", has_text="learning rate").first
    slider.locator("input[type=range]").press("ArrowLeft")
    page.wait_for_function("() => !location.search.includes('learning_rate~0.1&')")
    page.wait_for_url("**show=surface**")
    assert (asked(page)["frame"], asked(page)["show"]) == (["59"], ["surface"])
    assert seen.drawn() > drawn
    assert seen.errors == []


def test_nonsense_about_the_view_is_said_and_nothing_breaks(visit, fall_line):
    seen = visit(f"{fall_line}/?{LINK}&frame=soon&camera=1~2&show=everything")
    seen.drawn()
    words = seen.page.get_by_test_id("stAlert").inner_text()
    assert "frame is a step such as 120" in words
    assert "camera is where the eye is" in words
    assert seen.page.locator("[data-panel=surface]").is_visible()
    seen.page.wait_for_function("() => !/frame|camera|show/.test(location.search)")
    assert seen.errors == []


def test_the_stage_fills_the_screen_and_comes_back(parabola):
    page = parabola.page
    before = page.locator("[data-panel=map]").bounding_box()["height"]
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("() => document.fullscreenElement?.className === 'fall-line'")
    page.wait_for_function("() => document.fullscreenElement.scrollHeight <= innerHeight")
    assert page.locator("[data-panel=map]").bounding_box()["height"] > before
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("() => !document.fullscreenElement")


def test_the_link_is_copied_or_shown_where_it_cannot_be(visit, fall_line):
    seen = visit(f"{fall_line}/?{LINK}", permissions=["clipboard-read", "clipboard-write"])
    seen.drawn()
    page = seen.page
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied").wait_for()
    assert page.evaluate("() => navigator.clipboard.readText()") == page.url
    page.evaluate("() => Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Copy link").click()
    assert page.get_by_label("Link to copy").input_value() == page.url
    assert seen.errors == []


def test_pictures_are_saved_as_they_are_seen(parabola):
    page = parabola.page
    page.get_by_label("Step", exact=True).fill("30")
    size = page.locator("[data-panel=map]").bounding_box()

    def saved(name):
        page.get_by_label("Save a picture", exact=True).first.click()
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        return download.value.suggested_filename, Path(download.value.path())

    name, path = saved("Save the map as PNG")
    assert name == "fall-line-parabola-map.png"
    with Image.open(path) as picture:
        assert picture.size == pytest.approx((2 * size["width"], 2 * size["height"]), abs=6)
    name, path = saved("Save the gradient norm as SVG")
    assert name == "fall-line-parabola-gradient-norm.svg"
    half = path.read_text(encoding="utf-8")
    page.get_by_label("Step", exact=True).press("End")
    assert half.count("<path") > saved("Save the gradient norm as SVG")[1].read_text(encoding="utf-8").count("<path")
    assert parabola.errors == []


def test_a_zoom_is_drawn_from_a_mesh_of_its_own_and_is_in_the_link_until_all_is_shown_again(visit, parabola):
    page = parabola.page
    home = page.evaluate(RANGES)
    page.mouse.move(*middle(page, "map", 0.6, 0.4))
    for _ in range(3):
        page.mouse.wheel(0, -400)
    page.wait_for_url("**zoom=**")
    page.wait_for_function(f"() => ({IN_LINK})() && ({MESHES})() === 2")
    zoomed = page.evaluate(RANGES)
    assert zoomed[1] - zoomed[0] < 0.9 * (home[1] - home[0])

    other = visit(page.url)
    other.drawn()
    assert other.page.evaluate(RANGES) == pytest.approx(zoomed, abs=1e-2)
    assert other.page.evaluate(MESHES) == 2

    page.mouse.dblclick(*middle(page, "map", 0.5, 0.5))
    page.wait_for_function("() => !location.search.includes('zoom=')")
    page.wait_for_function(f"() => ({MESHES})() === 1")
    assert page.evaluate(RANGES) == pytest.approx(home)
    page.get_by_role("button", name="Undo").click()
    page.wait_for_function(f"() => ({MESHES})() === 2")
    assert page.evaluate(RANGES) == pytest.approx(zoomed, abs=1e-2)
    assert parabola.errors == []


def test_keys_play_wherever_on_the_stage_and_shift_adds_a_start(parabola):
    page = parabola.page
    page.locator("[data-panel=map]").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert page.get_by_text("step 1", exact=True).is_visible()
    page.keyboard.press("Space")
    page.wait_for_function("() => Number(document.querySelector('.fall-line').dataset.step) > 1")
    page.keyboard.press("Space")
    assert page.get_by_role("button", name="Play", exact=True).is_visible()
    page.keyboard.down("Shift")
    page.mouse.click(*middle(page, "map", 0.3, 0.3))
    page.keyboard.up("Shift")
    page.wait_for_function("() => /start=[^&]*(~[^&~]*){3}/.test(location.search)")


def test_a_trail_does_not_fade_where_less_motion_is_asked_for(visit, fall_line):
    paler = {}
    for motion in ("reduce", "no-preference"):
        seen = visit(f"{fall_line}/?{LINK}&frame=50&show=map", reduced_motion=motion)
        seen.drawn()
        paler[motion] = seen.page.evaluate(PALE)
    assert paler["reduce"] < 0.5 * paler["no-preference"]


def test_two_fingers_zoom_the_map_and_one_scrolls_the_page(visit, fall_line):
    seen = visit(f"{fall_line}/?{LINK}", width=390, height=844, has_touch=True, is_mobile=True)
    seen.drawn()
    page = seen.page
    page.locator("[data-panel=map]").scroll_into_view_if_needed()
    before = page.evaluate(RANGES)
    x, y = middle(page, "map", 0.6, 0.6)
    fingers = page.context.new_cdp_session(page)

    def touch(kind, *points):
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": a, "y": b} for a, b in points]})

    scroller = "() => document.querySelector('[data-testid=stMain]').scrollTop"
    top = page.evaluate(scroller)
    touch("touchStart", (x, y))
    for i in range(1, 9):
        touch("touchMove", (x, y - 12 * i))
    touch("touchEnd")
    page.wait_for_function(f"top => ({scroller})() > top", arg=top)
    assert page.evaluate(RANGES) == before
    x, y = middle(page, "map", 0.6, 0.6)
    touch("touchStart", (x - 20, y), (x + 20, y))
    for i in range(1, 15):
        touch("touchMove", (x - 20 - 4 * i, y), (x + 20 + 4 * i, y))
    touch("touchEnd")
    page.wait_for_function(
        f"wide => {{ const ranges = ({RANGES})(); return ranges[1] - ranges[0] < 0.7 * wide; }}",
        arg=before[1] - before[0],
    )
    assert seen.errors == []
