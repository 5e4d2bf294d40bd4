"""What a page shows, asked inside the page and all in one moment; and what a person does with a slider."""

from urllib.parse import parse_qs, urlsplit

from driver import wait_until
from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
STEP = "Number(document.querySelector('.fall-line')?.dataset.step)"
EYE = "document.querySelector('[data-panel=surface] .fall-line-plot')._fullLayout.scene._scene.getCamera().eye"
GLIDED = f"""async () => {{
  for (let x, begun = 0, frames = 0; frames < 5 || performance.now() - begun < 600; frames++) {{
    if (x !== {EYE}.x) [x, begun, frames] = [{EYE}.x, performance.now(), 0];
    await new Promise(requestAnimationFrame);
  }}
  return true;
}}"""  # a camera that was turned glides to rest
RECORD = """() => {
  const stage = document.querySelector(".fall-line");
  window.played = [];
  const record = () => played.push(Number(stage.dataset.step));
  new MutationObserver(record).observe(stage, { attributeFilter: ["data-step"] });
}"""
STEADY = """milliseconds => {
  if (window.eachFrame) return (window.eachFrame = milliseconds);
  window.eachFrame = milliseconds;
  const request = window.requestAnimationFrame.bind(window);
  let now = performance.now();
  const pass = () => ((now += window.eachFrame), request(pass));
  performance.now = () => now;
  window.requestAnimationFrame = (act) => request(() => act(now));
  pass();
}"""  # from here on every frame takes this long, by the page's own clock
SECONDS = """() => {
  window.seen = [];
  new MutationObserver(() => {
    const step = document.querySelector(".fall-line[data-step]")?.dataset.step;
    if (step !== undefined && seen.at(-1)?.[0] !== Number(step)) seen.push([Number(step), performance.now()]);
  }).observe(document, { attributeFilter: ["data-step"], subtree: true });
}"""  # every step that is shown, and when by the page's clock
BOXES = """selectors => {
  const found = selectors.map((selector) => [...document.querySelectorAll(selector)]);
  const boxes = found.map(([element, other]) => (other ? null : element?.getBoundingClientRect().toJSON()));
  return boxes.every((box) => box?.width) && boxes;
}"""  # nothing as long as one of them is not there, or is there twice

THESE_ALONE = """names => {
  const found = [...document.querySelectorAll("[data-panel]")].map((panel) => panel.dataset.panel);
  return found.sort().join() === names.sort().join();
}"""  # whether these panels are there, and no others

LYING = f"""async selectors => {{
  for (let before; ; await new Promise(requestAnimationFrame)) {{
    const now = ({BOXES})(selectors);
    if (now && JSON.stringify(now) === before) return now;
    before = JSON.stringify(now);
  }}
}}"""


APART = """() => {
  const boxes = (found) => [...document.querySelectorAll(found)]
    .filter((it) => it.checkVisibility({ opacityProperty: true })).map((it) => it.getBoundingClientRect());
  return boxes("[data-testid=stTopNav] > *").every((page) => boxes(".st-key-ways > *").every((way) =>
    way.left >= page.right || way.right <= page.left || way.top >= page.bottom || way.bottom <= page.top));
}"""  # the ways in the header lie on no page


def boxes(page, *selectors):
    """Where these elements are, as soon as each is there once and none of them moves."""
    return wait_until(page, LYING, arg=selectors).json_value()


def resize(seen, width, height):
    """Makes the window this large, and returns when the page is at rest in it."""
    seen.resize(width, height)
    wait_until(seen.page, "([width, height]) => innerWidth === width && innerHeight === height", arg=[width, height])
    seen.rest()


def tap(seen, x, y):
    """A finger on a place of a phone's screen, and off it again."""
    seen.phone.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    seen.phone.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def tap_on(seen, found):
    """A finger on the middle of what was found, as soon as it lies still and nothing lies over it."""
    found.click(trial=True)
    box = found.bounding_box()
    tap(seen, box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])


def text_field(page, name):
    """A field by its name: the new one, where for a moment the old one is still there behind it."""
    return page.get_by_role("textbox", name=name, exact=True).first


def places(*panels):
    """Selectors of these panels."""
    return [f"[data-panel='{panel}']" for panel in panels]


def wait_for_boxes(page, panels, claim):
    """Returns when `claim` holds for the box of every one of these panels, each drawn and there once."""
    wait_until(
        page,
        f"""selectors => selectors.every((selector) => document.querySelector(`${{selector}} .main-svg`))
          && (({BOXES})(selectors) || [{{}}]).every((box) => {claim})""",
        arg=places(*panels),
    )


def wait_until_in_view(page, *panels):
    """Returns when these panels stand whole on the screen, each wider than 250 pixels."""
    wait_for_boxes(page, panels, "box.width > 250 && box.top >= 0 && box.bottom <= innerHeight")


