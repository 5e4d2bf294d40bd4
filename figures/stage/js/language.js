// Which language a page is in that is not English, and in it what Streamlit writes by itself.
import { closeLanguages, isOurs, takeAway } from "./adapter/streamlit.js";
/** @typedef {{texts: Record<string, string>, labels: Record<string, string>}} Words by English text */
/** @typedef {(text: string) => string} InOtherWords */
const ENGLISH = "en"; // as Streamlit's page says
const LABELS = ["aria-label", "title", "placeholder", "alt"];
/** @type {WeakMap<Node, Record<string, {english: string, said: string}>>} */
const changed = new WeakMap(); // by attribute, "" for a text
const state = {
  words: "",
  text: /** @type {InOtherWords} */ ((text) => text),
  label: /** @type {InOtherWords} */ ((text) => text),
  mount: /** @type {HTMLElement | undefined} */ (undefined),
};
const watching = new MutationObserver((changes) => {
  for (const { type, target, addedNodes, attributeName } of changes) {
    if (type === "childList") addedNodes.forEach(throughout);
    else if (type === "characterData") ofText(target);
    else ofLabel(/** @type {Element} */ (target), attributeName);
  }
});
/** @param {{data: Words & {language: string}, parentElement: HTMLElement}} mount */
export function speakLanguage({ data, parentElement }) {
  takeAway(parentElement);
  state.mount = parentElement;
  speak(data.language, data);
  return () => {
    // a component that is drawn anew is closed first: only one that stays away is gone
    setTimeout(() => {
      if (state.mount === parentElement && !parentElement.isConnected)
        speak(ENGLISH, { texts: {}, labels: {} });
    });
  };
}
/** @param {string} language @param {Words} words */
function speak(language, { texts, labels }) {
  if (document.documentElement.lang !== language) closeLanguages();
  document.documentElement.lang = language;
  const words = JSON.stringify([texts, labels]);
  if (words === state.words) return;
  state.words = words;
  state.text = inOtherWords(texts);
  state.label = inOtherWords(labels);
  watching.disconnect();
  throughout(document.body);
  if (language === ENGLISH) return;
  const all = { subtree: true, childList: true, characterData: true };
  watching.observe(document.body, { ...all, attributeFilter: LABELS });
}
/** Says a text in other words where there are some, with what is in its place. @returns {InOtherWords} */
function inOtherWords(/** @type {Record<string, string>} */ words) {
  const placed = Object.entries(words).flatMap(([text, said]) => {
    const [before, place, after] = text.split(/(\{\w+\})/);
    return place ? [{ before, place, after, said }] : [];
  });
  return (text) => {
    if (text in words) return words[text];
    for (const { before, place, after, said } of placed) {
      const value = text.slice(before.length, text.length - after.length);
      if (value && text === before + value + after) return said.replace(place, () => value);
    }
    return text;
  };
}
/** @param {Node} node */
function throughout(node) {
  const both = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
  const walker = document.createTreeWalker(node, both);
  for (let each = /** @type {Node | null} */ (node); each; each = walker.nextNode()) {
    if (each instanceof Text) ofText(each);
    else if (each instanceof Element) for (const name of LABELS) ofLabel(each, name);
  }
}
/** @param {Node} text */
function ofText(text) {
  const now = text.nodeValue ?? "";
  const said = inPlaceOf(text, "", now, state.text);
  if (said !== now && !isOurs(text)) text.nodeValue = said;
}
/** @param {Element} element @param {string | null} name */
function ofLabel(element, name) {
  const now = name && element.getAttribute(name);
  if (!now) return;
  const said = inPlaceOf(element, name, now, state.label);
  if (said !== now) element.setAttribute(name, said);
}
/** @param {Node} node @param {string} name @param {string} now @param {InOtherWords} words */
function inPlaceOf(node, name, now, words) {
  const before = changed.get(node)?.[name];
  const english = before?.said === now ? before.english : now;
  const said = words(english);
  if (said === now) return now;
  changed.set(node, { ...changed.get(node), [name]: { english, said } });
  return said;
}
