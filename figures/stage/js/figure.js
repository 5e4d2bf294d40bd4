// What of a figure of ours is given to Plotly.
import { nearZero } from "./spatial.js";
import { overlay } from "./unpack.js";
/**
 * The traces as Plotly draws them: those that play are there for the pointer alone, the canvas
 * draws them.
 * @param {any[]} traces
 * @param {boolean} silent whether the pointer learns nothing of them either
 */
export function withoutRuns(traces, silent) {
  const mute = silent ? { hoverinfo: "skip", hovertemplate: null } : {};
  return traces.map((trace) => ({ ...trace, ...(trace.meta?.plays && { opacity: 0, ...mute }) }));
}
/** A figure in the colours of the page; three dimensions so that Plotly draws them well. */
export function dressed(name, figure, theme) {
  const inDark = (part) => (theme.dark ? overlay(part, part.meta?.dark ?? {}) : part);
  const prefix = name.replace(/\W/g, "-");
  const traces = figure.data.map((trace, i) => ({ uid: `${prefix}-${i}`, ...inDark(trace) }));
  const layout = {
    autosize: true,
    template: theme.template,
    ...inDark(figure.layout),
    uirevision: undefined,
  };
  const three = traces.some(({ type }) => /3d|surface/.test(type ?? ""));
  if (!three) return { traces, layout, three };
  const [moved, counted] = nearZero(traces, layout);
  return { traces: moved, layout: counted, three };
}
/** What a figure asks of an axis, of all that changes with what is in view. */
export function asked(axis = /** @type {any} */ ({})) {
  const { range, nticks, exponentformat, hoverformat } = axis;
  return { range: range?.slice(), nticks, exponentformat, hoverformat };
}
