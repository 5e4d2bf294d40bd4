"""What holds for every page in the menu: axe-core finds nothing, a phone shows all of it, a course page can hold it."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from driver import wait_until
from menu import PATHS

from browser.screen import PHONE, THESE_ALONE, covered, unfold, wait_until_in_view, wait_until_nothing_overflows

pytestmark = pytest.mark.browser

LONG = {"curvature", "step-by-step", "maps", "data", "lessons", "networks"}
PAGES = [pytest.param(path, marks=pytest.mark.long) if path in LONG else path for path in PATHS]
RICH = {  # what a page is asked for, where it would else show less of what can break a rule
    "explore": "&landscape=parabola&run=adam&run=momentum&steps=50",
    "curvature": "&landscape=two_weight_network&run=adam&steps=50&point=0~0",
    "step-by-step": "&run=gradient_descent&run=momentum&steps=60&update=5",
    "maps": "&landscape=himmelblau&run=momentum~0.01&run=adam~0.3&of=0~1&steps=50",
    "data": "&data=three_points",
    "lessons": "&lesson=momentum",
    "networks": "&two_width=8&slice_depth=1&slice_width=4&path_steps=20&spectrum_steps=100&many_searches=10"
    "&depth_steps=50&depth_width=4",  # quickly trained
}
QUICK = "v=1&landscape=parabola&run=adam&steps=20"  # a curve in place of the surface: drawn at once
FINE = {  # by rule, what is no fault
    "empty-table-header": "th:has(math)",  # axe-core takes MathML for nothing; screen readers read it
    # Streamlit lets files be dropped on it; the button in it is what a keyboard and a screen reader find.
    "presentation-role-conflict": "[data-testid=stFileUploaderDropzone]",
}
UNDECIDED = """() => axe.configure({ rules: [{ id: "color-contrast", selector: ":not(.main-svg *)" }] })"""
# ^ of words on a picture axe-core never says whether they can be read, since a picture lies behind them
UNMOVED = "() => !document.getAnimations().length"
CHOSEN = """() => {
  const link = new URLSearchParams(location.search);
  for (const seen of ["frame", "camera", "show"]) link.delete(seen);
  return String(link);
}"""  # what the server puts into the address, and not a stage by itself
MAIN = "[data-testid=stMain]"  # all that another part of a page changes: the sidebar and the header stay
FILLED = {"map", "smallest", "sign", "one", "wells"}  # maps, which fill their panels

PARTED = {"curvature", "step-by-step", "maps", "data", "networks"}  # of pages that have parts: those that must
SHOWN = {  # what a part draws, by page
    "curvature": {
        "Critical points": ["map", "spectrum", "index"],
        "Local model": ["map", "model", "remainder"],
        "Escape": ["map", "change", "loss"],
        "Turning v": ["map", "turning", "cut"],
        "Chord": ["map", "chord"],
        "Eigenvalue maps": ["smallest", "sign"],
        "Along a run": ["map", "sharpness"],
    },
    "data": {
        "The model and its surface": ["map", "fit"],
        "The batch": ["map", "one", "cloud"],
        "Flat and sharp": ["wells", "profile"],
        "Training and test": ["complexity"],
        "Softmax": ["likelihood"],
        "Activations": ["products"],
        "Normalisation": ["variance"],
    },
    "step-by-step": {"One update": ["map"]},
}


def address(path):
    return f"{path}?v=1{RICH.get(path, '')}"


def examined(page, within=None, **options):
    """What axe-core finds broken in the whole page, or in what lies `within` a selector.

    It is read into a page once: the second time it is compiled, and takes half as long.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate(UNDECIDED)
    asked = [within, options | {"resultTypes": ["violations"]}]
    return page.evaluate("async ([within, asked]) => (await axe.run(within ?? document, asked)).violations", asked)


def violations(seen, within=None, **options):
    """Each rule that is broken, with the element that breaks it, once nothing fades or moves any more.

    Looked at is the whole page, or what lies `within` a selector.
    """
    seen.rest()
    wait_until(seen.page, UNMOVED)
    found = examined(seen.page, within, **options)
    broken = [(rule["id"], node["target"][0], node["html"]) for rule in found for node in rule["nodes"]]
    return [
        (rule, place, markup)
        for rule, place, markup in broken
        if not (rule in FINE and seen.page.locator(place).and_(seen.page.locator(FINE[rule])).count())
    ]


def contrasts(seen, within=None):
    """The same for colours alone."""
    return violations(seen, within, runOnly=["color-contrast"])


ON_A_PHONE = {"step-by-step": {"One update": ["map", "close Gradient descent", "close Momentum"]}}  # no wider than it


def go_dark(seen):
    """The same page, drawn again in dark colours."""
    drawn = "[...document.querySelectorAll('.fall-line')].map((stage) => Number(stage.dataset.drawn))"
    before = seen.page.evaluate(drawn)
    seen.page.emulate_media(color_scheme="dark")
    wait_until(seen.page, "() => getComputedStyle(document.querySelector('.stApp')).colorScheme === 'dark'")
    wait_until(seen.page, f"before => {drawn}.every((times, i) => times > before[i])", arg=before)


def parts(seen):
    """The choice between the parts of a page, one button for each; none where a page has no parts."""
    return seen.page.get_by_test_id("stMain").get_by_test_id("stButtonGroup").first.get_by_role("radio")


