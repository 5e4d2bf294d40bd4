// One panel: a Plotly figure drawn in place, its view kept, and what moves in it drawn over it.
import { createCanvas } from "./canvas.js";
import { make } from "./dom.js";
import { still } from "./picture.js";
import { pinch } from "./pinch.js";
import { overlay } from "./unpack.js";

/** @typedef {ReturnType<typeof createPanel>} Panel */
/** @typedef {Map<string, {revision?: string, layout: any}>} Kept  views by panel, and the figures that they belong to */

const STILL = 4; // a press that moves fewer pixels is a click
const TWICE = 400; // milliseconds within which two of them are a double click

/**
 * @param {string} name @param {import("./canvas.js").Now} now @param {Kept} kept @param {AbortSignal} signal
 * @param {(zoomed: boolean) => void} onView called when ranges or a camera were changed by hand
 */
export function createPanel(name, now, kept, signal, onView) {
  const plot = /** @type {any} */ (make("div", { className: "fall-line-plot", role: "img" }));
  const canvas = createCanvas(plot, now);
  const element = make("div", { className: "fall-line-panel", tabIndex: 0 }, plot, canvas.element);
  /** @type {Set<() => void>} called whenever the picture lies elsewhere */
  const followers = new Set([canvas.measure]);
  const follow = () => followers.forEach((each) => each());
  /** @type {{traces: string[], layout: string} | undefined} */
  let shown;
  let scene = canvas.show({ traces: [], cursor: false, three: false, ink: "" });
  let [paper, revision, home] = ["", "", {}];
  let veiled = false; // whether the lines of a 3-D picture make room for the trails
  let stale = false; // whether only the canvas has the present runs
  const sizes = new ResizeObserver(() => shown && plot.offsetParent && Plotly.Plots.resize(plot));
  sizes.observe(element);
  element.dataset.panel = name;
  if (name === "map") pinch(element);
  element.addEventListener("pointermove", (event) => stale && !event.buttons && catchUp());
  const byCanvas = () => !scene.three && !scene.cursor;
  const playing = () => [...scene.traces.keys()].filter((i) => scene.traces[i].meta?.plays);

  /**
   * @param {{data: any[], layout: any, alt: string}} skeleton the figure with names for its arrays
   * @param {{data: any[], layout: any}} figure @param {ReturnType<typeof import("./theme.js").readTheme>} theme
   */
  async function draw(skeleton, figure, theme) {
    plot.ariaLabel = skeleton.alt;
    const inDark = (part) => (theme.dark ? overlay(part, part.meta?.dark ?? {}) : part);
    const traces = figure.data.map((trace, i) => ({ uid: `run${i}`, ...inDark(trace) }));
    const three = traces.some((trace) => /3d|surface/.test(trace.type ?? ""));
    scene = canvas.show({ traces, cursor: Boolean(figure.layout.meta?.cursor), three, ink: theme.ink });
    paper = theme.paper;
    const texts = skeleton.data.map((trace) => JSON.stringify(trace));
    const before = shown;
    shown = { traces: texts, layout: theme.name + JSON.stringify(skeleton.layout) };
    if (before?.layout === shown.layout && before.traces.length === traces.length) {
      const changed = [...texts.keys()].filter((i) => before.traces[i] !== texts[i]);
      if (changed.every((i) => traces[i].meta?.plays && onlyPointsDiffer(before.traces[i], texts[i]))) {
        stale ||= changed.length > 0;
        return stale && !byCanvas() ? catchUp() : follow();
      }
    }
    if (before?.layout && kept.has(name)) keep(); // also where a camera came to rest
    const layout = { autosize: true, template: theme.template, legend: {}, ...inDark(figure.layout), uirevision: undefined };
    layout.legend.uirevision = "kept";
    home = Object.fromEntries(["xaxis", "yaxis"].map((axis) => [axis, layout[axis]?.range?.slice()]));
    revision = JSON.stringify([figure.layout.uirevision, home, layout.xaxis?.type, layout.yaxis?.type]);
    const view = kept.get(name);
    const found = view && (view.revision ?? revision) === revision ? overlay(layout, view.layout) : layout;
    const config = { displayModeBar: false, doubleClick: false, scrollZoom: name === "map" || three };
    if (matchMedia("(pointer: coarse)").matches && !three) found.dragmode = false; // one finger scrolls the page
    [veiled, stale] = [three && now.step < now.steps, false];
    const drawn = traces.map((trace) => (trace.meta?.plays && (veiled || byCanvas()) ? { ...trace, opacity: 0 } : trace));
    if (before) return Plotly.react(plot, drawn, found, config);
    await Plotly.newPlot(plot, drawn, found, config);
    for (const event of ["plotly_afterplot", "plotly_relayouting", "plotly_relayout"]) plot.on(event, follow);
    plot.on("plotly_relayout", (change) => {
      const keys = Object.keys(change).join();
      if (/range|camera/.test(keys)) keep();
      if (/range|camera/.test(keys)) onView(/range/.test(keys));
    });
    plot.on("plotly_afterplot", watch);
    watch();
    follow();
  }

  /** Gives Plotly the present points. Those that the canvas draws are wanted only where a pointer may ask for them. */
  function catchUp() {
    const [which, { traces }] = [playing(), scene];
    const axes = ["x", "y", "z"].filter((axis) => traces[which[0]]?.[axis]);
    stale = false;
    return restyle(Object.fromEntries(axes.map((axis) => [axis, which.map((i) => traces[i][axis])])), which);
  }

  /** A released camera glides on: where it came to rest is told to the layout, else it would jump back. */
  function restyle(update, which) {
    plot._fullLayout.scene?._scene?.saveLayout(plot.layout);
    return Plotly.restyle(plot, update, which);
  }

  /** A camera that turns redraws the picture without saying so. */
  function watch() {
    const picture = plot._fullLayout.scene?._scene?.glplot;
    if (!picture || picture.watched) return;
    const before = picture.onrender;
    const onrender = () => (before(), follow());
    Object.assign(picture, { watched: true, onrender });
  }

  /** Ranges and cameras that the person changed, to be found again while the figure asks for the same ranges. */
  function keep() {
    const layout = {};
    for (const [axis, part] of Object.entries(plot._fullLayout)) {
      if (/^[xy]axis\d*$/.test(axis) && !part.autorange) layout[axis] = { range: [...part.range], autorange: false };
      if (/^scene\d*$/.test(axis)) layout[axis] = { camera: part._scene.getCamera() };
    }
    kept.set(name, { revision, layout });
  }

  /** What a zoom left in view, to a ten-thousandth of itself; nothing where nobody zoomed. */
  function seen() {
    const rounded = ([low, high]) => {
      const digits = Math.max(0, Math.min(4 - Math.floor(Math.log10(high - low)), 100));
      return [low, high].map((end) => Number(end.toFixed(digits)));
    };
    return kept.has(name) ? axes().flatMap(({ range }) => rounded(range)) : null;
  }

  /** Shows these ranges at the next drawing, those of the figure without any. @param {number[] | null} window */
  function look(window) {
    if (!window) kept.delete(name);
    const axis = (from) => ({ range: window?.slice(from, from + 2), autorange: false });
    if (window) kept.set(name, { layout: { xaxis: axis(0), yaxis: axis(2) } });
    if (shown) shown.layout = "";
  }

  /** The ranges that the figure asks for, whatever was zoomed. */
  async function goHome() {
    const ranges = Object.entries(home).map(([axis, range]) => [`${axis}.${range ? "range" : "autorange"}`, range ?? true]);
    await Plotly.relayout(plot, Object.fromEntries(ranges));
    kept.delete(name);
  }

  function showStep() {
    if (!shown) return;
    const [veil, which] = [scene.three && now.step < now.steps, playing()];
    if (veil !== veiled && which.length)
      restyle({ opacity: which.map((i) => (veil ? 0 : (scene.traces[i].opacity ?? 1))) }, which);
    veiled = veil;
    canvas.draw();
  }

  /** The axes of a flat panel. @returns {any[]} */
  const axes = () => [plot._fullLayout.xaxis, plot._fullLayout.yaxis];

  /** Data coordinates under a pointer, kept inside the axes; `outside` tells that they were not. */
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
   * Tells the place of every click inside the axes, and nothing at a double click, which also shows all again.
   * @param {(point: number[] | undefined, event: PointerEvent) => void} act
   */
  function onClick(act) {
    let previous = -Infinity;
    const pressed = (down) => {
      if (!down.isPrimary || down.button || locate(down).outside) return;
      const released = (up) => {
        if (Math.hypot(up.clientX - down.clientX, up.clientY - down.clientY) >= STILL) return;
        const twice = up.timeStamp - previous < TWICE;
        previous = up.timeStamp;
        if (twice) goHome();
        act(twice ? undefined : locate(up).point, up);
      };
      // Plotly covers the page while a button is down, so the release is seen by the window alone.
      window.addEventListener("pointerup", released, { once: true, capture: true, signal });
    };
    element.addEventListener("pointerdown", pressed, { capture: true });
  }

  function close() {
    sizes.disconnect();
    followers.clear();
    if (shown && kept.has(name)) keep();
    if (shown) Plotly.purge(plot);
    element.remove();
  }

  const picture = (format) => still(plot, scene, now, paper, format);
  const drawn = () => Boolean(shown);
  return { element, followers, drawn, draw, showStep, window: seen, look, axes, locate, onClick, picture, close };
}

function onlyPointsDiffer(before, after) {
  const rest = (text) => JSON.stringify({ ...JSON.parse(text), x: 0, y: 0, z: 0, meta: 0 });
  return rest(before) === rest(after);
}
