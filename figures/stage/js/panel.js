// One panel: a Plotly figure drawn in place, its view kept, and what moves in it drawn over it.
import { createCanvas, picture } from "./canvas.js";
import { make } from "./dom.js";
import { numbering } from "./numbering.js";
import { nearZero } from "./spatial.js";
import { overlay } from "./unpack.js";
/** @typedef {ReturnType<typeof createPanel>} Panel */
/** @typedef {Map<string, {revision?: string, layout: any}>} Kept what was seen of each panel, of which figure */
const STILL = 4; // a press that moves fewer pixels is a click
const TWICE = 500; // milliseconds within which two of them are a double click
const CLOSE = 3; // times nearer than a map's mesh was made for: another is wanted
const DEEP = 64; // times nearer than lines were sent for: they are wanted more exactly
const DIGITS = 4; // of the length of what is in view, to which the server is told where it ends
const FITS = 3; // times that labels and picture may change each other
const LONGER = 1.001; // times as long: an axis that shows more than it was asked for
const FLAT = ["xaxis", "yaxis"];
const length = ([low, high]) => Math.abs(high - low);
/**
 * @param {string} name
 * @param {import("./canvas.js").Now} now
 * @param {Kept} kept
 * @param {AbortSignal} signal
 * @param {(ranges: boolean) => void} onView called when other ranges, another camera or another shape is seen
 */
