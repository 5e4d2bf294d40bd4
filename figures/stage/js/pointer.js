// What a pointer and two fingers do on a panel.
import { lengthOf, startOf, toData, zoom } from "./adapter/plotly.js";
const STILL = 4; // a press that moves fewer pixels is a click
const TWICE = 500; // milliseconds within which two of them at one place are a double click
/** Data coordinates under a pointer, kept inside the axes; `outside` says that they were not. */
export function locate(plot, axes, { clientX, clientY }) {
  const { left, top } = plot.getBoundingClientRect();
  const pointer = [clientX - left, clientY - top];
  const pixels = axes.map((axis, i) => pointer[i] - startOf(axis));
  const inside = axes.map((axis, i) => Math.max(0, Math.min(pixels[i], lengthOf(axis) ?? 0)));
  return {
    point: axes.map((axis, i) => toData(axis, inside[i])),
    outside: inside.join() !== pixels.join(),
  };
}
/**
 * Calls `act` with the place of every click inside the axes, at a double click without one.
 * @param {HTMLElement} element
 * @param {(event: PointerEvent) => {point: number[], outside: boolean} | undefined} locate nothing
 * where there is no picture yet
 * @param {(point: number[] | undefined, event: PointerEvent) => void} act
 * @param {AbortSignal} signal
 */
export function onClick(element, locate, act, signal) {
  const never = { timeStamp: -Infinity, clientX: 0, clientY: 0 };
  let previous = never;
  function pressed(down) {
    if (!down.isPrimary || down.button || (locate(down)?.outside ?? true)) return;
    function released(up) {
      if (!near(up, down)) return;
      const twice = up.timeStamp - previous.timeStamp < TWICE && near(up, previous);
      previous = up;
      act(twice ? undefined : locate(up)?.point, up);
    }
    // Plotly covers the page while a button is down, so the release is seen by the window alone.
    window.addEventListener("pointerup", released, { once: true, capture: true, signal });
  }
  element.addEventListener("pointerdown", pressed, { capture: true });
  const elsewhere = (event) => {
    if (!event.composedPath().includes(element)) previous = never;
  };
  window.addEventListener("pointerdown", elsewhere, { capture: true, signal });
}
/** Whether two events are at one place, as it is for a hand. */
const near = (event, other) =>
  Math.hypot(event.clientX - other.clientX, event.clientY - other.clientY) < STILL;
/** Two fingers zoom a map around the point between them, as a wheel does. @param {any} plot */
export function pinched(plot) {
  const before = { apart: 0, fingers: "" };
  return (/** @type {TouchEvent} */ event) => {
    const [a, b] = event.touches;
    if (!b) return;
    if (event.cancelable) event.preventDefault(); // neither scrolls nor zooms the page
    const apart = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    const fingers = `${a.identifier} ${b.identifier}`;
    const ratio = fingers === before.fingers ? before.apart / apart : 1;
    const middle = { clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 };
    zoom(plot, ratio, middle);
    before.apart = apart;
    before.fingers = fingers;
  };
}
