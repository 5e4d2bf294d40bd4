// What of a figure of ours is given to Plotly.
import { nearZero } from "./spatial.js";
import { IN_THE_DARK } from "./theme.js";
import { overlay } from "./unpack.js";
export const LETTERS = 12; // pixels, where a figure does not say
export const MARGIN = { l: 40, r: 8, t: 8, b: 28 };
/**
 * The traces as Plotly draws them: those that play are there for the pointer alone, the canvas
 * draws them.
 * @param {any[]} traces
 * @param {boolean} silent whether the pointer learns nothing of them either
 */
export function withoutRuns(traces, silent) {
  const mute = silent ? { hoverinfo: "skip", hovertemplate: null } : {};
  const seen = silent ? traces.filter(({ meta }) => !meta?.ends) : traces;
  return seen.map((trace) => ({ ...trace, ...(trace.meta?.plays && { opacity: 0, ...mute }) }));
}
/** A figure in the colours of the page; three dimensions so that Plotly draws them well. */
export function dressed(name, figure, theme) {
  const inDark = (part) => (theme.dark ? overlay(part, part.meta?.dark ?? {}) : part);
  const coloured = (trace) => inDark(theme.dark ? recoloured(trace) : trace);
  const prefix = name.replace(/\W/g, "-");
  const traces = figure.data.map((trace, i) => ({
    uid: `${prefix}-${i}`,
    ...coloured(labelled(trace)),
  }));
  const layout = {
    autosize: true,
    template: theme.template,
    ...inDark(figure.layout),
    uirevision: undefined,
  };
  if (theme.larger > 1) enlarge(traces, layout, theme.larger);
  const three = traces.some(({ type }) => /3d|surface/.test(type ?? ""));
  if (!three) return { traces, layout, three };
  const [moved, counted] = nearZero(traces, layout);
  return { traces: moved, layout: evenlyLettered(counted), three };
}
/**
 * A map of cells that are of few kinds, with the name of its kind at every cell: as many words would
 * not be sent.
 */
function labelled(trace) {
  const { labels, shades } = trace.meta ?? {};
  if (!labels) return trace;
  const name = (/** @type {number} */ value) => labels[Math.floor(value / shades)];
  return { ...trace, text: trace.z.map((row) => Array.from(row, name)) };
}
/** A trace with the colours of a dark page for those of runs and kinds. */
function recoloured(trace) {
  const changed = { ...trace };
  for (const part of ["line", "marker", "textfont"]) {
    if (trace[part]?.color) changed[part] = { ...trace[part], color: inTheDark(trace[part].color) };
  }
  const { colours } = trace.meta ?? {}; // of many starts, by where they end
  if (colours) changed.meta = { ...trace.meta, colours: inTheDark(colours) };
  return changed;
}
/**
 * The colour, or the colours, that stand for these on a dark page.
 * @template {string | any[]} T
 * @param {T} colour
 * @returns {T}
 */
export function inTheDark(colour) {
  if (Array.isArray(colour)) return /** @type {T} */ (colour.map((each) => inTheDark(each)));
  return /** @type {T} */ (IN_THE_DARK[/** @type {string} */ (colour)] ?? colour);
}
/**
 * A scene whose numbers have the height of all other letters: Plotly makes them larger by the square
 * of their size.
 */
function evenlyLettered(layout) {
  const size = Math.sqrt(LETTERS * (layout.font?.size ?? LETTERS));
  const axes = ["xaxis", "yaxis", "zaxis"].map((name) => {
    const axis = layout.scene[name];
    return [name, { ...axis, tickfont: { size, ...axis?.tickfont } }];
  });
  return { ...layout, scene: { ...layout.scene, ...Object.fromEntries(axes) } };
}
/** Letters and lines so many times as large as they were, and room for them. */
function enlarge(traces, layout, factor) {
  const letters = (font, usual) => ({ ...font, size: factor * (font?.size ?? usual) });
  layout.font = letters(layout.font, LETTERS);
  if (layout.title?.font)
    layout.title = { ...layout.title, font: letters(layout.title.font, LETTERS) };
  if (layout.legend?.font?.size)
    layout.legend = { ...layout.legend, font: letters(layout.legend.font, LETTERS) };
  layout.annotations = layout.annotations?.map((each) => ({
    ...each,
    ...(each.font?.size && { font: letters(each.font, LETTERS) }),
  }));
  const sides = Object.entries({ ...MARGIN, ...layout.margin });
  layout.margin = Object.fromEntries(sides.map(([side, width]) => [side, factor * width]));
  for (const trace of traces) {
    const { line, marker } = trace;
    if (line?.width) trace.line = { ...line, width: factor * line.width };
    if (typeof marker?.size === "number") trace.marker = { ...marker, size: factor * marker.size };
  }
}
/** What a figure asks of an axis, of all that changes with what is in view. */
export function asked(axis = /** @type {any} */ ({})) {
  const { range, nticks, exponentformat, hoverformat } = axis;
  return { range: range?.slice(), nticks, exponentformat, hoverformat };
}
