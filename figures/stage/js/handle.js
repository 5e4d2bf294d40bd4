// The start: an open ring on the map, moved by a click on the map, a drag, or the arrow keys.

const PAUSE = 100; // milliseconds between two questions to the server while dragging
const STILL = 4; // a press that moves fewer pixels is a click
const KEYS = /** @type {Record<string, number[]>} */ ({
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1],
});

/** @param {(x: number, y: number) => void} ask */
export function createHandle(ask) {
  const ring = document.createElement("button");
  ring.type = "button";
  ring.className = "fall-line-start";
  /** @type {any} */
  let panel;
  /** @type {number[]} */
  let at = [0, 0];
  /** @type {number[] | undefined} pixels of a press on the map, or on the ring */
  let pressed;
  let dragging = false;
  let asked = 0;
  let pending = 0;
  let listening = new AbortController();

  /**
   * @param {any} map the panel that carries the ring
   * @param {number[] | null} start
   */
  function show(map, start) {
    if (!map || !start) return ring.remove();
    if (map !== panel) {
      close();
      panel = map;
      panel.followers.add(place);
      listen();
    }
    if (!dragging && !pending) at = start;
    if (!ring.isConnected) panel.element.append(ring);
    place();
  }

  function listen() {
    listening = new AbortController();
    const { signal } = listening;
    const on = (/** @type {HTMLElement} */ element, /** @type {string} */ type, /** @type {any} */ act) =>
      element.addEventListener(type, act, { signal, capture: true });
    on(panel.plot, "pointerdown", (/** @type {PointerEvent} */ event) => {
      pressed = event.isPrimary && event.button === 0 && inside(event) ? [event.clientX, event.clientY] : undefined;
    });
    window.addEventListener("pointerup", release, { signal, capture: true });
    on(ring, "pointerdown", (/** @type {PointerEvent} */ event) => {
      dragging = true;
      ring.setPointerCapture(event.pointerId);
    });
    on(ring, "pointermove", (/** @type {PointerEvent} */ event) => dragging && move(point(event), false));
    on(ring, "pointerup", (/** @type {PointerEvent} */ event) => dragging && drop(event));
    on(ring, "pointercancel", () => (dragging = false));
    on(ring, "keydown", (/** @type {KeyboardEvent} */ event) => {
      const way = KEYS[event.key];
      if (!way) return;
      event.preventDefault();
      event.stopPropagation();
      const stride = event.shiftKey ? 0.001 : 0.01;
      const spans = axes().map((axis) => axis.range[1] - axis.range[0]);
      move(at.map((c, i) => c + way[i] * stride * spans[i]), false);
    });
  }

  /** @param {PointerEvent} event */
  function drop(event) {
    dragging = false;
    move(point(event), true);
  }

  /** @param {PointerEvent} event */
  function release(event) {
    const from = pressed;
    pressed = undefined;
    if (!from || Math.hypot(event.clientX - from[0], event.clientY - from[1]) >= STILL) return;
    move(point(event), true);
  }

  /** The map's axes. @returns {any[]} */
  const axes = () => [panel.plot._fullLayout.xaxis, panel.plot._fullLayout.yaxis];

  /**
   * Data coordinates under the pointer, kept inside the axes.
   * @param {PointerEvent} event
   */
  function point(event) {
    const box = panel.plot.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top].map((pixel, i) => {
      const axis = axes()[i];
      return axis.p2d(Math.max(0, Math.min(pixel - axis._offset, axis._length)));
    });
  }

  /** @param {PointerEvent} event */
  function inside(event) {
    const box = panel.plot.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top].every((pixel, i) => {
      const { _offset, _length } = axes()[i];
      return pixel >= _offset && pixel <= _offset + _length;
    });
  }

  /**
   * The ring follows at once, the server at most ten times a second, and always to the last place.
   * @param {number[]} to
   * @param {boolean} exact
   */
  function move(to, exact) {
    at = to;
    place();
    clearTimeout(pending);
    const wait = exact ? 0 : asked + PAUSE - performance.now();
    const send = () => {
      pending = 0;
      asked = performance.now();
      ask(at[0], at[1]);
    };
    if (wait > 0) pending = setTimeout(send, wait);
    else send();
  }

  function place() {
    const [x, y] = axes().map((axis, i) => axis._offset + axis.d2p(at[i]));
    const [h, v] = axes();
    ring.hidden = !(x >= h._offset && x <= h._offset + h._length && y >= v._offset && y <= v._offset + v._length);
    ring.style.translate = `${x}px ${y}px`;
    const words = at.map((c) => String(Number(c.toPrecision(4))).replace("-", "−"));
    ring.setAttribute("aria-label", `Start at x ${words[0]}, y ${words[1]}: drag it, or use the arrow keys`);
  }

  function close() {
    clearTimeout(pending);
    pending = 0;
    listening.abort();
    panel?.followers.delete(place);
    ring.remove();
  }

  return { show, close };
}
