// Pieces of a page: an element with its properties and what stands in it. Text stays text.
import { label } from "./words.js";
/**
 * Nothings inside are left out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {...any} inside
 */
export function make(tag, given = {}, ...inside) {
  const element = Object.assign(document.createElement(tag), given);
  element.append(...inside.flat().filter(Boolean));
  return element;
}
/** A button with a picture, which the style sheet holds, and a name for those who do not see it. */
export const button = (name, icon, onclick) =>
  dress(make("button", { type: "button", onclick }), name, icon);
export const dress = (element, name, icon, places = {}) =>
  Object.assign(label(element, { title: [name, places], ariaLabel: [name, places] }), {
    className: `fall-line-icon fall-line-${icon}`,
  });
