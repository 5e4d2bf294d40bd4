// Many starts of one run, each a ball that is coloured by where it ends.
import { pointAt } from "./playing.js";
import { INK, RIM, SOFT } from "./theme.js";
const RADIUS = 0.28; // of a ball, in heights of the letters
/**
 * @typedef {object} Flood
 * @property {any} trace
 * @property {Float64Array} x in pixels, start by start
 * @property {Float64Array} y
 * @property {number} length of each, in points
 */
/** The trace that holds them, where there is one. @param {any[]} traces */
export const floodIn = (traces) => traces.find(({ meta }) => meta?.flood);
/**
 * @param {any} trace
 * @param {{x: Float64Array, y: Float64Array}} pixels
 * @returns {Flood}
 */
export const measured = (trace, pixels) => ({
  trace,
  ...pixels,
  length: trace.meta.steps.length,
});
/**
 * Where each of them is between two of its points, by end; those that left where they were last in
 * sight.
 * @param {Flood} flood
 * @param {number} step between two steps too
 * @param {(x: number, y: number) => boolean} isInside
 * @returns {{colour: string, x: number, y: number}[]} without a colour what has left
 */
export function ballsAt({ trace, x, y, length }, step, isInside = () => true) {
  const { steps, which, colours } = trace.meta;
  const k = pointAt(trace, step, length);
  const next = Math.min(k + 1, length - 1);
  const share = next > k ? (step - steps[k]) / (steps[next] - steps[k]) : 0;
  return Array.from(which, (end, start) => {
    const first = start * length;
    const left = Number.isNaN(x[first + k]);
    let [here, there] = [first + k, first + next];
    while (here > first && left && (Number.isNaN(x[here]) || !isInside(x[here], y[here]))) here--;
    if (left || Number.isNaN(x[there])) there = here;
    return {
      colour: left ? "" : colours[end] || INK,
      x: x[here] + share * (x[there] - x[here]),
      y: y[here] + share * (y[there] - y[here]),
    };
  });
}
/**
 * @param {CanvasRenderingContext2D} context
 * @param {Flood} flood
 * @param {number} step
 * @param {{letters: number, grows: boolean}} look whether the answer is kept back too
 * @param {import("./labels.js").Box} edge
 */
export function drawFlood(context, flood, step, { letters, grows }, edge) {
  const radius = RADIUS * letters;
  const isInside = (x, y) => x > edge.left && x < edge.right && y > edge.top && y < edge.bottom;
  context.globalAlpha = 1;
  context.setLineDash([]);
  for (const { colour, x, y } of ballsAt(flood, step, isInside)) {
    if (colour) ball(context, x, y, radius, grows ? SOFT : colour);
    else cross(context, x, y, radius);
  }
}
function ball(context, x, y, radius, colour) {
  context.fillStyle = colour;
  context.strokeStyle = RIM;
  context.lineWidth = 1;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}
function cross(context, x, y, radius) {
  for (const [colour, width] of /** @type {const} */ ([
    [RIM, 4],
    [INK, 2],
  ])) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(x - radius, y - radius);
    context.lineTo(x + radius, y + radius);
    context.moveTo(x - radius, y + radius);
    context.lineTo(x + radius, y - radius);
    context.stroke();
  }
}
