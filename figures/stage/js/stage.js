// The stage: takes messages from Python, lays out panels, bar and table, and keeps what the person chose.
import { createHandle } from "./handle.js";
import { createPanel } from "./panel.js";
import { createPlayer } from "./player.js";
import { createNotes } from "./notes.js";
import { readTheme } from "./theme.js";
import { fill, unpack } from "./unpack.js";

/**
 * @typedef {{data: Uint8Array, parentElement: HTMLElement, setStateValue: (name: string, value: unknown) => void}} Mount
 * @typedef {{step: number, speed: number, loop: boolean, alone: string, panels: Map<string, any>}} View
 */

const HOME = new URL(".", import.meta.url).href;
const KEPT = 16; // views remembered, the oldest leave first

/** @type {WeakMap<HTMLElement, ReturnType<typeof open>>} */
const stages = new WeakMap();
/** @type {Map<HTMLElement, {message: Uint8Array, arrays?: Map<string, any>}>} */
const cargos = new Map();
/** @type {Set<() => void>} */
const waiting = new Set();
/** @type {Map<string, View>} */
const views = new Map();
/** @type {Promise<void> | undefined} */
let library;

/**
 * Mounted once for each panel with a mesh: keeps arrays that seldom change, so that they need not be sent again.
 * @param {Mount} mount
 */
export function cargo({ data, parentElement }) {
  const box = /** @type {HTMLElement | null} */ (parentElement.closest("[data-testid=stElementContainer]"));
  if (box) box.style.display = "none";
  const mine = { message: data, arrays: cargos.get(parentElement)?.arrays };
  cargos.set(parentElement, mine);
  unpack(data).then(({ arrays }) => {
    mine.arrays = arrays;
    for (const wake of [...waiting]) wake();
  });
  return () => cargos.get(parentElement) === mine && cargos.delete(parentElement);
}

/**
 * Called at mount, at every message and at a change of theme, always with the same element.
 * @param {Mount} mount
 */
export function stage({ data, parentElement, setStateValue }) {
  const here = stages.get(parentElement) ?? open(parentElement);
  stages.set(parentElement, here);
  here.ask = (x, y) => setStateValue("start", [x, y]);
  const mine = here.show(data);
  return () => {
    if (here.latest() !== mine) return;
    stages.delete(parentElement);
    here.close();
  };
}

