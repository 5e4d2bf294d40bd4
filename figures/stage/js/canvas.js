// What moves, drawn over a panel at every frame: trails, heads, and the line at the present step.
import {
  axisOf,
  isDrawn,
  isVisible,
  lengthOf,
  sizeOf,
  startOf,
  toPixels,
} from "./adapter/plotly.js";
import { make } from "./dom.js";
import { lanes, lastSeen, pointAt } from "./playing.js";
import { drawFlood, floodIn, measured } from "./flood.js";
import { drawHeads, drawNames, fannedOut } from "./heads.js";
import { BEHIND, byAxes, byCamera } from "./projection.js";
import { stroke } from "./stroke.js";
import { DASH_PATTERNS, LEAST_DASHED_WIDTH } from "./theme.js";
const FRESH = 0.15; // share of the steps that the bright end of a trail covers
const OLD = 0.5; // opacity of the rest of it
const MARK = [3, 3]; // pixels drawn and left out of the line at the present step
const calm = matchMedia("(prefers-reduced-motion: reduce)");
/** @typedef {import("./playing.js").Now} Now */
/**
 * @typedef {object} Scene what there is to draw
 * @property {any[]} traces
 * @property {boolean} cursor whether steps are along x, and the present one is marked
 * @property {boolean} grows whether curves are shown up to the present step only
 * @property {string} ink
 * @property {string} paper
 * @property {string} font its family
 * @property {number} letters their height on the page, in pixels
 */
/**
 * @typedef {{trace: any, place: import("./projection.js").Place, x: Float64Array, y: Float64Array}}
 * Path in pixels
 */
/**
 * @typedef {object} State
 * @property {Scene} scene
 * @property {Path[]} paths the traces that play
 * @property {ImageData | null} still curves, which stay while their heads move
 * @property {import("./flood.js").Flood | null} flood many starts of one run
 * @property {boolean} named whether names ride beside the heads
 * @property {Map<string, number>} besides where each name was placed last
 */
