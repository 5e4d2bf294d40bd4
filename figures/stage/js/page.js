// What the stage takes from the page it is on: plotly.js, the style sheet, colours and font.
import { make } from "./dom.js";
import { LETTERS, MARGIN } from "./figure.js";
import { INK, PAPER } from "./theme.js";
import { inWords } from "./words.js";
const CLEAR = "rgba(0, 0, 0, 0)";
const HOME = new URL(".", import.meta.url).href;
/** plotly.js, which the page may have begun to fetch by itself. */
export async function loadLibrary() {
  if (!("Plotly" in window))
    await load("script[src$='/plotly.min.js']", "script", { src: `${HOME}plotly.min.js` });
}
/** What a room looks like. */
export async function loadRoomStyle() {
  const link = { id: "fall-line-room-style", rel: "stylesheet", href: `${HOME}room.css` };
  const sheet = /** @type {any} */ (document.getElementById(link.id))?.sheet;
  if (!sheet) await load(`#${link.id}`, "link", link);
}
/** The same of the style sheet. */
export async function loadStyle() {
  const sheet = /** @type {any} */ (document.getElementById("fall-line-style"))?.sheet;
  const link = { id: "fall-line-style", rel: "stylesheet", href: `${HOME}stage.css` };
  if (!sheet) await load("#fall-line-style", "link", link);
}
function load(begun, tag, given) {
  const element = document.querySelector(begun) ?? document.head.appendChild(make(tag, given));
  return new Promise((resolve, reject) => {
    element.addEventListener("load", resolve);
    element.addEventListener("error", () =>
      reject(new Error(inWords("{file} did not load", { file: element.src ?? element.href }))),
    );
    element.addEventListener("error", () => element.remove());
  });
}
/**
 * Lets the browser show what is drawn: three frames. A page in the background shows nothing, and
 * does not wait.
 */
export async function painted() {
  for (let frame = 0; frame < 3 && !document.hidden; frame++)
    await new Promise(requestAnimationFrame);
  await new Promise((done) => setTimeout(done)); // what others do in the third comes first
}
/**
 * Colours and font as Streamlit's CSS variables tell them, and made into a Plotly template.
 * @param {Element} root
 */
export function readTheme(root) {
  const style = getComputedStyle(root);
  const read = (name, otherwise = "") => style.getPropertyValue(`--st-${name}`).trim() || otherwise;
  const paper = read("background-color", PAPER);
  const ink = read("text-color", INK);
  const hair = read("border-color-light", read("border-color", "rgba(128, 128, 128, 0.3)"));
  const font = { family: read("font", "sans-serif"), color: ink };
  const axis = {
    gridcolor: hair,
    zerolinecolor: hair,
    linecolor: hair,
    tickcolor: hair,
    automargin: false,
  };
  const spatial = { gridcolor: hair, zerolinecolor: hair, showbackground: false };
  const layout = {
    paper_bgcolor: CLEAR,
    plot_bgcolor: CLEAR,
    margin: MARGIN,
    font: { ...font, size: LETTERS },
    hoverlabel: { bgcolor: paper, bordercolor: hair, font },
    xaxis: axis,
    yaxis: axis,
    scene: { xaxis: spatial, yaxis: spatial, zaxis: spatial },
  };
  // as the style sheet colours the text
  const [red, green, blue] = (style.color.match(/[\d.]+/g) ?? []).map(Number);
  const dark = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 128;
  const letters = parseFloat(style.getPropertyValue("font-size"));
  const larger = Number(style.getPropertyValue("--larger")) || 1;
  const name = [paper, ink, hair, font.family, letters].join();
  return { paper, ink, dark, font: font.family, letters, larger, template: { layout }, name };
}
