// The bar under the tall panels: play, pause, step, scrub, speed, loop. It asks the server for nothing.
import { button, dress, make } from "./dom.js";
const SECONDS = 10; // a run takes so long at speed 1, however many steps it has
const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];
/** @param {import("./canvas.js").Now} now kept up to date here @param {() => void} onStep */
export function createPlayer(now, onStep) {
  let [view, position, frame, before] = [{ speed: 1, loop: false }, 0, 0, 0];
  const play = button("Play", "play", toggle);
  const back = button("One step back", "back", () => jump(now.step - 1));
  const forward = button("One step forward", "forward", () => jump(now.step + 1));
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
  /** @param {number} steps @param {{step: number, speed: number, loop: boolean}} chosen */
  function set(steps, chosen) {
    view = chosen;
    Object.assign(now, { steps, step: Math.min(chosen.step, steps) });
    if (!frame) position = now.step;
    range.max = String(steps);
    total.textContent = steps.toLocaleString("en");
    [speed.value, loop.ariaPressed] = [String(view.speed), String(view.loop)];
    write();
  }
  function write() {
    Object.assign(range, {
      value: String(now.step),
      ariaValueText: `step ${now.step} of ${now.steps}`,
    });
    range.style.setProperty("--done", `${(100 * now.step) / Math.max(now.steps, 1)}%`);
    label.textContent = `step ${now.step.toLocaleString("en")}`;
  }
  function jump(to, exactly = to) {
    [now.step, position] = [Math.max(0, Math.min(Math.round(to), now.steps)), Math.max(0, exactly)];
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
    if (Math.floor(position) !== now.step) jump(Math.floor(position), position);
    if (position >= now.steps) pause();
  }
  /** Space and arrows, wherever on the stage; a control that has its own use for a key keeps it. */
  function onKey(/** @type {KeyboardEvent} */ event) {
    const { tagName } = /** @type {HTMLElement} */ (event.target);
    const go = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    const known = event.key === " " ? !/BUTTON|SUMMARY/.test(tagName) : go;
    if (!known || !now.steps || event.defaultPrevented || tagName === "SELECT") return;
    event.preventDefault();
    if (go) jump(now.step + go);
    else toggle();
  }
  return { element, set, jump, onKey, close: pause };
}
