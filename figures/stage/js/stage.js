// The stage: takes messages from Python, lays out panels, bar and table, and keeps what the person chose.
import { fromAddress, toAddress } from "./address.js";
import { complete } from "./cargo.js";
import { make } from "./dom.js";
import { createHandle } from "./handle.js";
import { createNotes } from "./notes.js";
import { createPanel } from "./panel.js";
import { createPlayer } from "./player.js";
import { readTheme } from "./theme.js";
import { createTools } from "./tools.js";
import { unpack } from "./unpack.js";

/**
 * @typedef {{data: Uint8Array, parentElement: HTMLElement, setStateValue: (name: string, value: unknown) => void}} Mount
 * @typedef {import("./panel.js").Kept} Kept
 * @typedef {{step: number, speed: number, loop: boolean, alone: string, panels: Kept}} View
 */

const HOME = new URL(".", import.meta.url).href;
const KEPT = 16; // views remembered, the oldest leave first
const SETTLED = 300; // milliseconds without a change, until others hear of what is seen

/** @type {WeakMap<HTMLElement, ReturnType<typeof open>>} */
const stages = new WeakMap();
/** @type {Map<string, View>} */
const views = new Map();

/** Called at mount, at every message and at a change of theme, always with the same element. @param {Mount} mount */
export function stage({ data, parentElement, setStateValue }) {
  const here = stages.get(parentElement) ?? open(parentElement);
  stages.set(parentElement, here);
  here.tell = setStateValue;
  const mine = here.show(data);
  return () => {
    if (here.latest() !== mine) return;
    stages.delete(parentElement);
    here.close();
  };
}

