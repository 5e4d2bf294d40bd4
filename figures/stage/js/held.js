// What a ring had when its stage was taken away under it: Streamlit mounts a component anew when two
// answers come in one go. The ring of the stage that comes after goes on with it.
/**
 * @typedef {object} Hold
 * @property {string} key of the stage whose ring is held
 * @property {number} pointerId
 * @property {number} clientX where the pointer is
 * @property {number} clientY
 * @property {boolean} held whether it is still down
 * @property {boolean} moved whether it was, since the press
 */
const state = {
  hold: /** @type {Hold | undefined} */ (undefined),
  focused: "", // the key of the stage whose ring had the focus
  ended: new AbortController(),
};
/** From the press on, wherever the pointer goes. @param {string} key @param {PointerEvent} press */
export function follow(key, { pointerId, clientX, clientY }) {
  letGo();
  state.hold = { key, pointerId, clientX, clientY, held: true, moved: false };
  state.ended = new AbortController();
  const options = { capture: true, signal: state.ended.signal };
  window.addEventListener("pointermove", note, options);
  window.addEventListener("pointerup", note, options);
  window.addEventListener("pointercancel", letGo, options);
  window.addEventListener("pointerdown", letGo, options); // another press: what was held is past
}
/** @param {PointerEvent} event */
function note({ type, pointerId, clientX, clientY, movementX, movementY }) {
  const { hold } = state;
  if (!hold?.held || hold.pointerId !== pointerId) return;
  const moved = hold.moved || Boolean(movementX || movementY);
  state.hold = { ...hold, clientX, clientY, moved, held: type !== "pointerup" };
}
/** The ring itself has heard of the end. */
export function letGo() {
  state.hold = undefined;
  state.ended.abort();
}
/** What is held, or was let go of while there was no stage. @param {string} key */
export function heldUnder(key) {
  return state.hold?.key === key ? state.hold : undefined;
}
/** The ring of this stage was taken away while it had the focus. @param {string} key */
export function loseFocus(key) {
  state.focused = key;
}
/** Whether that was so, and nothing else has the focus since. @param {string} key */
export function regainsFocus(key) {
  const lost = state.focused === key && document.activeElement === document.body;
  state.focused = "";
  return lost;
}
