// Pieces of a page: an element with its properties and what stands in it. Text stays text.

const SHAPES = {
  play: "M8 5v14l11-7z",
  pause: "M7 5h4v14H7zM13 5h4v14h-4z",
  back: "M6 5h2.5v14H6zM19 5v14l-9-7z",
  forward: "M15.5 5H18v14h-2.5zM5 5v14l9-7z",
  loop: "M7 7h9V4l5 4.5L16 13v-3H9v4H7zM17 17H8v3l-5-4.5L8 11v3h7v-4h2z",
  both: "M4 5h7v14H4zM13 5h7v14h-7z",
  left: "M4 5h10v14H4zM16 5h4v14h-4zM17 6v12h2V6z",
  right: "M10 5h10v14H10zM4 5h4v14H4zM5 6v12h2V6z",
  full: "M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z",
  link: "M10.6 13.4a1 1 0 0 0 1.4 0l4-4a2 2 0 0 1 2.8 2.8l-3 3 1.4 1.4 3-3a4 4 0 0 0-5.6-5.6l-4 4a1 1 0 0 0 0 1.4z"
    + "M13.4 10.6a1 1 0 0 0-1.4 0l-4 4a2 2 0 0 1-2.8-2.8l3-3-1.4-1.4-3 3a4 4 0 0 0 5.6 5.6l4-4a1 1 0 0 0 0-1.4z",
  save: "M11 4h2v8l3-3 1.4 1.4L12 15.8l-5.4-5.4L8 9l3 3zM5 18h14v2H5z",
};

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {object} [given] @param {...any} inside elements, texts, and nothings that are left out
 */
export function make(tag, given = {}, ...inside) {
  const element = Object.assign(document.createElement(tag), given);
  element.append(...inside.flat().filter(Boolean));
  return element;
}

/** A button with a picture on it. */
export const button = (name, shape, onclick) => dress(make("button", { type: "button", onclick }), name, shape);

/** Its picture, and its name for those who do not see that. @param {HTMLElement} element */
export function dress(element, name, shape) {
  element.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${SHAPES[shape]}"/></svg>`;
  return Object.assign(element, { title: name, ariaLabel: name });
}
