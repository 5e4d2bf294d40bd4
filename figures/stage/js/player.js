// The bar under the tall panels: play, pause, step, scrub, speed, loop. It asks the server for
// nothing.
import { button, dress, make } from "./dom.js";
import { inWords, label } from "./words.js";
const SECONDS = 10; // a run takes so long at speed 1, however many steps it has
const AT_THE_END = 1e6; // a step behind the last of any run
const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];
/**
 * @typedef {object} State
 * @property {{speed: number, loop: boolean}} view
 * @property {number} every of a long run, so many steps lie between two stops
 * @property {number} position where playback is, between two steps too
 * @property {number} frame the browser's number of the frame that is awaited; 0 at rest
 * @property {number} before when the last frame was, in milliseconds
 * @property {number} seconds that all steps take at speed 1
 * @property {number} began the step that it played from last
 * @property {boolean} stands whether it stays where it is, whatever is pressed
 */
/** @typedef {ReturnType<typeof createPlayer>} Player */
/** @param {import("./playing.js").Now} now kept up to date here @param {() => void} onStep
 * @param {() => void} onFrame called between two steps
 * @param {() => void} onPlay called when it begins to play, and when pace or loop are others */
export function createPlayer(now, onStep, onFrame, onPlay) {
  /** @type {State} */
  const state = {
    view: { speed: 1, loop: false },
    every: 1,
    position: 0,
    frame: 0,
    before: 0,
    seconds: SECONDS,
    began: 0,
    stands: false,
  };
  const play = button("Play", "play", toggle);
  const back = button("One step back", "back", () => jump(stopAfter(-1)));
  const forward = button("One step forward", "forward", () => jump(stopAfter(1)));
  const shown = make("span", { className: "fall-line-step" });
  const range = make("input", { type: "range", oninput: () => jump(range.valueAsNumber) });
  label(range, { ariaLabel: ["Step"] });
  const total = make("span", { className: "fall-line-total" });
  const loop = button("Loop", "loop", () => {
    state.view.loop = !state.view.loop;
    loop.ariaPressed = String(state.view.loop);
    onPlay();
  });
  const speeds = SPEEDS.map((each) => make("option", { value: String(each) }, `${each}×`));
  const speed = make(
    "select",
    {
      onchange() {
        state.view.speed = Number(speed.value);
        onPlay();
      },
    },
    speeds,
  );
  label(speed, { ariaLabel: ["Speed"] });
  const controls = [play, back, forward, shown, range, total, loop, speed];
  const element = make("div", { className: "fall-line-playback", role: "group" }, controls);
  label(element, { ariaLabel: ["Playback"] });
  /**
   * @param {number} steps
   * @param {number} each
   * @param {{step: number, speed: number, loop: boolean}} chosen
   * @param {boolean} stands
   */
  function set(steps, each, chosen, stands) {
    state.stands = stands;
    state.view = chosen;
    state.every = each;
    now.steps = steps;
    now.step = stopAt(chosen.step);
    if (!state.frame) state.position = now.step;
    now.position = Math.min(state.position, now.steps);
    const count = String(each);
    dress(back, each > 1 ? "{count} steps back" : "One step back", "back", { count });
    dress(forward, each > 1 ? "{count} steps forward" : "One step forward", "forward", { count });
    range.max = String(steps);
    total.textContent = steps.toLocaleString("en");
    speed.value = String(chosen.speed);
    loop.ariaPressed = String(chosen.loop);
    write();
  }
  /**
   * The step nearest to one at which playback stops: of a long run every so many-th, and the last.
   */
  function stopAt(step) {
    const { every } = state;
    const stop = step >= now.steps ? now.steps : Math.round(step / every) * every;
    return Math.max(0, Math.min(stop, now.steps));
  }
  /** The stop before the present step, or behind it. */
  function stopAfter(way) {
    const present = now.step / state.every;
    const stop = way > 0 ? Math.floor(present) + 1 : Math.ceil(present) - 1;
    return Math.min(stop * state.every, now.steps);
  }
  function write() {
    const step = now.step.toLocaleString("en");
    const steps = now.steps.toLocaleString("en");
    range.value = String(now.step);
    range.ariaValueText = inWords("step {step} of {steps}", { step, steps });
    range.style.setProperty("--done", `${(100 * now.step) / Math.max(now.steps, 1)}%`);
    shown.textContent = inWords("step {step}", { step });
  }
  function jump(to, exactly = to) {
    now.step = stopAt(to);
    state.position = Math.max(0, exactly);
    now.position = Math.min(state.position, now.steps);
    write();
    onStep();
  }
  function toggle() {
    if (state.frame) {
      pause();
      return;
    }
    if (state.stands) return;
    if (now.step >= now.steps) state.position = 0;
    begin();
  }
  function begin() {
    state.before = performance.now();
    state.began = Math.floor(Math.min(state.position, now.steps));
    state.frame = requestAnimationFrame(tick);
    dress(play, "Pause", "pause");
    onPlay();
  }
  function pause() {
    cancelAnimationFrame(state.frame);
    state.frame = 0;
    state.seconds = SECONDS;
    dress(play, "Play", "play");
    jump(now.step);
  }
  /** Plays from the start, for so long. @param {number} seconds */
  function playWithin(seconds) {
    pause();
    state.seconds = seconds;
    jump(0);
    begin();
  }
  /** Whether that is under way. */
  const isOpening = () => Boolean(state.frame) && state.seconds !== SECONDS;
  /** What another browser needs to play the same. */
  function seen() {
    const { view, seconds, began, frame } = state;
    const playing = Boolean(frame);
    const step = playing ? began : now.step >= now.steps ? AT_THE_END : now.step;
    return { step, playing, seconds, speed: view.speed, loop: view.loop };
  }
  /**
   * Plays the same, or stands at the same step.
   * @param {Partial<ReturnType<typeof seen>>} other
   * @param {number} age seconds ago that it was so
   */
  function follow(other, age) {
    const { step, playing, seconds = SECONDS, speed: pace = 1, loop: again = false } = other;
    if (step === undefined) return;
    if (state.frame) pause();
    Object.assign(state.view, { speed: pace, loop: again });
    speed.value = String(pace);
    loop.ariaPressed = String(again);
    const on = playing ? age * (now.steps / seconds) * pace : 0;
    jump(step + on);
    if (!playing || now.step >= now.steps) return;
    state.seconds = seconds;
    begin();
  }
  function jumpToEnd() {
    pause();
    jump(now.steps);
  }
  function jumpToStart() {
    pause();
    jump(0);
  }
  function tick(/** @type {number} */ time) {
    const { view, every } = state;
    const seconds = Math.max(0, time - state.before) / 1000;
    state.position += seconds * (now.steps / state.seconds) * view.speed;
    if (state.position >= now.steps && view.loop) state.position = 0;
    state.before = time;
    state.frame = requestAnimationFrame(tick);
    const { position } = state;
    const stop = position >= now.steps ? position : Math.floor(position / every) * every;
    if (stop !== now.step) {
      jump(stop, position);
    } else {
      now.position = position;
      onFrame();
    }
    if (state.position >= now.steps) pause();
  }
  /** Space and arrows, wherever on the stage; a control that has its own use for a key keeps it. */
  function onKey(/** @type {KeyboardEvent} */ event) {
    const { tagName } = /** @type {HTMLElement} */ (event.target);
    const go = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    const known = event.key === " " ? !/BUTTON|SUMMARY/.test(tagName) : go;
    if (!known || !now.steps || state.stands || event.defaultPrevented || tagName === "SELECT")
      return;
    event.preventDefault();
    if (!go) toggle();
    else jump(Number.isFinite(go) ? stopAfter(go) : go);
  }
  return {
    element,
    set,
    jump,
    jumpToStart,
    jumpToEnd,
    seen,
    follow,
    playWithin,
    isOpening,
    toggle: () => now.steps && toggle(),
    onKey,
    close: pause,
  };
}
