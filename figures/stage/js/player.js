// The bar under the tall panels: play, pause, step, scrub, speed, loop. It asks the server for nothing.
import { button, dress, make } from "./dom.js";

const SECONDS = 10; // a run takes so long at speed 1, however many steps it has
const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];
const number = new Intl.NumberFormat("en");

/** @param {import("./canvas.js").Now} now kept up to date here @param {() => void} onStep */
export function createPlayer(now, onStep) {
  let view = { speed: 1, loop: false };
  let [position, frame, before] = [0, 0, 0];
  const play = button("Play", "play", toggle);
  const label = make("span", { className: "fall-line-step" });
  const range = make("input", { type: "range", ariaLabel: "Step", oninput: () => jump(range.valueAsNumber) });
  const total = make("span", { className: "fall-line-total" });
  const loop = button("Loop", "loop", () => (loop.ariaPressed = String((view.loop = !view.loop))));
  const speeds = SPEEDS.map((each) => make("option", { value: String(each) }, `${each}×`));
  const speed = make("select", { ariaLabel: "Speed", onchange: () => (view.speed = Number(speed.value)) }, speeds);
  const back = button("One step back", "back", () => jump(now.step - 1));
  const forward = button("One step forward", "forward", () => jump(now.step + 1));
  const given = { className: "fall-line-playback", role: "group", ariaLabel: "Playback" };
  const element = make("div", given, play, back, forward, label, range, total, loop, speed);
  play.className = "fall-line-play";

  /** @param {number} steps @param {{step: number, speed: number, loop: boolean}} chosen */
  function set(steps, chosen) {
    view = chosen;
    Object.assign(now, { steps, step: Math.min(chosen.step, steps) });
    if (!frame) position = now.step;
    range.max = String(steps);
    total.textContent = number.format(steps);
    speed.value = String(view.speed);
    loop.ariaPressed = String(view.loop);
    element.hidden = !steps;
    write();
  }

  function write() {
    range.value = String(now.step);
    range.style.setProperty("--done", `${(100 * now.step) / Math.max(now.steps, 1)}%`);
    range.setAttribute("aria-valuetext", `step ${now.step} of ${now.steps}`);
    label.textContent = `step ${number.format(now.step)}`;
  }

  function go(to) {
    now.step = Math.max(0, Math.min(Math.round(to), now.steps));
    write();
    onStep();
  }

  function jump(to) {
    [position, before] = [to, performance.now()];
    go(to);
  }

  function toggle() {
    if (frame) return pause();
    if (now.step >= now.steps) position = 0;
    before = performance.now();
    frame = requestAnimationFrame(tick);
    dress(play, "Pause", "pause");
  }

  function pause() {
    close();
    dress(play, "Play", "play");
    go(now.step);
  }

  function tick(time) {
    position += (Math.max(0, time - before) / 1000) * (now.steps / SECONDS) * view.speed;
    before = time;
    if (position >= now.steps && view.loop) position = 0;
    frame = requestAnimationFrame(tick);
    if (Math.floor(position) !== now.step) go(Math.floor(position));
    if (position >= now.steps) pause();
  }

  /** Space and arrows, wherever on the stage; a control that has its own use for a key keeps it. */
  function onKey(/** @type {KeyboardEvent} */ event) {
    const { tagName } = /** @type {HTMLElement} */ (event.target);
    const to = { ArrowLeft: now.step - 1, ArrowRight: now.step + 1, Home: 0, End: now.steps }[event.key];
    if (!now.steps || event.defaultPrevented || tagName === "SELECT") return;
    if (to !== undefined) jump(to);
    else if (event.key === " " && !/BUTTON|SUMMARY/.test(tagName)) toggle();
    else return;
    event.preventDefault();
  }

  function close() {
    cancelAnimationFrame(frame);
    frame = 0;
  }

  return { element, set, jump, onKey, close };
}
