// One panel: a Plotly figure drawn in place, its view kept, and what moves in it drawn over it.
import {
  camerasOf,
  flatAxesOf,
  isDrawn,
  onEveryDrawing,
  originOf,
  saveCamera,
  sizeOf,
  writeNumbers,
} from "./adapter/plotly.js";
import { NOTHING, createCanvas } from "./canvas.js";
import { make } from "./dom.js";
import { createEarly } from "./early.js";
import { asked, dressed, withoutRuns } from "./figure.js";
import { FLAT, createFitting } from "./fitting.js";
import { atStep, momentAt, thatPlay } from "./moments.js";
import { picture } from "./picture.js";
import { locate, onClick, pinched } from "./pointer.js";
import { exceeds, shortened } from "./ranges.js";
import { whole } from "./spatial.js";
import { asElsewhere } from "./numbering.js";
import { overlay } from "./unpack.js";
import { inWords } from "./words.js";
const CENTER = { x: 0, y: 0, z: 0 }; // as plotly.js has them where nobody says
const UP = { x: 0, y: 0, z: 1 };
/** Three of several numbers; nothing where there are none. @param {any} numbers @param {number} from */
function point(numbers, from) {
  const [x, y, z] = numbers.slice(from, from + 3);
  return z === undefined ? undefined : { x, y, z };
}
/** @typedef {ReturnType<typeof createPanel>} Panel */
/**
 * @typedef {Map<string, {revision?: string, layout: any}>} Kept what was seen of each panel, of
 * which figure
 */
/**
 * @typedef {object} State
 * @property {import("./canvas.js").Scene} scene what the canvas draws
 * @property {{points: string, rest: string} | undefined} shown the signs of what was drawn last
 * @property {string} revision of the figure: as long as it is the same, what was zoomed stays
 * @property {Record<string, any>} home what the figure asks for, by axis
 * @property {number[] | undefined} covers how far its meshes reach
 * @property {Record<string, any>} numbered how the axes were numbered last
 * @property {number[] | undefined} wanted what is in view where the figure was made for less, as it
 * was last
 * @property {boolean} stale whether the plot has old runs
 * @property {number} moment which of the meshes that play the plot has
 * @property {boolean} drawing whether Plotly is drawing, and is to be given nothing else
 * @property {number} fitting how often the ranges are being set here, and not by the person
 * @property {string} alt what a screen reader says of the picture
 * @property {string} called the picture's name
 * @property {boolean} waits whether that would give an answer away
 */
/**
 * @param {string} name
 * @param {import("./playing.js").Now} now
 * @param {Kept} kept
 * @param {AbortSignal} signal
 * @param {(ranges: boolean) => void} onView called when other ranges, another camera or another
 * shape is seen
 */