def walk(seen):
    """Yields the name of each part of the page when it is drawn, and where it differs from the part before.

    A page that has no parts is one, whose name is "".
    """
    seen.rest()
    names = parts(seen).all_inner_texts()
    for name in names:
        part = parts(seen).filter(has_text=name)
        if not part.is_checked():
            before = seen.page.evaluate(CHOSEN)
            part.click()
            wait_until(seen.page, f"before => ({CHOSEN})() !== before", arg=before)
        seen.rest()
        yield name, None if name == names[0] else MAIN
    if not names:
        yield "", None


@pytest.fixture(scope="module")
def explore(lasting_visit, fall_line):
    """Explore, whose menu is opened when all else has been looked at."""
    return lasting_visit(f"{fall_line}/{address('explore')}")


@pytest.mark.parametrize("path", PAGES)
def test_axe_core_finds_no_violation_in_any_part_of_any_page_and_all_its_pictures_are_there(
    visit, fall_line, request, path
):
    seen = request.getfixturevalue("explore") if path == "explore" else visit(f"{fall_line}/{address(path)}")
    walked = []
    for part, new in walk(seen):
        walked.append(part)
        assert (part, violations(seen, new)) == (part, [])
        check_on_a_desktop(seen, path, part)
    assert len(walked) > 1 or path not in PARTED
    assert SHOWN.get(path, {}).keys() <= set(walked)
    go_dark(seen)  # nothing changes with the light but colours; the other parts are dark on a phone, see below
    assert contrasts(seen) == []
    assert seen.errors == []
    assert seen.hosts == {"127.0.0.1"}


def check_on_a_desktop(seen, path, part):
    """Every picture of the part is there, and nothing has gone wrong."""
    assert seen.page.get_by_test_id("stException").count() == 0
    panels = SHOWN.get(path, {}).get(part, [])
    for panel in panels:
        seen.page.locator(f"[data-panel={panel}] .main-svg").first.wait_for()
    if path == "curvature":  # all there is, and in view
        wait_until(seen.page, THESE_ALONE, arg=panels)
        wait_until_in_view(seen.page, *panels)


@pytest.mark.long
def test_axe_core_finds_no_violation_in_an_open_menu_but_a_picture_that_has_lost_its_words(explore):
    seen = explore
    seen.page.emulate_media(color_scheme="light")
    seen.drawn()
    unfold(seen.page, "Start and more")
    seen.page.get_by_role("button", name="Save the runs").click()
    seen.page.get_by_role("button", name="Table, CSV").wait_for()
    assert violations(seen) == []
    words = seen.page.evaluate(
        "() => { const plot = document.querySelector('.fall-line-plot'), words = plot.ariaLabel;"
        " plot.ariaLabel = null; return words; }"
    )
    assert [rule for rule, _, _ in violations(seen)] == ["role-img-alt"]
    seen.page.evaluate("words => { document.querySelector('.fall-line-plot').ariaLabel = words; }", words)


@pytest.mark.parametrize("path", PAGES)
def test_on_a_tall_dark_phone_every_part_can_be_reached_and_read_is_filled_and_does_not_overflow(
    visit, fall_line, path
):
    tall = {"width": PHONE["width"], "height": 1900}  # on which no map has white beside its mesh either
    seen = visit(f"{fall_line}/{address(path)}", **tall, phone=True, color_scheme="dark")
    walked = []
    for part, new in walk(seen):
        walked.append(part)
        wait_until_nothing_overflows(seen.page, *ON_A_PHONE.get(path, {}).get(part, []))
        assert (part, contrasts(seen, new)) == (part, [])
        assert not seen.page.locator("kbd").first.is_visible()  # there are no keys
        for panel in FILLED & set(SHOWN.get(path, {}).get(part, [])):
            wait_until(seen.page, covered(panel))
    assert len(walked) > 1 or path not in PARTED
    assert SHOWN.get(path, {}).keys() <= set(walked)
    for part in parts(seen).all():
        box = part.bounding_box()
        assert box["x"] + box["width"] <= PHONE["width"]
    assert seen.errors == []


@pytest.mark.parametrize("path", PAGES)
def test_an_embedded_page_has_its_pictures_and_neither_controls_nor_menu(visit, fall_line, path):
    seen = visit(f"{fall_line}/{path}?embed=true&{QUICK}", width=900, height=600)
    seen.drawn()
    assert seen.page.locator("[data-panel] .main-svg").first.is_visible()
    for part in ("stSidebar", "stLogo", "stHeading"):
        assert seen.page.get_by_test_id(part).count() == 0
    assert seen.page.get_by_role("button", name="Undo").count() == 0
    assert seen.errors == []


def test_axe_core_finds_no_violation_on_the_pages_of_a_student_in_a_room(visit, fall_line):
    seen = visit(f"{fall_line}/?room=BCDF2", **PHONE, phone=True)
    seen.page.get_by_text("There is no room with this code, or it is over.").wait_for()
    for scheme in ("light", "dark"):
        seen.page.emulate_media(color_scheme=scheme)
        assert examined(seen.page) == []
    seen.page.goto(f"{fall_line}/?room=")
    for scheme in ("dark", "light"):
        seen.page.emulate_media(color_scheme=scheme)
        assert examined(seen.page) == []
    assert seen.errors == []
