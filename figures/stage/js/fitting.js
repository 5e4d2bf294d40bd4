// The two axes of a panel: what they show, and the numbers beside them.
import { axisOf, letterSizeOf } from "./adapter/plotly.js";
import { numbering } from "./numbering.js";
import { length } from "./ranges.js";
export const FLAT = ["xaxis", "yaxis"];
const FITS = 3; // times that labels and picture may change each other
const LONGER = 1.00001; // times as long, beyond rounding: an axis that shows more than it was asked for
/**
 * @param {any} plot
 * @param {string} name of the panel
 * @param {import("./panel.js").Kept} kept
 * @param {import("./panel.js").State} state
 */
export function createFitting(plot, name, kept, state) {
  const axes = () => FLAT.map((axis) => axisOf(plot, axis));
  const isFlat = () => axes().every((axis) => axis?.range); // and still there
  /**
   * Writes the numbers beside the axes and in the hover with the digits that the ranges in view
   * need.
   */
  function number() {
    if (!isFlat()) return undefined;
    const changes = {};
    for (const axis of FLAT) {
      if (axis === "xaxis" && state.scene.cursor) continue; // steps are whole numbers
      const options = numbering(axis, axisOf(plot, axis), state.home[axis], letterSizeOf(plot));
      state.numbered[axis] = options;
      for (const [key, value] of Object.entries(options)) {
        if (plot.layout[axis]?.[key] !== value) changes[`${axis}.${key}`] = value ?? null;
      }
    }
    return Object.keys(changes).length ? Plotly.relayout(plot, changes) : undefined;
  }
  /**
   * Long labels make the picture smaller, and both axes then show more than was asked for: one is
   * enough.
   */
  async function fit() {
    const wished = FLAT.map(wish);
    const widened = (axis, i) => wished[i] && LONGER * length(wished[i]) < length(axis.range);
    state.fitting += 1;
    for (let again = 0; again < FITS && isFlat() && axes().every(widened); again++)
      await Plotly.relayout(plot, { "xaxis.range": wished[0], "yaxis.range": wished[1] });
    state.fitting -= 1;
  }
  /** The range of an axis that was zoomed to, else the one that its figure asks for. */
  function wish(axis) {
    const range = kept.get(name)?.layout[axis]?.range ?? state.home[axis]?.range;
    return range && [...range];
  }
  return { axes, isFlat, number, fit, wish };
}
