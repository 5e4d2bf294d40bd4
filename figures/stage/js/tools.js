// What one does with the picture as a whole: look at one panel alone, fill the screen, copy the link, save a picture.
import { button, dress, make } from "./dom.js";

/** @param {HTMLElement} root @param {(name: string) => void} show shows one panel alone, or all */
export function createTools(root, show) {
  const said = make("span", { role: "status", className: "fall-line-said" });
  const menu = make("div", { role: "group", ariaLabel: "Save a picture" });
  const saving = make("details", { className: "fall-line-menu" }, dress(make("summary"), "Save a picture", "save"), menu);
  const shows = make("span", { role: "group", ariaLabel: "Panels" });
  const full = button("Full screen", "full", () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()));
  const element = make("div", { className: "fall-line-tools" }, said, shows, full, button("Copy link", "link", copy), saving);

  async function copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      said.textContent = "Link copied";
    } catch { // without a secure address, or without leave
      said.replaceChildren(make("input", { readOnly: true, value: location.href, ariaLabel: "Link to copy" }));
      said.querySelector("input")?.select();
    }
  }

  /** @param {string[]} tall @param {string} alone @param {Map<string, import("./panel.js").Panel>} panels @param {string} title */
  function set(tall, alone, panels, title) {
    const ways = tall.length === 2 ? { "": "both", [tall[0]]: "left", [tall[1]]: "right" } : {};
    shows.replaceChildren(...Object.entries(ways).map(([name, shape]) => {
      const way = button(name ? `Show the ${words(name)} alone` : "Side by side", shape, () => show(name));
      return Object.assign(way, { ariaPressed: String(name === alone) });
    }));
    menu.replaceChildren(...[...panels].flatMap(([name, panel]) => {
      if (panel.element.hidden) return [];
      const save = (format) => make("button", { type: "button", onclick: async () => {
        const [href, download] = [await panel.picture(format), `${title}-${name.replace("_", "-")}.${format}`];
        make("a", { href, download }).click();
        saving.open = false;
      }, ariaLabel: `Save the ${words(name)} as ${format.toUpperCase()}` }, format.toUpperCase());
      return make("div", {}, make("span", {}, words(name)), save("png"), save("svg"));
    }));
  }

  return { element, set };
}

const words = (name) => name.replaceAll("_", " ");
