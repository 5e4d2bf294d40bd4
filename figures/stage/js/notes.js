// The table of verdicts and the sentences under it: text only, whatever it says.

/** @typedef {{columns: string[], rows: string[][], colours: string[], caption: string}} Table */

const NUMBER = /^[-−+–\d.,\s×eE^⁻⁰¹²³⁴-⁹%∞]*$/;

export function createNotes() {
  const element = document.createElement("div");
  element.className = "fall-line-notes";
  let written = "";

  /**
   * @param {Table | null} table
   * @param {string[]} sentences
   */
  function show(table, sentences) {
    const text = JSON.stringify([table, sentences]);
    if (text === written) return;
    written = text;
    const said = sentences.map((sentence) => add(document.createElement("p"), "", sentence));
    const words = document.createElement("div");
    words.setAttribute("role", "status");
    words.append(...said);
    element.replaceChildren(...(table ? [tabulate(table)] : []), words);
  }

  return { element, show };
}

/** @param {Table} content */
function tabulate({ columns, rows, colours, caption }) {
  const table = document.createElement("table");
  if (caption) add(table.createCaption(), "", caption);
  const numeric = columns.map((_, i) => i > 0 && rows.length > 0 && rows.every((row) => NUMBER.test(row[i])));
  const side = (/** @type {number} */ i) => (numeric[i] ? "fall-line-number" : "");
  const top = table.createTHead().insertRow();
  columns.forEach((column, i) => {
    const cell = add(document.createElement("th"), side(i), column);
    cell.scope = "col";
    top.append(cell);
  });
  const body = table.createTBody();
  rows.forEach((row, number) => {
    const line = body.insertRow();
    row.forEach((text, i) => {
      const cell = document.createElement(i ? "td" : "th");
      if (!i) {
        cell.scope = "row";
        const swatch = document.createElement("span");
        swatch.style.background = colours[number] ?? "transparent";
        if (colours[number]) cell.append(swatch);
      }
      cell.className = side(i);
      cell.append(text);
      line.append(cell);
    });
  });
  return table;
}

/**
 * @template {HTMLElement} Element
 * @param {Element} element
 * @param {string} name
 * @param {string} text
 */
function add(element, name, text) {
  if (name) element.className = name;
  element.textContent = text;
  return element;
}
