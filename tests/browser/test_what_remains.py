"""Nothing of a page remains when it has been left, and nothing of a picture when it has changed."""

import pytest
from driver import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.long]

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
WITHOUT_PICTURE = "v=1&model=logits&part=batch"
MOVE = """async moves => {
  const stage = document.querySelector(".fall-line");
  for (let move = 0; move < moves; move++) {
    const slider = document.querySelector("[data-testid=stSlider] input[type=range]");
    const drawn = new Promise((done, fail) => {
      const watcher = new MutationObserver(() => (watcher.disconnect(), done()));
      watcher.observe(stage, { attributeFilter: ["data-drawn"] });
      setTimeout(fail, 300_000, new Error(`nothing was drawn after move ${move}`));
    });
    const press = { key: move % 2 ? "ArrowRight" : "ArrowLeft", bubbles: true, cancelable: true };
    for (const kind of ["keydown", "keyup"]) slider.dispatchEvent(new KeyboardEvent(kind, press));
    await drawn;
  }
}"""
SETTLED, MOVES = 10, 20
OBJECTS = 15  # that a move may leave: React leaves some, and the last curve of every panel has more


def test_no_listener_and_no_observer_is_left_after_leaving_the_page(visit, fall_line):
    size = {"width": 1400, "height": 500}  # a surface costs by its pixels where there is no GPU
    seen = visit(f"{fall_line}/data?{WITHOUT_PICTURE}", **size, before=LEDGER)
    seen.page.get_by_text("There is one example only").wait_for()
    seen.page.get_by_role("link", name="Explore").click()
    seen.drawn()
    first, watchers = seen.page.evaluate("remaining()")
    assert watchers > 0
    for page, panel in (("Curvature", "spectrum"), ("Explore", "gradient_norm")) * 2:
        seen.page.get_by_role("link", name=page).click()
        seen.page.locator(f"[data-panel={panel}] .main-svg").first.wait_for()
        seen.rest()
    wait_until(seen.page, "before => String(remaining()) === before", arg=f"{first},{watchers}")
    seen.page.get_by_role("link", name="Data").click()
    seen.page.get_by_text("There is one example only").wait_for()
    seen.page.wait_for_selector(".fall-line", state="detached")
    seen.rest()
    wait_until(seen.page, "() => remaining()[1] === 0")
    alone, _ = seen.page.evaluate("remaining()")
    assert set(alone.split()) <= set(first.split())


def test_no_object_of_a_picture_is_kept_however_often_a_slider_moves(visit, demo):
    seen = visit(f"{demo}/?flat=1", width=800, height=300)
    before = seen.drawn()
    inspector = seen.page.context.new_cdp_session(seen.page)
    every = inspector.send("Runtime.evaluate", {"expression": "Object.prototype"})["result"]["objectId"]

    def left_after(moves):
        seen.page.evaluate(MOVE, moves)
        found = inspector.send("Runtime.queryObjects", {"prototypeObjectId": every, "objectGroup": "found"})
        count = {"objectId": found["objects"]["objectId"], "functionDeclaration": "function () { return this.length }"}
        number = inspector.send("Runtime.callFunctionOn", count)["result"]["value"]
        inspector.send("Runtime.releaseObjectGroup", {"objectGroup": "found"})
        return number

    settled, once, twice = left_after(SETTLED), left_after(MOVES), left_after(MOVES)
    assert min(once - settled, twice - once) < OBJECTS * MOVES  # what a move keeps comes every time; a cache comes once
    assert seen.drawn() - before >= SETTLED + 2 * MOVES
