// One panel: a Plotly figure drawn in place, its view kept, and what moves in it drawn over it.
import { createCanvas, picture } from "./canvas.js";
import { make } from "./dom.js";
import { overlay } from "./unpack.js";
/** @typedef {ReturnType<typeof createPanel>} Panel */
/** @typedef {Map<string, {revision?: string, layout: any}>} Kept what was seen of each panel, of which figure */
const STILL = 4; // a press that moves fewer pixels is a click
const TWICE = 500; // milliseconds within which two of them are a double click
/** @param {string} name @param {import("./canvas.js").Now} now @param {Kept} kept @param {AbortSignal} signal */
export function createPanel(name, now, kept, signal, onView) {
  const plot = /** @type {any} */ (make("div", { className: "fall-line-plot", role: "img" }));
  const canvas = createCanvas(plot, now);
  const element = make("div", { className: "fall-line-panel", tabIndex: 0 }, plot, canvas.element);
  const followers = new Set([canvas.measure]); // called whenever the picture lies elsewhere
  const follow = () => followers.forEach((each) => each());
  let scene = canvas.show(/** @type {any} */ ({ traces: [] }));
  let [shown, revision, home, stale] = [/** @type {any} */ (undefined), "", {}, false]; // stale: the plot has old runs
  const sizes = new ResizeObserver(
    ([{ contentRect }]) => shown && plot.offsetParent && resize(contentRect),
  );
  sizes.observe(element);
  element.dataset.panel = name;
  element.onpointermove = (event) => stale && !event.buttons && catchUp();
  if (name === "map") element.addEventListener("touchmove", pinched(), { passive: false });
  const axes = () => [plot._fullLayout.xaxis, plot._fullLayout.yaxis];
  /** Tells whether it is the first. @param {{alt: string, points: string, rest: string}} signs @param {any} figure */
  async function draw(signs, figure, theme) {
    plot.ariaLabel = signs.alt;
    const inDark = (part) => (theme.dark ? overlay(part, part.meta?.dark ?? {}) : part);
    const traces = figure.data.map((trace, i) => ({
      uid: `${name.replace(/\W/g, "-")}-${i}`,
      ...inDark(trace),
    }));
    const three = traces.some(({ type }) => /3d|surface/.test(type ?? ""));
    scene = canvas.show({ ...theme, traces, cursor: Boolean(figure.layout.meta?.cursor) });
    const before = shown;
    shown = { points: signs.points, rest: theme.name + signs.rest };
    if (before?.rest === shown.rest) {
      stale ||= before.points !== shown.points;
      return follow();
    }
    if (before?.rest && kept.has(name)) keep(); // also where a camera came to rest
    const layout = {
      autosize: true,
      template: theme.template,
      ...inDark(figure.layout),
      uirevision: undefined,
    };
    home = Object.fromEntries(
      ["xaxis", "yaxis"].map((axis) => [axis, { range: layout[axis]?.range?.slice() }]),
    );
    revision = JSON.stringify([
      figure.layout.uirevision,
      home,
      layout.xaxis?.type,
      layout.yaxis?.type,
    ]);
    const view = kept.get(name);
    const found = overlay(layout, (view?.revision ?? revision) === revision ? view?.layout : {});
    found.legend = { ...found.legend, uirevision: "kept" };
    if (!three && matchMedia("(pointer: coarse)").matches) found.dragmode = false; // one finger scrolls the page
    stale = false;
    const hide = (trace) => ({ ...trace, ...(trace.meta?.plays && { opacity: 0 }) });
    const config = {
      displayModeBar: false,
      doubleClick: false,
      scrollZoom: name === "map" || three,
    };
    await Plotly.react(plot, traces.map(hide), found, config);
    if (before) return false;
    for (const event of ["plotly_afterplot", "plotly_relayouting", "plotly_relayout"])
      plot.on(event, follow);
    plot.on("plotly_afterplot", watch);
    plot.on("plotly_relayout", (change) => {
      const [what] =
        Object.keys(change)
          .join()
          .match(/range|camera/) ?? [];
      if (what) keep();
      if (what) onView(what === "range");
    });
    watch();
    follow();
    return true;
  }
  /** Gives Plotly the present points. Those that the canvas draws are wanted only where a pointer may ask for them. */
  function catchUp() {
    const playing = [...scene.traces.keys()].filter((i) => scene.traces[i].meta?.plays);
    const each = (letter) => playing.map((i) => scene.traces[i][letter]);
    stale = false;
    plot._fullLayout.scene?._scene?.saveLayout(plot.layout); // a released camera glides on: else it would jump back
    return Plotly.restyle(plot, { x: each("x"), y: each("y"), z: each("z") }, playing);
  }
  /** A camera that turns redraws the picture without saying so. */
  function watch() {
    const picture = plot._fullLayout.scene?._scene?.glplot;
    const before = picture?.onrender;
    if (picture && !picture.watched)
      Object.assign(picture, { watched: true, onrender: () => (before(), follow()) });
  }
  /** Ranges and cameras that the person changed, to be found again while the figure asks for the same ranges. */
  function keep() {
    const layout = {};
    for (const [axis, part] of Object.entries(plot._fullLayout)) {
      if (/^[xy]axis\d*$/.test(axis) && !part.autorange)
        layout[axis] = { range: [...part.range], autorange: false };
      if (/^scene\d*$/.test(axis)) layout[axis] = { camera: part._scene.getCamera() };
    }
    kept.set(name, { revision, layout });
  }
  /** What a zoom left in view; nothing where nobody zoomed. */
  const seen = () => (kept.has(name) ? axes().flatMap(({ range }) => range) : []);
  /** Shows these ranges at the next drawing, those of the figure without any. @param {number[] | null} ends */
  function look(ends) {
    const [xaxis, yaxis] = [0, 2].map((from) => ({
      range: ends?.slice(from, from + 2),
      autorange: false,
    }));
    if (!ends) kept.delete(name);
    else kept.set(name, { layout: { xaxis, yaxis } });
    if (shown) shown.rest = "";
  }
  /** From the ranges asked for: to keep one scale for both axes, Plotly has widened them for the old shape. */
  function resize({ width, height }) {
    if (Math.hypot(width - plot._fullLayout.width, height - plot._fullLayout.height) < 1) return;
    const axes = Object.entries(overlay(home, kept.get(name)?.layout));
    for (const [axis, { range }] of axes) if (range) plot.layout[axis].range = [...range];
    Plotly.Plots.resize(plot);
  }
  /** The ranges that the figure asks for, whatever was zoomed. */
  async function goHome() {
    const whole = ([axis, { range }]) =>
      range ? [`${axis}.range`, range] : [`${axis}.autorange`, true];
    await Plotly.relayout(plot, Object.fromEntries(Object.entries(home).map(whole)));
    kept.delete(name);
  }
  /** Data coordinates under a pointer, kept inside the axes; `outside` tells that they were not. */
  function locate(event) {
    const [{ left, top }, { clientX, clientY }] = [plot.getBoundingClientRect(), event];
    const pixels = axes().map(({ _offset }, i) => [clientX - left, clientY - top][i] - _offset);
    const inside = axes().map(({ _length }, i) => Math.max(0, Math.min(pixels[i], _length)));
    return {
      point: axes().map(({ p2d }, i) => p2d(inside[i])),
      outside: inside.join() !== pixels.join(),
    };
  }
  /** Tells the place of every click inside the axes, and nothing at a double click, which also shows all again. */
  function onClick(act) {
    let previous = -Infinity;
    element.addEventListener(
      "pointerdown",
      (down) => {
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
      },
      { capture: true },
    );
  }
  function close() {
    sizes.disconnect();
    followers.clear();
    if (shown && kept.has(name)) keep();
    if (shown) Plotly.purge(plot);
    element.remove();
  }
  const [save, showStep] = [
    (format) => picture(plot, scene, now, format),
    () => shown && canvas.draw(),
  ];
  return { element, followers, draw, showStep, seen, look, axes, locate, onClick, save, close };
}
/** Two fingers zoom a map round the point between them, as a wheel does. */
function pinched() {
  let [before, held] = [0, ""];
  return (event) => {
    const [a, b] = event.touches;
    if (!b) return;
    if (event.cancelable) event.preventDefault(); // neither scrolls nor zooms the page
    const apart = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    const fingers = `${a.identifier} ${b.identifier}`;
    const deltaY = fingers === held ? 200 * Math.log(before / apart) : 0; // Plotly zooms by exp(deltaY / 200)
    const middle = { clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 };
    event.currentTarget
      .querySelector(".nsewdrag")
      .dispatchEvent(new WheelEvent("wheel", { deltaY, ...middle }));
    [before, held] = [apart, fingers];
  };
}