def wait_until_nothing_scrolls(page, within="stMain"):
    """Returns when all of the page, or of its sidebar, is in view at once."""
    wait_until(
        page,
        "name => { const it = document.querySelector(`[data-testid=${name}]`);"
        " return it.scrollHeight <= it.clientHeight; }",
        arg=within,
    )


def wait_until_nothing_overflows(page, *panels):
    """Returns when the page is no wider than a phone, and neither is any of these panels."""
    wait_until(
        page,
        "width => [document.documentElement, document.querySelector('[data-testid=stMain]')]"
        ".every((element) => element?.scrollWidth <= width)",
        arg=PHONE["width"],
    )
    wait_for_boxes(page, panels, f"box.left >= 0 && box.right <= {PHONE['width']}")


def covered(panel):
    """Whether the finest mesh of a panel's map reaches as far as what is seen of it."""
    return f"""() => {{
  const plot = document.querySelector("[data-panel='{panel}'] .fall-line-plot");
  const {{ _fullLayout: {{ xaxis, yaxis }}, _fullData }} = plot;
  const {{ x, y }} = _fullData.filter(({{ type }}) => type === "contour" || type === "heatmap").at(-1);
  const reaches = (nodes, [low, high]) => {{
    const rounding = 1e-6 * (high - low);
    return nodes[0] <= low + rounding && high - rounding <= nodes.at(-1);
  }};
  return reaches(x, xaxis.range) && reaches(y, yaxis.range);
}}"""


def middle(page, panel, x=0.5, y=0.5):
    """A place on a panel, on the screen: its middle, or where these shares of its width and height lead."""
    (box,) = boxes(page, *places(panel))
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def link(page):
    """The parameters in the address."""
    return parse_qs(urlsplit(page.evaluate("() => location.href")).query)


def wait_for_link(page, claim):
    """Returns when `claim` holds for the parameters in the address."""
    wait_until(page, f"() => {{ const link = new URLSearchParams(location.search); return {claim}; }}")


def wait_for_step(page, claim):
    """Returns when `claim` holds for the step that is shown."""
    wait_until(page, f"() => {{ const step = {STEP}; return {claim}; }}")


UNFOLDED = """heading => heading.parentElement.open
  && heading.parentElement.querySelector("[data-testid=stExpanderDetails] [data-testid=stElementContainer]")
  && document.querySelector("[data-test-script-state=notRunning]")
  && !heading.parentElement.getAnimations().some((each) => each.playState === "running")"""


def unfold(page, title):
    """Opens a card of the sidebar, until all that is in it has come and lies where it stays, and so can be pressed."""
    heading = page.get_by_test_id("stSidebarUserContent").locator("summary", has_text=title)
    heading.click()
    wait_until(page, UNFOLDED, arg=heading.element_handle())


def press_slider(seen, slider, key="ArrowLeft"):
    """One key press on a slider, until the stage has been drawn again."""
    before = seen.drawn()
    slider.locator("input[type=range]").press(key)
    seen.wait_for_drawing(after=before)


def rate_slider(page):
    """The slider of the first run's learning rate."""
    return page.locator("[data-testid=stSlider]", has_text="learning rate").first


def camera(page):
    """Where the eye is that looks at the surface."""
    return page.evaluate(f"() => {EYE}")


def double_click(page, x, y):
    """Two clicks of a hand that takes a tenth of a second, however long the machine takes."""
    mouse, begun = page.context.new_cdp_session(page), page.evaluate("Date.now() / 1000")
    for count in (1, 2):
        for kind in ("mousePressed", "mouseReleased"):
            options = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": count}
            mouse.send("Input.dispatchMouseEvent", options | {"timestamp": begun + 0.1 * (count - 1)})


def turned(page):
    """Turns the surface by a drag, and tells where the eye came to rest."""
    before = camera(page)
    page.locator("[data-panel=surface]").scroll_into_view_if_needed()
    page.mouse.move(*middle(page, "surface"))
    page.mouse.down()
    page.mouse.move(*middle(page, "surface", 0.6, 0.55), steps=4)
    page.mouse.up()
    wait_until(page, f"before => {EYE}.x !== before", arg=before["x"])
    wait_until(page, GLIDED)
    return camera(page)


def check_it_stands_still(seen, step):
    """Since the page was opened with `SECONDS` nothing has been played, and the step that is shown is this one."""
    expect(seen.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(seen.page.get_by_text(f"step {step}", exact=True)).to_be_visible()
    assert seen.page.evaluate("() => seen.length") == 0


def slow_down(page):
    """From here on a playback takes a thousand frames, and so can be stopped on any machine."""
    page.evaluate(STEADY, 20)
    page.get_by_label("Speed").select_option("0.5")


def wait_for_playback(page, end):
    """Plays from the beginning to the end in 25 frames, and tells which steps were seen on the way."""
    page.evaluate(STEADY, 100)
    page.get_by_label("Speed").select_option("4")
    page.evaluate(RECORD)
    page.get_by_role("button", name="Play").click()
    wait_for_step(page, f"step === {end}")
    return page.evaluate("() => played.filter((step) => step < played.at(-1))")
