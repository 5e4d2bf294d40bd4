// What was opened plays once in a visit, from its start to its end; what the person does ends it.
const SECONDS = 6;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
/** @type {Set<string>} */
const opened = new Set(); // names of what was
/**
 * @param {import("./player.js").Player} player
 */
export function createOpening(player) {
  const state = { waits: false };
  /**
   * Stands at the start until the picture is there, where this was not opened before. A link to a
   * step is shown as it is.
   * @param {string} name of what is shown; "" where nothing is to be played
   * @param {{step: number, concealed: boolean}} view
   * @param {boolean} more whether more is to be seen than before, which plays too
   */
  function prepare(name, view, more) {
    const first = !opened.size;
    const fresh = Boolean(name) && !opened.has(name);
    if (fresh) opened.add(name);
    if (calm.matches || view.concealed || !(fresh ? !first || view.step === Infinity : more))
      return;
    state.waits = true;
    view.step = 0;
  }
  /** What is asked about again plays again. @param {string} name */
  const forget = (name) => opened.delete(name);
  const isUnderWay = () => state.waits || player.isOpening();
  function begin() {
    if (state.waits) player.playWithin(SECONDS);
    state.waits = false;
  }
  /** At the end of the runs, which the person wants to see whole. */
  function end() {
    if (state.waits || player.isOpening()) player.jumpToEnd();
    state.waits = false;
  }
  return { prepare, forget, isUnderWay, begin, end };
}
