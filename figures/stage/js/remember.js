// What the visitor's own browser keeps of a course: words under names, which the server is told once.
import { takeAway } from "./adapter/streamlit.js";
const PREFIX = "fall-line ";
/** @type {Map<string, string>} */
const told = new Map(); // by place, what the server was told last
/**
 * Mounted like the stage, but not seen. What the server gives is added to what is kept.
 * @param {{data: {place: string, words: Record<string, string>}, parentElement: HTMLElement,
 * setStateValue: (name: string, value: unknown) => void}} mount
 */
export function remember({ data, parentElement, setStateValue }) {
  takeAway(parentElement);
  const { place, words } = data;
  const all = { ...kept(place), ...words };
  if (Object.keys(words).length) keep(place, all);
  const text = JSON.stringify(all);
  if (Object.keys(all).length > Object.keys(words).length && told.get(place) !== text) {
    told.set(place, text);
    setStateValue("kept", text);
  }
}
/** @param {string} place @returns {Record<string, string>} */
function kept(place) {
  try {
    const found = JSON.parse(localStorage.getItem(PREFIX + place) ?? "{}");
    const pairs = Object.entries(found ?? {}).filter(([, value]) => typeof value === "string");
    return Object.fromEntries(/** @type {[string, string][]} */ (pairs));
  } catch {
    return {}; // the browser keeps nothing for a page in a frame, or something else wrote there
  }
}
/** @param {string} place @param {Record<string, string>} words */
function keep(place, words) {
  try {
    localStorage.setItem(PREFIX + place, JSON.stringify(words));
  } catch {
    told.delete(place); // it does not want to: then the course is kept as long as the page is open
  }
}
