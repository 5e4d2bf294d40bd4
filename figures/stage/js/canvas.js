// What moves, drawn over a panel at every frame: trails, heads, and the line at the present step.
import { make } from "./dom.js";

const DASHES = { dot: [1, 1.5], dash: [3, 3], longdash: [5, 5], dashdot: [3, 1, 1, 1], longdashdot: [5, 2, 1, 2] };
const FRESH = 0.15; // share of the steps that the bright end of a trail covers
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** @typedef {{step: number, steps: number}} Now */

/** @param {any} plot @param {Now} now */
export function createCanvas(plot, now) {
  const element = make("canvas", { className: "fall-line-canvas", ariaHidden: "true" });
  // Long trails are drawn faster by the processor than by a graphics card, and far faster than by an imitated one.
  const context = /** @type {CanvasRenderingContext2D} */ (element.getContext("2d", { willReadFrequently: true }));
  /** @type {{traces: any[], cursor: boolean, three: boolean, ink: string}} */
  let scene = { traces: [], cursor: false, three: false, ink: "" };
  /** @type {{trace: any, place: Function, x: ArrayLike<number>, y: ArrayLike<number>}[]} in pixels of the panel */
  let paths = [];

  /** Where the points lie now: after a redraw, a zoom, a turn of the camera, another size. */
  function measure() {
    const layout = plot._fullLayout;
    if (!layout?._size) return;
    const scale = devicePixelRatio;
    const [width, height] = [Math.round(layout.width * scale), Math.round(layout.height * scale)];
    if (element.width !== width || element.height !== height) Object.assign(element, { width, height });
    context.setTransform(scale, 0, 0, scale, 0, 0);
    paths = scene.traces.flatMap((trace, i) => {
      if (!trace.meta?.plays || plot._fullData[i]?.visible !== true) return [];
      if (scene.cursor && trace.meta.head === false) return []; // of a curve nothing but its head is drawn here
      const place = trace.z ? perspective(layout[trace.scene ?? "scene"]._scene, layout) : level(layout, trace);
      return lanes(trace).map((lane) => ({ trace: lane, place, ...pixels(place, lane.x, lane.y, lane.z) }));
    });
    draw();
  }

  function draw() {
    const moving = now.step < now.steps;
    context.clearRect(0, 0, element.width, element.height);
    context.save();
    const { xaxis, yaxis } = plot._fullLayout;
    if (xaxis?._length && yaxis) {
      context.beginPath();
      context.rect(xaxis._offset, yaxis._offset, xaxis._length, yaxis._length);
      context.clip();
    }
    if (scene.cursor && moving) mark(xaxis._offset + xaxis.d2p(now.step), yaxis);
    if (!scene.cursor && (moving || !scene.three)) paths.forEach(trail);
    Object.assign(context, { globalAlpha: 1, strokeStyle: "#ffffff", lineWidth: scene.cursor ? 1 : 2 });
    context.setLineDash([]);
    if (!scene.cursor || moving) paths.filter(({ trace }) => trace.meta.head !== false).forEach(head);
    context.restore();
  }

  /** A run up to the present step, older steps paler; or the line that belongs to the present step. */
  function trail({ trace, place, x, y }) {
    const { line = {}, opacity = 1, meta: { frames } } = trace;
    const width = Math.min(line.width ?? 2, trace.z ? 3 : 9);
    const parts = DASHES[line.dash]?.map((part) => part * Math.max(width, 3));
    Object.assign(context, { strokeStyle: line.color, lineWidth: width, lineJoin: "round", lineCap: frames ? "round" : "butt" });
    context.setLineDash(parts ?? (line.dash?.match(/\d+(?=px)/g) ?? []).map(Number));
    if (frames) ({ x, y } = pixels(place, trace.x, frames[Math.min(now.step, frames.length - 1)]));
    const whole = frames || now.step >= now.steps;
    const last = whole ? x.length - 1 : now.step;
    const fresh = whole || calm.matches ? 0 : Math.max(0, Math.floor(now.step - FRESH * now.steps));
    for (const [from, to, alpha] of [[0, fresh, 0.5], [fresh, last, 1]]) {
      context.globalAlpha = alpha * opacity;
      stroke(x, y, from, to);
    }
  }

  /** A line that ends where there is nothing, and begins again behind it; a point alone is a dot under round ends. */
  function stroke(x, y, from, to) {
    context.beginPath();
    for (let k = from, down = false; k <= to && k < x.length; k++) {
      const seen = x[k] + y[k] < Infinity;
      if (seen && !down) context.moveTo(x[k], y[k]);
      if (seen) context.lineTo(x[k], y[k]);
      down = seen;
    }
    context.stroke();
  }

  function head({ trace, x, y }) {
    const k = lastSeen(x, y, now);
    context.beginPath();
    context.arc(x[k], y[k], scene.cursor ? 3.5 : 6, 0, 2 * Math.PI);
    context.fillStyle = trace.line?.color ?? trace.marker?.color;
    context.fill();
    context.stroke();
  }

  function mark(left, { _offset, _length }) {
    Object.assign(context, { strokeStyle: scene.ink, lineWidth: 1 });
    context.setLineDash([3, 3]);
    stroke(Array(2).fill(Math.round(left) + 0.5), [_offset, _offset + _length], 0, 1);
  }

  return { element, measure, draw, show: (/** @type {typeof scene} */ next) => (scene = next) };
}

