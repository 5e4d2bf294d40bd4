import re

import pytest

pytestmark = pytest.mark.browser

CAMERA = "() => document.querySelector('[data-panel=surface] .fall-line-plot')._fullLayout.scene._scene.getCamera().eye"
RANGE = "() => document.querySelector('[data-panel=map] .fall-line-plot')._fullLayout.xaxis.range.slice()"
STEP = "() => Number(document.querySelector('.fall-line').dataset.step)"
AT_REST = f"""() => new Promise(tell => {{
  const [before, begun] = [({CAMERA})(), performance.now()];
  const look = now => now - begun < 600 ? requestAnimationFrame(look) : tell(({CAMERA})().x === before.x);
  look(begun);
}})"""  # a turned camera glides to rest
INK = """name => {
  const canvas = document.querySelector(`[data-panel=${name}] canvas.fall-line-canvas`);
  const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let sum = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i]) sum += (i % 99991) + data[i];
  return sum;
}"""  # tells two drawings apart

INKED = """name => {
  const canvas = document.querySelector(`[data-panel=${name}] canvas.fall-line-canvas`);
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((alpha, i) => alpha && i % 4 === 3).length;
}"""  # pixels that are drawn on


@pytest.fixture(scope="module")
def demo(serve):
    return serve("tests/browser/demo_app.py")


@pytest.fixture
def flat(visit, demo):
    """The demo without its surface, which takes long to draw where there is no GPU."""
    seen = visit(f"{demo}/?flat=1")
    seen.drawn()
    return seen


def middle(page, panel, x=0.5, y=0.5):
    box = page.locator(f"[data-panel={panel}]").bounding_box()
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def start_of(page):
    words = page.locator("text=/^start /").first.inner_text()
    return tuple(float(word) for word in words.split()[1:])


def move_slider(seen, number=0):
    """One key press on a slider of the sidebar, until the stage has been drawn again."""
    before = seen.drawn()
    seen.page.locator("[data-testid=stSlider] input[type=range]").nth(number).press("ArrowLeft")
    seen.wait_for_drawing(after=before)


def test_the_first_picture_comes_without_errors_and_from_this_host_alone(visit, demo):
    seen = visit(demo)
    assert seen.drawn() == 1
    assert seen.page.locator("[role=img]").count() == 4
    assert seen.page.get_by_role("img", name="Loss over the steps").is_visible()
    assert seen.errors == []
    assert seen.hosts == {"127.0.0.1"}


def test_a_page_carries_the_headers_that_keep_it_safe(visit, demo):
    headers = visit(f"{demo}/?flat=1").page.request.get(demo).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert "frame-ancestors *" in headers["content-security-policy"]
    assert "referrer-policy" in headers


def test_a_click_on_the_map_is_the_new_start(flat):
    page, before = flat.page, flat.drawn()
    page.mouse.click(*middle(page, "map", 0.5, 0.4))
    flat.wait_for_drawing(after=before)
    x, y = start_of(page)
    assert (x, y) != (-1.2, 1.0)
    assert -2 < x < 2
    assert -1 < y < 3
    spoken = page.get_by_role("button", name=re.compile("^Start at")).get_attribute("aria-label")
    assert f"x {x:.3f}".replace("-", "−")[:6] in spoken


def test_the_start_follows_a_drag_and_ends_where_it_is_dropped(flat):
    page = flat.page
    ring = page.locator(".fall-line-start").bounding_box()
    page.mouse.move(ring["x"] + 14, ring["y"] + 14)
    page.mouse.down()
    page.mouse.move(*middle(page, "map", 0.45, 0.5), steps=20)
    page.mouse.move(*middle(page, "map", 0.6, 0.3), steps=20)
    page.mouse.up()
    at = page.evaluate(
        """() => {
          const plot = document.querySelector("[data-panel=map] .fall-line-plot"), box = plot.getBoundingClientRect();
          const {xaxis, yaxis} = plot._fullLayout, panel = plot.parentElement.getBoundingClientRect();
          return [xaxis.p2d(panel.left + .6 * panel.width - box.left - xaxis._offset),
                  yaxis.p2d(panel.top + .3 * panel.height - box.top - yaxis._offset)];
        }"""
    )
    page.wait_for_selector(f"text=start {at[0]:.4f} {at[1]:.4f}")


