// A question before the picture moves: its text for an audience, and places on the map that can be
// the answer.
import { lengthOf, startOf, toPixels } from "./adapter/plotly.js";
import { make } from "./dom.js";
/** @typedef {{at: number[], letter: string, name: string}} Mark a place, and what it is called */
/** @param {(number: number) => void} answer takes the number of a mark, counted from 0 */
export function createQuestion(answer) {
  const element = make("div", { className: "fall-line-asked" });
  const state = {
    map: /** @type {import("./panel.js").Panel | undefined} */ (undefined),
    written: "",
    buttons: /** @type {{at: number[], element: HTMLElement}[]} */ ([]),
  };
  /**
   * @param {import("./panel.js").Panel | undefined} map
   * @param {{text: string, answers: string[], marks: Mark[]} | null | undefined} asked
   */
  function show(map, asked) {
    const { text = "", answers = [], marks = [] } = asked ?? {};
    const written = JSON.stringify(asked ?? null);
    if (written !== state.written) {
      const lines = answers.map((line) => make("p", {}, line));
      element.replaceChildren(...(text ? [make("p", {}, make("strong", {}, text)), ...lines] : []));
      for (const { element } of state.buttons) element.remove();
      state.buttons = marks.map(marked);
      state.written = written;
    }
    if (!map || map.element.hidden) return;
    if (map !== state.map) map.followers.add(place);
    state.map = map;
    for (const { element } of state.buttons) if (!element.isConnected) map.element.append(element);
    place();
  }
  /** @param {Mark} mark @param {number} number */
  function marked({ at, letter, name }, number) {
    const element = make("button", { type: "button", className: "fall-line-mark" }, letter);
    element.ariaLabel = name;
    element.onclick = () => answer(number);
    return { at, element };
  }
  function place() {
    const { map, buttons } = state;
    if (!map || !buttons.length || !map.isFlat()) return;
    const axes = map.axes();
    for (const { at, element } of buttons) {
      const pixels = axes.map((axis, i) => toPixels(axis, at[i]));
      const inside = (pixel, i) => pixel >= 0 && pixel <= (lengthOf(axes[i]) ?? 0);
      element.hidden = !pixels.every(inside);
      element.style.translate = axes.map((axis, i) => `${startOf(axis) + pixels[i]}px`).join(" ");
    }
  }
  return { element, show };
}
