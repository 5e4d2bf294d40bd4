// The start: an open ring on the map, moved by a click on the map, a drag, or the arrow keys.
import { make } from "./dom.js";
import { digitsWithin, written } from "./numbering.js";
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
/** @param {(name: "start" | "dragged" | "added", point: number[]) => number} tell the answer counts what was told */
export function createHandle(tell) {
  const ring = make("button", { type: "button", className: "fall-line-start" });
  let panel = /** @type {any} */ (undefined); // which carries the ring
  let [at, before, said] = [
    [0, 0],
    [0, 0],
    [0, 0],
  ]; // now; where a double click puts it back; when the server was told
  let [dragging, held, answered, told] = [false, false, true, 0];
  /** @param {any} map @param {number[] | null} start @param {number[]} [heard] what it answers */
  function show(map, start, [heard] = []) {
    if (!start || !map || map.element.hidden) return ring.remove(); // a map that was never seen has no axes
    if (map !== panel) {
      panel = map;
      panel.followers.add(place);
      panel.onClick((point, { shiftKey }) => {
        if (!ring.isConnected) return;
        if (point && shiftKey) return tell("added", point);
        if (point) before = at;
        move(point ?? before, false);
      });
    }
    answered = !(heard < told);
    if (answered && !held) at = start;
    if (!ring.isConnected) panel.element.append(ring); // a ring that is moved would lose the focus
    place();
    if (answered && held && said !== at) say("dragged");
  }
  ring.onpointerdown = ({ pointerId }) => ring.setPointerCapture(pointerId);
  ring.onpointermove = ring.onpointerup = (event) => {
    if (!ring.hasPointerCapture(event.pointerId)) return;
    if ((dragging ||= Boolean(event.movementX || event.movementY)))
      move(panel.locate(event).point, true); // or a click
  };
  ring.onlostpointercapture =
    ring.onkeyup =
    ring.onblur =
      () => {
        dragging = false;
        if (held) move(at, false);
      };
  ring.onkeydown = (event) => {
    const way = KEYS[event.key];
    if (!way) return;
    event.preventDefault();
    const stride = event.shiftKey ? 0.001 : 0.01;
    move(
      panel.axes().map(({ range }, i) => at[i] + way[i] * stride * (range[1] - range[0])),
      true,
    );
  };
  /** While it is held the server is asked again once it has answered: two answers in one go mount the stage anew. */
  function move(to, more) {
    [at, held] = [to, more];
    place();
    if (answered || !more) say(more ? "dragged" : "start");
  }
  const say = (name) => ([said, told, answered] = [at, tell(name, at), false]);
  function place() {
    const axes = panel.axes();
    const pixels = axes.map((axis, i) => axis.d2p(at[i]));
    ring.hidden = !pixels.every((pixel, i) => pixel >= 0 && pixel <= axes[i]._length);
    ring.style.translate = axes.map(({ _offset }, i) => `${_offset + pixels[i]}px`).join(" ");
    const [x, y] = axes.map(({ range: [low, high] }, i) => written(at[i], digitsWithin(low, high)));
    ring.ariaLabel = `Start at x ${x}, y ${y}: drag it, or use the arrow keys`;
  }
  return { show };
}
