// The stage: takes messages from Python, lays out panels, bar and table, and keeps what the person
// chose.
import { bringLessonIntoView, isAsking } from "./adapter/streamlit.js";
import { fromAddress, toAddress } from "./address.js";
import { createCover } from "./cover.js";
import { createFill } from "./fill.js";
import { floodIn } from "./flood.js";
import { createFlooding } from "./flooding.js";
import { make } from "./dom.js";
import { createHandle } from "./handle.js";
import { createHint, endHints } from "./hint.js";
import { lecture, ledStage } from "./lecture.js";
import { createNotes } from "./notes.js";
import { createOpening } from "./opening.js";
import { loadLibrary, loadStyle, painted, readTheme } from "./page.js";
import { createPanel } from "./panel.js";
import { createPlayer } from "./player.js";
import { createPresentation } from "./present.js";
import { createQuestion } from "./question.js";
import { createTools } from "./tools.js";
import { complete, unpack } from "./unpack.js";
import { inWords, translate } from "./words.js";
/** @typedef {(name: string, value: unknown) => void} Tell */
/**
 * @typedef {object} View what the person chose
 * @property {number} step
 * @property {number} speed
 * @property {boolean} loop
 * @property {string} alone the one panel that is shown of two; "" for both
 * @property {boolean} concealed whether the answer is kept back
 * @property {boolean} zoomed whether the map was since the server heard of it last, maybe on a
 * stage that is gone
 * @property {string} hint what can be done, until it was done
 * @property {import("./panel.js").Kept} panels
 */
/**
 * @typedef {object} State
 * @property {View} view
 * @property {any} tree the last message
 * @property {number} number counts messages
 * @property {string} arranged how the panels were laid out last
 * @property {string} flooded the run of which many starts were shown last
 * @property {boolean} waited whether the stage stood at its start for a question
 * @property {boolean} amongLessons whether the row of lessons was brought to the present one
 * @property {number} settling timer of what is done when nothing changes any more
 * @property {string} answer the window that it gave last, and to which zoom
 * @property {number} turn counts what is told to the server
 * @property {string} asked what is in view of those panels whose figures were made for less, as it
 * was told last
 * @property {Tell} tell tells the server
 * @property {() => unknown} again draws the last message anew
 * @property {{seen: Partial<import("./lecture.js").Seen>, age: number, at: number} | undefined} led
 * what a lecturer shows, before there is anything to show it on
 */
const SETTLED = 300; // milliseconds without a change, until address and server hear of what is seen
const stages = new WeakMap(); // by the element that each is mounted in
const views = new Map(); // what was last seen under a key, also on another page
/**
 * Called at mount, at every message and at a change of theme, always with the same element.
 * @param {{data: Uint8Array, parentElement: HTMLElement, setStateValue: Tell}} mount
 */
