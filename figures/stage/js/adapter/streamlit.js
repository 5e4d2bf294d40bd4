// The marks of Streamlit's page that our modules rely on; those of the scripts before it are in
// inline/, of the stage's style sheet in marks.css, of the page's in pages/shared/page.css.
// tests/contract.py says of each what it is for.
/**
 * Takes the place away that Streamlit gives a component: it has nothing to show.
 * @param {HTMLElement} parent
 */
export function takeAway(parent) {
  parent.closest("[data-testid=stElementContainer]")?.setAttribute("style", "display: none");
}
/** All that a page shows beside its controls. @param {Element} element on it */
export const contentOf = (element) => element.closest("[data-testid=stMainBlockContainer]");
/**
 * Where Streamlit marks whether an element may be about to go: the script runs again, and has not
 * come to it yet. @param {Element} element @returns {HTMLElement | null}
 */
export const placeOf = (element) => element.closest("[data-stale]");
/** Whether it may be about to go. @param {HTMLElement | null} place */
export const mayGo = (place) => place?.dataset.stale === "true";
/** Has `act` called whenever that changes. @param {HTMLElement | null} place @param {() => void} act */
export function whenItChanges(place, act) {
  const changes = new MutationObserver(act);
  if (place) changes.observe(place, { attributeFilter: ["data-stale"] });
  return changes;
}
/** Whether something was asked of the server that it has not answered whole. */
export function isAsking() {
  /** @type {HTMLElement | null} */
  const app = document.querySelector("[data-test-script-state]");
  return Boolean(app) && app?.dataset.testScriptState !== "notRunning";
}
/** Whether a text is one that a person or we wrote, and not Streamlit. @param {Node} text */
export function isOurs(text) {
  const around = text.parentElement;
  const written = around?.closest(".fall-line, [data-testid=stMarkdownContainer], textarea, pre");
  const theirs = "[data-testid=stFileUploaderDropzone], [data-testid=stTopNavSection]";
  return Boolean(written) && !around?.closest(theirs);
}
/** Closes the menu of languages where it is open, and goes on from its button. */
export function closeLanguages() {
  const button = /** @type {HTMLElement | null} */ (
    document.querySelector(".st-key-languages button[aria-expanded=true]")
  );
  button?.click();
  button?.focus();
}
/**
 * Scrolls the row of lessons, where a phone has no room for all, to the one that the address names.
 * @returns {boolean} whether it is there
 */
export function bringLessonIntoView() {
  const row = document.querySelector(".st-key-course");
  const name = new URLSearchParams(location.search).get("lesson");
  const cards = [...(row?.querySelectorAll("a") ?? [])];
  const card = cards.find((each) => new URL(each.href).searchParams.get("lesson") === name);
  if (!row || !card) return false;
  const [around, inside] = [row, card].map((each) => each.getBoundingClientRect());
  row.scrollLeft += inside.left - around.left - (around.width - inside.width) / 2;
  return true;
}
