// The stage: takes messages from Python, lays out panels, bar and table, and keeps what the person chose.
import { fromAddress, toAddress } from "./address.js";
import { createCover } from "./cover.js";
import { make } from "./dom.js";
import { createHandle } from "./handle.js";
import { createNotes } from "./notes.js";
import { loadAll, painted, readTheme } from "./page.js";
import { createPanel } from "./panel.js";
import { createPlayer } from "./player.js";
import { createTools } from "./tools.js";
import { complete, unpack } from "./unpack.js";
/** @typedef {(name: string, value: unknown) => void} Tell */
/** @typedef {{step: number, speed: number, loop: boolean, alone: string, concealed: boolean,
 *   panels: import("./panel.js").Kept}} View */
const SETTLED = 300; // milliseconds without a change, until address and server hear of what is seen
const stages = new WeakMap(); // by the element that each is mounted in
const views = new Map(); // what was last seen under a key, also on another page
/** Called at mount, at every message and at a change of theme, always with the same element. */
/** @param {{data: Uint8Array, parentElement: HTMLElement, setStateValue: Tell}} mount */
export function stage({ data, parentElement, setStateValue }) {
  const here = stages.get(parentElement) ?? open(parentElement);
  stages.set(parentElement, here);
  const mine = here.show(data, setStateValue);
  return () => mine() && stages.delete(parentElement) && here.close();
}
function open(parent) {
  const alarm = make("p", { role: "alert", hidden: true });
  const root = make("div", { className: "fall-line" }, alarm);
  parent.append(root);
  const [ready, closing, now] = [loadAll(), new AbortController(), { step: 0, steps: 0 }];
  const panels = /** @type {Map<string, import("./panel.js").Panel>} */ (new Map());
  let [view, tree, arranged, number, settling] = [fromAddress(), /** @type {any} */ ({}), "", 0, 0];
  let zoomed = false; // whether the map was since the server heard of it last
  let answer = ""; // the window that it gave last, and to which zoom
  let turn = Date.now(); // counts what is told
  let asked = "{}"; // what is in view of those panels whose figures were made for less, as it was told last
  let [tell, again] = [
    /** @type {Tell} */ (() => {}),
    /** @type {(because?: any) => any} */ (() => {}),
  ];
  const [notes, handle] = [
    createNotes(),
    createHandle((name, point) => (tell(name, [...point, ++turn]), turn)),
  ];
  const tools = createTools(root, (name) => again((view.alone = name)));
  const player = createPlayer(now, () => {
    view.step = now.step >= now.steps ? Infinity : now.step;
    root.dataset.step = String(now.step);
    for (const panel of panels.values()) panel.showStep();
    if (view.concealed && now.step >= now.steps) reveal();
    settle();
  });
  const cover = createCover(reveal);
  const bar = make("div", { className: "fall-line-bar" }, player.element, tools.element);
  root.onkeydown = player.onKey;
  /** Shows a message; the answer tells whether it is still the latest. @param {Uint8Array} data @param {Tell} teller */
  function show(data, teller) {
    const [mine, latest] = [++number, () => mine === number];
    [tell, again] = [
      teller,
      () =>
        draw(data, latest).catch((error) => {
          Object.assign(alarm, {
            textContent: `The picture could not be drawn: ${error.message}`,
            hidden: false,
          });
          throw error;
        }),
    ];
    again();
    return latest;
  }
  async function draw(data, latest) {
    const [message] = await Promise.all([unpack(data), ready]);
    const figures =
      latest() && complete(message.tree.panels, message.arrays, () => latest() && again());
    if (!figures) return;
    [alarm.hidden, tree] = [true, message.tree];
    views.set(tree.key, (view = views.get(tree.key) ?? view));
    arrange();
    const window = JSON.stringify([tree.window, tree.zoomed]);
    const given = tree.looks || !answer; // else it is what was zoomed to here
    if (tree.zooms && given && window !== answer) panels.get("map")?.look(tree.window);
    answer = window;
    notes.show(tree.table, tree.notes);
    if (!tree.steps) view.concealed = false; // nothing is played, and so nothing is an answer
    player.set(tree.steps, tree.every, view);
    const theme = readTheme(root);
    conceal();
    for (const [name, panel] of panels) {
      if (!panel.element.hidden && (await panel.draw(tree.panels[name], figures[name], theme)))
        await painted();
      if (!latest()) return;
    }
    handle.show(panels.get("map"), tree.start, tree.heard);
    root.dataset.drawn = String(Number(root.dataset.drawn ?? 0) + 1);
    settle();
  }
  /** The panels above the playback: the pictures that the runs move on. */
  function tall() {
    const play = tree.rows.findIndex((row) => row.includes("play"));
    return tree.rows.slice(0, Math.max(1, play)).flat();
  }
  function arrange() {
    for (const [name, panel] of panels)
      if (!(name in tree.panels)) panels.delete(name) && panel.close();
    for (const name of Object.keys(tree.panels))
      if (!panels.has(name)) panels.set(name, added(name));
    const high = tall();
    if (high.length !== 2 || !high.includes(view.alone)) view.alone = "";
    const unseen = view.alone && high.find((name) => name !== view.alone);
    for (const [name, panel] of panels) panel.element.hidden = name === unseen;
    bar.hidden = !tree.steps;
    const plan = JSON.stringify([tree.rows, Object.keys(tree.panels), view.alone, tree.title]);
    if (plan === arranged) return;
    arranged = plan;
    tools.set(high, view.alone, panels, tree.title);
    const pieces = { play: bar, table: notes.element };
    for (const [name, { element }] of panels)
      (pieces[name] = element).style.flexGrow = tree.panels[name].width;
    root.replaceChildren(
      alarm,
      ...tree.rows.map((row) => {
        const height = row.some((name) => high.includes(name)) ? "fall-line-tall" : "";
        return make(
          "div",
          { className: `fall-line-row ${height}` },
          row.map((name) => pieces[name]),
        );
      }),
    );
    (bar.parentElement ?? root).after(cover.element);
  }
  /** Hides what the runs came to, to the eye and to a screen reader, until they have been played to the end. */
  function conceal() {
    cover.element.hidden = !view.concealed;
    notes.element.hidden = view.concealed;
    for (const panel of panels.values()) panel.conceal(view.concealed);
  }
  function reveal() {
    view.concealed = false;
    conceal();
    again();
  }
  function added(name) {
    const panel = createPanel(name, now, view.panels, closing.signal, (ranges) => {
      zoomed ||= ranges && name === "map";
      settle();
    });
    if (tree.panels[name].layout.meta?.cursor)
      panel.onClick((point) => point && player.jump(point[0]));
    return panel;
  }
  /** Once nothing changes any more, the address and the server hear of it. */
  function settle() {
    clearTimeout(settling);
    settling = setTimeout(() => {
      if (root === document.querySelector(".fall-line")) toAddress(view);
      if (zoomed && tree.zooms) tell("window", [++turn, ...(panels.get("map")?.seen() ?? [])]);
      else ask(); // not both in one go: after the answer to the zoom there is time for it
      zoomed = false;
    }, SETTLED);
  }
  /** Tells the server what is in view where it has not reckoned with it, so that it draws that too, and finely. */
  function ask() {
    const wanted = {};
    for (const [name, panel] of panels) {
      const ranges = panel.wants(tree.zooms && name === "map");
      if (ranges) wanted[name] = ranges;
    }
    const text = JSON.stringify(wanted);
    if (text === asked) return;
    asked = text;
    tell("views", wanted);
  }
  function close() {
    number++;
    closing.abort();
    clearTimeout(settling);
    for (const each of [player, ...panels.values()]) each.close();
    root.remove();
  }
  return { show, close };
}
