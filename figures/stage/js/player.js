// The bar under the tall panels: play, pause, step, scrub, speed, loop. It asks the server for nothing.
import { button, dress, make } from "./dom.js";
const SECONDS = 10; // a run takes so long at speed 1, however many steps it has
const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];
/** @param {import("./canvas.js").Now} now kept up to date here @param {() => void} onStep */
export function createPlayer(now, onStep) {
  let view = { speed: 1, loop: false };
  let every = 1; // of a long run, so many steps lie between two stops
  let position = 0;
  let frame = 0;
  let before = 0;
  const play = button("Play", "play", toggle);
  const back = button("One step back", "back", () => jump(stopAfter(-1)));
  const forward = button("One step forward", "forward", () => jump(stopAfter(1)));
  const label = make("span", { className: "fall-line-step" });
  const range = make("input", {
    type: "range",
    ariaLabel: "Step",
    oninput: () => jump(range.valueAsNumber),
  });
  const total = make("span", { className: "fall-line-total" });
  const loop = button("Loop", "loop", () => (loop.ariaPressed = String((view.loop = !view.loop))));
  const speeds = SPEEDS.map((each) => make("option", { value: String(each) }, `${each}×`));
  const speed = make(
    "select",
    { ariaLabel: "Speed", onchange: () => (view.speed = Number(speed.value)) },
    speeds,
  );
  const controls = [play, back, forward, label, range, total, loop, speed];
  const element = make(
    "div",
    { className: "fall-line-playback", role: "group", ariaLabel: "Playback" },
    controls,
  );
  /** @param {number} steps @param {number} each @param {{step: number, speed: number, loop: boolean}} chosen */
  function set(steps, each, chosen) {
    view = chosen;
    every = each;
    now.steps = steps;
    now.step = stopAt(chosen.step);
    if (!frame) position = now.step;
    dress(back, every > 1 ? `${every} steps back` : "One step back", "back");
    dress(forward, every > 1 ? `${every} steps forward` : "One step forward", "forward");
    range.max = String(steps);
    total.textContent = steps.toLocaleString("en");
    [speed.value, loop.ariaPressed] = [String(view.speed), String(view.loop)];
    write();
  }
  /** The step nearest to one at which playback stops: of a long run every so many-th, and the last. */
  function stopAt(step) {
    return Math.max(
      0,
      step >= now.steps ? now.steps : Math.min(Math.round(step / every) * every, now.steps),
    );
  }
  /** The stop before the present step, or behind it. */
  function stopAfter(way) {
    const stop = way > 0 ? Math.floor(now.step / every) + 1 : Math.ceil(now.step / every) - 1;
    return Math.min(stop * every, now.steps);
  }
  function write() {
    Object.assign(range, {
      value: String(now.step),
      ariaValueText: `step ${now.step.toLocaleString("en")} of ${now.steps.toLocaleString("en")}`,
    });
    range.style.setProperty("--done", `${(100 * now.step) / Math.max(now.steps, 1)}%`);
    label.textContent = `step ${now.step.toLocaleString("en")}`;
  }
  function jump(to, exactly = to) {
    [now.step, position] = [stopAt(to), Math.max(0, exactly)];
    write();
    onStep();
  }
  function toggle() {
    if (frame) return pause();
    if (now.step >= now.steps) position = 0;
    [before, frame] = [performance.now(), requestAnimationFrame(tick)];
    dress(play, "Pause", "pause");
  }
  function pause() {
    cancelAnimationFrame(frame);
    frame = 0;
    dress(play, "Play", "play");
    jump(now.step);
  }
  function tick(time) {
    position += (Math.max(0, time - before) / 1000) * (now.steps / SECONDS) * view.speed;
    if (position >= now.steps && view.loop) position = 0;
    [before, frame] = [time, requestAnimationFrame(tick)];
    const stop = position >= now.steps ? position : Math.floor(position / every) * every;
    if (stop !== now.step) jump(stop, position);
    if (position >= now.steps) pause();
  }
  /** Space and arrows, wherever on the stage; a control that has its own use for a key keeps it. */
  function onKey(/** @type {KeyboardEvent} */ event) {
    const { tagName } = /** @type {HTMLElement} */ (event.target);
    const go = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    const known = event.key === " " ? !/BUTTON|SUMMARY/.test(tagName) : go;
    if (!known || !now.steps || event.defaultPrevented || tagName === "SELECT") return;
    event.preventDefault();
    if (!go) toggle();
    else jump(Number.isFinite(go) ? stopAfter(go) : go);
  }
  return { element, set, jump, onKey, close: pause };
}
