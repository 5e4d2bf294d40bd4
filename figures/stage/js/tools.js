// What one does with the picture as a whole: look at one panel alone, fill the screen, copy the
// link, save a picture.
import { linkToShare } from "./address.js";
import { button, dress, make } from "./dom.js";
import { inWords, label } from "./words.js";
const FORMATS = /** @type {const} */ (["png", "svg"]);
/**
 * @typedef {{title: string, panels: Record<string, {called: string}>}} Message title: begins the
 * names of files
 */
/**
 * @param {{toggle: () => void, fill: () => Promise<void>}} presentation
 * @param {(name: string) => void} show shows one panel alone, or all
 * @param {() => void} intoAddress says in the address what is seen now
 * @param {() => import("./picture.js").Around & Message} latest
 */
export function createTools(presentation, show, intoAddress, latest) {
  const said = make("span", { role: "status", className: "fall-line-said" });
  const menu = label(make("div", { role: "group" }), { ariaLabel: ["Save a picture"] });
  const saving = make("details", {}, dress(make("summary"), "Save a picture", "save"), menu);
  const shows = label(make("span", { role: "group" }), { ariaLabel: ["Panels"] });
  const buttons = [
    button("Present", "screen", presentation.toggle),
    button("Full screen", "full", presentation.fill),
    button("Copy link", "link", copy),
  ];
  const element = make("div", { className: "fall-line-tools" }, said, shows, buttons, saving);
  async function copy() {
    intoAddress(); // which otherwise waits for the last of several changes
    const copied = await navigator.clipboard?.writeText(linkToShare()).then(
      () => true,
      () => false,
    );
    // where the browser forbids it
    const field = { readOnly: true, value: linkToShare(), ariaLabel: inWords("Link to copy") };
    said.replaceChildren(copied ? inWords("Link copied") : make("input", field));
    said.querySelector("input")?.select();
  }
  /**
   * @param {string[]} tall
   * @param {string} alone
   * @param {Map<string, import("./panel.js").Panel>} panels
   */
  function set(tall, alone, panels) {
    const ways = tall.length === 2 ? { both: "", left: tall[0], right: tall[1] } : {};
    const buttons = Object.entries(ways).map(([icon, name]) => way(name, icon, alone));
    shows.replaceChildren(...buttons);
    const seen = [...panels].filter(([, panel]) => !panel.element.hidden);
    menu.replaceChildren(...seen.map(([name, panel]) => saves(name, panel)));
  }
  /** A button that shows one panel alone, or all. */
  function way(name, icon, alone) {
    const element = button("Side by side", icon, () => show(name));
    if (name) dress(element, "Show the {picture} alone", icon, { picture: called(name) });
    element.ariaPressed = String(name === alone);
    return element;
  }
  /**
   * The line of a panel in the menu.
   * @param {string} name
   * @param {import("./panel.js").Panel} panel
   */
  function saves(name, panel) {
    const buttons = FORMATS.map((format) => {
      const onclick = async () => {
        const message = latest();
        const href = await panel.save(format, message);
        const file = `${message.title}-${name.replaceAll("_", "-")}`;
        make("a", { href, download: `${file}.${format}` }).click();
        saving.open = false;
      };
      const places = { picture: called(name), format: format.toUpperCase() };
      const element = make("button", { type: "button", onclick }, places.format);
      return label(element, { ariaLabel: ["Save the {picture} as {format}", places] });
    });
    return make("div", {}, make("span", {}, called(name)), buttons);
  }
  /** @param {string} name of a panel */
  const called = (name) => latest().panels[name].called;
  return { element, set };
}
