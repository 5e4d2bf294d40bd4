"""Nothing of a page remains when it has been left, and nothing of a picture when it has changed."""

import pytest

pytestmark = pytest.mark.browser

LEDGER = """
  // Who listens to what outlives a page, and who watches anything: ours and plotly.js alone, told by their address.
  const listeners = [], watchers = new Set();
  const ours = () => new Error().stack.includes("/fall-line/");
  const lasting = (target) => target === window || target === document || target === document.body
    || target === document.documentElement || target instanceof MediaQueryList;
  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  const captures = (options) => Boolean(options?.capture ?? options);
  const forget = (target, type, act, options) => {
    const at = listeners.findIndex((each) => each.target === target && each.type === type && each.act === act
      && each.capture === captures(options));
    if (at >= 0) listeners.splice(at, 1);
  };
  EventTarget.prototype.addEventListener = function (type, act, options) {
    const target = this ?? window;
    if (act && lasting(target) && ours()) {
      forget(target, type, act, options);
      listeners.push({ target, type, act, capture: captures(options) });
      options?.signal && add.call(options.signal, "abort", () => forget(target, type, act, options));
    }
    return add.call(target, type, act, options);
  };
  EventTarget.prototype.removeEventListener = function (type, act, options) {
    forget(this ?? window, type, act, options);
    return remove.call(this ?? window, type, act, options);
  };
  for (const Watcher of [ResizeObserver, MutationObserver, IntersectionObserver]) {
    const { observe, disconnect } = Watcher.prototype;
    Watcher.prototype.observe = function (...what) {
      if (ours()) watchers.add(this);
      return observe.apply(this, what);
    };
    Watcher.prototype.disconnect = function () {
      watchers.delete(this);
      return disconnect.apply(this);
    };
  }
  window.remaining = () => [listeners.map((each) => each.type).sort().join(" "), watchers.size];
"""
EXPLORE = "v=1&landscape=parabola&run=adam&steps=50"
AT_REST = """panel => document.querySelector(`[data-panel=${panel}] .main-svg`)
  && document.querySelector(".fall-line[data-drawn]")
  && document.querySelector("[data-test-script-state=notRunning]")"""
MOVES, SETTLED = 500, 100
GROWTH = 3e6  # bytes in 400 moves; the arrays of that many pictures are twice as many


def test_no_listener_and_no_observer_is_left_after_leaving_the_page(visit, fall_line):
    seen = visit(f"{fall_line}/?{EXPLORE}", before=LEDGER)
    seen.page.wait_for_function(AT_REST, arg="gradient_norm")
    first, watchers = seen.page.evaluate("remaining()")
    assert watchers > 0
    for page, panel in (("Curvature", "spectrum"), ("Explore", "gradient_norm")) * 2:
        seen.page.get_by_role("link", name=page).click()
        seen.page.wait_for_function(AT_REST, arg=panel)
    assert seen.page.evaluate("remaining()") == [first, watchers]
    seen.page.get_by_role("link", name="Step by step").click()
    seen.page.get_by_text("The lecture's tables", exact=True).click()
    seen.page.wait_for_selector(".fall-line", state="detached")
    alone, watchers = seen.page.evaluate("remaining()")
    assert watchers == 0
    assert set(alone.split()) <= set(first.split())


def test_memory_stays_flat_over_500_slider_moves(visit, serve):
    seen = visit(f"{serve('tests/browser/demo_app.py')}/?flat=1", width=800, height=600)
    slider = seen.page.locator("[data-testid=stSlider] input[type=range]").first
    inspector = seen.page.context.new_cdp_session(seen.page)
    used = {}
    for move in range(1, MOVES + 1):
        drawn = seen.drawn()
        slider.press("ArrowLeft" if move % 2 else "ArrowRight")
        seen.wait_for_drawing(after=drawn)
        if move in (SETTLED, MOVES):
            inspector.send("HeapProfiler.collectGarbage")
            used[move] = inspector.send("Runtime.getHeapUsage")["usedSize"]
    assert used[MOVES] - used[SETTLED] < GROWTH
