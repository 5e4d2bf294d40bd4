// The stage: takes messages from Python, lays out panels, bar and table, and keeps what the person chose.
import { fromAddress, toAddress } from "./address.js";
import { make } from "./dom.js";
import { createHandle } from "./handle.js";
import { createNotes } from "./notes.js";
import { loadAll, painted, readTheme } from "./page.js";
import { createPanel } from "./panel.js";
import { createPlayer } from "./player.js";
import { createTools } from "./tools.js";
import { complete, unpack } from "./unpack.js";
/** @typedef {(name: string, value: unknown) => void} Tell */
/** @typedef {{step: number, speed: number, loop: boolean, alone: string, panels: import("./panel.js").Kept}} View */
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
  let [zoomed, answer, turn] = [false, "", Date.now()]; // was the map, the window it led to, a count of what is told
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
    settle();
  });
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
    const window = JSON.stringify(tree.window);
    if (tree.zooms && (tree.looks || !answer) && window !== answer)
      panels.get("map")?.look(tree.window);
    answer = window;
    notes.show(tree.table, tree.notes);
    player.set(tree.steps, view);
    const theme = readTheme(root);
    for (const [name, panel] of panels) {
      if (!panel.element.hidden && (await panel.draw(tree.panels[name], figures[name], theme)))
        await painted();
      if (!latest()) return;
    }
    handle.show(panels.get("map"), tree.start, tree.heard);
    root.dataset.drawn = String(Number(root.dataset.drawn ?? 0) + 1);
    settle();
  }
  function arrange() {
    for (const [name, panel] of panels)
      if (!(name in tree.panels)) panels.delete(name) && panel.close();
    for (const name of Object.keys(tree.panels))
      if (!panels.has(name)) panels.set(name, added(name));
    const tall = tree.rows
      .slice(
        0,
        Math.max(
          1,
          tree.rows.findIndex((row) => row.includes("play")),
        ),
      )
      .flat();
    if (tall.length !== 2 || !tall.includes(view.alone)) view.alone = "";
    const unseen = view.alone && tall.find((name) => name !== view.alone);
    for (const [name, panel] of panels) panel.element.hidden = name === unseen;
    bar.hidden = !tree.steps;
    const plan = JSON.stringify([tree.rows, Object.keys(tree.panels), view.alone, tree.title]);
    if (plan === arranged) return;
    arranged = plan;
    tools.set(tall, view.alone, panels, tree.title);
    const pieces = { play: bar, table: notes.element };
    for (const [name, { element }] of panels)
      (pieces[name] = element).style.flexGrow = tree.panels[name].width;
    root.replaceChildren(
      alarm,
      ...tree.rows.map((row) => {
        const height = row.some((name) => tall.includes(name)) ? "fall-line-tall" : "";
        return make(
          "div",
          { className: `fall-line-row ${height}` },
          row.map((name) => pieces[name]),
        );
      }),
    );
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
      zoomed = false;
    }, SETTLED);
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
