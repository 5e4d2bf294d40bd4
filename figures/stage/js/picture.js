// A panel as a file.
import { saveCamera, sizeOf } from "./adapter/plotly.js";
import { ballsAt, measured } from "./flood.js";
import { cut, lanes, lastSeen, pointAt } from "./playing.js";
import { INK, RIM } from "./theme.js";
/**
 * A panel as it is seen, as a data URL: with its zoom or camera, and its runs up to the present
 * step.
 * @param {any} plot
 * @param {import("./canvas.js").Scene} scene
 * @param {import("./playing.js").Now} now
 * @param {"png" | "svg"} format
 */
export function picture(plot, scene, now, format) {
  saveCamera(plot);
  const data = scene.traces.flatMap((trace) =>
    trace.meta?.flood
      ? [balls(trace, now)]
      : trace.meta?.plays
        ? lanes(trace).flatMap((lane) => upTo(lane, scene, now))
        : [trace],
  );
  const marked = scene.cursor && now.step < now.steps;
  const shapes = marked ? [mark(now.step, scene.ink)] : plot.layout.shapes;
  const layout = { ...plot.layout, shapes, paper_bgcolor: scene.paper };
  const scale = format === "png" ? 2 : 1;
  return Plotly.toImage({ data, layout }, { format, ...sizeOf(plot), scale });
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
function upTo(trace, { cursor, grows }, now) {
  const { frames } = trace.meta;
  if (frames) return [{ ...trace, y: frames[pointAt(trace, now.step, frames.length)] }];
  const last = lastSeen(trace, trace.x, trace.y, now);
  const line = cursor && !grows ? trace : { ...trace, ...cut(trace, 0, last + 1) };
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
  const size = cursor ? 7 : trace.z ? 5 : 11;
  const width = cursor || trace.z ? 1 : 2;
  const marker = { color: trace.line?.color, size, line: { color: RIM, width } };
  const point = cut(trace, last, last + 1);
  return { ...trace, mode: "markers", showlegend: false, marker, x: [last], ...point, zorder: 1 };
}
