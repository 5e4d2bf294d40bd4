// Meshes that play: a trace with one mesh for each of several steps, of which Plotly has the present
// one.
import { pointAt } from "./playing.js";
/** Which traces are such. @param {any[]} traces @returns {number[]} */
export const thatPlay = (traces) => [...traces.keys()].filter((i) => traces[i].meta?.moments);
/** Which of its meshes belongs to a step. @param {any} trace @param {number} step */
export const momentAt = (trace, step) => pointAt(trace, step, trace.meta.steps.length);
/** A trace with the mesh that belongs to a step; any other trace as it is. */
export function atStep(trace, /** @type {number} */ step) {
  const moments = Object.entries(trace.meta?.moments ?? {});
  const present = moments.map(([key, meshes]) => [key, meshes[momentAt(trace, step)]]);
  return { ...trace, ...Object.fromEntries(present) };
}
