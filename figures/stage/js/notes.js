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
  const cell = (i, text) => make("td", looks(i), whole(text));
  const seen = (colour) => (dark ? inTheDark(colour) : colour);
  const swatch = (colour) =>
    make("span", { className: "fall-line-swatch", style: `background: ${seen(colour)}` });
  const columnHeads = columns.map((column, i) => heading(i, "col", column));
  const lines = rows.map(([name, ...others], number) => {
    const [, word, rest] = /^(\S*)(.*)$/s.exec(name) ?? [];
    const begun = colours[number]
      ? [unparted(swatch(colours[number]), word), ...whole(rest)]
      : whole(name);
    const first = heading(0, "row", begun);
    return make("tr", {}, first, ...others.map((text, i) => cell(i + 1, text)));
  });
  const title = caption && make("caption", {}, caption);
  const head = make("thead", {}, make("tr", {}, columnHeads));
  return make("table", {}, title, head, make("tbody", {}, lines));
}

/** What the end of a line does not part. */
const unparted = (...inside) => make("span", { className: "fall-line-whole" }, ...inside);

/**
 * A text in which that is every pair of coordinates, and every number with its sign of per cent.
 * @param {string} text
 */
function whole(text) {
  return text.split(/(\([^()]*\)|\S+ %)/).map((part, i) => (i % 2 ? unparted(part) : part));
}
