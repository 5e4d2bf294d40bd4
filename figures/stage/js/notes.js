// The table of verdicts and the sentences under it: text only, whatever it says.
import { make } from "./dom.js";
import { inTheDark } from "./figure.js";
export function createNotes() {
  const words = make("div", { role: "status" });
  const element = make("div", { className: "fall-line-notes" }, words);
  let written = "";
  /** @param {boolean} dark whether the page is */
  function show(table, sentences, dark) {
    const text = JSON.stringify([table, sentences, dark]);
    if (text === written) return;
    written = text;
    words.replaceChildren(...sentences.map((sentence) => make("p", {}, sentence)));
    element.replaceChildren(...(table ? [tabulate(table, dark)] : []), words);
  }
  return { element, show };
}
function tabulate({ columns, rows, colours, caption, numeric }, dark) {
  const looks = (i) => ({ className: numeric[i] ? "fall-line-number" : "" });
  const heading = (i, scope, ...inside) => make("th", { ...looks(i), scope }, ...inside);
  const cell = (i, text) => make("td", looks(i), text);
  const seen = (colour) => (dark ? inTheDark(colour) : colour);
  const swatch = (colour) => colour && make("span", { style: `background: ${seen(colour)}` });
  const columnHeads = columns.map((column, i) => heading(i, "col", column));
  const lines = rows.map(([name, ...others], number) => {
    const first = heading(0, "row", swatch(colours[number]), name);
    return make("tr", {}, first, ...others.map((text, i) => cell(i + 1, text)));
  });
  const title = caption && make("caption", {}, caption);
  const head = make("thead", {}, make("tr", {}, columnHeads));
  return make("table", {}, title, head, make("tbody", {}, lines));
}
