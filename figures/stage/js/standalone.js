// The stage in a page of its own, which holds the message too: it plays without a server.
import { stage } from "./stage.js";
const text = document.getElementById("message")?.textContent ?? "";
const data = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const again = () =>
  stage({
    data,
    parentElement: document.querySelector("main") ?? document.body,
    setStateValue() {},
  });
again();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