def test_arrow_keys_move_the_focused_start_by_a_hundredth_of_the_view(flat):
    page, before = flat.page, flat.drawn()
    left, right = page.evaluate(RANGE)
    page.locator(".fall-line-start").press("ArrowRight")
    flat.wait_for_drawing(after=before)
    assert start_of(page) == pytest.approx((-1.2 + (right - left) / 100, 1.0), abs=1e-3)


def test_playing_moves_the_heads_and_sends_nothing(flat):
    page = flat.page
    still = {name: page.evaluate(INK, name) for name in ("map", "loss")}
    before = flat.frames.copy()
    page.get_by_role("button", name="Play").click()
    page.wait_for_function(f"() => ({STEP})() > 20 && ({STEP})() < 299")
    page.get_by_role("button", name="Pause").click()
    assert flat.frames == before
    assert 20 < page.evaluate(STEP) <= 300
    for name, ink in still.items():
        assert page.evaluate(INK, name) != ink


def test_the_run_ends_where_the_playback_ends(flat):
    page = flat.page
    page.get_by_label("Speed").select_option("8")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function(f"() => ({STEP})() === 300")
    assert page.get_by_role("button", name="Play").is_visible()


def test_scrubbing_and_keys_step_through_the_run(flat):
    page = flat.page
    scrubber = page.get_by_label("Step", exact=True)
    scrubber.fill("120")
    assert page.evaluate(STEP) == 120
    scrubber.press("ArrowLeft")
    assert page.evaluate(STEP) == 119
    page.get_by_role("button", name="One step forward").click()
    assert page.evaluate(STEP) == 120
    scrubber.press("Home")
    assert page.evaluate(STEP) == 0
    assert page.get_by_text("step 0", exact=True).is_visible()


def test_a_click_on_a_curve_moves_the_playback_there(flat):
    page = flat.page
    page.mouse.click(*middle(page, "loss", 0.55, 0.5))
    page.wait_for_function(f"() => ({STEP})() > 100 && ({STEP})() < 200")


def test_the_map_draws_its_runs_up_to_the_present_step_and_once(flat):
    page = flat.page
    scrubber = page.get_by_label("Step", exact=True)
    inked = []
    for step in ("0", "5", "300"):
        scrubber.fill(step)
        inked.append(page.evaluate(INKED, "map"))
    assert inked == sorted(set(inked))
    lines = page.locator("[data-panel=map] .scatterlayer .trace")
    assert lines.evaluate_all("lines => lines.map(line => line.style.opacity)") == ["0"] * 3


def test_zoom_and_step_survive_a_slider_move(flat):
    page = flat.page
    page.get_by_label("Step", exact=True).fill("77")
    left, right = page.evaluate(RANGE)
    page.mouse.move(*middle(page, "map"))
    page.mouse.wheel(0, -300)
    # Plotly tells its layout only when the wheel has come to rest.
    page.wait_for_function(
        "wide => { const {range} = document.querySelector('[data-panel=map] .fall-line-plot').layout.xaxis;"
        " return range[1] - range[0] < 0.99 * wide; }",
        arg=right - left,
    )
    zoomed = page.evaluate(RANGE)
    move_slider(flat)
    assert page.evaluate(RANGE) == pytest.approx(zoomed)
    assert page.evaluate(STEP) == 77


