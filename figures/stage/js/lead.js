// The lecturer's half of a room: gives to it what is seen here, and shows what the class answers.
import { bars, createDots, medianDistance } from "./answers.js";
import { make } from "./dom.js";
import { keepLead } from "./kept_lead.js";
import { lecture, ledStage } from "./lecture.js";
import { written } from "./numbering.js";
import { takeAway } from "./adapter/streamlit.js";
import { loadRoomStyle } from "./page.js";
import { connect } from "./socket.js";
import { inWords, translate } from "./words.js";
const PAUSE = 80; // milliseconds between two messages
/** @type {WeakMap<HTMLElement, ReturnType<typeof open>>} */
const rooms = new WeakMap();
/**
 * @param {{data: {room: string, key: string, kept: string, words: Record<string, string>},
 * parentElement: HTMLElement}} mount
 */
export function leadRoom({ data, parentElement }) {
  const before = rooms.get(parentElement);
  const here = before?.room === data.room ? before : open(data, parentElement);
  if (before && here !== before) before.close();
  rooms.set(parentElement, here);
  return () => {
    // a component that is drawn anew is closed first: only one that stays away is gone
    setTimeout(() => {
      if (parentElement.isConnected) return;
      here.close();
      rooms.delete(parentElement);
    });
  };
}
/** @param {{room: string, key: string, kept: string, words: Record<string, string>}} data */
function open({ room, key, kept, words }, /** @type {HTMLElement} */ parent) {
  loadRoomStyle();
  keepLead(kept);
  const root = make("section", { className: "fall-line-wall" });
  translate(root, words);
  takeAway(parent);
  const dots = createDots();
  const state = {
    timer: 0,
    said: {},
    question: /** @type {any} */ (null),
    answers: /** @type {any} */ ({ answers: [], truth: null }),
    everyone: 0, // who is there, or was and has answered
    asked: 0, // the question for which the answer was hidden
    hidden: 0, // the one for which it has been seen to be
    condition: "lost",
  };
  const socket = connect(
    `//${location.host}${room}`,
    () => ({ key }),
    hear,
    (condition) => {
      state.condition = condition;
      state.said = {}; // what another process knows is said anew
      if (condition === "here") saw();
      draw();
    },
  );
  /** Something else is seen on the stage: what of it is new is said, a few times a second. */
  function saw() {
    const stage = ledStage();
    if (stage && playsOut(state.question)) watchTheAnswer(stage.seen());
    state.timer ||= setTimeout(say, PAUSE);
  }
  /** The question is over when playback has begun, and answered when it has come to the end. */
  function watchTheAnswer({ playing, concealed }) {
    const { number } = state.question;
    if (concealed) state.hidden = number;
    if (state.hidden !== number) return;
    if (!concealed) decide("shown");
    else if (playing) decide("closed");
  }
  function say() {
    state.timer = 0;
    const stage = ledStage();
    if (!stage) return;
    const seen = stage.seen();
    const news = Object.entries(seen).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(state.said[name]),
    );
    if (!news.length) return;
    const playback = ["step", "playing", "seconds", "speed", "loop"];
    const plays = news.some(([name]) => playback.includes(name)); // these belong together
    const view = Object.fromEntries(news);
    if (plays) for (const name of playback) view[name] = seen[name];
    if (socket.say({ view })) state.said = seen;
  }
  /** @param {"closed" | "shown"} what */
  function decide(what) {
    const done = { open: 0, closed: 1, shown: 2 };
    if (done[state.question.state] >= done[what]) return;
    state.question = { ...state.question, state: what };
    socket.say({ question: what });
  }
  function hear(message) {
    Object.assign(state, message);
    const { question } = state;
    if (question && question.number !== state.asked) {
      state.asked = question.number;
      if (question.state === "open" && playsOut(question))
        ledStage()?.goWith({ step: 0, playing: false, concealed: true });
    }
    draw();
  }
  function draw() {
    const { question, answers, condition } = state;
    const count = answers.answers.length;
    const stage = ledStage();
    // within the stage, so that it is seen too when that fills the screen
    if (stage && root.parentElement !== stage.root) stage.root.prepend(root);
    const here = onTheMap(question) ? answers.answers : [];
    const truth = question && onTheMap(question) ? answers.truth : null;
    dots.show(stage?.map(), here, truth);
    root.hidden = !question && condition === "here";
    const lost =
      condition === "lost" && inWords("The connection to the room is lost; it comes back.");
    const over = ["over", "none", "forbidden"].includes(condition) && inWords("The room is over.");
    if (!question) {
      root.replaceChildren(make("p", { role: "status" }, lost || over || ""));
      return;
    }
    const said = inWords("{count} of {everyone} have answered", {
      count: String(count),
      everyone: String(state.everyone),
    });
    const buttons = make("span", { className: "fall-line-decide" });
    if (question.state === "open")
      buttons.append(button("No more answers", () => decide("closed")));
    if (question.state === "closed" && question.kind !== "start")
      buttons.append(button("Show the answer", () => decide("shown")));
    root.replaceChildren(
      make("p", {}, make("strong", {}, question.text), " ", make("span", { role: "status" }, said)),
      buttons,
      onTheMap(question) ? "" : bars(question, answers.answers, rightOption(question, answers)),
      truth && count ? make("p", {}, howFar(answers.answers, truth)) : "",
      lost ? make("p", { role: "status" }, lost) : "",
    );
  }
  function button(name, act) {
    const onclick = () => {
      act();
      draw();
    };
    return make("button", { type: "button", onclick }, inWords(name));
  }
  const drew = () => {
    draw();
    saw();
  };
  lecture.saw = saw;
  lecture.drew = drew;
  draw();
  return {
    room,
    close() {
      clearTimeout(state.timer);
      socket.close();
      root.remove();
      dots.show(undefined, [], null);
      if (lecture.saw === saw) lecture.saw = lecture.drew = undefined;
    },
  };
}
/** Whether the runs themselves answer it, when they are played. */
const playsOut = (question) => question?.plays;
const onTheMap = (question) => question?.kind === "place" || question?.kind === "start";
const rightOption = (question, { truth }) => (question.kind === "choice" ? truth : null);
/** @param {number[][]} points @param {number[]} truth */
function howFar(points, truth) {
  const distance = written(medianDistance(points, truth), 3);
  return inWords("Median distance to where it ended: {distance}", { distance });
}
