"""What a person sees who opens a page with a race: it plays once, the runs have names, and a line says what to do."""

import pytest
from playwright.sync_api import expect

from browser.screen import (
    SECONDS,
    STEADY,
    STEP,
    boxes,
    check_it_stands_still,
    link,
    middle,
    places,
    press_slider,
    rate_slider,
    wait_for_link,
    wait_for_step,
)

pytestmark = pytest.mark.browser

LINK = "v=1&landscape=parabola&run=adam~learning_rate~0.1&run=momentum&steps=60"
EIGHT = "&".join(
    f"run={name}"
    for name in ("adam", "momentum", "rmsprop", "gradient_descent", "nesterov", "adagrad", "nadam", "lion")
)
PEN = """() => {
  window.names = [];
  window.discs = [];
  const pen = CanvasRenderingContext2D.prototype;
  const { clearRect, roundRect, fillText, arc } = pen;
  const isMap = (context) => context.canvas.closest("[data-panel=map]");
  pen.clearRect = function (...given) {
    if (isMap(this)) [window.names, window.discs] = [[], []];
    return clearRect.apply(this, given);
  };
  pen.roundRect = function (left, top, width, height, radius) {
    if (isMap(this)) this.box = { left, top, right: left + width, bottom: top + height };
    return roundRect.call(this, left, top, width, height, radius);
  };
  pen.fillText = function (text, ...given) {
    if (isMap(this)) window.names.push({ text, colour: this.fillStyle, ...this.box });
    return fillText.call(this, text, ...given);
  };
  pen.arc = function (x, y, radius, ...given) {
    if (isMap(this)) window.discs.push({ x, y, radius });
    return arc.call(this, x, y, radius, ...given);
  };
}"""  # what was written and which discs were drawn on the map last
AXES = """() => {
  const { xaxis, yaxis } = document.querySelector("[data-panel=map] .fall-line-plot")._fullLayout;
  const [left, top] = [xaxis._offset, yaxis._offset];
  return { left, top, right: left + xaxis._length, bottom: top + yaxis._length };
}"""
PLACE = """([x, y]) => {
  const plot = document.querySelector("[data-panel=map] .fall-line-plot");
  const { xaxis, yaxis } = plot._fullLayout;
  const { left, top } = plot.getBoundingClientRect();
  return [xaxis.p2d(x - left - xaxis._offset), yaxis.p2d(y - top - yaxis._offset)];
}"""  # of a point of the screen, in the map's coordinates
HELD = """
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, "src");
  const hold = (script, address) => {
    script.type = "held";  // which no browser fetches
    set.call(script, address);
    window.letItCome = () => {
      script.removeAttribute("type");
      script.removeAttribute("src");
      set.call(script, address);
    };
  };
  Object.defineProperty(HTMLScriptElement.prototype, "src", {
    get,
    set(address) {
      address.endsWith("/plotly.min.js") ? hold(this, address) : set.call(this, address);
    },
  });
"""  # in the page itself, since a route would switch off what the browser keeps of all scripts
HINT = "Same start, same slope. Drag the ring."


def overlap(one, other):
    """Whether two boxes have a part in common."""
    return (
        one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] < other["bottom"]
        and other["top"] < one["bottom"]
    )


def start_in_link(page):
    """The start that the address has."""
    return [float(part) for part in link(page)["start"][0].split("~")]


def test_what_is_opened_plays_once_from_its_start_in_six_seconds(visit, fall_line):
    seen = visit(f"{fall_line}/?{LINK}", before=f"({STEADY})(50); ({SECONDS})()", reduced_motion="no-preference")
    page = seen.page
    wait_for_step(page, "step === 60")
    played = page.evaluate("() => seen")
    steps = [step for step, _ in played]
    assert steps[0] == 0
    assert steps == sorted(steps)
    assert played[-1][1] - played[0][1] == pytest.approx(6000, abs=300)
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    seen.drawn()
    press_slider(seen, rate_slider(page))
    assert page.evaluate("() => seen.length") == len(played)
    assert page.evaluate(STEP) == 60
    assert seen.errors == []


@pytest.fixture(scope="module")
def at_a_step(lasting_visit, fall_line):
    """A race whose link says at which step it is opened."""
    seen = lasting_visit(f"{fall_line}/?{LINK}&step=20", before=f"({SECONDS})()", reduced_motion="no-preference")
    seen.drawn()
    return seen


@pytest.mark.long
def test_it_stands_still_where_a_step_is_asked_for(at_a_step):
    check_it_stands_still(at_a_step, 20)


@pytest.mark.long
def test_a_flood_that_is_switched_on_plays_from_the_start(at_a_step):
    page = at_a_step.page
    expect(page.get_by_text("step 20", exact=True)).to_be_visible()
    page.evaluate(STEADY, 5)
    page.get_by_role("button", name="200 starts").click()
    wait_for_step(page, "step > 0 && step < 20")
    page.evaluate(STEADY, 400)
    wait_for_step(page, "step === 60")


