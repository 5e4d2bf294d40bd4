// What the stage itself says, in the visitor's language: the page gives the texts of another one
// than English, by the English ones.
/** @typedef {[text: string, places?: Record<string, string>]} Text */
/** @type {Record<string, string>} */
const given = {};
/** @type {WeakMap<HTMLElement, Record<string, Text>>} */
const labels = new WeakMap();
/** A text with its places filled. @param {Text} text */
export function inWords(...[text, places = {}]) {
  const fill = (said, [name, value]) => said.replaceAll(`{${name}}`, value);
  return Object.entries(places).reduce(fill, given[text] ?? text);
}
/** A title and what is said behind it; nothing for nothings. @param {any[]} parts */
export function titled(parts) {
  const [first = "", ...rest] = parts.filter(Boolean);
  return rest.reduce((title, more) => inWords("{title}, {more}", { title, more }), first);
}
/**
 * An element with properties that are texts, and stay so in whichever language comes.
 * @template {HTMLElement} Labelled
 * @param {Labelled} element
 * @param {Record<string, Text>} texts by property
 */
export function label(element, texts) {
  labels.set(element, texts);
  for (const [property, text] of Object.entries(texts)) {
    const said = inWords(...text);
    if (element[property] !== said) element[property] = said;
  }
  return element;
}
/**
 * From now on everything is said in these words, and what is in `root` too.
 * @param {HTMLElement} root
 * @param {Record<string, string>} words by English text; none are English
 */
export function translate(root, words) {
  if (Object.keys(words).length === 0) for (const text of Object.keys(given)) delete given[text];
  Object.assign(given, words);
  for (const element of root.querySelectorAll("[aria-label], .fall-line-cover *")) {
    const texts = labels.get(/** @type {HTMLElement} */ (element));
    if (texts) label(/** @type {HTMLElement} */ (element), texts);
  }
}
