// A panel as a file.
import { saveCamera, sizeOf } from "./adapter/plotly.js";
import { ballsAt, measured } from "./flood.js";
import { atStep } from "./moments.js";
import { overSurface } from "./over_surface.js";
import { cut, lanes, lastSeen, pointAt } from "./playing.js";
import { INK, RIM } from "./theme.js";
import { inWords, titled } from "./words.js";
const ROOM = { title: 34, axis: 20, row: 22, gap: 8 }; // pixels around the panel that are added
const SWATCH = 44; // pixels of the line before a name of the legend, and of the gap behind it
const LETTER = 8; // pixels of a letter of the legend, at most
const RING = { size: 17, rim: 7, width: 3 }; // pixels of the ring at the start
/**
 * @typedef {object} Around what a file says beside the panel
 * @property {string} heading what is shown
 * @property {number[] | null} start where the ring is, on a map
 */
/**
 * A panel as it is seen, as a data URL: with its zoom or camera, and its runs up to the present
 * step. A file stands alone, and so has what the page has around the panel: a title, the names of
 * the runs and of the axes, and the ring at the start.
 * @param {any} plot
 * @param {import("./canvas.js").Scene} scene
 * @param {import("./playing.js").Now} now
 * @param {"png" | "svg"} format
 * @param {Around} around
 */
export function picture(plot, scene, now, format, { heading, start }) {
  saveCamera(plot);
  const isMap = Boolean(plot.layout.meta?.covers);
  const named = new Set(scene.traces.filter(inLegend).map(({ name }) => name));
  const data = scene.traces.flatMap((trace) => {
    if (trace.meta?.flood) return [balls(trace, now)];
    if (!trace.meta?.plays) return [atStep(trace, now.step)];
    const showlegend = trace.meta.head !== false && !named.has(trace.name);
    if (showlegend) named.add(trace.name);
    if (trace.z) return [{ ...trace, showlegend, x: [null], y: [null], z: [null] }];
    return lanes(trace).flatMap((lane, i) => upTo(lane, scene, now, showlegend && i === 0));
  });
  if (isMap && start) data.push(...ring(start[0], start[1]));
  const marked = scene.cursor && now.step < now.steps;
  const shapes = [
    ...(marked ? [mark(now.step, scene.ink)] : (plot.layout.shapes ?? [])),
    ...(plot.layout.scene ? overSurface(plot, scene.traces, now) : []),
  ];
  const [step, steps] = [now.step, now.steps].map((count) => count.toLocaleString("en"));
  const played = now.steps && inWords("step {step} of {steps}", { step, steps });
  const title = titled([heading, scene.cursor && words(plot), played]);
  const { layout, size } = framed(plot, title, scene.cursor, isMap, named);
  const scale = format === "png" ? 2 : 1;
  const file = { ...layout, shapes, paper_bgcolor: scene.paper };
  return Plotly.toImage({ data, layout: file }, { format, ...size, scale });
}
/** Whether a trace that does not play has its name in the panel's own legend. */
function inLegend({ name, showlegend, type, meta }) {
  return (
    Boolean(name) && showlegend !== false && !meta?.plays && /^scatter/.test(type ?? "scatter")
  );
}
/** What a panel calls itself. @returns {string | undefined} */
const words = (plot) => plot.layout.title?.text;
/** The layout with a title above, the names of runs below and of the axes beside, and its size. */
function framed(plot, title, cursor, isMap, names) {
  const { width, height } = sizeOf(plot);
  const { margin = {}, xaxis, yaxis } = plot.layout;
  const axes = isMap
    ? { x: "x", y: "y" }
    : { x: cursor && !xaxis?.ticktext && inWords("step"), y: "" };
  const x = axes.x && !xaxis?.title?.text ? axes.x : "";
  const y = axes.y && !yaxis?.title?.text ? axes.y : "";
  const added = { t: ROOM.title, l: y ? ROOM.axis : 0, b: x ? ROOM.axis : 0 };
  const wide = width + added.l;
  const longest = Math.max(0, ...[...names].map(lettersOf)) * LETTER + SWATCH;
  const abreast = Math.max(1, Math.floor(wide / longest));
  const rows = Math.ceil(names.size / abreast);
  const below = rows ? rows * ROOM.row + ROOM.gap : 0;
  const { t = 0, l = 0, b = 0 } = margin;
  const layout = {
    ...plot.layout,
    margin: { ...margin, t: t + added.t, l: l + added.l, b: b + added.b + below },
    title: {
      text: escaped(title),
      font: { size: 15 },
      x: 0,
      xanchor: "left",
      y: 1,
      yref: "container",
      yanchor: "top",
      pad: { t: 11, l: 12 },
      automargin: false,
    },
  };
  if (x) layout.xaxis = { ...xaxis, title: { text: x, standoff: 4 } };
  if (y) layout.yaxis = { ...yaxis, title: { text: y, standoff: 4 } };
  if (rows) {
    layout.showlegend = true;
    layout.legend = {
      ...plot.layout.legend,
      ...{ orientation: "h", entrywidth: longest - SWATCH, entrywidthmode: "pixels" },
      ...{ x: 0, xref: "container", xanchor: "left", y: 0, yref: "container", yanchor: "bottom" },
      bgcolor: "rgba(0, 0, 0, 0)",
      font: undefined,
    };
  }
  return { layout, size: { width: wide, height: height + added.t + added.b + below } };
}
/** How many letters a name is long; one of Chinese is as wide as two. @param {string} name */
const lettersOf = (name) =>
  [...name].reduce((sum, letter) => sum + (letter >= "\u2e80" ? 2 : 1), 0);
