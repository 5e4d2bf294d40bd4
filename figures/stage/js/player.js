// The bar under the tall panels: play, pause, step, scrub, speed, loop. It asks the server for nothing.

const SECONDS = 10; // a run takes so long at speed 1, however many steps it has
const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];
const SHAPES = {
  play: "M8 5v14l11-7z",
  pause: "M7 5h4v14H7zM13 5h4v14h-4z",
  back: "M6 5h2.5v14H6zM19 5v14l-9-7z",
  forward: "M15.5 5H18v14h-2.5zM5 5v14l9-7z",
  loop: "M7 7h9V4l5 4.5L16 13v-3H9v4H7zM17 17H8v3l-5-4.5L8 11v3h7v-4h2z",
};

/** @param {(step: number, steps: number) => void} onStep */
export function createPlayer(onStep) {
  const element = document.createElement("div");
  element.className = "fall-line-bar";
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", "Playback");
  const number = new Intl.NumberFormat("en");
  const play = button("Play", "play", toggle);
  play.classList.add("fall-line-play");
  const back = button("One step back", "back", () => jump(step - 1));
  const forward = button("One step forward", "forward", () => jump(step + 1));
  const label = document.createElement("span");
  label.className = "fall-line-step";
  const range = document.createElement("input");
  Object.assign(range, { type: "range", min: "0", step: "1" });
  range.setAttribute("aria-label", "Step");
  range.addEventListener("input", () => jump(range.valueAsNumber));
  const total = document.createElement("span");
  total.className = "fall-line-total";
  const speed = document.createElement("select");
  speed.setAttribute("aria-label", "Speed");
  for (const each of SPEEDS) speed.add(new Option(`${each}×`, String(each)));
  speed.addEventListener("change", () => (view.speed = Number(speed.value)));
  const loop = button("Loop", "loop", () => {
    view.loop = !view.loop;
    loop.setAttribute("aria-pressed", String(view.loop));
  });
  element.append(play, back, forward, label, range, total, loop, speed);
  element.addEventListener("keydown", onKey);

  /** @type {{step: number, speed: number, loop: boolean}} */
  let view = { step: Infinity, speed: 1, loop: false };
  let steps = 0;
  let step = 0;
  let position = 0;
  let frame = 0;
  let before = 0;

  /**
   * @param {number} length
   * @param {typeof view} chosen
   */
  function set(length, chosen) {
    view = chosen;
    steps = length;
    step = Math.min(view.step, steps);
    position = frame ? position : step;
    range.max = String(steps);
    total.textContent = number.format(steps);
    speed.value = String(view.speed);
    loop.setAttribute("aria-pressed", String(view.loop));
    write();
  }

  function write() {
    range.value = String(step);
    range.style.setProperty("--done", `${(100 * step) / Math.max(steps, 1)}%`);
    range.setAttribute("aria-valuetext", `step ${step} of ${steps}`);
    label.textContent = `step ${number.format(step)}`;
  }

  /** @param {number} to */
  function go(to) {
    step = Math.max(0, Math.min(Math.round(to), steps));
    write();
    onStep(step, steps);
  }

  /** @param {number} to */
  function jump(to) {
    position = to;
    if (frame) before = performance.now();
    go(to);
  }

  function toggle() {
    if (frame) return pause();
    if (step >= steps) position = 0;
    before = performance.now();
    frame = requestAnimationFrame(tick);
    dress(play, "Pause", "pause");
  }

  function pause() {
    cancelAnimationFrame(frame);
    frame = 0;
    dress(play, "Play", "play");
    go(step);
  }

  /** @param {number} now */
  function tick(now) {
    position += (Math.max(0, now - before) / 1000) * (steps / SECONDS) * view.speed;
    before = now;
    if (position >= steps && view.loop) position = 0;
    frame = requestAnimationFrame(tick);
    if (Math.floor(position) !== step) go(Math.floor(position));
    if (position >= steps) pause();
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const moves = /** @type {Record<string, number>} */ ({
      ArrowLeft: step - 1, ArrowRight: step + 1, Home: 0, End: steps,
    });
    if (event.key === " " && target.tagName !== "BUTTON") toggle();
    else if (event.key in moves && target.tagName !== "SELECT") jump(moves[event.key]);
    else return;
    event.preventDefault();
  }

  function close() {
    cancelAnimationFrame(frame);
    frame = 0;
  }

  return { element, set, jump, close, get step() { return step; }, get steps() { return steps; } };
}

/**
 * @param {string} name
 * @param {keyof typeof SHAPES} shape
 * @param {() => void} act
 */
function button(name, shape, act) {
  const element = document.createElement("button");
  element.type = "button";
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  icon.append(document.createElementNS("http://www.w3.org/2000/svg", "path"));
  element.append(icon);
  element.addEventListener("click", act);
  dress(element, name, shape);
  return element;
}

/**
 * @param {HTMLButtonElement} element
 * @param {string} name
 * @param {keyof typeof SHAPES} shape
 */
function dress(element, name, shape) {
  element.setAttribute("aria-label", name);
  element.title = name;
  /** @type {SVGPathElement} */ (element.querySelector("path")).setAttribute("d", SHAPES[shape]);
}
