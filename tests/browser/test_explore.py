"""Explore in a real browser: first picture, start by click, playback, camera, links, phone, light and dark."""

from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.browser

CAMERA = "() => document.querySelector('[data-panel=surface] .fall-line-plot')._fullLayout.scene._scene.getCamera().eye"
LIGHTNESS = """() => {
  const colour = getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor;
  return colour.match(/[0-9.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
}"""
FLAT = "v=1&landscape=parabola&run=adam~learning_rate~0.1&steps=60"  # a curve in place of the surface: drawn at once
SOLID = FLAT.replace("parabola", "himmelblau")


def link(page):
    return parse_qs(urlsplit(page.url).query)


def middle(page, panel, x=0.5, y=0.5):
    box = page.locator(f"[data-panel={panel}]").bounding_box()
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def move_rate(seen):
    """One key press on the first run's learning rate, until the picture has followed."""
    before = seen.drawn()
    slider = seen.page.locator("[data-testid=stSlider]", has_text="learning rate").first
    slider.locator("input[type=range]").press("ArrowLeft")
    seen.wait_for_drawing(after=before)


def test_map_surface_and_curves_are_in_view_without_scrolling(visit, fall_line):
    seen = visit(fall_line)
    seen.drawn()
    for panel in ("map", "surface", "loss", "gradient_norm"):
        box = seen.page.locator(f"[data-panel={panel}]").bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 900
        assert box["width"] > 250
    assert seen.page.get_by_role("table").is_visible()
    assert seen.errors == []
    assert seen.hosts == {"127.0.0.1"}


def test_a_click_on_the_map_starts_the_runs_there_and_is_in_the_link(visit, fall_line):
    seen = visit(f"{fall_line}/?{FLAT}")
    before = seen.drawn()
    field = seen.page.get_by_label("Start x")
    typed = field.input_value()
    seen.page.mouse.click(*middle(seen.page, "map", 0.3, 0.3))
    seen.wait_for_drawing(after=before)
    seen.page.wait_for_function("() => location.search.includes('start=')")
    assert field.input_value() != typed
    x = float(link(seen.page)["start"][0].split("~")[0])
    assert float(field.input_value()) == pytest.approx(x, rel=1e-3)
    assert seen.errors == []


def test_playing_moves_the_heads_and_asks_the_server_nothing(visit, fall_line):
    seen = visit(f"{fall_line}/?{FLAT}")
    seen.drawn()
    page = seen.page
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("() => document.querySelector('.fall-line').dataset.step < 50")
    sent = seen.frames["sent"]
    page.wait_for_function("() => Number(document.querySelector('.fall-line').dataset.step) >= 59")
    assert seen.frames["sent"] == sent


def test_the_camera_survives_a_slider_move(visit, fall_line):
    seen = visit(f"{fall_line}/?{SOLID}")
    seen.drawn()
    page = seen.page
    first = page.evaluate(CAMERA)
    x, y = middle(page, "surface")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 20, steps=4)
    page.mouse.up()
    turned = page.evaluate(CAMERA)
    assert turned != first
    move_rate(seen)
    kept = page.evaluate(CAMERA)
    assert all(kept[axis] == pytest.approx(turned[axis], abs=1e-6) for axis in "xyz")
    assert seen.errors == []


def test_a_slider_move_with_surface_and_curves_sends_at_most_20_kilobytes(visit, fall_line):
    seen = visit(f"{fall_line}/?v=1")
    seen.drawn()
    seen.page.wait_for_selector("[data-test-script-state=notRunning]", state="attached")
    sent = []
    for _ in range(2):  # the first move also says what no later one has to
        before = seen.received
        move_rate(seen)
        seen.page.wait_for_selector("[data-test-script-state=notRunning]", state="attached")
        sent.append(seen.received - before)
    assert sent[1] <= 20_000


def test_a_deep_link_opened_cold_shows_its_page(visit, serve):
    seen = visit(f"{serve('app.py')}/curvature?v=1&landscape=two_weight_network&part=escape&point=0~0")
    seen.drawn()
    assert seen.page.get_by_role("heading", name="Curvature").is_visible()
    assert seen.page.get_by_role("link", name="Explore").is_visible()
    assert "The eigenvalue is −2" in seen.page.locator(".fall-line").inner_text()
    assert seen.errors == []


def test_explore_can_be_asked_for_by_its_name(visit, fall_line):
    seen = visit(f"{fall_line}/explore?{FLAT}")
    seen.drawn()
    assert link(seen.page)["landscape"] == ["parabola"]
    assert seen.errors == []


def test_the_same_link_gives_the_same_picture_to_another_visitor(visit, fall_line):
    notes = []
    for _ in range(2):
        seen = visit(f"{fall_line}/?{FLAT}&start=-0.5~0.5")
        seen.drawn()
        notes.append(seen.page.get_by_role("table").inner_text())
    assert notes[0] == notes[1]
    assert "Adam" in notes[0]


def test_nonsense_in_a_link_is_said_and_the_picture_is_there(visit, fall_line):
    seen = visit(f"{fall_line}/?v=1&landscape=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&steps=1000000000")
    seen.drawn()
    words = seen.page.get_by_test_id("stAlert").inner_text()
    assert "<img src=x onerror=alert(1)>" in words
    assert "from 1 to 5,000" in words
    assert seen.errors == []


def test_a_typo_in_a_formula_is_pointed_at(visit, fall_line):
    seen = visit(f"{fall_line}/?v=1&landscape=formula&f=x**2%2By**2&run=adam&steps=20")
    seen.drawn()
    field = seen.page.get_by_role("textbox", name="f(x, y) =")
    field.fill("x**2 + sinn(y)")
    field.press("Control+Enter")
    seen.page.get_by_test_id("stAlert").wait_for()
    assert "sinn" in seen.page.get_by_test_id("stSidebar").inner_text()
    assert seen.page.locator("[data-panel=map]").is_visible()
    assert link(seen.page)["f"] == ["x**2+y**2"]
    assert seen.errors == []


@pytest.mark.parametrize(("scheme", "light"), [("light", True), ("dark", False)])
def test_the_page_follows_the_visitors_theme(visit, fall_line, scheme, light):
    seen = visit(f"{fall_line}/?{FLAT}", color_scheme=scheme)
    seen.drawn()
    assert (seen.page.evaluate(LIGHTNESS) > 128) is light


def test_on_a_phone_everything_is_reachable_and_nothing_overflows(visit, fall_line):
    seen = visit(f"{fall_line}/?{FLAT}", width=390, height=844, has_touch=True, is_mobile=True)
    seen.drawn()
    widths = "document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth"
    seen.page.wait_for_function(f"() => Math.max({widths}) <= 390")
    for panel in ("map", "surface", "loss", "gradient_norm"):
        box = seen.page.locator(f"[data-panel={panel}]").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    seen.page.get_by_test_id("stExpandSidebarButton").click()
    seen.page.get_by_label("Start x").scroll_into_view_if_needed()
    assert seen.page.get_by_label("Start x").is_visible()
    assert seen.errors == []
