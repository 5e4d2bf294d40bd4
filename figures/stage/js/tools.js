// What one does with the picture as a whole: look at one panel alone, fill the screen, copy the link, save a picture.
import { button, dress, make } from "./dom.js";
/** @param {HTMLElement} root @param {(name: string) => void} show shows one panel alone, or all */
export function createTools(root, show) {
  const said = make("span", { role: "status", className: "fall-line-said" });
  const menu = make("div", { role: "group", ariaLabel: "Save a picture" });
  const saving = make("details", {}, dress(make("summary"), "Save a picture", "save"), menu);
  const shows = make("span", { role: "group", ariaLabel: "Panels" });
  const fill = () =>
    document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen();
  const buttons = [button("Full screen", "full", fill), button("Copy link", "link", copy)];
  const element = make("div", { className: "fall-line-tools" }, said, shows, buttons, saving);
  async function copy() {
    const copied = await navigator.clipboard?.writeText(location.href).then(
      () => true,
      () => false,
    );
    const field = { readOnly: true, value: location.href, ariaLabel: "Link to copy" }; // where the browser forbids it
    said.replaceChildren(copied ? "Link copied" : make("input", field));
    said.querySelector("input")?.select();
  }
  /** @param {string[]} tall @param {string} alone @param {Map<string, import("./panel.js").Panel>} panels */
  function set(tall, alone, panels, title) {
    const ways =
      tall.length === 2
        ? [
            ["", "both"],
            [tall[0], "left"],
            [tall[1], "right"],
          ]
        : [];
    shows.replaceChildren(
      ...ways.map(([name, icon]) => {
        const way = button(name ? `Show the ${words(name)} alone` : "Side by side", icon, () =>
          show(name),
        );
        return Object.assign(way, { ariaPressed: String(name === alone) });
      }),
    );
    const seen = [...panels].filter(([, panel]) => !panel.element.hidden);
    menu.replaceChildren(
      ...seen.map(([name, panel]) =>
        make(
          "div",
          {},
          make("span", {}, words(name)),
          ["PNG", "SVG"].map((format) =>
            make(
              "button",
              {
                type: "button",
                ariaLabel: `Save the ${words(name)} as ${format}`,
                onclick: async () => {
                  const href = await panel.save(format.toLowerCase());
                  make("a", {
                    href,
                    download: `${title}-${name.replaceAll("_", "-")}.${format.toLowerCase()}`,
                  }).click();
                  saving.open = false;
                },
              },
              format,
            ),
          ),
        ),
      ),
    );
  }
  return { element, set };
}
const words = (name) => name.replaceAll("_", " ");
