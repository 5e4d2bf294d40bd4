// The runs on a surface as shapes over it, for a file: pale where the surface hides them, their heads
// whole, as the canvas draws them.
import { originOf } from "./adapter/plotly.js";
import { fannedOut } from "./heads.js";
import { cut, lanes, lastSeen } from "./playing.js";
import { BEHIND, byCamera } from "./projection.js";
import { RIM } from "./theme.js";
const WIDEST = 3; // pixels of a line
const DISC = { radius: 6, rim: 2 }; // pixels of a head
// Plotly measures such shapes in pixels from the upper left corner of what the axes span, upwards.
const PIXELS = {
  ...{ xref: "paper", xanchor: 0, xsizemode: "pixel" },
  ...{ yref: "paper", yanchor: 1, ysizemode: "pixel" },
};
/** @param {any} plot @param {any[]} traces @param {import("./playing.js").Now} now */
export function overSurface(plot, traces, now) {
  const { place, inSight = () => true } = byCamera(plot, traces);
  const { left, top } = originOf(plot);
  const runs = traces.filter((trace) => trace.meta?.plays && trace.z).flatMap(lanes);
  const lines = [];
  const heads = [];
  for (const run of runs) {
    const last = lastSeen(run, run.x, run.y, now);
    const part = { ...run, ...cut(run, 0, last + 1) };
    const points = Array.from(part.x, (x, k) => {
      const [across, down] = place(x, part.y[k], part.z[k]);
      return [across - left, top - down];
    });
    const { opacity = 1, line } = run;
    lines.push(
      path(points, line, BEHIND * opacity),
      path(
        points.map((point, k) => (inSight(part, k) ? point : [NaN, NaN])),
        line,
        opacity,
      ),
    );
    const [x, y] = points[last];
    if (run.meta.head !== false) heads.push({ x, y, start: [x, y], colour: line?.color, name: "" });
  }
  return [...lines.filter(({ path }) => path), ...fannedOut(heads, DISC.radius).map(disc)];
}
/** A line through the points, with a gap where there is none. */
function path(points, line, opacity) {
  let pen = "M";
  let drawn = "";
  for (const [x, y] of points) {
    const known = Number.isFinite(x + y);
    if (known) drawn += `${pen}${x.toFixed(1)},${y.toFixed(1)}`;
    pen = known ? "L" : "M";
  }
  const look = { ...line, width: Math.min(line?.width ?? 2, WIDEST) };
  return { type: "path", path: drawn, line: look, opacity, layer: "above", ...PIXELS };
}
function disc({ x, y, colour }) {
  const { radius, rim } = DISC;
  const ends = { x0: x - radius, x1: x + radius, y0: y - radius, y1: y + radius };
  return {
    ...{ type: "circle", ...ends, ...PIXELS, layer: "above" },
    ...{ fillcolor: colour, line: { color: RIM, width: rim } },
  };
}