/** The trajectories in a trace that holds several of equal length, each ended by a gap. */
export function lanes(trace) {
  const { lanes: many = 1 } = trace.meta;
  const long = trace.y.length / many;
  const part = (i) => ["x", "y", "z"].filter((axis) => trace[axis]).map((axis) => [axis, trace[axis].slice(i * long, (i + 1) * long)]);
  return many > 1 ? Array.from({ length: many }, (_, i) => ({ ...trace, ...Object.fromEntries(part(i)) })) : [trace];
}

/** The last step up to the present one at which a run was still there; at the end of all. */
export function lastSeen(x, y, { step, steps }) {
  let k = Math.min(step < steps ? step : Infinity, y.length - 1);
  while (k > 0 && Number.isNaN((x ? x[k] : k) + y[k])) k--;
  return k;
}

function pixels(place, xs, ys, zs) {
  const [x, y] = [new Float64Array(ys.length), new Float64Array(ys.length)];
  for (let k = 0; k < x.length; k++) [x[k], y[k]] = place(xs ? xs[k] : k, ys[k], zs?.[k]);
  return { x, y };
}

/** From data to pixels on a flat panel. */
function level(layout, { xaxis = "x", yaxis = "y" }) {
  const [across, up] = [layout[xaxis.replace("x", "xaxis")], layout[yaxis.replace("y", "yaxis")]];
  return (x, y) => [across._offset + across.d2p(x), up._offset + up.d2p(y)];
}

/** From data to pixels of a 3-D scene: the camera's three matrices, column by column, then perspective. */
function perspective({ glplot, dataScale, fullSceneLayout }, { _size }) {
  const { model, view, projection } = glplot.cameraParams;
  const times = (m, v) => [0, 1, 2, 3].map((i) => m[i] * v[0] + m[i + 4] * v[1] + m[i + 8] * v[2] + m[i + 12] * v[3]);
  const columns = [0, 4, 8, 12].map((i) => times(projection, times(view, model.slice(i, i + 4)))).flat();
  const { x: across, y: up } = fullSceneLayout.domain;
  const [w, h] = [_size.w * (across[1] - across[0]), _size.h * (up[1] - up[0])];
  const [left, top] = [_size.l + _size.w * across[0], _size.t + _size.h * (1 - up[1])];
  return (x, y, z) => {
    const [a, b, , d] = times(columns, [x * dataScale[0], y * dataScale[1], z * dataScale[2], 1]);
    return [left + (w / 2) * (1 + a / d), top + (h / 2) * (1 - b / d)];
  };
}
