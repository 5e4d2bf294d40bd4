// As much height for the pictures as the window has left, where the stage is the only one on a page.
import { contentOf, mayGo, placeOf, whenItChanges } from "./adapter/streamlit.js";
const WIDE = 1000; // pixels of a window from which on all of a stage may be in view at once
const TURNS = 8; // a row that is higher than its pictures, for its words, takes less than it is given
const SLIGHT = 2; // pixels
const EDGE = 8; // pixels that stay free below the last picture
const FOR_WORDS = -90; // pixels of height that the pictures give up where the window lacks them
const FOR_PICTURES = -150; // that they give up so that the last of them is in view
/** @param {HTMLElement} root @param {AbortSignal} signal */
export function createFill(root, signal) {
  const state = { left: 0, width: 0, extra: 0, plan: "", asked: "" };
  const content = contentOf(root);
  const place = placeOf(root);
  const stays = whenItChanges(place, () => fill());
  const changes = new ResizeObserver(() => fill());
  if (content) changes.observe(content);
  window.addEventListener("resize", () => fill(), { signal });
  signal.addEventListener("abort", () => [changes, stays].forEach((each) => each.disconnect()));
  /**
   * Looks whether there is more room than before, or less. Words that change under a picture do not
   * count: it would be another size at every answer. Pictures that may be about to go keep their
   * size: to draw them once more would hold up those that come.
   * @param {string} plan how the pictures are laid out; "" before they are
   */
  function fill(plan = state.asked) {
    state.asked = plan;
    if (!content || !plan || !root.offsetParent || mayGo(place)) return;
    if (root.matches(":fullscreen, .fall-line-present")) return;
    const left = room(content);
    const width = root.offsetWidth; // words that are given less of it need more lines
    const same = Math.abs(left - state.left) < SLIGHT && width === state.width;
    if (same && plan === state.plan) return;
    Object.assign(state, { left, width, plan, extra: 0 });
    for (let turn = 0; turn < TURNS; turn++) {
      give(state.extra);
      if (left) state.extra = Math.max(FOR_WORDS, state.extra + left - root.offsetHeight);
    }
    if (state.extra < 0 && root.offsetHeight > left) give((state.extra = forPictures(content)));
  }
  /**
   * Where not all can be in view: what the pictures give up so that they are, and words alone are
   * scrolled to; nothing where that is too much. @param {Element} content
   */
  function forPictures(content) {
    give(0);
    const bottoms = [...root.querySelectorAll(".fall-line-panel:not([hidden])")].map(
      (panel) => panel.getBoundingClientRect().bottom,
    );
    const height = Math.max(...bottoms) - content.getBoundingClientRect().top;
    const lacking = Math.floor(innerHeight - EDGE - height);
    return lacking < FOR_PICTURES ? 0 : Math.min(0, lacking);
  }
  /** @param {number} extra pixels of height */
  function give(extra) {
    root.style.setProperty("--extra", `${Math.floor(extra)}px`);
  }
  /** The window without what stands above the stage and below it. @param {Element} content */
  function room(content) {
    const alone = document.querySelectorAll(".fall-line").length === 1;
    const last = content.lastElementChild;
    if (!alone || !last || innerWidth < WIDE) return 0;
    const { top, bottom } = root.getBoundingClientRect();
    const above = top - content.getBoundingClientRect().top;
    const below = last.getBoundingClientRect().bottom - bottom;
    return Math.floor(
      innerHeight - above - below - parseFloat(getComputedStyle(content).paddingBottom),
    );
  }
  return { fill };
}
