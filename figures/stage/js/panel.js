// One panel: a Plotly figure drawn in place, its view kept, and what moves in it.
import { createCanvas } from "./canvas.js";
import { overlay } from "./unpack.js";

/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {{data: any[], layout: any, alt: string}} Figure */

const POINTS = ["x", "y", "z"];
const SHARE = 3; // a 3-D picture may take one part in so many of the time while playing

/**
 * @param {string} name
 * @param {Map<string, any>} kept views by panel: ranges and camera, and the revision that they belong to
 */
export function createPanel(name, kept) {
  const element = document.createElement("div");
  element.className = "fall-line-panel";
  element.dataset.panel = name;
  const plot = /** @type {any} */ (document.createElement("div"));
  plot.className = "fall-line-plot";
  plot.setAttribute("role", "img");
  element.append(plot);
  const canvas = createCanvas(plot);
  element.append(canvas.element);

  /** @type {Set<() => void>} */
  const followers = new Set();
  /** @type {{traces: string[], layout: string, three: boolean} | undefined} */
  let shown;
  /** @type {any[]} */
  let traces = [];
  let revision = "";
  let current = 0;
  let last = 0;
  let resting = 0;
  let pending = 0;
  const sizes = new ResizeObserver(() => shown && plot.offsetParent && Plotly.Plots.resize(plot));
  sizes.observe(element);

  /**
   * @param {Figure} skeleton the figure with names for its arrays: equal text, equal picture
   * @param {Figure} figure
   * @param {Theme} theme
   * @param {number} step
   * @param {number} steps
   */
  async function draw(skeleton, figure, theme, step, steps) {
    plot.setAttribute("aria-label", skeleton.alt);
    [current, last] = [step, steps];
    const inDark = (/** @type {any} */ part) => (theme.dark ? overlay(part, part.meta?.dark ?? {}) : part);
    traces = figure.data.map((trace, i) => ({ uid: `run${i}`, ...inDark(trace) }));
    const next = {
      traces: skeleton.data.map((trace) => JSON.stringify(trace)),
      layout: theme.name + JSON.stringify(skeleton.layout),
      three: traces.some((trace) => /3d|surface|cone|volume/.test(trace.type ?? "")),
    };
    canvas.set(traces, Boolean(figure.layout.meta?.cursor), theme);
    const changed = next.traces.flatMap((text, i) => (text === shown?.traces[i] ? [] : [i]));
    const rest = shown;
    shown = next;
    if (rest && rest.layout === next.layout && rest.traces.length === next.traces.length) {
      if (!changed.length) return canvas.measure(current, last);
      const lines = changed.every((i) => traces[i].type === "scatter3d" && onlyPointsDiffer(rest.traces[i], next.traces[i]));
      if (lines) return restyle(changed);
    }
    const layout = overlay({ uirevision: "kept", template: theme.template, autosize: true }, inDark(figure.layout));
    revision = JSON.stringify(layout.uirevision);
    const config = { displayModeBar: false, doubleClick: "reset", scrollZoom: name === "map" || next.three, responsive: false };
    const data = next.three ? [...traces.map(cut), heads()] : traces;
    if (rest) return Plotly.react(plot, data, layout, config);
    restore(layout);
    await Plotly.newPlot(plot, data, layout, config);
    plot.on("plotly_afterplot", follow);
    plot.on("plotly_relayouting", follow);
    plot.on("plotly_relayout", keep);
    follow();
  }

  function follow() {
    canvas.measure(current, last);
    for (const each of followers) each();
  }

  /** Ranges and cameras that the person changed, to be found again on coming back to the page. */
  function keep() {
    const view = { revision, axes: /** @type {Record<string, any>} */ ({}) };
    for (const [axis, part] of Object.entries(plot._fullLayout)) {
      if (/^[xy]axis\d*$/.test(axis)) view.axes[axis] = part.autorange ? {} : { range: [...part.range], autorange: false };
      if (/^scene\d*$/.test(axis)) view.axes[axis] = { camera: part._scene.getCamera() };
    }
    kept.set(name, view);
    follow();
  }

  /** @param {any} layout */
  function restore(layout) {
    const view = kept.get(name);
    if (view?.revision !== revision) return;
    for (const axis of Object.keys(view.axes)) layout[axis] = overlay(layout[axis] ?? {}, view.axes[axis]);
  }

  /** @param {any} trace */
  function cut(trace) {
    if (!trace.meta?.plays || current >= last) return trace;
    const points = POINTS.filter((axis) => trace[axis]).map((axis) => [axis, trace[axis].slice(0, current + 1)]);
    return { ...trace, ...Object.fromEntries(points) };
  }

  /** One more trace for a 3-D picture: where each run is now. */
  function heads() {
    const playing = traces.filter((trace) => trace.meta?.plays && trace.meta.head !== false);
    const at = playing.map((trace) => lastKnown(trace, Math.min(current, last)));
    const pick = (/** @type {string} */ axis) => playing.map((trace, i) => trace[axis][at[i]]);
    const color = playing.map((trace) => trace.line?.color ?? trace.marker?.color);
    const marker = { color, size: 5, line: { color: "#ffffff", width: 1.5 } };
    return { type: "scatter3d", mode: "markers", uid: "heads", hoverinfo: "skip", showlegend: false, marker,
             x: pick("x"), y: pick("y"), z: pick("z") };
  }

  /** @param {number[]} changed */
  function restyle(changed) {
    const parts = [...changed.map((i) => cut(traces[i])), heads()];
    const update = Object.fromEntries(POINTS.map((axis) => [axis, parts.map((part) => part[axis])]));
    return Plotly.restyle(plot, update, [...changed, traces.length]);
  }

  /**
   * The picture at a step; a 3-D picture may fall behind while things move, never when they are still.
   * @param {number} step
   * @param {number} steps
   * @param {boolean} still
   */
  function showStep(step, steps, still) {
    [current, last] = [step, steps];
    if (!shown) return;
    if (!shown.three) return canvas.draw(step, steps);
    clearTimeout(pending);
    const wait = resting - performance.now();
    if (wait > 0 && still) pending = setTimeout(() => showStep(step, steps, still), wait);
    if (wait > 0) return;
    const begun = performance.now();
    restyle(traces.flatMap((trace, i) => (trace.meta?.plays ? [i] : [])));
    resting = performance.now() + SHARE * (performance.now() - begun);
  }

  function close() {
    clearTimeout(pending);
    sizes.disconnect();
    followers.clear();
    if (shown) Plotly.purge(plot);
    element.remove();
  }

  return { element, plot, followers, draw, showStep, close };
}

/**
 * @param {string} before
 * @param {string} after
 */
function onlyPointsDiffer(before, after) {
  const rest = (/** @type {string} */ text) => JSON.stringify({ ...JSON.parse(text), x: 0, y: 0, z: 0 });
  return rest(before) === rest(after);
}

/**
 * The last step, up to this one, at which the run was still there.
 * @param {any} trace
 * @param {number} step
 */
export function lastKnown(trace, step) {
  let i = Math.min(step, trace.y.length - 1);
  while (i > 0 && !(Number.isFinite(trace.y[i]) && Number.isFinite(trace.x?.[i] ?? i))) i--;
  return i;
}