export function createPanel(name, now, kept, signal, onView) {
  const plot = /** @type {any} */ (make("div", { className: "fall-line-plot", role: "img" }));
  const canvas = createCanvas(plot, now);
  const element = make("div", { className: "fall-line-panel", tabIndex: 0 }, plot, canvas.element);
  const followers = new Set([canvas.measure]); // called whenever the picture lies elsewhere
  const follow = () => followers.forEach((each) => each());
  let scene = canvas.show(/** @type {any} */ ({ traces: [] }));
  let shown = /** @type {any} */ (undefined); // the signs of what was drawn last
  let revision = ""; // of the figure: as long as it is the same, what was zoomed stays
  let home = /** @type {Record<string, any>} */ ({}); // what the figure asks for, by axis
  let covers = /** @type {number[] | undefined} */ (undefined); // how far its meshes reach
  let numbered = /** @type {Record<string, any>} */ ({}); // how the axes were numbered last
  let wanted = /** @type {number[] | undefined} */ (undefined);
  let stale = false; // the plot has old runs
  let fitting = 0; // how often the ranges are being set here, and not by the person
  let alt = ""; // what a screen reader says of the picture
  let waits = false; // whether that would give an answer away
  const sizes = new ResizeObserver(([{ contentRect }]) => {
    if (shown && plot.offsetParent) resize(contentRect);
  });
  sizes.observe(element);
  element.dataset.panel = name;
  element.onpointermove = (event) => stale && !event.buttons && catchUp();
  if (name === "map") element.addEventListener("touchmove", pinched(), { passive: false });
  const axes = () => FLAT.map((axis) => plot._fullLayout[axis]);
  const flat = () => FLAT.every((axis) => plot._fullLayout?.[axis]?.range); // and still there

  /** Keeps back what the runs come to, from the next drawing on. @param {boolean} concealed */
  function conceal(concealed) {
    waits = concealed;
    label();
  }
  function label() {
    plot.ariaLabel = waits ? `${name}, before the runs have been played` : alt;
  }
  /** Tells whether it is the first. @param {{alt: string, points: string, rest: string}} signs @param {any} figure */
  async function draw(signs, figure, theme) {
    alt = signs.alt;
    label();
    const inDark = (part) => (theme.dark ? overlay(part, part.meta?.dark ?? {}) : part);
    const prefix = name.replace(/\W/g, "-");
    let traces = figure.data.map((trace, i) => ({ uid: `${prefix}-${i}`, ...inDark(trace) }));
    let layout = {
      autosize: true,
      template: theme.template,
      ...inDark(figure.layout),
      uirevision: undefined,
    };
    const three = traces.some(({ type }) => /3d|surface/.test(type ?? ""));
    if (three) [traces, layout] = nearZero(traces, layout);
    const cursor = Boolean(figure.layout.meta?.cursor);
    scene = canvas.show({ ...theme, traces, cursor, grows: waits });
    const before = shown;
    shown = { points: signs.points, rest: `${theme.name}${signs.rest}${waits}` };
    if (before?.rest === shown.rest) {
      stale ||= before.points !== shown.points;
      return follow();
    }
    if (before?.rest && kept.has(name)) keep(false); // a camera that came to rest
    home = Object.fromEntries(FLAT.map((axis) => [axis, asked(layout[axis])]));
    covers = layout.meta?.covers;
    revision = JSON.stringify([
      figure.layout.uirevision,
      FLAT.map((axis) => [home[axis].range, layout[axis]?.type]),
    ]);
    const view = kept.get(name);
    const seen = (view?.revision ?? revision) === revision ? view?.layout : {};
    const found = overlay(overlay(layout, three ? {} : numbered), seen);
    found.legend = { ...found.legend, uirevision: "kept" };
    if (!three && matchMedia("(pointer: coarse)").matches) found.dragmode = false; // one finger scrolls the page
    stale = false;
    const untold = waits ? { hoverinfo: "skip", hovertemplate: null } : {};
    const hide = (trace) => ({ ...trace, ...(trace.meta?.plays && { opacity: 0, ...untold }) });
    if (cursor) found.yaxis = { ...found.yaxis, showticklabels: !waits }; // how far a curve goes
    const config = {
      displayModeBar: false,
      doubleClick: false,
      scrollZoom: name === "map" || three,
    };
    await Plotly.react(plot, traces.map(hide), found, config);
    await number();
    await fit();
    if (before) return false;
    for (const event of ["plotly_afterplot", "plotly_relayouting", "plotly_relayout"])
      plot.on(event, follow);
    plot.on("plotly_afterplot", watch);
    plot.on("plotly_relayout", (change) => {
      if (fitting) return;
      const [what] =
        Object.keys(change)
          .join()
          .match(/range|camera/) ?? [];
      if (!what) return;
      keep(what === "range");
      number();
      onView(what === "range");
    });
    watch();
    follow();
    return true;
  }
  /** What a figure asks of an axis, of all that changes with what is in view. */
  function asked(axis = /** @type {any} */ ({})) {
    const { range, nticks, exponentformat, hoverformat } = axis;
    return { range: range?.slice(), nticks, exponentformat, hoverformat };
  }
  /** Writes the numbers beside the axes and in the hover with the digits that the ranges in view need. */
  function number() {
    if (!flat()) return undefined;
    const letters = plot._fullLayout.font.size;
    const changes = {};
    for (const axis of FLAT) {
      if (axis === "xaxis" && scene.cursor) continue; // steps are whole numbers
      numbered[axis] = numbering(axis, plot._fullLayout[axis], home[axis], letters);
      for (const [key, value] of Object.entries(numbered[axis])) {
        if (plot.layout[axis]?.[key] !== value) changes[`${axis}.${key}`] = value ?? null;
      }
    }
    return Object.keys(changes).length ? Plotly.relayout(plot, changes) : undefined;
  }
  /** Long labels make the picture smaller, and both axes then show more than was asked for: one is enough. */
  async function fit() {
    const wished = FLAT.map(wish);
    const widened = (axis, i) => wished[i] && LONGER * length(wished[i]) < length(axis.range);
    fitting += 1;
    for (let again = 0; again < FITS && flat() && axes().every(widened); again++)
      await Plotly.relayout(plot, { "xaxis.range": wished[0], "yaxis.range": wished[1] });
    fitting -= 1;
  }
  /** The range of an axis that was zoomed to, else the one that its figure asks for. */
  function wish(axis) {
    const range = kept.get(name)?.layout[axis]?.range ?? home[axis]?.range;
    return range && [...range];
  }
  /** Gives Plotly the present points. Those that the canvas draws are wanted only where a pointer may ask for them. */
  function catchUp() {
    const playing = [...scene.traces.keys()].filter((i) => scene.traces[i].meta?.plays);
    const each = (key) => playing.map((i) => scene.traces[i][key]);
    const points = { x: each("x"), y: each("y"), z: each("z"), customdata: each("customdata") };
    stale = false;
    plot._fullLayout.scene?._scene?.saveLayout(plot.layout); // a released camera glides on: else it would jump back
    return Plotly.restyle(plot, points, playing);
  }
  /** A camera that turns redraws the picture without saying so. */
  function watch() {
    const drawing = plot._fullLayout.scene?._scene?.glplot;
    const before = drawing?.onrender;
    if (!drawing || drawing.watched) return;
    Object.assign(drawing, { watched: true, onrender: () => (before(), follow()) });
  }
  /**
   * Cameras and ranges that the person changed, to be found again while the figure asks for the same ranges.
   * @param {boolean} moved whether the ranges were: else those that were kept stay, which a wide panel exceeds
   */
  function keep(moved) {
    const layout = {};
    const before = kept.get(name)?.layout;
    for (const [axis, part] of Object.entries(plot._fullLayout)) {
      if (/^[xy]axis\d*$/.test(axis)) {
        if (!moved) layout[axis] = before?.[axis];
        else if (!part.autorange) layout[axis] = { range: [...part.range], autorange: false };
      }
      if (/^scene\d*$/.test(axis)) layout[axis] = { camera: part._scene.getCamera() };
    }
    kept.set(name, { revision, layout });
  }
  /** What a zoom left in view; nothing where nobody zoomed. */
  const seen = () => (kept.has(name) ? axes().flatMap(({ range }) => range) : []);
  /**
   * What is in view, where the figure was made for less: it reaches beyond its meshes, or is looked at far closer.
   * @param {boolean} zooms whether the server hears of every zoom anyway
   */
  function wants(zooms) {
    if (!shown || !plot.offsetParent || !flat()) return wanted;
    const ranges = axes().map(({ range }) => range);
    const made = covers
      ? [covers.slice(0, 2), covers.slice(2)]
      : FLAT.map((axis) => home[axis].range);
    const beyond = covers && ranges.some(([low, high], i) => low < made[i][0] || high > made[i][1]);
    const much = covers ? CLOSE : DEEP;
    const close = ranges.some((range, i) => made[i] && much * length(range) < length(made[i]));
    wanted = beyond || (close && !zooms) ? ranges.flatMap(shortened) : undefined;
    return wanted;
  }
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
  async function resize({ width, height }) {
    if (Math.hypot(width - plot._fullLayout.width, height - plot._fullLayout.height) < 1) return;
    for (const axis of FLAT) {
      const range = wish(axis);
      if (range) plot.layout[axis].range = range;
    }
    await Plotly.Plots.resize(plot);
    await number();
    await fit();
    onView(false);
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
    if (shown && kept.has(name)) keep(false);
    if (shown) Plotly.purge(plot);
    element.remove();
  }
  const [save, showStep] = [
    (format) => picture(plot, scene, now, format),
    () => shown && canvas.draw(),
  ];
  return {
    element,
    followers,
    draw,
    conceal,
    showStep,
    seen,
    wants,
    look,
    axes,
    locate,
    onClick,
    save,
    close,
  };
}
/** An interval to a few digits of its length. */
function shortened([low, high]) {
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(high - low))) - DIGITS);
  return [low, high].map((end) => Math.round(end / unit) * unit);
}
/** Two fingers zoom a map around the point between them, as a wheel does. */
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
