// Three dimensions far from 0. WebGL counts in 32 bits: Plotly is given coordinates that are small,
// an axis says from where it counts, as in "x − 1000", and hovers tell the true ones.
import { digitsWithin, written } from "./numbering.js";
// lengths of an axis: farther from 0 its points would be drawn by hundredths of a pixel
const FAR = 64;
const LETTERS = ["x", "y", "z"];
const WIDER = 1.15; // times as wide as high: a scene with the numbers beside it

/**
 * Where in a panel a scene is drawn whole, as shares of its height: Plotly measures a scene by its
 * height, and cuts what is beside one that is not wider than high.
 * @param {number} width
 * @param {number} height
 * @returns {[number, number]}
 */
export function whole(width, height) {
  const free = Math.max(0, 1 - width / (WIDER * height || 1)) / 2;
  return [free, 1 - free];
}

/**
 * @typedef {{digits: number, origin: number}} Axis digits that tell its ends apart, and where its 0
 * is put
 */

/**
 * Traces and layout as Plotly draws them well.
 * @param {any[]} traces
 * @param {any} layout
 * @returns {[any[], any]}
 */
export function nearZero(traces, layout) {
  const scene = layout.scene ?? {};
  const axes = /** @type {Record<string, Axis>} */ ({});
  for (const letter of LETTERS) axes[letter] = measured(traces, letter, scene[`${letter}axis`]);
  const far = LETTERS.some((letter) => axes[letter].origin);
  const looks = LETTERS.map((letter) => {
    const name = `${letter}axis`;
    return [name, { ...scene[name], ...numbered(scene[name] ?? {}, letter, axes[letter]) }];
  });
  const drawn = far ? traces.map((trace) => moved(trace, axes)) : traces;
  return [drawn, { ...layout, scene: { ...scene, ...Object.fromEntries(looks) } }];
}
/** @param {any[]} traces @param {string} letter @param {any} [asked] @returns {Axis} */
function measured(traces, letter, asked) {
  let [low, high] = asked?.range ?? [Infinity, -Infinity];
  const all = asked?.range ? [] : traces.flatMap((trace) => rows(trace[letter] ?? []));
  for (const row of all) {
    for (const number of row) {
      if (number < low) low = number;
      if (number > high) high = number;
    }
  }
  const span = high - low;
  const far = Math.max(Math.abs(low), Math.abs(high)) > FAR * span && Number.isFinite(span);
  const unit = 10 ** Math.ceil(Math.log10(span));
  return { digits: digitsWithin(low, high), origin: far ? Math.round(low / unit) * unit : 0 };
}
/** An axis that counts from elsewhere. */
function numbered(asked, letter, { digits, origin }) {
  const hoverformat = `.${digits}~g`;
  if (!origin) return { hoverformat };
  const name = asked.title?.text ?? letter;
  const sign = origin < 0 ? "+" : "−";
  return {
    range: asked.range?.map((end) => end - origin),
    tickvals: asked.tickvals?.map((number) => number - origin),
    title: { ...asked.title, text: `${name} ${sign} ${written(Math.abs(origin), digits)}` },
  };
}
/**
 * A trace in its new place, with its true numbers as `customdata`.
 * @param {Record<string, Axis>} axes
 */
function moved(trace, axes) {
  const by = Object.fromEntries(LETTERS.map((letter) => [letter, axes[letter].origin]));
  const { contours = {} } = trace;
  const heights = contours.z && {
    ...contours.z,
    start: contours.z.start - by.z,
    end: contours.z.end - by.z,
  };
  return {
    ...trace,
    ...Object.fromEntries(LETTERS.map((letter) => [letter, minus(trace[letter], by[letter])])),
    ...(trace.cmin !== undefined && { cmin: trace.cmin - by.z, cmax: trace.cmax - by.z }),
    ...(heights && { contours: { ...contours, z: heights } }),
    ...(trace.hovertemplate && {
      customdata: trueNumbers(trace),
      hovertemplate: trueHover(trace.hovertemplate, axes),
    }),
  };
}
/** For each point of a line, for each node of a surface: x, y, z and what it carries itself. */
function trueNumbers({ type, x, y, z, customdata }) {
  if (type !== "surface") return Array.from(z, (_, k) => [x[k], y[k], z[k], customdata?.[k]]);
  return z.map((row, j) =>
    Array.from(row, (_, i) => [x?.[i] ?? i, y?.[j] ?? j, row[i], customdata?.[j][i]]),
  );
}
/** The same text, from these numbers. @param {string} text @param {Record<string, Axis>} axes */
function trueHover(text, axes) {
  return text
    .replace(/%\{customdata/g, "%{customdata[3]")
    .replace(/%\{([xyz])(:[^}]*)?\}/g, (_, letter, format) => {
      const place = LETTERS.indexOf(letter);
      return `%{customdata[${place}]${format ?? `:.${axes[letter].digits}~g`}}`;
    });
}
/** Rows of numbers: of a line there is one. @returns {any[]} */
const rows = (numbers) => (typeof numbers[0] === "object" ? [...numbers] : [numbers]);
/** @returns {any} */
function minus(numbers, origin) {
  if (!numbers || !origin) return numbers;
  if (typeof numbers[0] === "object") return numbers.map((row) => minus(row, origin));
  return Float64Array.from(numbers, (number) => number - origin);
}
