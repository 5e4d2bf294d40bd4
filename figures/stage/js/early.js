// A press on a panel whose picture is not there yet: it is remembered, and answered once it is.
/**
 * @typedef {object} Press
 * @property {number} x from the left edge of the panel, in pixels
 * @property {number} y from its upper edge
 * @property {boolean} held whether the button or finger is still down
 * @property {boolean} shiftKey
 * @property {number} pointerId
 */
/** @param {HTMLElement} element @param {AbortSignal} signal */
export function createEarly(element, signal) {
  const drawn = new AbortController();
  const options = { capture: true, signal: AbortSignal.any([drawn.signal, signal]) };
  const state = { last: /** @type {Press | undefined} */ (undefined) };
  const note = (held) => (/** @type {PointerEvent} */ event) => {
    const { isPrimary, button, pointerId, shiftKey } = event;
    if (!isPrimary || button > 0) return;
    const begins = event.type === "pointerdown";
    if (!begins && !(state.last?.held && state.last.pointerId === pointerId)) return;
    const { left, top } = element.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    state.last = { x, y, held, shiftKey, pointerId };
  };
  element.addEventListener("pointerdown", note(true), options);
  window.addEventListener("pointermove", note(true), options);
  window.addEventListener("pointerup", note(false), options);
  window.addEventListener("pointercancel", () => (state.last = undefined), options);
  /** The last press, as an event has its place; from now on none is remembered. */
  function take() {
    drawn.abort();
    const { last } = state;
    state.last = undefined;
    if (!last) return undefined;
    const { left, top } = element.getBoundingClientRect();
    return { ...last, clientX: left + last.x, clientY: top + last.y };
  }
  return { take };
}
