// Stands in the place of table and sentences while a link keeps the answer back.
import { make } from "./dom.js";

const INVITATION = "What will happen? Play to the end to see what becomes of each run.";

/** @param {() => void} reveal */
export function createCover(reveal) {
  const show = make("button", { type: "button", onclick: () => reveal() }, "Show the answer");
  const element = make("p", { className: "fall-line-cover", hidden: true }, INVITATION, show);
  return { element };
}