export function createPanel(name, now, kept, signal, onView) {
  const plot = /** @type {any} */ (make("div", { className: "fall-line-plot", role: "img" }));
  const canvas = createCanvas(plot, now);
  const box = { className: "fall-line-panel", role: "group", tabIndex: 0 };
  const element = make("div", box, plot, canvas.element);
  const followers = new Set([canvas.measure]); // called whenever the picture lies elsewhere
  const follow = () => followers.forEach((each) => each());
  /** @type {State} */
  const state = {
    scene: NOTHING,
    shown: undefined,
    revision: "",
    home: {},
    covers: undefined,
    numbered: {},
    wanted: undefined,
    stale: false,
    moment: -1,
    drawing: false,
    fitting: 0,
    alt: "",
    called: "",
    waits: false,
  };
  const sizes = new ResizeObserver(([{ contentRect }]) => {
    if (state.shown && plot.offsetParent) resize(contentRect);
  });
  sizes.observe(element);
  element.dataset.panel = name;
  element.onpointermove = (event) => {
    if (state.stale && !event.buttons) catchUp();
  };
  if (name === "map") element.addEventListener("touchmove", pinched(plot), { passive: false });
  const { axes, isFlat, number, fit, wish } = createFitting(plot, name, kept, state);
  const early = createEarly(element, signal);

  /** Keeps back what the runs come to, from the next drawing on. @param {boolean} concealed */
  function conceal(concealed) {
    state.waits = concealed;
    label();
  }
  function label() {
    element.ariaLabel = state.called;
    plot.ariaLabel = state.waits
      ? inWords("{picture}, before the runs have been played", { picture: state.called })
      : state.alt;
  }
  /**
   * Draws what has changed; returns whether it is the first time.
   * @param {{alt: string, called: string, points: string, rest: string}} signs
   */
  async function draw(signs, figure, theme) {
    state.alt = signs.alt;
    state.called = signs.called;
    label();
    const { traces, layout, three } = dressed(name, figure, theme);
    const cursor = Boolean(figure.layout.meta?.cursor);
    const { ink, paper, font, letters } = theme;
    state.scene = { traces, cursor, grows: state.waits, ink, paper, font, letters };
    canvas.show(state.scene);
    const before = state.shown;
    const shown = { points: signs.points, rest: `${theme.name}${signs.rest}${state.waits}` };
    state.shown = shown;
    if (before?.rest === shown.rest) {
      state.stale ||= before.points !== shown.points;
      follow();
      return false;
    }
    if (before?.rest && kept.has(name)) keep(false); // a camera that came to rest
    remember(figure, layout);
    const [playing] = thatPlay(traces);
    state.moment = playing === undefined ? -1 : momentAt(traces[playing], now.step);
    state.drawing = true;
    const present = traces.map((trace) => atStep(trace, now.step));
    if (three) layout.scene.domain = { y: whole(plot.clientWidth, plot.clientHeight) };
    await Plotly.react(plot, withoutRuns(present, state.waits), seenAgain(layout, three), {
      displayModeBar: false,
      doubleClick: false,
      scrollZoom: name === "map" || three,
    });
    state.drawing = false;
    await showMoment();
    await number();
    await fit();
    if (before) return false;
    listen();
    follow();
    return true;
  }
  /** What a figure asks for, before it is zoomed. */
  function remember(figure, layout) {
    state.stale = false;
    state.home = Object.fromEntries(FLAT.map((axis) => [axis, asked(layout[axis])]));
    state.covers = layout.meta?.covers;
    const ranges = FLAT.map((axis) => [state.home[axis].range, layout[axis]?.type]);
    state.revision = JSON.stringify([figure.layout.uirevision, ranges]);
  }
  /** The layout with what was seen of it last. */
  function seenAgain(layout, three) {
    const view = kept.get(name);
    const seen = (view?.revision ?? state.revision) === state.revision ? view?.layout : {};
    const found = overlay(overlay(layout, three ? {} : state.numbered), seen);
    found.legend = { ...found.legend, uirevision: "kept" };
    // one finger scrolls the page
    if (!three && matchMedia("(pointer: coarse)").matches) found.dragmode = false;
    // how far a curve goes
    if (state.scene.cursor) found.yaxis = { ...found.yaxis, showticklabels: !state.waits };
    return found;
  }
  function listen() {
    for (const event of ["plotly_afterplot", "plotly_relayouting", "plotly_relayout"])
      plot.on(event, follow);
    const watch = () => {
      onEveryDrawing(plot, follow);
      writeNumbers(plot, asElsewhere);
    };
    for (const event of ["plotly_afterplot", "plotly_relayout", "plotly_restyle"])
      plot.on(event, watch);
    plot.on("plotly_relayout", (change) => {
      if (state.fitting) return;
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
  }
  /**
   * Gives Plotly the present points. Those that the canvas draws are wanted only where a pointer
   * may ask for them.
   */
  function catchUp() {
    const { traces } = state.scene;
    const playing = [...traces.keys()].filter(
      (i) => traces[i].meta?.plays && !traces[i].meta.flood,
    );
    const each = (key) => playing.map((i) => traces[i][key]);
    const points = { x: each("x"), y: each("y"), z: each("z"), customdata: each("customdata") };
    state.stale = false;
    saveCamera(plot);
    return Plotly.restyle(plot, points, playing);
  }
  /**
   * Cameras and ranges that the person changed, to be found again while the figure asks for the
   * same ranges.
   * @param {boolean} moved whether the ranges were: else those that were kept stay, which a wide
   * panel exceeds
   */
  function keep(moved) {
    const layout = {};
    const before = kept.get(name)?.layout;
    for (const [axis, { range, autorange }] of flatAxesOf(plot)) {
      if (!moved) layout[axis] = before?.[axis];
      else if (!autorange) layout[axis] = { range: [...range], autorange: false };
    }
    for (const [scene, camera] of camerasOf(plot)) layout[scene] = { camera };
    kept.set(name, { revision: state.revision, layout });
  }
  /** What a zoom left in view; nothing where nobody zoomed. */
  const seen = () => (kept.has(name) ? axes().flatMap(({ range }) => range) : []);
  /**
   * What is in view, where the figure was made for less: it reaches beyond its meshes, or is looked
   * at far closer.
   * @param {boolean} zooms whether the server hears of every zoom anyway
   */
  function wants(zooms) {
    if (!state.shown || !plot.offsetParent || !isFlat()) return state.wanted;
    const ranges = axes().map(({ range }) => range);
    const home = FLAT.map((axis) => state.home[axis].range);
    const { beyond, close } = exceeds(ranges, state.covers, home);
    state.wanted = beyond || (close && !zooms) ? ranges.flatMap(shortened) : undefined;
    return state.wanted;
  }
  /**
   * Shows these ranges at the next drawing, those of the figure without any.
   * @param {number[] | null} ends
   */
  function look(ends) {
    if (ends) {
      const xaxis = { range: ends.slice(0, 2), autorange: false };
      const yaxis = { range: ends.slice(2), autorange: false };
      kept.set(name, { layout: { xaxis, yaxis } });
    } else {
      kept.delete(name);
    }
    if (state.shown) state.shown.rest = "";
  }
  /**
   * From the ranges asked for: to keep one scale for both axes, Plotly has widened them for the old
   * shape.
   */
  async function resize({ width, height }) {
    const before = sizeOf(plot);
    if (Math.hypot(width - before.width, height - before.height) < 1) return;
    for (const axis of FLAT) {
      const range = wish(axis);
      if (range) plot.layout[axis].range = range;
    }
    if (plot.layout.scene) plot.layout.scene.domain = { y: whole(width, height) };
    const { top } = originOf(plot);
    await Plotly.Plots.resize(plot);
    if (!isDrawn(plot)) return; // it has been taken away meanwhile
    // Plotly has put the legend where it was before
    if (originOf(plot).top !== top) await Plotly.redraw(plot);
    await number();
    await fit();
    onView(false);
  }
  /**
   * The ranges that the figure asks for, whatever was zoomed: also for a message that comes before
   * they are drawn.
   */
  async function goHome() {
    const changes = {};
    for (const [axis, { range }] of Object.entries(state.home)) {
      if (range) changes[`${axis}.range`] = range;
      else changes[`${axis}.autorange`] = true;
    }
    kept.delete(name);
    onView(true);
    state.fitting += 1;
    await Plotly.relayout(plot, changes);
    state.fitting -= 1;
    await number();
    onView(false);
  }
  /** The camera of a surface as numbers: its eye, what it looks at, and which way is up. */
  function camera() {
    const { eye, center, up } = kept.get(name)?.layout.scene?.camera ?? {};
    const points = [eye, center ?? CENTER, up ?? UP];
    return eye ? points.flatMap(({ x, y, z }) => [x, y, z]) : null;
  }
  /**
   * Shows what another browser sees: a map these ranges, those of the figure without any; a surface
   * from this camera.
   * @param {{window?: number[] | null, camera?: number[] | null}} other
   */
  async function goWith(other) {
    /** @type {Record<string, unknown>} */
    const changes = {};
    if (name === "map" && other.window !== undefined) {
      look(other.window);
      const ends = other.window;
      for (const [i, axis] of FLAT.entries()) {
        const range = ends ? ends.slice(2 * i, 2 * i + 2) : state.home[axis]?.range;
        if (range) changes[`${axis}.range`] = range;
      }
    }
    if (name === "surface" && other.camera) {
      const [eye, center = CENTER, up = UP] = [0, 3, 6].map((i) => point(other.camera, i));
      kept.set(name, { layout: { scene: { camera: { eye, center, up } } } });
      changes["scene.camera"] = { eye, center, up };
    }
    if (!state.shown || !isDrawn(plot) || !Object.keys(changes).length) return;
    state.fitting += 1;
    await Plotly.relayout(plot, changes);
    state.fitting -= 1;
    if (name === "map") await number();
    follow();
  }
  function showStep() {
    if (!state.shown) return;
    showMoment();
    canvas.draw();
  }
  /**
   * Gives Plotly the meshes of the present step. While it draws some it is given no others, and the
   * last ones after that.
   */
  async function showMoment() {
    const { traces } = state.scene;
    const playing = thatPlay(traces);
    if (!playing.length || state.drawing || !isDrawn(plot)) return;
    const moment = momentAt(traces[playing[0]], now.step);
    if (moment === state.moment) return;
    state.moment = moment;
    state.drawing = true;
    const present = playing.map((i) => atStep(traces[i], now.step));
    const each = (key) => present.map((trace) => trace[key]);
    saveCamera(plot);
    await Plotly.restyle(plot, { z: each("z"), customdata: each("customdata") }, playing);
    state.drawing = false;
    await showMoment();
  }
  function showBetween() {
    if (state.shown) canvas.drawBetween();
  }
  function close() {
    sizes.disconnect();
    followers.clear();
    if (state.shown && kept.has(name)) keep(false);
    if (state.shown) Plotly.purge(plot);
    element.remove();
  }
  const located = (/** @type {{clientX: number, clientY: number}} */ event) =>
    isFlat() ? locate(plot, axes(), event) : undefined;
  return {
    element,
    followers,
    draw,
    conceal,
    showStep,
    showBetween,
    seen,
    wants,
    look,
    camera,
    goWith,
    axes,
    isFlat,
    locate: located,
    early: early.take,
    name: canvas.name,
    pointsWithin: canvas.pointsWithin,
    /**
     * Gives the place of every click inside the axes, and nothing at a double click, which also
     * shows all again.
     */
    onClick(/** @type {(point: number[] | undefined, event: PointerEvent) => void} */ act) {
      const clicked = (point, event) => {
        if (!point) goHome();
        act(point, event);
      };
      onClick(element, located, clicked, signal);
    },
    save: (
      /** @type {"png" | "svg"} */ format,
      /** @type {import("./picture.js").Around} */ around,
    ) => picture(plot, state.scene, now, format, around),
    close,
  };
}
