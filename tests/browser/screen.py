"""What a page shows, asked inside the page and all in one moment; and what a person does with a slider."""

from urllib.parse import parse_qs, urlsplit

PHONE = {"width": 390, "height": 844}
STEP = "Number(document.querySelector('.fall-line')?.dataset.step)"
BOXES = """selectors => {
  const found = selectors.map((selector) => [...document.querySelectorAll(selector)]);
  const boxes = found.map(([element, other]) => (other ? null : element?.getBoundingClientRect().toJSON()));
  return boxes.every((box) => box?.width) && boxes;
}"""  # nothing as long as one of them is not there, or is there twice


def boxes(page, *selectors):
    """Where these elements are, as soon as each is there once."""
    return page.wait_for_function(BOXES, arg=selectors).json_value()


def places(*panels):
    """Selectors of these panels."""
    return [f"[data-panel='{panel}']" for panel in panels]


def wait_for_boxes(page, panels, claim):
    """Returns when `claim` holds for the box of every one of these panels, each drawn and there once."""
    page.wait_for_function(
        f"""selectors => selectors.every((selector) => document.querySelector(`${{selector}} .main-svg`))
          && (({BOXES})(selectors) || [{{}}]).every((box) => {claim})""",
        arg=places(*panels),
    )


def wait_until_in_view(page, *panels):
    """Returns when these panels stand whole on the screen, each wider than 250 pixels."""
    wait_for_boxes(page, panels, "box.width > 250 && box.top >= 0 && box.bottom <= innerHeight")


def wait_until_nothing_overflows(page, *panels):
    """Returns when the page is no wider than a phone, and neither is any of these panels."""
    page.wait_for_function(
        "width => [document.documentElement, document.querySelector('[data-testid=stMain]')]"
        ".every((element) => element?.scrollWidth <= width)",
        arg=PHONE["width"],
    )
    wait_for_boxes(page, panels, f"box.left >= 0 && box.right <= {PHONE['width']}")


def middle(page, panel, x=0.5, y=0.5):
    """A place on a panel, on the screen: its middle, or where these shares of its width and height lead."""
    (box,) = boxes(page, *places(panel))
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def link(page):
    """The parameters in the address."""
    return parse_qs(urlsplit(page.evaluate("() => location.href")).query)


def wait_for_link(page, claim):
    """Returns when `claim` holds for the parameters in the address."""
    page.wait_for_function(f"() => {{ const link = new URLSearchParams(location.search); return {claim}; }}")


def wait_for_step(page, claim):
    """Returns when `claim` holds for the step that is shown."""
    page.wait_for_function(f"() => {{ const step = {STEP}; return {claim}; }}")


def press_slider(seen, slider, key="ArrowLeft"):
    """One key press on a slider, until the stage has been drawn again."""
    before = seen.drawn()
    slider.locator("input[type=range]").press(key)
    seen.wait_for_drawing(after=before)


def rate_slider(page):
    """The slider of the first run's learning rate."""
    return page.locator("[data-testid=stSlider]", has_text="learning rate").first
