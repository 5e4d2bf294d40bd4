// The stage in a page of its own, which holds the message too: it plays without a server.
import { stage } from "./stage.js";

const mount = {
  data: Uint8Array.from(atob(document.getElementById("message")?.textContent ?? ""), (letter) => letter.charCodeAt(0)),
  parentElement: /** @type {HTMLElement} */ (document.querySelector("main")),
  setStateValue: () => {},
};
stage(mount);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => stage(mount));
