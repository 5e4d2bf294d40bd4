// Stands in the place of table and sentences while a link keeps the answer back.
import { make } from "./dom.js";
import { label } from "./words.js";

const INVITATION = "What will happen? Play to the end to see what becomes of each run.";

/** @param {() => void} reveal */
export function createCover(reveal) {
  const show = make("button", { type: "button", onclick: () => reveal() });
  label(show, { textContent: ["Show the answer"] });
  const invitation = label(make("span"), { textContent: [INVITATION] });
  const element = make("p", { className: "fall-line-cover", hidden: true }, invitation, show);
  return { element };
}