/** @type {Scene} */
export const NOTHING = {
  traces: [],
  cursor: false,
  grows: false,
  ink: "",
  paper: "",
  font: "",
  letters: 16,
};
/** @param {any} plot @param {Now} now */
export function createCanvas(plot, now) {
  const element = make("canvas", { className: "fall-line-canvas", ariaHidden: "true" });
  // Long trails are drawn faster by the processor than by a graphics card, and far faster than by
  // an imitated one.
  const context = /** @type {CanvasRenderingContext2D} */ (
    element.getContext("2d", { willReadFrequently: true })
  );
  /** @type {State} */
  const state = {
    scene: NOTHING,
    paths: [],
    still: null,
    flood: null,
    named: false,
    besides: new Map(),
  };
  /** @param {Scene} scene */
  function show(scene) {
    state.scene = scene;
  }
  /** Where the points lie now: after a redraw, a zoom, a turn of the camera, another size. */
  function measure() {
    if (!isDrawn(plot)) return;
    const size = sizeOf(plot);
    const width = Math.round(size.width * devicePixelRatio);
    const height = Math.round(size.height * devicePixelRatio);
    if (element.width !== width || element.height !== height) {
      element.width = width;
      element.height = height;
    }
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    const { traces } = state.scene;
    state.paths = traces.flatMap((trace, i) =>
      trace.meta?.plays && isVisible(plot, i) ? pathsOf(trace, traces) : [],
    );
    const flood = floodIn(traces);
    state.flood = flood && measured(flood, pixels(byAxes(plot).place, flood.x, flood.y));
    state.still = null;
    draw();
  }
  /** Draws again what moves between two steps too. */
  function drawBetween() {
    if (state.flood) draw();
  }
  /**
   * The paths of a trace; of a run that the surface hides in part, all of it pale and what is in
   * sight over it.
   */
  function pathsOf(trace, traces) {
    const { place, inSight } = trace.z ? byCamera(plot, traces) : byAxes(plot);
    return lanes(trace).flatMap((lane) => {
      const path = { trace: lane, place, ...pixels(place, lane.x, lane.y, lane.z) };
      if (!inSight) return [path];
      const pale = { ...lane, opacity: BEHIND };
      const headless = { ...lane, meta: { ...lane.meta, head: false } };
      const y = path.y.map((pixel, k) => (inSight(lane, k) ? pixel : NaN));
      return [
        { ...path, trace: pale },
        { ...path, trace: headless, y },
      ];
    });
  }
  function draw() {
    const { scene, paths, still } = state;
    const playing = now.step < now.steps;
    if (still) context.putImageData(still, 0, 0);
    else context.clearRect(0, 0, element.width, element.height);
    context.save();
    clip();
    if (!still) paths.forEach(trail);
    if (state.flood) drawFlood(context, state.flood, now.position, scene, edge());
    if (scene.cursor && playing) {
      if (!scene.grows) state.still ??= context.getImageData(0, 0, element.width, element.height);
      mark();
    }
    if (!scene.cursor || playing) heads();
    context.restore();
  }
  /** Keeps what is drawn inside the axes, where there are two. */
  function clip() {
    const { left, top, right, bottom } = edge();
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
  }
  /** The axes, or all of the picture. @returns {import("./labels.js").Box} */
  function edge() {
    const xaxis = axisOf(plot, "xaxis");
    const yaxis = axisOf(plot, "yaxis");
    const width = lengthOf(xaxis);
    const height = lengthOf(yaxis);
    if (!width || height === undefined)
      return { left: 0, top: 0, right: element.width, bottom: element.height };
    const [left, top] = [startOf(xaxis), startOf(yaxis)];
    return { left, top, right: left + width, bottom: top + height };
  }
  /** The upright line at the present step. */
  function mark() {
    const xaxis = axisOf(plot, "xaxis");
    const yaxis = axisOf(plot, "yaxis");
    const left = Math.round(startOf(xaxis) + toPixels(xaxis, now.step)) + 0.5;
    const top = startOf(yaxis);
    context.strokeStyle = state.scene.ink;
    context.lineWidth = 1;
    context.setLineDash(MARK);
    stroke(context, [left, left], [top, top + (lengthOf(yaxis) ?? 0)], 0, 1);
  }
  /**
   * A run up to the present step, older steps paler; or the line that belongs to the present step.
   */
  function trail(/** @type {Path} */ { trace, place, x, y }) {
    const { scene } = state;
    const { opacity = 1 } = trace;
    const { frames, across } = trace.meta;
    wield(trace);
    if (frames) {
      const at = pointAt(trace, now.step, frames.length);
      ({ x, y } = pixels(place, across ? across[at] : trace.x, frames[at]));
    }
    const whole = frames || (scene.cursor && !scene.grows) || now.step >= now.steps;
    const even = whole || scene.cursor || calm.matches; // as bright from end to end
    const old = even ? 0 : Math.max(0, Math.floor(now.step - FRESH * now.steps));
    const fresh = pointAt(trace, old, x.length);
    const last = whole ? x.length : pointAt(trace, now.step, x.length);
    stroke(context, x, y, 0, fresh, OLD * opacity);
    stroke(context, x, y, fresh, last, opacity);
  }
  /** Takes the pen that a trace is drawn with. */
  function wield({ line = /** @type {any} */ ({}), z, meta: { frames } }) {
    const width = Math.min(line.width ?? 2, z ? 3 : 9);
    const unit = Math.max(width, LEAST_DASHED_WIDTH);
    const pattern = DASH_PATTERNS[line.dash]?.map((part) => part * unit);
    context.strokeStyle = line.color;
    context.lineWidth = width;
    context.lineJoin = "round";
    context.lineCap = frames ? "round" : "butt";
    context.setLineDash(pattern ?? (line.dash?.match(/\d+(?=px)/g) ?? []).map(Number));
  }
  /** The runs' present places: of a crowd, which are many, where they are, and below the others. */
  function heads() {
    const { scene, paths, named, besides } = state;
    const { cursor, paper, ink, font, letters } = scene;
    const radius = cursor ? 3.5 : Math.max(6, 0.375 * letters);
    const look = { radius, rim: cursor ? 1 : 2, paper, ink, font, letters };
    const all = paths.filter(({ trace }) => trace.meta.head !== false);
    const crowd = all.filter(({ trace }) => trace.meta.lanes);
    const alone = all.filter(({ trace }) => !trace.meta.lanes).map(head);
    const apart = cursor ? alone : fannedOut(alone, radius);
    drawHeads(context, [...crowd.map(head), ...apart], look);
    const telling = apart.filter(({ name }) => name);
    if (named && now.step < now.steps) drawNames(context, telling, look, edge(), besides);
  }
  /** @returns {import("./heads.js").Head} */
  function head(/** @type {Path} */ { trace, x, y }) {
    const last = lastSeen(trace, x, y, now);
    const colour = trace.line?.color ?? trace.marker?.color;
    return { x: x[last], y: y[last], start: [x[0], y[0]], colour, name: trace.name ?? "" };
  }
  /** Whether names ride beside the heads. @param {boolean} named */
  function name(named) {
    state.named = named;
  }
  /** How many points of the runs lie in a part of the picture. */
  const pointsWithin = (left, top, right, bottom) =>
    state.paths.reduce((sum, { x, y }) => {
      let inside = 0;
      for (let k = 0; k < x.length; k++)
        if (x[k] >= left && x[k] <= right && y[k] >= top && y[k] <= bottom) inside++;
      return sum + inside;
    }, 0);
  return { element, show, measure, draw, drawBetween, name, pointsWithin };
}
/** Where points lie in the panel. @param {import("./projection.js").Place} place */
function pixels(place, xs, ys, zs = /** @type {any} */ (undefined)) {
  const x = new Float64Array(ys.length);
  const y = new Float64Array(ys.length);
  for (let k = 0; k < ys.length; k++) {
    const [across, down] = place(xs ? xs[k] : k, ys[k], zs?.[k]);
    x[k] = across;
    y[k] = down;
  }
  return { x, y };
}
