// What a class answers: dots on the map, or bars.
import { lengthOf, startOf, toPixels } from "./adapter/plotly.js";
import { make } from "./dom.js";
import { written } from "./numbering.js";
const BINS = 8;
/** @typedef {import("./panel.js").Panel} Panel */
/**
 * Dots that stay at their places on a map while it is zoomed.
 */
export function createDots() {
  const element = make("div", { className: "fall-line-dots" });
  element.setAttribute("aria-hidden", "true"); // what they come to is said in words
  const state = {
    map: /** @type {Panel | undefined} */ (undefined),
    points: /** @type {number[][]} */ ([]),
    truth: /** @type {number[] | null} */ (null),
  };
  /** @type {WeakSet<Panel>} */
  const followed = new WeakSet();
  /**
   * @param {Panel | undefined} map
   * @param {number[][]} points
   * @param {number[] | null} truth
   */
  function show(map, points, truth) {
    Object.assign(state, { map, points, truth });
    if (!map || (!points.length && !truth)) {
      element.remove();
      return;
    }
    if (!followed.has(map)) map.followers.add(place);
    followed.add(map);
    const dots = points.map(() => make("i"));
    if (truth) dots.push(make("i", { className: "fall-line-truth" }));
    element.replaceChildren(...dots);
    if (element.parentElement !== map.element) map.element.append(element);
    place();
  }
  function place() {
    const { map, points, truth } = state;
    if (!map || !element.isConnected || !map.isFlat()) return;
    const axes = map.axes();
    const all = truth ? [...points, truth] : points;
    all.forEach((point, k) => {
      const pixels = axes.map((axis, i) => toPixels(axis, point[i]));
      const dot = /** @type {HTMLElement} */ (element.children[k]);
      dot.hidden = !pixels.every((pixel, i) => pixel >= 0 && pixel <= (lengthOf(axes[i]) ?? 0));
      dot.style.translate = axes.map((axis, i) => `${startOf(axis) + pixels[i]}px`).join(" ");
    });
  }
  return { show };
}
/**
 * How many chose what, as bars in an order of their own.
 * @param {{kind: string, options: string[], bounds: number[][]}} question
 * @param {any[]} answers
 * @param {number | null} right the number of the option that is
 */
export function bars(question, answers, right) {
  const counted = question.kind === "choice" ? byOption(question, answers) : bySize(answers);
  const most = Math.max(1, ...counted.map(([, count]) => count));
  const rows = counted.map(([name, count], k) => {
    const bar = make("i");
    bar.style.width = `${(100 * count) / most}%`;
    const className = k === right ? "fall-line-right" : "";
    return make(
      "li",
      { className },
      make("span", {}, name),
      make("span", {}, bar),
      make("b", {}, String(count)),
    );
  });
  return make("ul", { className: "fall-line-bars" }, rows);
}
/** @returns {[string, number][]} */
function byOption({ options }, answers) {
  return options.map((name, k) => [name, answers.filter((answer) => answer === k).length]);
}
/** Positive numbers in bins that are equally wide on a logarithmic axis. @returns {[string, number][]} */
function bySize(answers) {
  if (!answers.length) return [];
  const logs = answers.map(Math.log10);
  const low = Math.min(...logs);
  const high = Math.max(...logs);
  const count = high > low ? BINS : 1;
  const edge = (/** @type {number} */ k) => written(10 ** (low + ((high - low) * k) / count), 2);
  const bin = (log) => Math.min(count - 1, Math.floor(((log - low) / (high - low || 1)) * count));
  return Array.from({ length: count }, (_, k) => [
    count === 1 ? edge(0) : `${edge(k)} – ${edge(k + 1)}`,
    logs.filter((log) => bin(log) === k).length,
  ]);
}
/**
 * The distance to a place that half of the points are nearer than.
 * @param {number[][]} points
 * @param {number[]} place
 */
export function medianDistance(points, place) {
  const [x, y] = place;
  const far = points.map((point) => Math.hypot(point[0] - x, point[1] - y)).sort((a, b) => a - b);
  const middle = Math.floor(far.length / 2);
  return far.length % 2 ? far[middle] : (far[middle - 1] + far[middle]) / 2;
}