@pytest.mark.long
@pytest.mark.parametrize(("width", "height", "scheme"), [(1400, 900, "light"), (390, 844, "dark")])
def test_heads_fan_out_where_they_lie_on_each_other_and_names_ride_beside_them_apart_and_inside_the_map(
    visit, fall_line, width, height, scheme
):
    seen = visit(
        f"{fall_line}/?v=1&landscape=rosenbrock&{EIGHT}&layout=map&steps=100&step=0",
        width,
        height,
        before=f"({PEN})()",
        color_scheme=scheme,
    )
    seen.drawn()
    page = seen.page
    check_heads_fan_out(page.evaluate("() => discs"))
    for step in (0, 1, 3, 10, 40, 99):
        page.get_by_label("Step", exact=True).fill(str(step))
        wait_for_step(page, f"step === {step}")
        names, discs = page.evaluate("() => [names, discs]")
        axes = page.evaluate(AXES)
        inside = [
            d for d in discs if axes["left"] <= d["x"] <= axes["right"] and axes["top"] <= d["y"] <= axes["bottom"]
        ]
        assert len(names) == len({name["text"] for name in names}) >= (len(inside) if width > 1000 else 4)
        for i, name in enumerate(names):
            assert axes["left"] <= name["left"], name
            assert name["right"] <= axes["right"], name
            assert axes["top"] <= name["top"], name
            assert name["bottom"] <= axes["bottom"], name
            assert not any(overlap(name, other) for other in names[:i]), name
    page.get_by_label("Step", exact=True).press("End")
    wait_for_step(page, "step === 100")
    assert page.evaluate("() => names") == []


def check_heads_fan_out(discs):
    """Heads that lie on each other are drawn beside each other, no farther than a disc away."""
    start = [sum(disc[letter] for disc in discs) / len(discs) for letter in "xy"]
    assert len(discs) == 8
    for i, disc in enumerate(discs):
        away = [((disc["x"] - other["x"]) ** 2 + (disc["y"] - other["y"]) ** 2) ** 0.5 for other in discs[:i]]
        assert all(distance > disc["radius"] for distance in away), away
        assert ((disc["x"] - start[0]) ** 2 + (disc["y"] - start[1]) ** 2) ** 0.5 < 3.5 * disc["radius"]


@pytest.mark.long
def test_with_less_motion_it_stands_still_and_one_line_says_what_to_do_until_the_start_was_moved(visit, fall_line):
    seen = visit(f"{fall_line}/?{LINK}", before=f"({SECONDS})()")
    seen.drawn()
    check_it_stands_still(seen, 60)
    page, hint = seen.page, seen.page.get_by_text(HINT)
    expect(hint).to_be_visible()
    expect(page.get_by_role("button", name="Start at x")).to_have_accessible_description(HINT)
    press_slider(seen, rate_slider(page))
    expect(hint).to_be_visible()
    (box,) = boxes(page, ".fall-line-hint")
    page.mouse.click(box["x"] + 10, box["y"] + 10)  # it does not stand in the way
    wait_for_link(page, "link.has('start')")
    expect(hint).to_have_count(0)
    press_slider(seen, rate_slider(page))
    expect(hint).to_have_count(0)
    assert seen.errors == []


@pytest.mark.long
def test_a_start_that_is_moved_while_it_plays_shows_the_runs_to_their_end(visit, fall_line):
    seen = visit(f"{fall_line}/?{LINK}", reduced_motion="no-preference", before=f"({STEADY})(4)")
    page = seen.page
    wait_for_step(page, "step > 0 && step < 30")
    page.mouse.click(*middle(page, "map", 0.3, 0.4))
    wait_for_step(page, "step === 60")
    wait_for_link(page, "link.has('start')")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


@pytest.fixture
def without_plotly(visit, fall_line):
    """A page whose plotly.js does not come before `letItCome`."""
    return visit(f"{fall_line}/?{LINK}", before=HELD).page


@pytest.mark.long
@pytest.mark.parametrize("dragged", [False, True])
def test_a_press_on_the_map_before_plotly_is_there_is_answered_once_it_is(without_plotly, dragged):
    page = without_plotly
    place = press_early(page, dragged)
    assert page.evaluate("() => 'Plotly' in window") is False
    page.evaluate("letItCome()")
    wait_for_link(page, "link.has('start')")
    assert start_in_link(page) == pytest.approx(page.evaluate(PLACE, place), abs=0.02)


def press_early(page, dragged):
    """A press on the map as soon as it has its place, where it is let go after a drag or at once."""
    (box,) = boxes(page, *places("map"))
    place = [box["x"] + 0.4 * box["width"], box["y"] + 0.3 * box["height"]]
    page.mouse.move(*place)
    page.mouse.down()
    if dragged:
        place = [place[0] + 60, place[1] + 40]
        page.mouse.move(*place, steps=3)
    page.mouse.up()
    return place


@pytest.mark.long
def test_a_drag_that_began_before_plotly_is_there_goes_on(without_plotly):
    page = without_plotly
    (box,) = boxes(page, *places("map"))
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.3 * box["height"])
    page.mouse.down()
    page.evaluate("letItCome()")
    page.wait_for_selector(".fall-line[data-drawn]")
    place = [box["x"] + 0.6 * box["width"], box["y"] + 0.5 * box["height"]]
    page.mouse.move(*place, steps=3)
    page.mouse.up()
    wait_for_link(page, "link.has('start')")
    assert start_in_link(page) == pytest.approx(page.evaluate(PLACE, place), abs=0.02)