/** @param {HTMLElement} parent */
function open(parent) {
  const root = make("div", "fall-line");
  const alarm = make("p", "fall-line-alarm");
  alarm.setAttribute("role", "alert");
  alarm.hidden = true;
  const stopping = new AbortController();
  const ready = Promise.all([loadLibrary(), loadStyle(root)]);
  parent.append(root);
  root.append(alarm);

  /** @type {Map<string, ReturnType<typeof createPanel>>} */
  const panels = new Map();
  /** @type {View} */
  let view = { step: Infinity, speed: 1, loop: false, alone: "", panels: new Map() };
  let number = 0;
  let arranged = "";
  const player = createPlayer((step, steps) => {
    view.step = step >= steps ? Infinity : step;
    root.dataset.step = String(step);
    for (const panel of panels.values()) panel.showStep(step, steps);
  });
  const notes = createNotes();
  const handle = createHandle((x, y) => here.ask(x, y));
  const here = { ask: (/** @type {number} */ _x, /** @type {number} */ _y) => {}, show, latest: () => number, close };

  /** @param {Uint8Array} data */
  function show(data) {
    const mine = ++number;
    draw(data, () => mine !== number).catch((error) => {
      alarm.textContent = `The picture could not be drawn: ${error.message}`;
      alarm.hidden = false;
      throw error;
    });
    return mine;
  }

  /**
   * @param {Uint8Array} data
   * @param {() => boolean} stale
   */
  async function draw(data, stale) {
    const { tree, arrays } = await unpack(data);
    await ready;
    const figures = await complete(tree.panels, arrays, stale);
    if (!figures || stale()) return;
    alarm.hidden = true;
    view = remembered(tree.key, view);
    arrange(tree);
    notes.show(tree.table, tree.notes);
    player.set(tree.steps, view);
    const theme = readTheme(root);
    for (const name of Object.keys(figures)) {
      const panel = /** @type {ReturnType<typeof createPanel>} */ (panels.get(name));
      const first = !panel.drawn();
      await panel.draw(tree.panels[name], figures[name], theme, player.step, player.steps);
      if (first) await painted();
      if (stale()) return;
    }
    handle.show(panels.get("map"), tree.start);
    root.dataset.drawn = String(Number(root.dataset.drawn ?? 0) + 1);
  }

  /**
   * Figures with their arrays in place; waits for those that a cargo still has to bring.
   * @param {any} skeleton
   * @param {Map<string, any>} arrays
   * @param {() => boolean} stale
   */
  async function complete(skeleton, arrays, stale) {
    while (!stale() && !stopping.signal.aborted) {
      let missing = false;
      const figures = fill(skeleton, (name) => {
        if (arrays.has(name)) return arrays.get(name);
        for (const cargo of cargos.values()) if (cargo.arrays?.has(name)) return cargo.arrays.get(name);
        missing = true;
      });
      if (!missing) return figures;
      await new Promise((resolve) => {
        const wake = () => resolve(waiting.delete(wake));
        waiting.add(wake);
      });
    }
    return undefined;
  }

  /** @param {any} tree */
  function arrange(tree) {
    for (const [name, panel] of panels)
      if (!(name in tree.panels)) {
        panel.close();
        panels.delete(name);
      }
    for (const name of Object.keys(tree.panels))
      if (!panels.has(name)) {
        const panel = createPanel(name, view.panels);
        panels.set(name, panel);
        if (tree.panels[name].layout.meta?.cursor) panel.onClick((point) => point && player.jump(point[0]));
      }
    player.element.hidden = !tree.steps;
    const plan = JSON.stringify([tree.rows, Object.keys(tree.panels)]);
    if (plan === arranged) return;
    arranged = plan;
    root.replaceChildren(alarm);
    let tall = true;
    for (const names of tree.rows) {
      const row = make("div", "fall-line-row");
      tall &&= !names.includes("play");
      row.classList.toggle("fall-line-tall", tall);
      for (const name of names) {
        const own = { play: player.element, table: notes.element }[/** @type {string} */ (name)];
        const element = own ?? panels.get(name)?.element;
        if (!element) throw new Error(`no panel is called ${name}`);
        if (!own) element.style.flexGrow = String(tree.panels[name].width);
        row.append(element);
      }
      root.append(row);
    }
  }

  function close() {
    number++;
    stopping.abort();
    for (const wake of [...waiting]) wake();
    player.close();
    handle.close();
    for (const panel of panels.values()) panel.close();
    root.remove();
  }

  return here;
}

/**
 * What the person last saw under this key, also on another page; the present view where there is none.
 * @param {string} key
 * @param {View} present
 */
function remembered(key, present) {
  const view = views.get(key) ?? present;
  views.delete(key);
  views.set(key, view);
  for (const oldest of views.keys()) if (views.size > KEPT) views.delete(oldest);
  return view;
}

/** The page may have begun to fetch plotly.js by itself; a script that failed has removed itself. */
function loadLibrary() {
  if ("Plotly" in window) return Promise.resolve();
  library ??= new Promise((resolve, reject) => {
    const begun = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[src$='/plotly.min.js']"));
    const script = begun ?? document.createElement("script");
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new Error("plotly.js did not load")));
    if (!begun) document.head.append(Object.assign(script, { src: `${HOME}plotly.min.js` }));
  });
  return library;
}

/** @param {HTMLElement} root */
function loadStyle(root) {
  return new Promise((resolve, reject) => {
    const id = "fall-line-style";
    if (document.getElementById(id)) return resolve(undefined);
    const link = document.createElement("link");
    Object.assign(link, { id, rel: "stylesheet", href: `${HOME}stage.css` });
    link.onload = resolve;
    link.onerror = () => reject(new Error("the style sheet did not load"));
    document.head.append(link);
    root.dataset.styled = "";
  });
}

/** Lets the browser show what is drawn; a page in the background shows nothing, and does not wait. */
function painted() {
  if (document.hidden) return Promise.resolve();
  const rest = (/** @type {() => void} */ done) => ("requestIdleCallback" in window ? requestIdleCallback(done, { timeout: 500 }) : setTimeout(done));
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => rest(() => rest(() => resolve(undefined))))));
}

/**
 * @param {string} tag
 * @param {string} name
 */
function make(tag, name) {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}
