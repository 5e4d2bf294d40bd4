// The start: an open ring on the map, moved by a click on the map, a drag, or the arrow keys.

/** @typedef {import("./panel.js").Panel} Panel */

const PAUSE = 100; // milliseconds between two questions to the server while dragging
const KEYS = /** @type {Record<string, number[]>} */ ({
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1],
});

/** @param {(x: number, y: number) => void} ask */
export function createHandle(ask) {
  const ring = document.createElement("button");
  ring.type = "button";
  ring.className = "fall-line-start";
  /** @type {Panel | undefined} */
  let panel;
  let at = [0, 0];
  let before = at; // where a double click puts it back
  let pressed = false;
  let dragging = false;
  let asked = 0;
  let pending = 0;

  /**
   * @param {Panel | undefined} map the panel that carries the ring
   * @param {number[] | null} start
   */
  function show(map, start) {
    if (!map || !start) return ring.remove();
    if (map !== panel) {
      panel?.followers.delete(place);
      panel = map;
      panel.followers.add(place);
      panel.onClick((point) => {
        if (!ring.isConnected) return;
        if (point) before = at;
        move(point ?? before, true);
      });
    }
    if (!dragging && !pending) at = start;
    if (!ring.isConnected) panel.element.append(ring);
    place();
  }

  ring.addEventListener("pointerdown", (event) => {
    pressed = true;
    ring.setPointerCapture(event.pointerId);
  });
  ring.addEventListener("pointermove", (event) => {
    if (!pressed || !panel || !(event.movementX || event.movementY)) return;
    dragging = true;
    move(panel.locate(event).point, false);
  });
  ring.addEventListener("pointerup", (event) => {
    if (dragging && panel) move(panel.locate(event).point, true); // without a drag it is a click, as on the map
    pressed = dragging = false;
  });
  ring.addEventListener("pointercancel", () => (pressed = dragging = false));
  ring.addEventListener("keydown", (event) => {
    const way = KEYS[event.key];
    if (!way || !panel) return;
    event.preventDefault();
    const stride = event.shiftKey ? 0.001 : 0.01;
    const spans = panel.axes().map(({ range }) => range[1] - range[0]);
    move(at.map((c, i) => c + way[i] * stride * spans[i]), false);
  });

  /**
   * The ring follows at once; the server is asked at most ten times a second, and always about the last place.
   * @param {number[]} to
   * @param {boolean} last
   */
  function move(to, last) {
    at = to;
    place();
    clearTimeout(pending);
    const send = () => {
      pending = 0;
      asked = performance.now();
      ask(at[0], at[1]);
    };
    const wait = last ? 0 : asked + PAUSE - performance.now();
    if (wait > 0) pending = setTimeout(send, wait);
    else send();
  }

  function place() {
    if (!panel) return;
    const axes = panel.axes();
    const pixels = axes.map((axis, i) => axis.d2p(at[i]));
    ring.hidden = !pixels.every((pixel, i) => pixel >= 0 && pixel <= axes[i]._length);
    ring.style.translate = `${axes[0]._offset + pixels[0]}px ${axes[1]._offset + pixels[1]}px`;
    const [x, y] = at.map((c) => String(Number(c.toPrecision(4))).replace("-", "−"));
    ring.setAttribute("aria-label", `Start at x ${x}, y ${y}: drag it, or use the arrow keys`);
  }

  function close() {
    clearTimeout(pending);
    panel?.followers.delete(place);
    ring.remove();
  }

  return { show, close };
}
