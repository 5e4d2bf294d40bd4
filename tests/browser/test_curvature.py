"""Curvature in a real browser: every part is drawn, points are chosen by click, the way down from a saddle plays."""

import pytest
from playwright.sync_api import expect
from plotly import colors

from browser.screen import link, wait_for_link, wait_for_step, wait_until_in_view
from figures import RUN_COLOURS
from pages.curvature_parts.choices import PARTS

pytestmark = pytest.mark.browser

PANELS = {
    "points": ["map", "spectrum", "index"],
    "model": ["map", "model", "remainder"],
    "escape": ["map", "change", "loss"],
    "turn": ["map", "turning", "cut"],
    "chord": ["map", "chord"],
    "maps": ["smallest", "sign"],
    "run": ["map", "sharpness"],
}
THESE_ALONE = """names => {
  const found = [...document.querySelectorAll("[data-panel]")].map((panel) => panel.dataset.panel);
  return found.sort().join() === names.sort().join();
}"""
LEGEND = """() => [...document.querySelectorAll("[data-panel=sharpness] .legend .traces")].map((entry) => {
  const line = entry.querySelector(".legendlines path"), style = getComputedStyle(line);
  const dash = style.strokeDasharray === "none" ? "" : style.strokeDasharray;
  return { stroke: style.stroke, dash, width: line.getBBox().width, opacity: getComputedStyle(entry).opacity };
})"""
ENDS = """() => {
  const { data } = document.querySelector("[data-panel=map] .fall-line-plot");
  const chord = data.find((trace) => trace.mode === "lines+markers" && trace.x.length === 2);
  return [0, 1].map((end) => [chord.x[end], chord.y[end]]);
}"""
PLACE = """([x, y]) => {
  const plot = document.querySelector('[data-panel=map] .fall-line-plot'), {xaxis, yaxis} = plot._fullLayout;
  const box = plot.getBoundingClientRect();
  return [box.x + xaxis._offset + xaxis.d2p(x), box.y + yaxis._offset + yaxis.d2p(y)];
}"""


def walk(seen):
    """Goes through the parts, and yields the panels of each when the part before has left and all is drawn."""
    seen.drawn()
    for part, panels in PANELS.items():
        seen.page.get_by_test_id("stMain").get_by_text(PARTS[part], exact=True).click()
        seen.page.wait_for_function(THESE_ALONE, arg=panels)
        seen.rest()
        yield panels


def test_every_part_is_in_view_without_errors(visit, fall_line):
    seen = visit(f"{fall_line}/curvature?v=1&landscape=two_weight_network&steps=50&run=gradient_descent")
    for panels in walk(seen):
        wait_until_in_view(seen.page, *panels)
    assert seen.errors == []
    assert seen.hosts == {"127.0.0.1"}


def test_a_click_beside_a_critical_point_chooses_it(visit, fall_line):
    seen = visit(f"{fall_line}/curvature?v=1&landscape=himmelblau")
    seen.drawn()
    x, y = seen.page.evaluate(PLACE, [3.05, 1.95])
    seen.page.mouse.click(x, y)
    expect(seen.page.locator(".fall-line")).to_contain_text("Chosen: minimum at (3.00, 2.00)")
    wait_for_link(seen.page, "link.has('point')")
    assert [float(c) for c in link(seen.page)["point"][0].split("~")] == pytest.approx([3.0, 2.0], abs=1e-9)


def dragged(page, start, end):
    """Drags the ring on the map from a place to another one."""
    page.mouse.move(*page.evaluate(PLACE, start))
    page.mouse.down()
    page.mouse.move(*page.evaluate(PLACE, end), steps=5)
    page.mouse.up()


def test_the_ring_turns_v_and_moves_the_end_of_a_chord_that_it_holds(visit, fall_line):
    seen = visit(f"{fall_line}/curvature?v=1&landscape=himmelblau&part=turn&point=0~0&direction=0")
    seen.drawn()
    page = seen.page
    dragged(page, [1.5, 0], [0, 3])
    wait_for_link(page, "link.get('direction') === '90'")
    expect(page.locator(".fall-line")).to_contain_text("v = (0, 1.00)")
    page.get_by_test_id("stMain").get_by_text(PARTS["chord"], exact=True).click()
    page.wait_for_function(THESE_ALONE, arg=PANELS["chord"])
    seen.rest()
    page.get_by_role("radio", name="A", exact=True).click()
    seen.rest()
    _, b = page.evaluate(ENDS)
    page.mouse.click(*page.evaluate(PLACE, [1, -1]))
    wait_for_link(page, "link.has('chord_from')")
    assert [float(c) for c in link(page)["chord_from"][0].split("~")] == pytest.approx([1, -1], abs=0.05)
    assert [float(c) for c in link(page)["chord_to"][0].split("~")] == pytest.approx(b, abs=1e-3)
    assert seen.errors == []


def test_a_click_beside_a_curve_of_minima_means_the_curve(visit, fall_line):
    seen = visit(f"{fall_line}/curvature?v=1&landscape=two_weight_network&part=model&point=0~0")
    seen.drawn()
    x, y = seen.page.evaluate(PLACE, [0.81, 1.26])
    seen.page.mouse.click(x, y)
    expect(seen.page.locator(".fall-line")).to_contain_text("a minimum, but not a strict one")
    wait_for_link(seen.page, "link.get('point') !== '0~0'")
    x, y = (float(c) for c in link(seen.page)["point"][0].split("~"))
    assert x * y == pytest.approx(1, abs=1e-12)


def test_a_visitor_without_a_link_sees_minima_saddles_and_a_maximum(visit, fall_line):
    seen = visit(f"{fall_line}/curvature")
    seen.drawn()
    expect(seen.page.locator(".fall-line")).to_contain_text("In view: 4 minima, 4 saddles, 1 maximum.")
    wait_for_link(seen.page, "link.get('landscape') === 'himmelblau'")
    assert seen.errors == []


def test_both_eigenvalues_have_their_line_in_the_legend(visit, fall_line):
    seen = visit(f"{fall_line}/curvature?v=1&part=run&steps=50")
    seen.drawn()
    lines = seen.page.evaluate(LEGEND)
    assert [line["stroke"] for line in lines] == [f"rgb({', '.join(map(str, colors.hex_to_rgb(RUN_COLOURS[0])))})"] * 2
    assert [bool(line["dash"]) for line in lines] == [False, True]
    assert all(line["width"] > 10 and line["opacity"] == "1" for line in lines)


def test_the_way_down_from_the_saddle_plays_beside_the_run_that_stays(visit, fall_line):
    seen = visit(f"{fall_line}/curvature")
    seen.drawn()
    page = seen.page
    page.get_by_role("button", name="Worked example").click()
    page.get_by_text("At the saddle at (0, 0) the smaller eigenvalue is −2").wait_for()
    for run, verdict in (("beside the point", "minimum (one of a curve of minima)"), ("at the point", "saddle")):
        expect(page.get_by_role("row").filter(has_text=run).filter(has_text=verdict)).to_be_visible()
    seen.rest()
    page.get_by_role("button", name="Play").click()
    wait_for_step(page, "step < 150")
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
