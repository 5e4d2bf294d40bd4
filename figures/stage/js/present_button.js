// The button of the page's header that has its stage presented, and the language of the page.
import { make } from "./dom.js";
import { loadStyle } from "./page.js";
import { present } from "./present.js";
/** @param {{data: {name: string, language: string}, parentElement: HTMLElement}} mount */
export function presentButton({ data, parentElement }) {
  const button = make(
    "button",
    {
      type: "button",
      className: "fall-line-presents",
      title: `${data.name} (P)`,
      onclick: present,
    },
    data.name,
  );
  button.setAttribute("aria-keyshortcuts", "P");
  parentElement.replaceChildren(button);
  document.documentElement.lang = data.language;
  loadStyle();
}