export function stage({ data, parentElement, setStateValue }) {
  const here = stages.get(parentElement) ?? open(parentElement);
  stages.set(parentElement, here);
  const isLatest = here.show(data, setStateValue);
  return () => isLatest() && stages.delete(parentElement) && here.close();
}
/** @param {HTMLElement} parent */
function open(parent) {
  const alarm = make("p", { role: "alert", hidden: true });
  const root = make("div", { className: "fall-line" }, alarm);
  parent.append(root);
  const styled = loadStyle();
  const ready = loadLibrary();
  const closing = new AbortController();
  const now = { step: 0, steps: 0, position: 0 };
  /** @type {Map<string, import("./panel.js").Panel>} */
  const panels = new Map();
  /** @type {State} */
  const state = {
    view: fromAddress(),
    tree: {},
    number: 0,
    arranged: "",
    flooded: "",
    waited: false,
    amongLessons: false,
    settling: 0,
    answer: "",
    turn: Date.now(),
    asked: "{}",
    tell() {},
    again() {},
    led: undefined,
  };
  const notes = createNotes();
  const handle = createHandle((name, point) => {
    if (name !== "added") moved();
    state.turn += 1;
    state.tell(name, [...point, state.turn]);
    return state.turn;
  });
  const hint = createHint(handle.ring);
  const player = createPlayer(
    now,
    () => {
      const { view } = state;
      view.step = now.step >= now.steps && !state.waited ? Infinity : now.step;
      root.toggleAttribute("data-opening", opening.isUnderWay());
      root.dataset.step = String(now.step);
      for (const panel of panels.values()) panel.showStep();
      if (view.concealed && now.step >= now.steps) reveal();
      settle();
    },
    () => {
      for (const panel of panels.values()) panel.showBetween();
    },
    heard,
  );
  const flooding = createFlooding((number) => {
    state.turn += 1;
    state.tell("flood", [number, state.turn]);
  });
  const question = createQuestion((number) => {
    state.turn += 1;
    state.tell("answered", [number, state.turn]);
  });
  const opening = createOpening(player);
  const { fill } = createFill(root, closing.signal);
  const presentation = createPresentation(root, player, () => state.again(), closing.signal);
  const showAlone = (name) => {
    state.view.alone = name;
    state.again();
  };
  const tools = createTools(presentation, showAlone, intoAddress, () => state.tree);
  const cover = createCover(reveal);
  const bar = make(
    "div",
    { className: "fall-line-bar" },
    player.element,
    flooding.element,
    tools.element,
  );
  root.onkeydown = (event) => lecture.follows || player.onKey(event);
  const shown = { root, seen, goWith, map: () => panels.get("map") };
  lecture.stages.add(shown);
  /**
   * Shows a message; the answer says whether it is still the latest.
   * @param {Uint8Array} data
   * @param {Tell} tell
   */
  function show(data, tell) {
    state.number += 1;
    const mine = state.number;
    const isLatest = () => state.number === mine;
    state.tell = tell;
    state.again = () => draw(data, isLatest).catch(fail);
    state.again();
    return isLatest;
  }
  function fail(error) {
    root.removeAttribute("aria-busy");
    alarm.textContent = inWords("The picture could not be drawn: {reason}", {
      reason: error.message,
    });
    alarm.hidden = false;
    throw error;
  }
  /** @param {Uint8Array} data @param {() => boolean} isLatest */
  async function draw(data, isLatest) {
    root.setAttribute("aria-busy", "true");
    const [message] = await Promise.all([unpack(data), styled]);
    if (!isLatest()) return;
    const { tree } = message;
    const first = !state.arranged;
    if (first) begin(tree); // the places of the pictures are there before plotly.js is
    if (first && state.led) prepare(state.led.seen);
    await ready;
    if (!isLatest()) return;
    const wake = () => isLatest() && state.again();
    const figures = complete(tree.panels, message.arrays, wake);
    if (!figures) return;
    alarm.hidden = true;
    state.tree = tree;
    const traces = tree.panels.map?.data ?? [];
    const flooded = floodIn(traces)?.meta.flood ?? "";
    ask(tree.question);
    const more = Boolean(flooded) && flooded !== state.flooded;
    if (!state.waited) opening.prepare(tree.opening ?? "", state.view, more);
    root.toggleAttribute("data-opening", opening.isUnderWay());
    state.flooded = flooded;
    flooding.show(tree.flood, traces);
    arrange();
    follow();
    translate(root, tree.words ?? {});
    notes.show(tree.table, tree.notes, readTheme(root).dark);
    if (!tree.steps) state.view.concealed = false; // nothing is played, and so nothing is an answer
    player.set(tree.steps, tree.every, state.view, state.waited);
    fill(state.arranged);
    presentation.fit();
    const theme = readTheme(root);
    conceal();
    for (const [name, panel] of panels) {
      const drawn = !panel.element.hidden && panel.draw(tree.panels[name], figures[name], theme);
      const fresh = await drawn;
      if (first && fresh && name === "map") handle.show(panel, tree);
      if (fresh) await painted();
      if (!isLatest()) return;
    }
    const map = panels.get("map");
    handle.show(map, tree);
    question.show(map, tree.question);
    hint.show(tree.start ? map : undefined, state.view.hint);
    opening.begin();
    state.amongLessons ||= bringLessonIntoView(); // the row may have come later
    root.dataset.drawn = String(Number(root.dataset.drawn ?? 0) + 1);
    if (state.led) {
      const { seen, age, at } = state.led;
      state.led = undefined;
      goWith(seen, age + (performance.now() - at) / 1000);
    }
    lecture.drew?.();
    root.removeAttribute("aria-busy");
    settle();
  }
  /** The first message: what was seen under its key before is seen again. */
  function begin(tree) {
    state.tree = tree;
    state.view = views.get(tree.key) ?? state.view;
    views.set(tree.key, state.view);
    state.view.hint ||= tree.hint ?? "";
    arrange();
    state.amongLessons = bringLessonIntoView();
  }
  /** What another browser needs to show the same. @returns {import("./lecture.js").Seen} */
  function seen() {
    const ends = panels.get("map")?.seen() ?? [];
    return {
      ...player.seen(),
      window: ends.length === 4 ? ends : null,
      camera: panels.get("surface")?.camera() ?? null,
      alone: state.view.alone,
      concealed: state.view.concealed,
    };
  }
  /** Something else is seen. */
  function heard() {
    if (lecture.saw && ledStage()?.root === root) lecture.saw();
  }
  /**
   * Shows what another browser does.
   * @param {Partial<import("./lecture.js").Seen>} seen
   * @param {number} [age] seconds ago that it was so
   */
  function goWith(seen, age = 0) {
    if (!root.dataset.drawn || state.led) {
      const merged = { ...state.led?.seen, ...seen };
      state.led = { seen: merged, age, at: performance.now() };
      return;
    }
    const { view } = state;
    const { concealed = view.concealed, alone = view.alone } = seen;
    const other = concealed !== view.concealed || alone !== view.alone;
    Object.assign(view, { concealed, alone });
    for (const panel of panels.values()) panel.goWith(seen);
    player.follow(seen, age);
    conceal();
    if (other) state.again();
  }
  /** The same before the first drawing. @param {Partial<import("./lecture.js").Seen>} seen */
  function prepare({ step, concealed, alone, window, camera }) {
    const { view } = state;
    view.step = step ?? view.step;
    view.concealed = concealed ?? view.concealed;
    view.alone = alone ?? view.alone;
    for (const panel of panels.values()) panel.goWith({ window, camera });
  }
  /** As long as something is asked the stage stands at its start; then it plays. */
  function ask(asked) {
    const before = state.waited;
    state.waited = Boolean(asked);
    if (asked && !before) {
      opening.end();
      opening.forget(state.tree.opening);
      player.jumpToStart();
      state.view.step = 0;
    } else if (before && !asked) state.view.step = Infinity;
    bar.style.visibility = asked ? "hidden" : "";
  }
  /** The person moved the start. */
  function moved() {
    opening.end();
    endHints();
  }
  /** Shows the window that the server gives, where it gives another. */
  function follow() {
    const { tree, answer, view } = state;
    const window = JSON.stringify([tree.window, tree.answered_zoom_id]);
    // else it is what was zoomed to here
    const given = tree.window_changed_by_server || !(answer || view.zoomed);
    if (tree.zooms && given && window !== answer) panels.get("map")?.look(tree.window);
    state.answer = window;
  }
  /** The panels above the playback: the pictures that the runs move on. */
  function tall() {
    const { rows, panels } = state.tree;
    const play = rows.findIndex((row) => row.includes("play"));
    return rows
      .slice(0, Math.max(1, play))
      .flat()
      .filter((name) => name in panels);
  }
  /** Puts the panels where the message wants them; those that are gone are closed. */
  function arrange() {
    const { tree, view } = state;
    for (const [name, panel] of panels) {
      if (name in tree.panels) continue;
      panels.delete(name);
      panel.close();
    }
    for (const name of Object.keys(tree.panels)) {
      if (!panels.has(name)) panels.set(name, added(name));
    }
    const high = tall();
    if (high.length !== 2 || !high.includes(view.alone)) view.alone = "";
    const unseen = view.alone && high.find((name) => name !== view.alone);
    for (const [name, panel] of panels) panel.element.hidden = name === unseen;
    const [named] = Object.keys(tree.panels).filter(
      (name) => name !== unseen && !tree.panels[name].layout.meta?.cursor,
    );
    for (const [name, panel] of panels) panel.name(name === named);
    player.element.hidden = !tree.steps;
    bar.hidden = !panels.size;
    const called = Object.entries(tree.panels).map(([name, panel]) => [name, panel.called]);
    const plan = JSON.stringify([tree.rows, !tree.steps, called, view.alone, tree.title]);
    if (plan === state.arranged) return;
    state.arranged = plan;
    tools.set(high, view.alone, panels);
    /** @type {Record<string, HTMLElement>} */
    const pieces = { play: bar, table: notes.element };
    for (const [name, { element }] of panels) {
      element.style.flexGrow = tree.panels[name].width;
      pieces[name] = element;
    }
    const [first, ...others] = tree.rows;
    const bottom = !tree.steps && first.includes("play"); // what only saves pictures is under them
    const rows = (bottom ? [...others, first] : tree.rows).map((row) => {
      const height = row.some((name) => high.includes(name)) ? "fall-line-tall" : "";
      const inside = row.map((name) => pieces[name]);
      return make("div", { className: `fall-line-row ${height}` }, inside);
    });
    root.replaceChildren(alarm, question.element, ...rows);
    (bar.parentElement ?? root).after(cover.element);
  }
  /**
   * Hides what the runs came to, to the eye and to a screen reader, until they have been played to
   * the end.
   */
  function conceal() {
    const { view, waited } = state;
    const concealed = view.concealed || waited;
    cover.element.hidden = !concealed || waited;
    notes.element.hidden = concealed;
    for (const panel of panels.values()) panel.conceal(concealed);
  }
  function reveal() {
    state.view.concealed = false;
    conceal();
    state.again();
  }
  /** @param {string} name */
  function added(name) {
    const panel = createPanel(name, now, state.view.panels, closing.signal, (ranges) => {
      state.view.zoomed ||= ranges && name === "map";
      settle();
    });
    if (state.tree.panels[name].layout.meta?.cursor) {
      panel.onClick((point) => {
        if (point) player.jump(point[0]);
      });
    }
    return panel;
  }
  /** Once nothing changes any more, the address and the server hear of it. */
  function settle() {
    heard();
    clearTimeout(state.settling);
    state.settling = setTimeout(() => {
      intoAddress();
      tellWhatIsSeen();
    }, SETTLED);
  }
  /**
   * A zoom at once, and what a panel would have finer when nothing else is asked: two answers in one
   * go mount the stage anew, and what is computed for this view would be given up for it.
   */
  function tellWhatIsSeen() {
    if (handle.isBusy()) return; // its answer comes here again
    if (state.view.zoomed && state.tree.zooms) tellWindow();
    else if (isAsking()) state.settling = setTimeout(tellWhatIsSeen, SETTLED);
    else askForMore();
    state.view.zoomed = false;
  }
  /** What is seen, where this is the page's first stage and nobody leads it. */
  function intoAddress() {
    if (root === document.querySelector(".fall-line") && !lecture.follows)
      toAddress(state.waited ? { ...state.view, step: Infinity } : state.view);
  }
  function tellWindow() {
    state.turn += 1;
    state.tell("window", [state.turn, ...(panels.get("map")?.seen() ?? [])]);
  }
  /**
   * Tells the server what is in view where it has not reckoned with it, so that it draws that too,
   * and finely.
   */
  function askForMore() {
    const wanted = {};
    for (const [name, panel] of panels) {
      const ranges = panel.wants(state.tree.zooms && name === "map");
      if (ranges) wanted[name] = ranges;
    }
    const text = JSON.stringify(wanted);
    if (text === state.asked) return;
    state.asked = text;
    state.tell("views", wanted);
  }
  function close() {
    state.number += 1;
    lecture.stages.delete(shown);
    closing.abort();
    clearTimeout(state.settling);
    player.close();
    hint.close();
    for (const panel of panels.values()) panel.close();
    root.remove();
  }
  return { show, close };
}
