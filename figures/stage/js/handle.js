// The start: an open ring on the map, moved by a click on the map, a drag, or the arrow keys.
import { lengthOf, startOf, toPixels } from "./adapter/plotly.js";
import { make } from "./dom.js";
import { follow, heldUnder, letGo, loseFocus, regainsFocus } from "./held.js";
import { lecture } from "./lecture.js";
import { digitsWithin, written } from "./numbering.js";
import { INK, RIM } from "./theme.js";
import { label } from "./words.js";
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
const STRIDE = 0.01; // of what is in view, at one key press
const FINE = 0.001; // with Shift
/**
 * @typedef {object} State
 * @property {any} panel which carries the ring
 * @property {string} key of its stage
 * @property {string} name what it is, where that is no start
 * @property {number[]} at where it is now
 * @property {number[]} before where a double click puts it back
 * @property {number[]} sent where the server was last told that it is
 * @property {boolean} dragging by the pointer
 * @property {boolean} held by the pointer or by a key
 * @property {boolean} ended whether the server has not heard yet that it was let go of
 * @property {boolean} answered whether the server has answered what it was told last
 * @property {number} sentId of that message
 */
/**
 * @param {(name: "start" | "dragged" | "added", point: number[]) => number} tell returns the count
 * of the message
 */
export function createHandle(tell) {
  const ring = make("button", { type: "button", className: "fall-line-start" });
  ring.style.setProperty("--rim", RIM);
  ring.style.setProperty("--ink", INK);
  ring.disabled = lecture.follows;
  /** @type {State} */
  const state = {
    panel: undefined,
    key: "",
    name: "",
    at: [0, 0],
    before: [0, 0],
    sent: [0, 0],
    dragging: false,
    held: false,
    ended: false,
    answered: true,
    sentId: 0,
  };
  /**
   * @param {any} map
   * @param {{key: string, start: number[] | null, ring?: string, last_event_id?: number[]}} tree
   * the message: `ring` is what it is, where it is no start, and the id that of the last event that
   * is answered
   */
  function show(map, { key, start, ring: name = "", last_event_id: [answered] = [] }) {
    // a map that was never seen has no axes
    if (!start || !map || map.element.hidden) return remove();
    const first = !state.panel;
    state.key = key;
    state.name = name;
    if (map !== state.panel) carriedBy(map);
    state.answered = !(answered < state.sentId);
    if (state.answered && !state.held && !state.ended) state.at = start;
    if (!ring.isConnected) map.element.append(ring); // a ring that is moved would lose the focus
    place();
    if (first) {
      goOn();
      answer(map.early());
    } else catchUp();
  }
  function remove() {
    if (!ring.isConnected) return;
    ring.remove();
    release();
  }
  /** From what the ring had that was here before. */
  function goOn() {
    if (regainsFocus(state.key)) ring.focus({ preventScroll: true });
    const hold = heldUnder(state.key);
    if (hold?.held) ring.setPointerCapture(hold.pointerId);
    else letGo();
    if (hold?.moved) move(state.panel.locate(hold).point, hold.held);
  }
  function carriedBy(map) {
    state.panel = map;
    map.followers.add(place);
    map.onClick((point, { shiftKey }) => {
      if (!ring.isConnected || lecture.follows) return;
      if (point && shiftKey) {
        tell("added", point);
        return;
      }
      if (point) state.before = state.at;
      move(point ?? state.before, false);
    });
  }
  /** What was pressed before the map was there; a finger that is still down drags the ring. */
  function answer(press) {
    if (!press) return;
    const { point } = state.panel.locate(press);
    if (press.held) ring.setPointerCapture(press.pointerId);
    if (press.shiftKey && !press.held) tell("added", point);
    else move(point, press.held);
  }
  ring.onpointerdown = (event) => {
    ring.setPointerCapture(event.pointerId);
    follow(state.key, event);
  };
  ring.onpointermove = dragged;
  ring.onpointerup = dragged;
  ring.onlostpointercapture = release;
  ring.onkeyup = release;
  ring.onblur = () => queueMicrotask(blurred); // what is taken away is gone by then
  ring.onkeydown = (event) => {
    const way = KEYS[event.key];
    if (!way) return;
    event.preventDefault();
    const stride = event.shiftKey ? FINE : STRIDE;
    const axes = state.panel.axes();
    move(
      axes.map(({ range: [low, high] }, i) => state.at[i] + way[i] * stride * (high - low)),
      true,
    );
  };
  /** @param {PointerEvent} event */
  function dragged(event) {
    if (!ring.hasPointerCapture(event.pointerId)) return;
    state.dragging ||= Boolean(event.movementX || event.movementY); // else it is a click
    if (state.dragging) move(state.panel.locate(event).point, true);
  }
  function blurred() {
    if (!ring.isConnected) loseFocus(state.key);
    if (ring.isConnected || !heldUnder(state.key)) release();
  }
  function release() {
    letGo();
    state.dragging = false;
    if (state.held) move(state.at, false);
  }
  function move(to, more) {
    state.at = to;
    state.held = more;
    state.ended ||= !more;
    place();
    catchUp();
  }
  /**
   * Tells the server, once it has answered what it was told last: two answers in one go mount the
   * stage anew.
   */
  function catchUp() {
    if (!state.answered) return;
    if (state.held && state.sent !== state.at) say("dragged");
    else if (state.ended && !state.held) say("start");
  }
  function say(name) {
    state.sent = state.at;
    state.ended = false;
    state.sentId = tell(name, state.at);
    state.answered = false;
  }
  function place() {
    const { at } = state;
    const axes = state.panel.axes();
    const pixels = axes.map((axis, i) => toPixels(axis, at[i]));
    const inside = (pixel, i) => pixel >= 0 && pixel <= (lengthOf(axes[i]) ?? 0);
    ring.hidden = !pixels.every(inside);
    ring.style.translate = axes.map((axis, i) => `${startOf(axis) + pixels[i]}px`).join(" ");
    const [x, y] = axes.map(({ range: [low, high] }, i) => written(at[i], digitsWithin(low, high)));
    const { name } = state;
    const begun = name
      ? "{name} at x {x}, y {y}: drag it, or use the arrow keys"
      : "Start at x {x}, y {y}: drag it, or use the arrow keys";
    label(ring, { ariaLabel: [begun, { name, x, y }] });
  }
  /** Whether it is on its way, or what the server was told of it is not answered yet. */
  const isBusy = () => state.held || state.ended || !state.answered;
  return { ring, show, isBusy };
}
