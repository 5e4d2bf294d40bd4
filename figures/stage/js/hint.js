// One line on the map that says what can be done with it, until it was done.
import { lengthOf, startOf } from "./adapter/plotly.js";
import { make } from "./dom.js";
const EDGE = 10; // pixels from the axes
/** @type {{done: boolean, count: number, ends: Set<() => void>}} */
const visit = { done: false, count: 0, ends: new Set() };
/** @param {HTMLElement} ring which the line describes */
export function createHint(ring) {
  visit.count += 1;
  const element = make("p", { className: "fall-line-hint", id: `fall-line-hint-${visit.count}` });
  const state = { map: /** @type {import("./panel.js").Panel | undefined} */ (undefined) };
  /** @param {import("./panel.js").Panel | undefined} map @param {string} text */
  function show(map, text) {
    if (visit.done || !text || !map || map.element.hidden) {
      end();
      return;
    }
    element.textContent = text;
    if (map !== state.map) map.followers.add(place);
    state.map = map;
    ring.setAttribute("aria-describedby", element.id);
    if (!element.isConnected) map.element.append(element);
    place();
  }
  /** At the lower edge, or at the upper one where the runs leave more room. */
  function place() {
    const { map } = state;
    if (!map || !element.isConnected || !map.isFlat()) return;
    const [across, down] = map.axes();
    const wide = lengthOf(across) ?? 0;
    const top = startOf(down) + EDGE;
    element.style.maxWidth = `${wide - 2 * EDGE}px`;
    const { offsetWidth, offsetHeight } = element;
    const left = startOf(across) + (wide - offsetWidth) / 2;
    const bottom = startOf(down) + (lengthOf(down) ?? 0) - EDGE - offsetHeight;
    const covered = (/** @type {number} */ edge) =>
      map.pointsWithin(left, edge, left + offsetWidth, edge + offsetHeight);
    const edge = covered(bottom) <= covered(top) ? bottom : top;
    element.style.translate = `${left}px ${edge}px`;
  }
  function end() {
    element.remove();
    ring.removeAttribute("aria-describedby");
  }
  visit.ends.add(end);
  const close = () => visit.ends.delete(end);
  return { show, close };
}
/** It was done: no stage says it again in this visit. */
export function endHints() {
  visit.done = true;
  for (const end of visit.ends) end();
}
