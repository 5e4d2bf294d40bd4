"""Step by step in a real browser: pictures in view, arrow keys, the link, what can be saved."""

import csv
import io
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from browser.screen import (
    link,
    press_slider,
    rate_slider,
    unfold,
    wait_for_link,
    wait_until_in_view,
)
from optimizers import TIMELINE

pytestmark = pytest.mark.browser

TWO = "v=1&run=adam~learning_rate~0.1&run=momentum&steps=60&update=5"
FORMULA = ".stMarkdown .katex"
TWICE = """() => {
  const ids = [...document.querySelectorAll(".fall-line clipPath")].map(({ id }) => id);
  return ids.length && ids.length - new Set(ids).size;
}"""  # how many pictures of the page are cut by an outline that is another's too


def wait_for_update(page, number):
    wait_for_link(page, f"(link.get('update') ?? '1') === '{number}'")


def saved(page, label, folder):
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


@pytest.fixture(scope="module")
def two(lasting_visit, fall_line):
    """Two rules, taken apart, for tests that go on from wherever the one before has left them."""
    seen = lasting_visit(f"{fall_line}/step-by-step?{TWO}")
    seen.drawn()
    return seen


@pytest.mark.long
def test_maps_and_formulas_of_two_rules_stand_beside_each_other_over_every_memory_and_rate(two):
    seen = two
    wait_until_in_view(seen.page, "map", "close Adam", "close Momentum")
    seen.page.locator(FORMULA).nth(2).wait_for()
    words = seen.page.get_by_text(re.compile("^(Adam|Momentum), update 5:"))
    expect(words).to_have_count(2)
    left, right = words.evaluate_all("found => found.map((words) => words.getBoundingClientRect().toJSON())")
    assert right["x"] > left["x"] + 200
    assert abs(right["y"] - left["y"]) < 10
    expect(seen.page.locator(".katex-error")).to_have_count(0)
    for panel in ("0 m", "0 v", "0 effective", "1 v", "1 effective", "rate"):
        seen.page.locator(f"[data-panel='{panel}'] .main-svg").first.wait_for()
    assert seen.page.evaluate(TWICE) == 0
    assert seen.errors == []
    assert seen.hosts == {"127.0.0.1"}


def test_the_arrow_keys_step_through_the_run(two):
    seen, page = two, two.page
    for key, number in (("End", 60), ("Home", 1), ("ArrowRight", 2), ("ArrowRight", 3), ("ArrowLeft", 2)):
        page.keyboard.press(key)
        wait_for_update(page, number)
        page.get_by_text(f"Adam, update {number}:").wait_for()
        seen.rest()
    assert seen.errors == []


def test_an_arrow_key_on_a_slider_turns_the_slider_and_does_not_step(two):
    update = link(two.page)["update"][0]
    press_slider(two, rate_slider(two.page), "ArrowRight")
    wait_for_link(two.page, f"link.get('update') === '{update}' && !link.getAll('run').includes('adam~0.1')")
    assert two.errors == []


@pytest.mark.long
def test_the_lectures_tables_and_the_history_have_their_links(two):
    seen = two
    seen.page.get_by_text("The lecture's tables", exact=True).click()
    seen.page.get_by_role("heading", name="Momentum at three points").wait_for()
    expect(seen.page.get_by_role("cell", name="0.999973").first).to_be_visible()
    wait_for_link(seen.page, "link.get('sheet') === 'tables'")
    seen.page.reload()
    seen.page.get_by_role("cell", name="−3.95", exact=True).first.wait_for()
    seen.page.get_by_text("History", exact=True).click()
    seen.page.get_by_role("heading", name="From gradient descent to AdamW").wait_for()
    for stage in TIMELINE:
        seen.page.locator(f"[data-panel={stage.optimizer}] .main-svg").first.wait_for()
    wait_for_link(seen.page, "link.get('sheet') === 'timeline'")
    assert seen.errors == []


def test_explore_draws_the_rates_and_points_out_a_schedule_that_never_acts(visit, fall_line):
    seen = visit(f"{fall_line}/?v=1&run=adam~step~every~4000&run=momentum~cosine&run=momentum_lee&steps=50&show=map")
    seen.drawn()
    seen.page.locator("[data-panel=rate] .main-svg").first.wait_for()
    words = seen.page.locator(".fall-line-notes")
    expect(words).to_contain_text("Adam: the schedule “Staircase” never acts within the 50 steps")
    expect(words).to_contain_text("Momentum and Momentum, rate inside part here at step")
    assert seen.errors == []


def read(text):
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 31
    assert float(rows[1]["x"]) == pytest.approx(-1.1, abs=1e-6)
    return rows


@pytest.mark.long
@pytest.mark.parametrize("page", ["", "step-by-step"])
def test_a_table_that_was_saved_holds_the_run_and_a_script_makes_it_again(visit, fall_line, tmp_path, page):
    seen = visit(f"{fall_line}/{page}?v=1&run=adam~learning_rate~0.1&steps=30&layout=map")
    seen.drawn()
    if not page:
        unfold(seen.page, "Start and more")
    seen.page.get_by_role("button", name="Save the runs").click()
    table = saved(seen.page, "Table, CSV", tmp_path)
    assert table.name == "rosenbrock-adam.csv"
    first = read(table.read_text())[0]
    assert (first["x"], first["y"]) == ("-1.2", "1.0")
    script = saved(seen.page, "Python with NumPy", tmp_path)
    read(subprocess.run([sys.executable, "-I", str(script)], capture_output=True, text=True, check=True).stdout)
    assert seen.errors == []
