"""Curvature in a real browser: every part is drawn, points are chosen by click, the way down from a saddle plays."""

from urllib.parse import parse_qs, urlsplit

import pytest

from pages.shared.choices import PARTS

pytestmark = pytest.mark.browser

PANELS = {
    "points": ["map", "spectrum", "index"],
    "model": ["map", "model", "remainder"],
    "escape": ["map", "change", "loss"],
    "maps": ["smallest", "sign"],
    "run": ["map", "sharpness"],
}
STEP = "() => Number(document.querySelector('.fall-line').dataset.step)"
ALONE = "name => document.querySelectorAll(`[data-panel=${name}]`).length === 1"
PLACE = """([x, y]) => {
  const plot = document.querySelector('[data-panel=map] .fall-line-plot'), {xaxis, yaxis} = plot._fullLayout;
  const box = plot.getBoundingClientRect();
  return [box.x + xaxis._offset + xaxis.d2p(x), box.y + yaxis._offset + yaxis.d2p(y)];
}"""


def walk(seen):
    """Goes through the parts, and yields each with its panels when it has been drawn."""
    seen.drawn()
    for part, panels in PANELS.items():
        seen.page.get_by_test_id("stMain").get_by_text(PARTS[part], exact=True).click()
        boxes = []
        for panel in panels:
            seen.page.wait_for_function(ALONE, arg=panel)  # the part before has left
            seen.page.locator(f"[data-panel={panel}] .fall-line-plot .main-svg").first.wait_for()
            boxes.append(seen.page.locator(f"[data-panel={panel}]").bounding_box())
        yield part, boxes


def test_every_part_is_in_view_without_errors(visit, fall_line):
    seen = visit(f"{fall_line}/curvature?v=1&landscape=two_weight_network&steps=50&run=gradient_descent")
    for _, boxes in walk(seen):
        assert all(box["width"] > 250 for box in boxes)
        assert all(box["y"] + box["height"] <= 900 for box in boxes)
    assert seen.errors == []
    assert seen.hosts == {"127.0.0.1"}


def test_a_click_beside_a_critical_point_chooses_it(visit, fall_line):
    seen = visit(f"{fall_line}/curvature?v=1&landscape=himmelblau")
    before = seen.drawn()
    x, y = seen.page.evaluate(PLACE, [3.05, 1.95])
    seen.page.mouse.click(x, y)
    seen.wait_for_drawing(after=before)
    assert "Chosen: minimum at (3.00, 2.00)" in seen.page.locator(".fall-line").inner_text()
    seen.page.wait_for_function("() => location.search.includes('point=')")
    point = parse_qs(urlsplit(seen.page.url).query)["point"][0].split("~")
    assert [float(c) for c in point] == pytest.approx([3.0, 2.0], abs=1e-9)


def test_the_way_down_from_the_saddle_plays_beside_the_run_that_stays(visit, fall_line):
    seen = visit(f"{fall_line}/curvature")
    before = seen.drawn()
    seen.page.get_by_role("button", name="Worked example").click()
    seen.page.wait_for_function("n => Number(document.querySelector('.fall-line').dataset.drawn) >= 1", arg=before)
    seen.page.get_by_text("The eigenvalue is −2").wait_for()
    rows = seen.page.get_by_role("row").all_inner_texts()
    assert any("One step off" in row and "flat" in row for row in rows)
    assert any("alone" in row and "saddle" in row for row in rows)
    seen.page.get_by_role("button", name="Play").click()
    seen.page.wait_for_function(f"() => ({STEP})() < 150")
    assert seen.errors == []


def test_the_table_can_be_downloaded_as_csv(visit, fall_line):
    seen = visit(f"{fall_line}/curvature?v=1&landscape=six_hump_camel")
    seen.drawn()
    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name="Download all points").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[0] == "x,y,f,kind,lambda_1,lambda_2,negative_eigenvalues"
    assert len(lines) == 16
    assert float(lines[1].split(",")[2]) == pytest.approx(-1.0316284534898774, rel=1e-12)


def test_on_a_phone_nothing_overflows(visit, fall_line):
    seen = visit(f"{fall_line}/curvature?v=1&landscape=saddle&steps=20", width=390, height=844)
    widths = "document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth"
    for _ in walk(seen):
        seen.page.wait_for_function(f"() => Math.max({widths}) <= 390")  # once the new part has settled
