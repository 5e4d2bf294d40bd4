// What moves, drawn over a panel at every frame: trails, heads, and the line at the present step.
import { make } from "./dom.js";
const DASHES = {
  dot: [1, 1.5],
  dash: [3, 3],
  longdash: [5, 5],
  dashdot: [3, 1, 1, 1],
  longdashdot: [5, 2, 1, 2],
};
const FRESH = 0.15; // share of the steps that the bright end of a trail covers
const NEAR = 0.25; // pixels within which a line needs no other point: a run at rest has hundreds
const FAR = 1e4; // pixels: farther from the picture than anything that is in it
const BEHIND = 0.3; // opacity of a run behind the surface
const calm = matchMedia("(prefers-reduced-motion: reduce)");
/** @typedef {{step: number, steps: number}} Now */
/** @typedef {{traces: any[], cursor: boolean, grows: boolean, ink: string, paper: string}} Scene */
/** @param {any} plot @param {Now} now */
export function createCanvas(plot, now) {
  const element = make("canvas", { className: "fall-line-canvas", ariaHidden: "true" });
  // Long trails are drawn faster by the processor than by a graphics card, and far faster than by an imitated one.
  const context = /** @type {CanvasRenderingContext2D} */ (
    element.getContext("2d", { willReadFrequently: true })
  );
  let scene = /** @type {Scene} */ ({});
  let paths = []; // the traces that play, with their points in pixels of the panel
  let still = /** @type {ImageData | null} */ (null); // curves, which stay while their heads move
  /** Where the points lie now: after a redraw, a zoom, a turn of the camera, another size. */
  function measure() {
    const layout = plot._fullLayout;
    if (!layout?._size) return;
    const [width, height] = [layout.width, layout.height].map((length) =>
      Math.round(length * devicePixelRatio),
    );
    if (element.width !== width || element.height !== height)
      Object.assign(element, { width, height });
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    paths = scene.traces.flatMap((trace, i) => {
      if (!trace.meta?.plays || plot._fullData[i]?.visible !== true) return [];
      const [place, inSight] = trace.z
        ? perspective(layout.scene._scene, layout, scene.traces)
        : level(layout);
      return lanes(trace).flatMap((lane) => {
        const path = { trace: lane, place, ...pixels(place, lane.x, lane.y, lane.z) };
        if (!inSight) return path;
        const [behind, before] = [
          { ...lane, opacity: BEHIND },
          { ...lane, meta: { ...lane.meta, head: false } },
        ];
        const y = path.y.map((pixel, k) => (inSight(lane, k) ? pixel : NaN));
        return [
          { ...path, trace: behind },
          { ...path, y, trace: before },
        ];
      });
    });
    still = null;
    draw();
  }
  function draw() {
    const [moving, { xaxis, yaxis }] = [now.step < now.steps, plot._fullLayout];
    if (still) context.putImageData(still, 0, 0);
    else context.clearRect(0, 0, element.width, element.height);
    context.save();
    context.beginPath();
    if (xaxis?._length && yaxis)
      context.rect(xaxis._offset, yaxis._offset, xaxis._length, yaxis._length);
    else context.rect(0, 0, element.width, element.height);
    context.clip();
    if (!still) paths.forEach(trail);
    if (scene.cursor && moving) {
      if (!scene.grows) still ??= context.getImageData(0, 0, element.width, element.height);
      const [left, top] = [Math.round(xaxis._offset + xaxis.d2p(now.step)) + 0.5, yaxis._offset];
      Object.assign(context, { strokeStyle: scene.ink, lineWidth: 1 }).setLineDash([3, 3]);
      stroke([left, left], [top, top + yaxis._length], 0, 1);
    }
    Object.assign(context, {
      globalAlpha: 1,
      strokeStyle: "#ffffff",
      lineWidth: scene.cursor ? 1 : 2,
    });
    context.setLineDash([]);
    if (!scene.cursor || moving)
      paths.filter(({ trace }) => trace.meta.head !== false).forEach(head);
    context.restore();
  }
  /** A run up to the present step, older steps paler; or the line that belongs to the present step. */
  function trail({ trace, place, x, y }) {
    const {
      line = {},
      opacity = 1,
      meta: { frames },
    } = trace;
    const width = Math.min(line.width ?? 2, trace.z ? 3 : 9);
    const dash = DASHES[line.dash]?.map((part) => part * Math.max(width, 3));
    const lineCap = frames ? "round" : "butt";
    Object.assign(context, {
      strokeStyle: line.color,
      lineWidth: width,
      lineJoin: "round",
      lineCap,
    });
    context.setLineDash(dash ?? (line.dash?.match(/\d+(?=px)/g) ?? []).map(Number));
    if (frames)
      ({ x, y } = pixels(place, trace.x, frames[pointAt(trace, now.step, frames.length)]));
    const whole = frames || (scene.cursor && !scene.grows) || now.step >= now.steps;
    const even = whole || scene.cursor || calm.matches; // as bright from end to end
    const old = even ? 0 : Math.max(0, Math.floor(now.step - FRESH * now.steps));
    const fresh = pointAt(trace, old, x.length);
    stroke(x, y, 0, fresh, 0.5 * opacity);
    stroke(x, y, fresh, whole ? x.length : pointAt(trace, now.step, x.length), opacity);
  }
  /** A line that ends where there is nothing, and begins again behind it; a point alone is a dot under round ends. */
  function stroke(x, y, from, to, globalAlpha = 1) {
    Object.assign(context, { globalAlpha }).beginPath();
    for (let k = from, last = -1; k <= to && k < x.length; k++) {
      const before = last < 0 ? k : last;
      const away = Math.abs(x[k] - x[before]) + Math.abs(y[k] - y[before]);
      if (last >= 0 && away <= NEAR) continue;
      if (last < 0) context.moveTo(x[k], y[k]);
      if (away > FAR) leap(x[before], y[before], x[k], y[k]);
      else context.lineTo(x[k], y[k]);
      last = Number.isFinite(away) ? k : -1;
    }
    context.stroke();
  }
  /** Of a long way the part that is near the picture: a million dashes that nobody sees would take a second. */
  function leap(ax, ay, bx, by) {
    const span = (a, b) => [-FAR, FAR].map((end) => (end - a) / (b - a)).sort((s, t) => s - t);
    const [[left, right], [low, high]] = [span(ax, bx), span(ay, by)];
    const [begin, end] = [Math.max(0, left, low), Math.min(1, right, high)];
    if (begin < end) context.moveTo(ax + begin * (bx - ax), ay + begin * (by - ay));
    if (begin < end) context.lineTo(ax + end * (bx - ax), ay + end * (by - ay));
    context.moveTo(bx, by);
  }
  function head({ trace, x, y }) {
    const k = lastSeen(trace, x, y, now);
    Object.assign(context, { fillStyle: trace.line?.color ?? trace.marker?.color }).beginPath();
    context.arc(x[k], y[k], scene.cursor ? 3.5 : 6, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
  return { element, measure, draw, show: (/** @type {Scene} */ next) => (scene = next) };
}
/** Where among the points of a trace a step is; those between two points that are drawn are at the first of these. */
export function pointAt({ meta: { steps } }, step, length) {
  if (!steps) return Math.min(step, length - 1);
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (steps[middle] <= step) low = middle;
    else high = middle - 1;
  }
  return low;
}
/** The trajectories in a trace that holds several of equal length, each ended by a gap. */
function lanes(trace) {
  const many = Array.from(
    { length: trace.meta.lanes ?? 1 },
    (_, i) => (i * trace.y.length) / trace.meta.lanes,
  );
  return many.length < 2
    ? [trace]
    : many.map((from) => ({ ...trace, ...cut(trace, from, from + many[1]) }));
}
/** A part of what a trace is drawn from. */
function cut(trace, from, to) {
  const part = {};
  for (const axis of ["x", "y", "z"]) if (trace[axis]) part[axis] = trace[axis].slice(from, to);
  if (trace.meta.steps) part.meta = { ...trace.meta, steps: trace.meta.steps.slice(from, to) };
  return part;
}
/** The last point up to the present step at which a run was still there; at the end of all. */
function lastSeen(trace, x, y, { step, steps }) {
  let k = pointAt(trace, step < steps ? step : Infinity, y.length);
  while (k > 0 && Number.isNaN((x ? x[k] : k) + y[k])) k--;
  return k;
}
function pixels(place, xs, ys, zs) {
  const [x, y] = [new Float64Array(ys.length), new Float64Array(ys.length)];
  for (let k = 0; k < x.length; k++) [x[k], y[k]] = place(xs ? xs[k] : k, ys[k], zs?.[k]);
  return { x, y };
}
const level = ({ xaxis, yaxis }) => [
  (x, y) => [xaxis._offset + xaxis.d2p(x), yaxis._offset + yaxis.d2p(y)],
];
/** From data to pixels of a 3-D scene, by the camera's matrices; and whether the surface leaves a point in sight. */
function perspective({ glplot, dataScale: scale, fullSceneLayout: { domain } }, { _size }, traces) {
  const { model, view, projection } = glplot.cameraParams;
  const turned = new DOMMatrix([...view]).multiply(new DOMMatrix([...model]));
  const matrix = new DOMMatrix([...projection]).multiply(turned);
  const [w, h] = [_size.w * (domain.x[1] - domain.x[0]), _size.h * (domain.y[1] - domain.y[0])];
  const [left, top] = [_size.l + _size.w * domain.x[0], _size.t + _size.h * (1 - domain.y[1])];
  const place = (x, y, z) => {
    const seen = matrix.transformPoint({ x: x * scale[0], y: y * scale[1], z: z * scale[2] });
    return [left + (w / 2) * (1 + seen.x / seen.w), top + (h / 2) * (1 - seen.y / seen.w)];
  };
  const solid = traces.find(({ type }) => type === "surface");
  if (!solid) return [place];
  const { m41, m42, m43, m44 } = turned.inverse();
  const eye = [m41, m42, m43].map((c, i) => c / m44 / scale[i]);
  const [width, depth] = [solid.x, solid.y].map(
    (nodes) => (nodes.at(-1) - nodes[0]) / (nodes.length - 1),
  );
  const inSight = ({ x, y, z }, k) => {
    const way = [eye[0] - x[k], eye[1] - y[k], eye[2] - z[k]];
    const stride = 1 / Math.max(Math.abs(way[0] / width), Math.abs(way[1] / depth), 1);
    for (let t = 2 * stride; t < 1; t += stride) {
      // the straight way to the eye, from cell to cell of the mesh
      const [i, j] = [
        (x[k] + t * way[0] - solid.x[0]) / width,
        (y[k] + t * way[1] - solid.y[0]) / depth,
      ];
      const height = solid.z[Math.round(j)]?.[Math.round(i)];
      if (height === undefined || height > z[k] + t * way[2]) return height === undefined;
    }
    return true;
  };
  return [place, inSight];
}
/** A panel as it is seen, as a data URL: with its zoom or camera, and its runs up to the present step. */
export function picture(plot, scene, now, format) {
  const { traces, cursor, ink, paper } = scene;
  const { width, height, scene: spatial } = plot._fullLayout;
  spatial?._scene?.saveLayout(plot.layout);
  const line = { type: "line", yref: "paper", y0: 0, y1: 1, line: { color: ink, width: 1 } };
  const shapes =
    cursor && now.step < now.steps ? [{ ...line, x0: now.step, x1: now.step }] : plot.layout.shapes;
  const data = traces.flatMap((it) =>
    it.meta?.plays ? lanes(it).flatMap((lane) => upTo(lane, scene, now)) : [it],
  );
  const layout = { ...plot.layout, shapes, paper_bgcolor: paper };
  return Plotly.toImage(
    { data, layout },
    { format, width, height, scale: format === "png" ? 2 : 1 },
  );
}
/** A run's line and its head. Curves are whole, and have a head only while there are steps to come. */
function upTo(trace, { cursor, grows }, now) {
  const { frames } = trace.meta;
  if (frames) return [{ ...trace, y: frames[pointAt(trace, now.step, frames.length)] }];
  const last = lastSeen(trace, trace.x, trace.y, now);
  const [size, rim] = cursor ? [7, 1] : trace.z ? [5, 1] : [11, 2];
  const marker = { color: trace.line?.color, size, line: { color: "#ffffff", width: rim } };
  const head = {
    ...trace,
    mode: "markers",
    showlegend: false,
    marker,
    x: [last],
    ...cut(trace, last, last + 1),
  };
  const line = cursor && !grows ? trace : { ...trace, ...cut(trace, 0, last + 1) };
  return trace.meta.head === false || (cursor && now.step >= now.steps)
    ? [line]
    : [line, { ...head, zorder: 1 }];
}
