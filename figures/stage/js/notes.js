// The table of verdicts and the sentences under it: text only, whatever it says.
import { make } from "./dom.js";
export function createNotes() {
  const words = make("div", { role: "status" });
  const element = make("div", { className: "fall-line-notes" }, words);
  let written = "";
  function show(table, sentences) {
    const text = JSON.stringify([table, sentences]);
    if (text === written) return;
    written = text;
    words.replaceChildren(...sentences.map((sentence) => make("p", {}, sentence)));
    element.replaceChildren(...(table ? [tabulate(table)] : []), words);
  }
  return { element, show };
}
function tabulate({ columns, rows, colours, caption, numeric }) {
  const cell = (i, scope, ...inside) =>
    make(
      scope ? "th" : "td",
      { className: numeric[i] ? "fall-line-number" : "", ...(scope && { scope }) },
      ...inside,
    );
  const swatch = (number) =>
    colours[number] && make("span", { style: `background: ${colours[number]}` });
  const line = (row, number) =>
    row.map((text, i) => cell(i, i ? "" : "row", !i && swatch(number), text));
  const head = make(
    "tr",
    {},
    columns.map((column, i) => cell(i, "col", column)),
  );
  const body = rows.map((row, number) => make("tr", {}, line(row, number)));
  return make(
    "table",
    {},
    caption && make("caption", {}, caption),
    make("thead", {}, head),
    make("tbody", {}, body),
  );
}