def test_a_double_click_shows_the_whole_map_again_and_leaves_the_start_alone(flat):
    page = flat.page
    before = page.evaluate(RANGE)
    page.mouse.move(*middle(page, "map", 0.6, 0.4))
    page.mouse.wheel(0, -300)
    page.wait_for_function(f"left => ({RANGE})()[0] > left", arg=before[0])
    page.mouse.dblclick(*middle(page, "map", 0.5, 0.6))
    page.wait_for_function(f"left => Math.abs(({RANGE})()[0] - left) < 1e-9", arg=before[0])
    page.wait_for_selector("text=start -1.2000 1.0000")


def test_the_camera_survives_a_slider_move_and_leaving_the_page(visit, demo):
    seen = visit(demo)
    seen.drawn()
    page, straight = seen.page, seen.page.evaluate(CAMERA)
    page.mouse.move(*middle(page, "surface"))
    page.mouse.down()
    page.mouse.move(*middle(page, "surface", 0.6, 0.55), steps=4)
    page.mouse.up()
    page.wait_for_function(f"old => ({CAMERA})().x !== old", arg=straight["x"])
    page.wait_for_function(AT_REST)
    turned = page.evaluate(CAMERA)
    for slider in (0, 1):  # the run alone, then the surface too
        move_slider(seen, slider)
        assert page.evaluate(CAMERA) == pytest.approx(turned)
    page.get_by_text("Away").click()
    page.wait_for_selector(".fall-line", state="detached")
    page.get_by_text("Away").click()
    seen.drawn()
    assert page.evaluate(CAMERA) == pytest.approx(turned)
    assert seen.errors == []


def test_a_slider_move_sends_little_and_the_mesh_never_again(visit, demo):
    seen = visit(demo)
    seen.drawn()
    move_slider(seen)
    before = seen.received
    move_slider(seen)
    assert seen.received - before < 20_000


def test_another_theme_redraws_without_asking_the_server(flat):
    page, before, drawn = flat.page, flat.frames["sent"], flat.drawn()
    scale = "() => document.querySelector('[data-panel=map] .fall-line-plot')._fullData[0].colorscale[0][1]"
    light = page.evaluate(scale)
    page.emulate_media(color_scheme="dark")
    flat.wait_for_drawing(after=drawn)
    assert page.evaluate(scale) != light
    ink = "() => document.querySelector('[data-panel=map] .fall-line-plot')._fullLayout.font.color"
    assert page.evaluate(ink) == "#e6e8ea"
    assert flat.frames["sent"] == before


def test_words_are_never_markup(flat):
    cell = flat.page.get_by_role("rowheader").first
    assert cell.inner_text().strip() == "Run <b>0</b>"
    assert flat.page.get_by_role("columnheader").all_inner_texts() == ["Run", "Verdict", "Loss"]


def test_on_a_phone_nothing_is_wider_than_the_screen(visit, demo):
    seen = visit(f"{demo}/?flat=1", width=390, height=844, has_touch=True, is_mobile=True)
    seen.drawn()
    wide = """() => Math.max(...[...document.querySelectorAll(".fall-line, .fall-line *")]
      .map(element => element.getBoundingClientRect().right))"""
    assert seen.page.evaluate(wide) <= 390
    assert seen.page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_leaving_the_page_leaves_no_plot_and_no_frame_behind(flat):
    page = flat.page
    page.get_by_role("button", name="Play").click()
    page.evaluate(
        """() => {
          window.plots = [...document.querySelectorAll(".fall-line-plot")];
          window.request = window.requestAnimationFrame;
          window.requestAnimationFrame = act => { window.asked++; return request(act); };
        }"""
    )
    page.get_by_text("Away").click()
    page.wait_for_selector(".fall-line", state="detached")
    assert page.evaluate("() => window.plots.every(plot => !plot._fullLayout && !plot.isConnected)")
    later = "() => new Promise(done => { window.asked = 0; request(() => request(() => done(window.asked))); })"
    assert page.evaluate(later) == 0
    assert flat.errors == []
