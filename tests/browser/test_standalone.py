"""What the save buttons give: the offline page opened from a disk without a network, the GIF, and Cancel."""

from io import BytesIO
from pathlib import Path

import pytest
from driver import wait_until
from PIL import Image
from playwright.sync_api import expect

from browser.screen import PHONE, wait_for_playback, wait_for_step
from figures.theme import RUN_COLOURS

pytestmark = [pytest.mark.browser, pytest.mark.long]

HEADS = """name => {
  const canvas = document.querySelector(`[data-panel=${name}] canvas.fall-line-canvas`);
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const sum = [0, 0, 0];
  for (let i = 0; i < data.length; i += 4)
    if (data[i] === RED && data[i + 1] === GREEN && data[i + 2] === BLUE && data[i + 3] === 255) {
      sum[0] += (i / 4) % canvas.width;
      sum[1] += Math.floor(i / 4 / canvas.width);
      sum[2] += 1;
    }
  return sum;
}"""  # the last run's colour, which lies on top: columns and rows of its pixels added up, and their number
for channel, share in zip(("RED", "GREEN", "BLUE"), bytes.fromhex(RUN_COLOURS[2][1:]), strict=True):
    HEADS = HEADS.replace(channel, str(share))


@pytest.fixture(scope="module")
def buttons(demo):
    """Address of the save buttons."""
    return f"{demo}/save"


@pytest.fixture(scope="module")
def first(lasting_visit, buttons):
    """A visitor's page with the save buttons, on which a picture that is drawn is drawn until somebody cancels."""
    return lasting_visit(f"{buttons}?endless=1").page


@pytest.fixture(scope="module")
def saved(first, tmp_path_factory):
    """The offline page, downloaded as a visitor does it."""
    with first.expect_download() as download:
        first.get_by_role("button", name="offline").click()
    path = tmp_path_factory.mktemp("saved") / download.value.suggested_filename
    download.value.save_as(path)
    return path


def opened(visit, saved, **options):
    seen = visit(saved.as_uri(), **options)
    seen.page.wait_for_selector(".fall-line[data-drawn]")
    return seen


@pytest.fixture(scope="module")
def offline(lasting_visit, saved):
    """The saved page without a network, for tests that leave nothing changed but the step."""
    return opened(lasting_visit, saved, offline=True)


def test_the_saved_page_opens_from_a_disk_without_a_network_and_asks_nobody(saved, offline):
    assert saved.name == "fall-line-rosenbrock.html"
    expect(offline.page.locator("[role=img]")).to_have_count(3)
    assert offline.errors == []
    assert [Path(url).name for url in offline.asked] == [saved.name]


def test_names_stay_words_in_the_saved_page(offline):
    page = offline.page
    expect(page.get_by_role("heading")).to_have_text("Rosenbrock </title><script>alert(2)</script>")
    expect(page).to_have_title("Rosenbrock </title><script>alert(2)</script>")
    expect(page.get_by_role("table")).to_contain_text("Adam <img src=x onerror=alert(1)></script>")
    expect(page.locator("img")).to_have_count(0)


def test_the_saved_page_plays_to_its_end(offline):
    assert len(wait_for_playback(offline.page, 60)) > 2
    expect(offline.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert offline.errors == []


@pytest.mark.parametrize("panel", ["map", "surface", "loss"])
def test_the_heads_move_with_the_step(offline, panel):
    page = offline.page
    drawn = []
    for step in (1, 30, 50):
        page.get_by_role("slider", name="Step").fill(str(step))
        wait_for_step(page, f"step === {step}")
        heads = f"([panel, drawn]) => {{ const now = String(({HEADS})(panel)); return !drawn.includes(now) && now; }}"
        drawn.append(wait_until(page, heads, arg=[panel, drawn]).json_value())
    assert all(int(heads.split(",")[2]) > 10 for heads in drawn)


def test_one_step_forward_and_back(offline):
    page = offline.page
    page.get_by_role("slider", name="Step").fill("20")
    page.get_by_role("button", name="One step forward").click()
    wait_for_step(page, "step === 21")
    page.get_by_role("button", name="One step back").click()
    wait_for_step(page, "step === 20")


def test_the_saved_page_follows_light_and_dark_on_a_phone_too_and_asks_nobody_where_there_is_a_network(visit, saved):
    seen = opened(visit, saved, **PHONE, phone=True)
    page = seen.page
    wait_until(page, f"() => document.documentElement.scrollWidth <= {PHONE['width']}")  # nothing overflows
    paper = "getComputedStyle(document.body).backgroundColor"
    wait_until(page, f"() => {paper} === 'rgb(255, 255, 255)'")
    page.emulate_media(color_scheme="dark")
    wait_until(page, f"() => {paper} === 'rgb(15, 20, 25)'")
    sea = "document.querySelector('[data-panel=map] .fall-line-plot').data[0].colorscale[0][1]"
    wait_until(page, f"() => {sea} === '#08131d'")
    page.wait_for_load_state("networkidle")
    assert [Path(url).name for url in seen.asked] == [saved.name]


def test_who_comes_second_waits_and_may_leave_and_cancel_frees_the_place_for_others(first, visit, buttons):
    second = visit(buttons).page
    first.get_by_role("button", name="Animated picture").click()
    first.get_by_text("Drawing the GIF").wait_for()
    second.get_by_role("button", name="Animated picture").click()
    second.get_by_text("Waiting for 1 other file").wait_for()
    second.get_by_role("button", name="Cancel").click()
    second.get_by_role("progressbar").wait_for(state="detached")
    expect(first.get_by_text("Drawing the GIF")).to_be_visible()
    first.get_by_role("button", name="Cancel").click()
    first.get_by_role("progressbar").wait_for(state="detached")
    expect(first.get_by_role("button", name="Animated picture")).to_be_enabled()
    expect(first.get_by_text("The end of the page")).to_be_visible()
    check_a_gif_is_drawn_and_downloaded(second)


def check_a_gif_is_drawn_and_downloaded(page):
    """Who asks for a picture that ends gets it, with a frame for each step."""
    page.get_by_role("button", name="Animated picture").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the GIF").click()
    assert download.value.suggested_filename == "fall-line-rosenbrock.gif"
    with Image.open(BytesIO(Path(download.value.path()).read_bytes())) as film:
        assert (film.format, film.n_frames) == ("GIF", 61)
