// The stage in a page of its own, which holds the message too: it plays without a server.
import { stage } from "./stage.js";

const message = /** @type {HTMLElement} */ (document.getElementById("message"));
const mount = {
  data: Uint8Array.from(atob(message.textContent ?? ""), (letter) => letter.charCodeAt(0)),
  parentElement: /** @type {HTMLElement} */ (document.querySelector("main")),
  setStateValue: () => {},
};
stage(mount);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => stage(mount));
