"""The stage in a real browser: its first picture, start, theme and words, and nothing of it when it is left."""

import re
from urllib.request import urlopen

import pytest
from driver import wait_until
from playwright.sync_api import expect

from browser.screen import PHONE, boxes, camera, middle, press_slider, turned

pytestmark = pytest.mark.browser

MAP = "document.querySelector('[data-panel=map] .fall-line-plot')"
START = "p >> text=/^start /"  # where the demo says from where its runs begin
RANGE = f"() => {MAP}._fullLayout.xaxis.range.slice()"


def start_of(page):
    words = page.locator(START).inner_text()
    return tuple(float(word) for word in words.split()[1:])


@pytest.fixture(scope="module")
def whole(lasting_visit, demo):
    """The demo with its surface, which costs by its pixels where there is no GPU."""
    return lasting_visit(demo, width=800, height=400)


def test_the_first_picture_comes_without_errors_and_from_this_host_alone(whole):
    seen = whole
    assert seen.drawn() == 1
    expect(seen.page.locator("[role=img]")).to_have_count(4)
    expect(seen.page.get_by_role("img", name="Loss over the steps")).to_be_visible()
    assert seen.errors == []
    assert seen.hosts == {"127.0.0.1"}


def test_a_slider_move_sends_little_and_the_camera_survives_it_and_leaving_the_page(whole):
    seen, page = whole, whole.page
    seen.drawn()
    page.bring_to_front()
    eye = turned(page)
    for number in (0, 1, 0):  # the run alone; the surface too; the run again, when nothing else is new
        before = seen.received
        press_slider(seen, page.locator("[data-testid=stSlider]").nth(number))
        assert camera(page) == pytest.approx(eye)
    assert seen.received - before < 20_000
    page.get_by_text("Away").click()
    page.wait_for_selector(".fall-line", state="detached")
    page.get_by_text("Away").click()
    seen.drawn()
    assert camera(page) == pytest.approx(eye)
    assert seen.errors == []


def test_a_page_carries_the_headers_that_keep_it_safe(demo):
    with urlopen(demo) as answer:
        headers = answer.headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert "frame-ancestors *" in headers["content-security-policy"]
    assert "referrer-policy" in headers


def test_a_click_on_the_map_is_the_new_start(lasting_flat):
    page = lasting_flat.page
    before = page.locator(START).inner_text()
    page.mouse.click(*middle(page, "map", 0.5, 0.4))
    expect(page.locator(START)).not_to_have_text(before)
    x, y = start_of(page)
    assert -2 < x < 2
    assert -1 < y < 3
    spoken = f"x {x:.3f}".replace("-", "−")[:6]
    expect(page.get_by_role("button", name=re.compile(f"^Start at .*{re.escape(spoken)}"))).to_be_visible()


def test_the_start_follows_a_drag_and_ends_where_it_is_dropped(lasting_flat):
    page = lasting_flat.page
    (ring,) = boxes(page, ".fall-line-start")
    page.mouse.move(ring["x"] + 14, ring["y"] + 14)
    page.mouse.down()
    page.mouse.move(*middle(page, "map", 0.45, 0.5), steps=20)
    page.mouse.move(*middle(page, "map", 0.6, 0.3), steps=20)
    page.mouse.up()
    at = page.evaluate(
        f"""() => {{
          const plot = {MAP}, box = plot.getBoundingClientRect();
          const {{xaxis, yaxis}} = plot._fullLayout, panel = plot.parentElement.getBoundingClientRect();
          return [xaxis.p2d(panel.left + .6 * panel.width - box.left - xaxis._offset),
                  yaxis.p2d(panel.top + .3 * panel.height - box.top - yaxis._offset)];
        }}"""
    )
    page.wait_for_selector(f"text=start {at[0]:.4f} {at[1]:.4f}")


def test_arrow_keys_move_the_focused_start_by_a_hundredth_of_the_view(lasting_flat):
    page = lasting_flat.page
    (left, right), (x, y) = page.evaluate(RANGE), start_of(page)
    before = page.locator(START).inner_text()
    page.locator(".fall-line-start").press("ArrowRight")
    expect(page.locator(START)).not_to_have_text(before)
    assert start_of(page) == pytest.approx((x + (right - left) / 100, y), abs=1e-3)
    lasting_flat.rest()


def test_another_theme_redraws_without_asking_the_server(lasting_flat):
    flat, page, sent = lasting_flat, lasting_flat.page, lasting_flat.frames["sent"]
    scale = f"{MAP}._fullData[0].colorscale[0][1]"
    light = page.evaluate(scale)
    page.emulate_media(color_scheme="dark")
    wait_until(page, f"light => {scale} !== light", arg=light)
    wait_until(page, f"() => {MAP}._fullLayout.font.color === '#e6e8ea'")
    assert flat.frames["sent"] == sent
    page.emulate_media(color_scheme="light")


def test_words_are_never_markup(lasting_flat):
    expect(lasting_flat.page.get_by_role("rowheader").first).to_have_text("Run <b>0</b>")
    expect(lasting_flat.page.get_by_role("columnheader")).to_have_text(["Run", "Verdict", "Loss"])


def test_on_a_phone_nothing_is_wider_than_the_screen(visit, demo):
    seen = visit(f"{demo}/?flat=1", **PHONE, phone=True)
    seen.drawn()
    wait_until(
        seen.page,
        """width => document.documentElement.scrollWidth <= width
          && [...document.querySelectorAll(".fall-line, .fall-line *")]
            .every((element) => element.getBoundingClientRect().right <= width)""",
        arg=PHONE["width"],
    )


def test_leaving_the_page_leaves_no_plot_and_no_frame_behind(flat):
    page = flat.page
    page.get_by_role("button", name="Play").click()
    page.evaluate(
        """() => {
          window.plots = [...document.querySelectorAll(".fall-line-plot")];
          window.request = window.requestAnimationFrame;
          window.requestAnimationFrame = act => {
            window.asked += new Error().stack.includes("/fall-line/"); // the stage or plotly.js, not Streamlit
            return request(act);
          };
        }"""
    )
    page.get_by_text("Away").click()
    page.wait_for_selector(".fall-line", state="detached")
    wait_until(page, "() => plots.every(plot => !plot._fullLayout && !plot.isConnected)")
    later = "() => new Promise(done => { window.asked = 0; request(() => request(() => done(window.asked))); })"
    assert page.evaluate(later) == 0
    assert flat.errors == []


TRANSLATE = """async words => {
  const script = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/words.js"));
  const { translate } = await import(script.name);
  translate(document.querySelector(".fall-line"), words);
}"""


def test_controls_take_the_words_of_another_language_and_keep_them_as_they_change(lasting_flat):
    page, german = lasting_flat.page, {"Play": "Abspielen", "Pause": "Anhalten", "Step": "Schritt"}
    page.evaluate(TRANSLATE, german)
    expect(page.get_by_role("slider", name="Schritt")).to_be_visible()
    page.get_by_role("button", name="Abspielen").click()
    expect(page.get_by_role("button", name="Anhalten")).to_be_visible()
    expect(page.get_by_role("button", name="Loop")).to_be_visible()