/** Text that Plotly takes for nothing else. @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
/** The ring at the start, on its rim. */
function ring(x, y) {
  return [
    [RING.rim, INK],
    [RING.width, RIM],
  ].map(([width, color]) => ({
    type: "scatter",
    x: [x],
    y: [y],
    mode: "markers",
    marker: { symbol: "circle-open", size: RING.size, color, line: { width, color } },
    showlegend: false,
    cliponaxis: false,
    zorder: 2,
  }));
}
/** The line at the present step. */
function mark(step, color) {
  return {
    type: "line",
    yref: "paper",
    x0: step,
    x1: step,
    y0: 0,
    y1: 1,
    line: { color, width: 1 },
  };
}
/**
 * A run's line and its head. Curves are whole, and have a head only while there are steps to come.
 */
function upTo(trace, { cursor, grows }, now, showlegend) {
  const { frames, across } = trace.meta;
  const named = { ...trace, showlegend };
  if (frames) {
    const at = pointAt(trace, now.step, frames.length);
    return [{ ...named, ...(across && { x: across[at] }), y: frames[at] }];
  }
  const last = lastSeen(trace, trace.x, trace.y, now);
  const line = cursor && !grows ? named : { ...named, ...cut(trace, 0, last + 1) };
  if (trace.meta.head === false || (cursor && now.step >= now.steps)) return [line];
  return [line, head(trace, last, cursor)];
}
/** Many starts where they are. */
function balls(trace, /** @type {import("./playing.js").Now} */ now) {
  const places = ballsAt(measured(trace, trace), now.position);
  const each = (key) => places.map((place) => place[key]);
  const marker = {
    size: 8,
    color: each("colour").map((colour) => colour || INK),
    symbol: each("colour").map((colour) => (colour ? "circle" : "x")),
    line: { color: RIM, width: 1 },
  };
  return {
    type: "scatter",
    mode: "markers",
    x: each("x"),
    y: each("y"),
    marker,
    showlegend: false,
  };
}
/** The disc at the end of a run, above all lines. */
function head(trace, last, cursor) {
  const size = cursor ? 7 : 11;
  const width = cursor ? 1 : 2;
  const marker = { color: trace.line?.color, size, line: { color: RIM, width } };
  const point = cut(trace, last, last + 1);
  const whole = { cliponaxis: false, zorder: 1 };
  return { ...trace, mode: "markers", showlegend: false, marker, x: [last], ...point, ...whole };
}
