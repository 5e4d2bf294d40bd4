// One panel: a Plotly figure drawn in place, its view kept, and what moves in it drawn over it.
import { createCanvas } from "./canvas.js";
import { overlay } from "./unpack.js";

/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {{data: any[], layout: any, alt: string}} Figure */
/** @typedef {ReturnType<typeof createPanel>} Panel */

const STILL = 4; // a press that moves fewer pixels is a click
const TWICE = 400; // milliseconds within which two of them are a double click

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
  const canvas = createCanvas(plot);
  element.append(plot, canvas.element);
  /** @type {Set<() => void>} called whenever the picture lies elsewhere */
  const followers = new Set([canvas.measure]);
  const follow = () => followers.forEach((each) => each());
  /** @type {{traces: string[], layout: string, three: boolean} | undefined} */
  let shown;
  /** @type {any[]} */
  let traces = [];
  let revision = "";
  /** @type {Record<string, number[] | undefined>} */
  let home = {};
  let veiled = false; // whether the lines of a 3-D picture make room for the trails
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
    const inDark = (/** @type {any} */ part) => (theme.dark ? overlay(part, part.meta?.dark ?? {}) : part);
    traces = figure.data.map((trace, i) => ({ uid: `run${i}`, ...inDark(trace) }));
    const [before, next] = [shown, {
      traces: skeleton.data.map((trace) => JSON.stringify(trace)),
      layout: theme.name + JSON.stringify(skeleton.layout),
      three: traces.some((trace) => /3d|surface/.test(trace.type ?? "")),
    }];
    shown = next;
    canvas.set(traces, Boolean(figure.layout.meta?.cursor), theme, step, steps);
    const changed = next.traces.flatMap((text, i) => (text === before?.traces[i] ? [] : [i]));
    if (before && before.layout === next.layout && before.traces.length === next.traces.length) {
      const points = changed.every((i) => next.three && onlyPointsDiffer(before.traces[i], next.traces[i]));
      if (!changed.length) return follow();
      const read = (/** @type {string} */ axis) => changed.map((i) => traces[i][axis]);
      if (points) return restyle({ x: read("x"), y: read("y"), z: read("z") }, changed);
    }
    if (kept.has(name) && before) keep(); // also where a camera came to rest
    const layout = overlay({ uirevision: "kept", template: theme.template, autosize: true }, inDark(figure.layout));
    home = Object.fromEntries(["xaxis", "yaxis"].map((axis) => [axis, layout[axis]?.range?.slice()]));
    revision = JSON.stringify([layout.uirevision, home, layout.xaxis?.type, layout.yaxis?.type]);
    const view = kept.get(name) ?? {};
    if (view.uirevision === layout.uirevision) Object.assign(layout, overlay(layout, view.cameras));
    if (view.revision === revision) Object.assign(layout, overlay(layout, view.ranges));
    const config = { displayModeBar: false, doubleClick: false, scrollZoom: name === "map" || next.three };
    veiled = next.three && step < steps;
    const drawn = traces.map((trace) => (veiled && trace.meta?.plays ? { ...trace, opacity: 0 } : trace));
    if (before) return Plotly.react(plot, drawn, layout, config);
    await Plotly.newPlot(plot, drawn, layout, config);
    for (const event of ["plotly_afterplot", "plotly_relayouting", "plotly_relayout"]) plot.on(event, follow);
    plot.on("plotly_relayout", (/** @type {object} */ change) => /range|camera/.test(Object.keys(change).join()) && keep());
    plot.on("plotly_afterplot", watch);
    watch();
    follow();
  }

  /** The ranges that the figure asks for, whatever was zoomed. */
  async function goHome() {
    const ranges = Object.entries(home).map(([axis, range]) => (range ? [`${axis}.range`, range] : [`${axis}.autorange`, true]));
    await Plotly.relayout(plot, Object.fromEntries(ranges));
    kept.delete(name);
  }

  /** A camera that turns redraws the picture without saying so. */
  function watch() {
    const picture = plot._fullLayout.scene?._scene?.glplot;
    if (!picture || picture.watched) return;
    const before = picture.onrender;
    picture.watched = true;
    picture.onrender = () => {
      before();
      follow();
    };
  }

  /**
   * A turned camera glides on after it is released: where it came to rest is told to the layout, else it would jump back.
   * @param {any} update
   * @param {number[]} which
   */
  function restyle(update, which) {
    plot._fullLayout.scene?._scene?.saveLayout(plot.layout);
    return Plotly.restyle(plot, update, which);
  }

  /** Ranges and cameras that the person changed, to be found again while the figure asks for the same ranges. */
  function keep() {
    const [ranges, cameras] = [/** @type {any} */ ({}), /** @type {any} */ ({})];
    for (const [axis, part] of Object.entries(plot._fullLayout)) {
      if (/^[xy]axis\d*$/.test(axis) && !part.autorange) ranges[axis] = { range: [...part.range], autorange: false };
      if (/^scene\d*$/.test(axis)) cameras[axis] = { camera: part._scene.getCamera() };
    }
    kept.set(name, { revision, ranges, uirevision: plot.layout.uirevision, cameras });
  }

  /**
   * @param {number} step
   * @param {number} steps
   */
  function showStep(step, steps) {
    if (!shown) return;
    const veil = shown.three && step < steps;
    const playing = traces.flatMap((trace, i) => (trace.meta?.plays ? [i] : []));
    if (veil !== veiled && playing.length)
      restyle({ opacity: playing.map((i) => (veil ? 0 : (traces[i].opacity ?? 1))) }, playing);
    veiled = veil;
    canvas.draw(step, steps);
  }

  /** The axes of a flat panel. @returns {any[]} */
  const axes = () => [plot._fullLayout.xaxis, plot._fullLayout.yaxis];

  /**
   * Data coordinates under a pointer, kept inside the axes; `outside` tells that they were not.
   * @param {PointerEvent} event
   */
  function locate(event) {
    const box = plot.getBoundingClientRect();
    let outside = false;
    const point = [event.clientX - box.left, event.clientY - box.top].map((pixel, i) => {
      const { _offset, _length, p2d } = axes()[i];
      outside ||= pixel < _offset || pixel > _offset + _length;
      return p2d(Math.max(0, Math.min(pixel - _offset, _length)));
    });
    return { point, outside };
  }

  /**
   * Calls `act` with the place of every click inside the axes; with nothing at a double click, which also shows all again.
   * @param {(point?: number[]) => void} act
   */
  function onClick(act) {
    let previous = -Infinity;
    element.addEventListener("pointerdown", (down) => {
      if (!down.isPrimary || down.button || locate(down).outside) return;
      // Plotly covers the page while a button is down, so the release is seen by the window alone.
      window.addEventListener("pointerup", (up) => {
        if (Math.hypot(up.clientX - down.clientX, up.clientY - down.clientY) >= STILL) return;
        const twice = up.timeStamp - previous < TWICE;
        previous = up.timeStamp;
        if (twice) goHome();
        act(twice ? undefined : locate(up).point);
      }, { once: true, capture: true });
    }, { capture: true });
  }

  function close() {
    sizes.disconnect();
    followers.clear();
    if (shown && kept.has(name)) keep();
    if (shown) Plotly.purge(plot);
    element.remove();
  }

  return { element, followers, drawn: () => Boolean(shown), draw, showStep, axes, locate, onClick, close };
}

/**
 * @param {string} before
 * @param {string} after
 */
function onlyPointsDiffer(before, after) {
  const rest = (/** @type {string} */ text) => JSON.stringify({ ...JSON.parse(text), x: 0, y: 0, z: 0 });
  return rest(before) === rest(after) && JSON.parse(after).type === "scatter3d";
}
