"""One slider move until the new curves are on screen: the stage beside st.plotly_chart, in one browser.

python -m benchmarks.slider_move
"""

import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tests.driver import browsing, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MOVES, ROUNDS = 8, 3
# From the key press until a frame in which every figure shows other numbers, and the next: by then it is painted. The
# stage draws runs on canvases over its plots: there it is the pixels that differ. To read them takes as long as to draw
# them, so that this is done once the stage says that it has drawn and the time is taken; if they are the same, all goes
# on.
WATCH = """count => {
  const plots = () => [...document.querySelectorAll(".js-plotly-plot")].filter(plot => plot._fullData);
  const drawn = () => document.querySelector(".fall-line")?.dataset.drawn;
  const numbers = ({ y }) => y.slice(0, 50).join() + y.length;
  const pixels = canvas => {
    if (!canvas) return "";
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    for (const pixel of new Uint32Array(data.buffer)) sum = (sum * 31 + pixel) | 0;
    return sum;
  };
  const sign = plot => numbers(plot._fullData.at(-1)) + pixels(plot.parentElement.querySelector(".fall-line-canvas"));
  const before = new Set(plots().map(sign)), times = drawn();
  const changed = () => plots().length >= count && !plots().some(plot => before.has(sign(plot)));
  window.moved = new Promise(done => addEventListener("keydown", () => {
    const begun = performance.now();
    const look = () => {
      if (times && times === drawn()) return requestAnimationFrame(look);
      if (!times && !changed()) return requestAnimationFrame(look);
      requestAnimationFrame(() => {
        const taken = performance.now() - begun;
        if (changed()) done(taken);
        else look();
      });
    };
    requestAnimationFrame(look);
  }, {once: true, capture: true}));
}"""
FRAMES = """seconds => new Promise(done => {
  let count = 0;
  const begun = performance.now();
  const next = now => now - begun > 1000 * seconds ? done(count / seconds) : (count++, requestAnimationFrame(next));
  requestAnimationFrame(next);
})"""

DRAG = 4  # seconds


@dataclass
class Result:
    """What some moves took."""

    milliseconds: list[float] = field(default_factory=list)
    received: list[int] = field(default_factory=list)  # bytes for each move


def open_page(browser: "Browser", address: str, count: int, tally: Result) -> "Page":
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    tally.received.append(0)

    def receive(frame: bytes | str) -> None:
        tally.received[-1] += len(frame)

    page.on("websocket", lambda socket: socket.on("framereceived", receive))
    page.set_default_timeout(120_000)
    page.goto(address)
    page.wait_for_function(
        "count => [...document.querySelectorAll('.js-plotly-plot')].filter(plot => plot._fullData).length === count",
        arg=count,
    )
    return page


def measure(browser: "Browser", address: str, count: int, moves: int, result: Result) -> None:
    """Adds the times and bytes of some slider moves on a fresh page; the first two only warm it up."""
    tally = Result()
    page = open_page(browser, address, count, tally)
    slider = page.locator("[data-testid=stSlider] input[type=range]")
    for move in range(moves + 2):
        tally.received.append(0)
        page.evaluate(WATCH, count)
        slider.press("ArrowLeft")
        milliseconds = page.evaluate("() => window.moved")
        page.wait_for_selector("[data-test-script-state=notRunning]", state="attached")
        if move >= 2:
            result.milliseconds.append(milliseconds)
            result.received.append(tally.received[-1])
    page.close()


def compare(browser: "Browser", address: str, title: str, query: str, count: int) -> None:
    results = {"plain": Result(), "stage": Result()}
    for _ in range(ROUNDS):
        for way, result in results.items():
            measure(browser, f"{address}/?way={way}{query}", count, MOVES, result)
    median = {way: float(np.median(result.milliseconds)) for way, result in results.items()}
    for way, result in results.items():
        late = np.percentile(result.milliseconds, 95)
        print(
            f"{title:34} {way:6} {median[way]:6.0f} ms (p95 {late:5.0f})  {np.median(result.received) / 1e3:7.1f} kB"
            f"  ratio {median[way] / median['plain']:.2f}"
        )


def drag(browser: "Browser", address: str) -> float:
    """How often in a second the stage is drawn anew while the start on Explore is dragged in a circle."""
    page = open_page(browser, address, 4, Result())
    page.wait_for_selector(".fall-line[data-drawn]")
    page.wait_for_selector("[data-test-script-state=notRunning]", state="attached")
    box = page.locator(".fall-line-start").bounding_box() or {}
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    drawn = "() => Number(document.querySelector('.fall-line').dataset.drawn)"
    before, begun = page.evaluate(drawn), time.perf_counter()
    while (past := time.perf_counter() - begun) < DRAG:
        page.mouse.move(x + 60 * math.sin(3 * past), y + 60 * (1 - math.cos(3 * past)))
    often = (page.evaluate(drawn) - before) / past
    page.mouse.up()
    page.close()
    return float(often)


def main() -> None:
    with serving("benchmarks/slider_app.py") as address, browsing() as browser:
        print("one slider move until repainted, 3 runs of 500 steps")
        compare(browser, address, "map and curves", "&flat=1", 3)
        compare(browser, address, "map, surface and curves", "", 4)
        for runs in (1, 8):
            result = Result()
            measure(browser, f"{address}/?runs={runs}", 4, 5, result)
            print(f"bytes a move, {runs} x 500 steps: {np.median(result.received) / 1e3:.1f} kB")
        for title, query in (("map and curves", "&flat=1"), ("with the surface", "")):
            tally = Result()
            page = open_page(browser, f"{address}/?runs=8&steps=1000{query}", 3 if query else 4, tally)
            page.wait_for_selector(".fall-line[data-drawn]")
            idle = page.evaluate(FRAMES, 2)
            page.get_by_role("button", name="Play").click()
            tally.received.append(0)
            playing = page.evaluate(FRAMES, 4)
            sent = tally.received[-1]
            print(f"playback 8 x 1000 steps, {title}: {playing:.0f} frames/s ({idle:.0f} idle), {sent} bytes received")
            page.close()
    with serving("app.py") as address, browsing() as browser:
        rates = [drag(browser, address) for _ in range(ROUNDS)]
        print(f"start dragged on Explore, 3 runs of 500 steps: {np.median(rates):.1f} updates a second")


if __name__ == "__main__":
    main()
