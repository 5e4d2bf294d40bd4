// Presentation: the stage fills the window, its text is large, and a presenter's remote plays it.
const USUAL = { width: 1300, height: 800 }; // pixels of a window for text of the usual size
const LETTERS = 16; // pixels that a page of such a size gives them
const TYPED = [
  "input:not([type=range], [type=checkbox], [type=radio], [type=button])",
  "textarea",
  "select",
  "[contenteditable=true]",
  "[role=dialog]:not(.fall-line) *",
].join(", "); // where keys are letters, or somebody else's
const LEAST = 0.6; // of their size, to which words shrink that would have to be scrolled
const SHRINKS = 0.05; // of it, at each try
const CLASS = "fall-line-present";
/** @type {Map<HTMLElement, () => void>} */
const toggles = new Map(); // by stage
/** Has the first stage of the page presented, or ends that. */
export function present() {
  const first = /** @type {HTMLElement | null} */ (document.querySelector(".fall-line"));
  if (first) toggles.get(first)?.();
}
/**
 * @param {HTMLElement} root
 * @param {import("./player.js").Player} player
 * @param {() => void} onChange called when the text has another size
 * @param {AbortSignal} signal
 */
export function createPresentation(root, player, onChange, signal) {
  const state = { focused: /** @type {HTMLElement | null} */ (null) }; // before this began
  const isOn = () => root.classList.contains(CLASS);
  /** @param {boolean} on */
  function set(on) {
    if (on === isOn()) return;
    root.classList.toggle(CLASS, on);
    root.role = on ? "dialog" : null;
    root.ariaModal = on ? "true" : null;
    root.tabIndex = -1;
    if (on) state.focused = /** @type {HTMLElement} */ (document.activeElement);
    (on ? root : state.focused)?.focus({ preventScroll: true });
    measure();
    if (!on && document.fullscreenElement === root) document.exitFullscreen();
  }
  /** How much larger than usual text and lines are, on the page as now. */
  function scale() {
    const { width, height } = USUAL;
    const page =
      parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--fall-line-rem")) /
        LETTERS || 1;
    const larger = isOn() ? Math.max(1, Math.min(innerWidth / width, innerHeight / height)) : page;
    return { page: page.toFixed(2), larger: larger.toFixed(2) };
  }
  function apply() {
    const { page, larger } = scale();
    root.style.setProperty("--page", page);
    root.style.setProperty("--larger", larger);
  }
  function measure() {
    apply();
    onChange();
  }
  function onResize() {
    const before = root.style.cssText;
    apply();
    if (root.style.cssText !== before) onChange();
  }
  /** Makes the words that stand beside the curves so small that all of them are in view. */
  function fit() {
    const notes = /** @type {HTMLElement | null} */ (root.querySelector(".fall-line-notes"));
    for (let share = 1; notes && share >= LEAST; share -= SHRINKS) {
      notes.style.setProperty("--share", share.toFixed(2));
      if (!isOn() || notes.scrollHeight <= notes.clientHeight + 1) return;
    }
  }
  /** Keys of the page, and while this is on those of a remote: next plays or pauses, back begins anew. */
  function onKey(/** @type {KeyboardEvent} */ event) {
    const { key, altKey, ctrlKey, metaKey, defaultPrevented } = event;
    const target = /** @type {Element} */ (event.target);
    if (defaultPrevented || altKey || ctrlKey || metaKey || target.closest?.(TYPED)) return;
    const isFirst = root === document.querySelector(".fall-line");
    /** @type {Record<string, (() => void) | false>} */
    const acts = {
      p: isFirst && (() => set(!isOn())),
      P: isFirst && (() => set(!isOn())),
      Escape: isOn() && (() => set(false)),
      PageDown: isOn() && player.toggle,
      PageUp: isOn() && player.jumpToStart,
    };
    const act = acts[key];
    if (!act) return;
    event.preventDefault();
    act();
  }
  /** The keyboard stays where it can be seen. */
  function onFocus(/** @type {FocusEvent} */ event) {
    const target = /** @type {Element} */ (event.target);
    if (isOn() && !root.contains(target) && !target.closest("[role=dialog]")) root.focus();
  }
  const toggle = () => set(!isOn());
  const fill = () =>
    document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen();
  toggles.set(root, toggle);
  signal.addEventListener("abort", () => toggles.delete(root));
  document.addEventListener("keydown", onKey, { signal });
  document.addEventListener("focusin", onFocus, { signal });
  const sizes = new ResizeObserver(onResize); // which the style sheet of the page changes too, when it comes
  sizes.observe(root);
  signal.addEventListener("abort", () => sizes.disconnect());
  root.addEventListener("fullscreenchange", () => set(document.fullscreenElement === root), {
    signal,
  });
  apply();
  return { toggle, fill, fit };
}
