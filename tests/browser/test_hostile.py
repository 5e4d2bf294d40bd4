"""Whatever a link, a name, a file or a room says: no page runs it."""

from urllib.parse import quote

import pytest
from driver import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.long]

# Whoever sets window.hacked is heard of by the visit, as an error of the page.
TRAP = """Object.defineProperty(window, "hacked", {
  set() { console.error("a page ran what a visitor wrote"); },
});"""
IMAGE = "<img src=x onerror=window.hacked=1>"
SCRIPT = "</script><script>window.hacked=1</script>"
QUOTED = '"><svg onload=window.hacked=1>'
MARKDOWN = "[x](javascript:window.hacked=1)![x](x onerror=window.hacked=1)"
LATEX = r"\href{javascript:window.hacked=1}{x}$\htmlData{x=1}{y}$"
ALL = (
    IMAGE,
    SCRIPT,
    QUOTED,
    MARKDOWN,
    LATEX,
    "javascript:window.hacked=1",
    "{{constructor.constructor('window.hacked=1')()}}",
)
PARAMETERS = (
    "landscape",
    "f",
    "knobs",
    "run",
    "start",
    "starts",
    "zoom",
    "steps",
    "noise_kind",
    "lang",
    "story",
    "attends",
)
TABLE = f"{IMAGE},{QUOTED}\n" + "".join(f"{row},{row * row}\n" for row in range(1, 9))


def links():
    """Each text in every parameter at once, and where a formula, a rule of one's own and a room take a text."""
    for page, text in zip(("", "curvature", "step-by-step", "maps", "data", "networks", "lessons"), ALL, strict=True):
        yield f"/{page}?v=1&" + "&".join(f"{name}={quote(text)}" for name in PARAMETERS)
    typed = f"landscape=formula&f={quote('x**2 + ' + IMAGE)}&run={quote('typed~' + IMAGE)}"
    yield f"/?v=1&{typed}&camera={quote(QUOTED)}&show={quote(SCRIPT)}&frame={quote(IMAGE)}"  # each is refused by itself
    yield f"/?lead={quote('BCDF2.' + IMAGE)}"
    yield f"/?room={quote(IMAGE)}"


def test_nothing_that_a_visitor_writes_is_run(visit, fall_line):
    seen = visit(f"{fall_line}/data", before=TRAP)
    page = seen.page
    page.get_by_text("Bring a table").click()
    file = {"name": f"{IMAGE}.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("How the table was read").wait_for()
    for link in links():
        page.goto(f"{fall_line}{link}")
        page.locator("h1, form").first.wait_for()
        wait_until(page, "() => !document.querySelector('[data-testid=stStatusWidget]')")
        assert page.locator("[onerror], [onload], a[href^=javascript]").count() == 0, link
    ran = [error for error in seen.errors if "ran what" in error]
    assert ran == []
    page.evaluate("() => { window.hacked = 1; }")  # the trap would have told
    page.wait_for_timeout(0)
    assert [error for error in seen.errors if "ran what" in error] != []
