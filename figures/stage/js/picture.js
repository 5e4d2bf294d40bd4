// A panel as it is seen, as a picture to save: zoom, camera, and the runs up to the present step.
import { lanes, lastSeen } from "./canvas.js";

/** @returns {Promise<string>} a data URL */
export function still(plot, { traces, cursor, ink }, now, paper, format) {
  const { width, height, scene } = plot._fullLayout;
  scene?._scene?.saveLayout(plot.layout);
  const moving = now.step < now.steps;
  const line = { type: "line", yref: "paper", x0: now.step, x1: now.step, y0: 0, y1: 1, line: { color: ink, width: 1 } };
  const shapes = cursor && moving ? [line] : plot.layout.shapes;
  const data = traces.flatMap((trace) => (trace.meta?.plays ? lanes(trace).flatMap((lane) => upTo(lane, cursor, now)) : [trace]));
  const layout = { ...plot.layout, shapes, paper_bgcolor: paper };
  return Plotly.toImage({ data, layout }, { format, width, height, scale: format === "png" ? 2 : 1 });
}

/** A run's line and its head. Curves are whole, and have a head only while there are steps to come. */
function upTo(trace, cursor, now) {
  const { frames, head } = trace.meta;
  if (frames) return [{ ...trace, y: frames[Math.min(now.step, frames.length - 1)] }];
  const last = lastSeen(trace.x, trace.y, now);
  const axes = ["x", "y", "z"].filter((axis) => trace[axis]);
  const part = (from) => Object.fromEntries(axes.map((axis) => [axis, trace[axis].slice(from, last + 1)]));
  const size = cursor ? 7 : trace.z ? 5 : 11;
  const marker = { color: trace.line?.color, size, line: { color: "#ffffff", width: cursor || trace.z ? 1 : 2 } };
  const dot = { type: trace.type, mode: "markers", showlegend: false, marker, x: [last], ...part(last) };
  const line = cursor ? trace : { ...trace, ...part(0) };
  return head === false || (cursor && now.step >= now.steps) ? [line] : [line, dot];
}