/** @param {HTMLElement} parent */
function open(parent) {
  const alarm = make("p", { role: "alert", hidden: true });
  const root = make("div", { className: "fall-line" }, alarm);
  parent.append(root);
  const ready = loadAll();
  const closing = new AbortController();
  const now = { step: 0, steps: 0 };
  /** @type {Map<string, import("./panel.js").Panel>} */
  const panels = new Map();
  /** @type {any} what Python sent last */
  let tree = {};
  let view = fromAddress();
  let [number, arranged, settling, zoomed, heard] = [0, "", 0, false, ""];
  /** @type {string[]} windows that the server has not answered yet */
  let told = [];
  let again = () => {};
  const here = { tell: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {}, show, latest: () => number, close };
  const notes = createNotes();
  const handle = createHandle((name, point) => here.tell(name, point));
  const tools = createTools(root, (name) => {
    view.alone = name;
    again();
  });
  const player = createPlayer(now, () => {
    view.step = now.step >= now.steps ? Infinity : now.step;
    root.dataset.step = String(now.step);
    for (const panel of panels.values()) panel.showStep();
    settle();
  });
  const bar = make("div", { className: "fall-line-bar" }, player.element, tools.element);
  root.onkeydown = player.onKey;

  /** @param {Uint8Array} data */
  function show(data) {
    const mine = ++number;
    again = () => {
      draw(data, () => mine !== number).catch((error) => {
        Object.assign(alarm, { textContent: `The picture could not be drawn: ${error.message}`, hidden: false });
        throw error;
      });
    };
    again();
    return mine;
  }

  async function draw(data, stale) {
    const [message] = await Promise.all([unpack(data), ready]);
    const figures = !stale() && complete(message.tree.panels, message.arrays, () => stale() || again());
    if (!figures) return;
    alarm.hidden = true;
    tree = message.tree;
    view = remembered(tree.key, view);
    arrange();
    hear(tree.window);
    notes.show(tree.table, tree.notes);
    player.set(tree.steps, view);
    const theme = readTheme(root);
    for (const [name, panel] of panels) {
      const first = !panel.drawn();
      if (!panel.element.hidden) await panel.draw(tree.panels[name], figures[name], theme);
      if (first) await painted();
      if (stale()) return;
    }
    handle.show(panels.get("map"), tree.start);
    root.dataset.drawn = String(Number(root.dataset.drawn ?? 0) + 1);
    settle();
  }

  function arrange() {
    for (const [name, panel] of panels)
      if (!(name in tree.panels)) {
        panel.close();
        panels.delete(name);
      }
    for (const name of Object.keys(tree.panels))
      if (!panels.has(name)) {
        const panel = createPanel(name, now, view.panels, closing.signal, (ranges) => {
          zoomed ||= ranges && name === "map";
          settle();
        });
        panels.set(name, panel);
        if (tree.panels[name].layout.meta?.cursor) panel.onClick((point) => point && player.jump(point[0]));
      }
    const [tall] = [tree.rows.slice(0, tree.rows.findIndex((row) => row.includes("play"))).flat()];
    const alone = tall.length === 2 && tall.includes(view.alone) ? view.alone : "";
    for (const [name, panel] of panels) panel.element.hidden = alone !== "" && tall.includes(name) && name !== alone;
    tools.set(tall, alone, panels, tree.title);
    bar.hidden = !tree.steps;
    const plan = JSON.stringify([tree.rows, Object.keys(tree.panels)]);
    if (plan === arranged) return;
    arranged = plan;
    const pieces = { play: bar, table: notes.element, ...Object.fromEntries([...panels].map(([n, p]) => [n, p.element])) };
    for (const [name, { width }] of Object.entries(tree.panels)) pieces[name].style.flexGrow = String(width);
    root.replaceChildren(alarm, ...tree.rows.map((row, i) => {
      const given = { className: `fall-line-row${row.some((name) => tall.includes(name)) ? " fall-line-tall" : ""}` };
      return make("div", given, row.map((name) => pieces[name]));
    }));
  }

  /** The window that the server draws is looked at, unless it only repeats what it was told from here. */
  function hear(window) {
    if (!tree.zooms) return;
    const text = JSON.stringify(window);
    const mine = told.indexOf(text);
    if (mine < 0 && text !== heard) panels.get("map")?.look(window);
    told = told.slice(mine + 1);
    heard = text;
  }

  /** Once nothing changes any more, the address and the server hear of it. */
  function settle() {
    clearTimeout(settling);
    settling = setTimeout(() => {
      if (root === document.querySelector(".fall-line")) toAddress(view);
      const window = panels.get("map")?.window();
      const text = JSON.stringify(window);
      if (!tree.zooms || !zoomed || text === (told.at(-1) ?? heard)) return;
      zoomed = false;
      told.push(text);
      here.tell("window", window);
    }, SETTLED);
  }

  function close() {
    number++;
    closing.abort();
    clearTimeout(settling);
    player.close();
    handle.close();
    for (const panel of panels.values()) panel.close();
    root.remove();
  }

  return here;
}

/** What the person last saw under this key, also on another page; the present view where there is none. */
function remembered(key, present) {
  const view = views.get(key) ?? present;
  views.delete(key);
  views.set(key, view);
  for (const oldest of views.keys()) if (views.size > KEPT) views.delete(oldest);
  return view;
}

/** plotly.js and the style sheet; the page may have begun to fetch them by itself. */
function loadAll() {
  const style = /** @type {HTMLLinkElement | null} */ (document.getElementById("fall-line-style"));
  const sheet = { id: "fall-line-style", rel: "stylesheet", href: `${HOME}stage.css` };
  return Promise.all([
    "Plotly" in window || load(document.querySelector("script[src$='/plotly.min.js']"), "script", { src: `${HOME}plotly.min.js` }),
    style?.sheet || load(style, "link", sheet),
  ]);
}

/** @param {Element | null} begun @param {"script" | "link"} tag */
function load(begun, tag, given) {
  return new Promise((resolve, reject) => {
    const element = begun ?? make(tag, given);
    element.addEventListener("load", resolve);
    element.addEventListener("error", () => {
      element.remove();
      reject(new Error(`${tag === "link" ? "the style sheet" : "plotly.js"} did not load`));
    });
    if (!begun) document.head.append(element);
  });
}

/** Lets the browser show what is drawn: three frames. A page in the background shows nothing, and does not wait. */
async function painted() {
  for (let frame = 0; frame < 3 && !document.hidden; frame++) await new Promise(requestAnimationFrame);
  await new Promise((done) => setTimeout(done));
}
