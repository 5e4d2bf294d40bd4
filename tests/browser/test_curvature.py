"""Curvature in a real browser: every part is drawn, points are chosen by click, the way down from a saddle plays."""

import pytest
from driver import wait_until
from playwright.sync_api import expect
from plotly import colors

from browser.screen import THESE_ALONE, link, wait_for_link, wait_for_step
from browser.test_every_page import SHOWN
from figures import RUN_COLOURS
from pages.curvature_parts.choices import PARTS

pytestmark = [pytest.mark.browser, pytest.mark.long]

PANELS = {part: SHOWN["curvature"][name] for part, name in PARTS.items()}
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
SCENE = """() => {
  const { scene, width, height } = document.querySelector("[data-panel=model] .fall-line-plot")._fullLayout;
  const [low, high] = scene.domain.y;
  return [width, height, (high - low) * height];
}"""
LEGEND_IS_ABOVE = """() => {
  const plot = document.querySelector("[data-panel=chord] .fall-line-plot"), { top } = plot.getBoundingClientRect();
  return plot.querySelector(".legend").getBoundingClientRect().bottom - top <= plot._fullLayout._size.t;
}"""
PLACE = """([x, y]) => {
  const plot = document.querySelector('[data-panel=map] .fall-line-plot'), {xaxis, yaxis} = plot._fullLayout;
  const box = plot.getBoundingClientRect();
  return [box.x + xaxis._offset + xaxis.d2p(x), box.y + yaxis._offset + yaxis.d2p(y)];
}"""


def choose(seen, part):
    """Opens a part of the page, until its panels alone are there and drawn."""
    seen.page.get_by_test_id("stMain").get_by_text(PARTS[part], exact=True).click()
    wait_until(seen.page, THESE_ALONE, arg=PANELS[part])
    seen.rest()


@pytest.fixture(scope="module")
def network(lasting_visit, fall_line):
    """A network with two weights, for tests that choose first what they look at."""
    seen = lasting_visit(f"{fall_line}/curvature?v=1&landscape=two_weight_network&steps=50&run=adam&part=model")
    seen.drawn()
    return seen


def test_no_side_of_the_model_is_cut_and_both_eigenvalues_have_their_line_in_the_legend(network):
    choose(network, "model")
    width, height, scene = network.page.evaluate(SCENE)
    assert width < height  # of three pictures abreast
    assert scene == pytest.approx(width / 1.15, abs=1)  # else its sides would be cut
    choose(network, "run")
    check_legend(network.page.evaluate(LEGEND))
    assert network.errors == []


def check_legend(lines):
    """Two lines of the run's colour, of which the second is dashed, each long enough to be told apart."""
    assert [line["stroke"] for line in lines] == [f"rgb({', '.join(map(str, colors.hex_to_rgb(RUN_COLOURS[0])))})"] * 2
    assert [bool(line["dash"]) for line in lines] == [False, True]
    assert all(line["width"] > 10 and line["opacity"] == "1" for line in lines)


@pytest.fixture(scope="module")
def first_picture(lasting_visit, fall_line):
    """What a visitor without a link sees."""
    seen = lasting_visit(f"{fall_line}/curvature")
    seen.drawn()
    return seen


def test_a_legend_stays_above_the_axes_in_a_window_of_another_width(network):
    choose(network, "chord")
    for width, height in ((1024, 768), (1400, 900)):
        network.page.set_viewport_size({"width": width, "height": height})
        wait_until(network.page, f"() => innerWidth === {width} && ({LEGEND_IS_ABOVE})()")
        network.rest()
    assert network.page.evaluate(LEGEND_IS_ABOVE)
    assert network.errors == []


def test_a_visitor_without_a_link_sees_minima_saddles_and_a_maximum(first_picture):
    expect(first_picture.page.locator(".fall-line")).to_contain_text("In view: 4 minima, 4 saddles, 1 maximum.")
    wait_for_link(first_picture.page, "link.get('landscape') === 'himmelblau'")
    assert first_picture.errors == []


def test_a_click_beside_a_critical_point_chooses_it(first_picture):
    seen = first_picture
    x, y = seen.page.evaluate(PLACE, [3.05, 1.95])
    seen.page.mouse.click(x, y)
    expect(seen.page.locator(".fall-line")).to_contain_text("Chosen: minimum at (3.00, 2.00)")
    wait_for_link(seen.page, "link.has('point')")
    assert [float(c) for c in link(seen.page)["point"][0].split("~")] == pytest.approx([3.0, 2.0], abs=1e-9)


def test_the_table_can_be_downloaded_as_csv(first_picture):
    with first_picture.page.expect_download() as download:
        first_picture.page.get_by_role("button", name="Download all points").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[0] == "x,y,f,kind,lambda_1,lambda_2,negative_eigenvalues"
    assert len(lines) == 10
    for line in lines[1:]:
        x, y, f = map(float, line.split(",")[:3])
        assert f == pytest.approx((x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2, rel=1e-12, abs=1e-12)


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
    expect(page.get_by_role("button", name="Tip of v at x")).to_have_count(1)
    dragged(page, [1.5, 0], [0, 3])
    wait_for_link(page, "link.get('direction') === '90'")
    expect(page.locator(".fall-line")).to_contain_text("v = (0, 1.00)")
    page.get_by_test_id("stMain").get_by_text(PARTS["chord"], exact=True).click()
    wait_until(page, THESE_ALONE, arg=PANELS["chord"])
    seen.rest()
    ring = page.locator(".fall-line-start")
    at_b = ring.get_attribute("aria-label")
    page.get_by_role("radio", name="A", exact=True).click()
    expect(ring).not_to_have_attribute("aria-label", at_b)
    expect(page.get_by_role("button", name="End A of the chord at x")).to_have_count(1)
    expect(page.get_by_role("group", name="chord", exact=True)).to_have_count(1)
    page.get_by_label("Save a picture").first.click()  # though nothing plays
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the chord as SVG").click()
    assert saved.value.suggested_filename == "fall-line-chord.svg"
    seen.rest()
    _, b = page.evaluate(ENDS)
    page.mouse.click(*page.evaluate(PLACE, [1, -1]))
    wait_for_link(page, "link.has('chord_from')")
    assert [float(c) for c in link(page)["chord_from"][0].split("~")] == pytest.approx([1, -1], abs=0.05)
    assert [float(c) for c in link(page)["chord_to"][0].split("~")] == pytest.approx(b, abs=1e-3)
    assert seen.errors == []


def test_a_click_beside_a_curve_of_minima_means_the_curve(network):
    seen = network
    choose(seen, "model")
    x, y = seen.page.evaluate(PLACE, [0.81, 1.26])
    seen.page.mouse.click(x, y)
    expect(seen.page.locator(".fall-line")).to_contain_text("a minimum, but not a strict one")
    wait_for_link(seen.page, "link.has('point')")
    x, y = (float(c) for c in link(seen.page)["point"][0].split("~"))
    assert x * y == pytest.approx(1, abs=1e-12)


def test_the_way_down_from_the_saddle_plays_beside_the_run_that_stays(first_picture):
    seen, page = first_picture, first_picture.page
    page.get_by_role("button", name="Worked example").click()
    page.get_by_text("At the saddle at (0, 0) the smaller eigenvalue is −2").wait_for()
    for run, verdict in (("beside the point", "minimum (one of a curve of minima)"), ("at the point", "saddle")):
        expect(page.get_by_role("row").filter(has_text=run).filter(has_text=verdict)).to_be_visible()
    seen.rest()
    page.get_by_role("button", name="Play").click()
    wait_for_step(page, "step < 150")
    assert seen.errors == []
