// A student's page: the stage of the lecturer, as it is now, and a place to answer.
import { createDots } from "./answers.js";
import { make } from "./dom.js";
import { lecture, ledStage } from "./lecture.js";
import { written } from "./numbering.js";
import { connect } from "./socket.js";
import { stage } from "./stage.js";
import { cargo } from "./unpack.js";
import { inWords, translate } from "./words.js";
/** @type {{code: string, room: string, own: string, words: Record<string, string>}} */
const given = JSON.parse(document.getElementById("room")?.textContent ?? "");
const SEAT = `fall-line seat ${given.code}`;
const CONDITIONS = {
  lost: "The connection is lost; it comes back by itself.",
  none: "There is no room with this code, or it is over.",
  over: "The room is over.",
  full: "There is no seat left in this room.",
  often: "That was too often. Load the page again.",
  odd: "That was not understood. Load the page again.",
  forbidden: "That was not understood. Load the page again.",
};
const [said, asks, place, own] = ["said", "asks", "place", "own"].map(
  (id) => /** @type {HTMLElement} */ (document.getElementById(id)),
);
const state = {
  view: /** @type {any} */ ({}),
  picture: /** @type {any} */ (null),
  number: 0, // counts pictures
  key: "", // of the stage that is shown
  mount: /** @type {HTMLElement | undefined} */ (undefined),
  close: () => {},
  data: /** @type {Uint8Array | undefined} */ (undefined),
  question: /** @type {any} */ (null),
  answer: /** @type {any} */ (null),
};
const dots = createDots();
/** @type {WeakSet<object>} */
const tapped = new WeakSet();
/** @type {Map<string, {name: string, element: HTMLElement}>} */
const cargos = new Map();
translate(document.body, given.words);
lecture.follows = true;
document.body.classList.add("fall-line-follows");
lecture.drew = drew;
const socket = connect(
  `//${location.host}${given.room}`,
  () => ({ seat: sessionStorage.getItem(SEAT) ?? "" }),
  hear,
  (condition) => {
    said.textContent = condition in CONDITIONS ? inWords(CONDITIONS[condition]) : waiting();
  },
);
const waiting = () => (state.picture ? "" : inWords("The lecturer will be here soon."));
function hear(message) {
  if (message.seat) sessionStorage.setItem(SEAT, message.seat);
  if (message.view) {
    Object.assign(state.view, message.view);
    if (state.mount) ledStage()?.goWith(message.view, message.age);
  }
  if (message.picture) {
    state.picture = message.picture;
    show(message.picture, message.age ?? 0);
  }
  if ("question" in message) ask(message.question);
  if (state.picture) said.textContent = "";
}
/** Fetches what is not here yet, and draws. */
async function show(picture, age) {
  state.number += 1;
  const mine = state.number;
  const began = performance.now();
  link(picture);
  const wanted = Object.entries(picture.cargos).filter(
    ([name, part]) => cargos.get(name)?.name !== part,
  );
  const [data, ...parts] = await Promise.all([
    picture.inline ? bytesOf(picture.inline) : fetched(picture.message),
    ...wanted.map(([, part]) => fetched(part)),
  ]);
  if (mine !== state.number || !data || parts.includes(undefined)) return; // a later one is on its way
  wanted.forEach(([name, part], k) => bring(name, part, parts[k]));
  if (picture.key !== state.key) begin(picture.key);
  state.data = data;
  const fresh = !ledStage();
  draw();
  if (fresh) ledStage()?.goWith(state.view, age + (performance.now() - began) / 1000);
}
/** Another stage takes the place of the one before. */
function begin(key) {
  state.close();
  state.key = key;
  state.mount = make("div");
  place.replaceChildren(state.mount, ...[...cargos.values()].map(({ element }) => element));
}
function draw() {
  const { data, mount } = state;
  if (data && mount) state.close = stage({ data, parentElement: mount, setStateValue() {} });
}
function bring(name, part, data) {
  const element = cargos.get(name)?.element ?? make("div", { hidden: true });
  cargos.set(name, { name: part, element });
  cargo({ data, parentElement: element });
}
const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
/** @returns {Promise<Uint8Array | undefined>} nothing where it is gone already */
async function fetched(part) {
  const answer = await fetch(`${given.room}/${encodeURIComponent(part)}`);
  return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
}
/** The way to the same choices, on one's own: on this host, whatever is said. */
function link(picture) {
  const url = new URL(picture.link, location.origin);
  const home = url.origin === location.origin ? url : new URL(given.own, location.origin);
  home.searchParams.set("attends", given.code);
  /** @type {HTMLAnchorElement} */ (own).href = home.href;
  own.hidden = false;
}
/** The question, and how it is answered. */
function ask(question) {
  if (question?.number !== state.question?.number) state.answer = null;
  state.question = question;
  asks.hidden = !question;
  asks.replaceChildren();
  if (!question) {
    answered();
    return;
  }
  asks.append(make("p", {}, make("strong", {}, question.text)));
  if (question.state === "open") {
    if (question.kind === "choice") asks.append(choices(question));
    else if (question.kind === "number") asks.append(numberField(question));
    else asks.append(make("p", {}, inWords("Tap the map.")));
  }
  answered();
}
function choices({ options }) {
  const buttons = options.map((name, k) =>
    make("button", { type: "button", onclick: () => answer(k) }, name),
  );
  return make("div", { className: "fall-line-choices" }, buttons);
}
function numberField({ bounds: [[low, high]] }) {
  const field = make("input", { type: "number", step: "any", min: low, max: high, required: true });
  field.ariaLabel = inWords("Your answer");
  const refused = make("p", { role: "alert" });
  const form = make("form", {}, field, make("button", {}, inWords("Answer")), refused);
  form.noValidate = true;
  form.onsubmit = (event) => {
    event.preventDefault();
    const value = field.valueAsNumber;
    const fits = value >= low && value <= high;
    const ends = { low: String(low), high: String(high) };
    refused.textContent = fits ? "" : inWords("Wanted is a number from {low} to {high}.", ends);
    if (fits) answer(value);
  };
  return form;
}
/** @param {any} value */
function answer(value) {
  const { question } = state;
  if (question?.state !== "open") return;
  if (!socket.say({ number: question.number, answer: value })) return;
  state.answer = value;
  answered();
}
/** What was answered, and what is right. */
function answered() {
  const { question, answer } = state;
  const point = question && ["place", "start"].includes(question.kind);
  const truth = question?.truth ?? null;
  dots.show(ledStage()?.map(), point && answer ? [answer] : [], point ? truth : null);
  [...asks.querySelectorAll(".fall-line-choices button")].forEach((button, k) => {
    button.ariaPressed = String(k === answer);
  });
  asks.querySelector(".fall-line-mine")?.remove();
  const text = inWord();
  if (text) asks.append(make("p", { className: "fall-line-mine", role: "status" }, text));
}
function inWord() {
  const { question, answer } = state;
  if (!question) return "";
  const { kind, options, truth, state: now } = question;
  if (now === "open")
    return answer === null ? "" : inWords("Your answer is there; you may change it.");
  if (kind === "choice" && typeof truth === "number") {
    const right = { answer: options[truth] };
    return inWords(truth === answer ? "Yes: {answer}." : "The answer is {answer}.", right);
  }
  if (kind === "place" && answer && truth) {
    const distance = written(Math.hypot(answer[0] - truth[0], answer[1] - truth[1]), 3);
    return inWords("Your answer is {distance} away.", { distance });
  }
  return now === "closed" ? inWords("No more answers.") : "";
}
/** After a drawing a map may be another one. */
function drew() {
  const map = ledStage()?.map();
  if (map && !tapped.has(map)) {
    tapped.add(map);
    map.onClick((point) => {
      const { question } = state;
      if (!point || !["place", "start"].includes(question?.kind)) return;
      answer(
        point.map((value, i) =>
          Math.min(Math.max(value, question.bounds[i][0]), question.bounds[i][1]),
        ),
      );
    });
  }
  answered();
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
