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
/**
 * An element with properties that are texts, and stay so in whichever language comes.
 * @template {HTMLElement} Labelled
 * @param {Labelled} element
 * @param {Record<string, Text>} texts by property
 */
export function label(element, texts) {
  labels.set(element, texts);
  for (const [property, text] of Object.entries(texts)) element[property] = inWords(...text);
  return element;
}
/** @param {HTMLElement} root @param {Record<string, string>} words by English text */
export function translate(root, words) {
  if (Object.entries(words).every(([text, said]) => given[text] === said)) return;
  Object.assign(given, words);
  for (const element of root.querySelectorAll("[aria-label], .fall-line-cover *")) {
    const texts = labels.get(/** @type {HTMLElement} */ (element));
    if (texts) label(/** @type {HTMLElement} */ (element), texts);
  }
}
