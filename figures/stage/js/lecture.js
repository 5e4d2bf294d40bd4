// Where a stage and a room meet: the lecturer's page hears here what is seen on its first stage, and
// a student's has it shown on his.
/**
 * @typedef {object} Seen
 * @property {number} step
 * @property {boolean} playing
 * @property {number} seconds that all steps take at speed 1
 * @property {number} speed
 * @property {boolean} loop
 * @property {number[] | null} window what the map shows; null for all of it
 * @property {number[] | null} camera of the surface; null as long as nobody turned it
 * @property {string} alone the one panel that is shown of two; "" for both
 * @property {boolean} concealed whether the answer is kept back
 */
/**
 * @typedef {object} Shown a stage, as a room knows it
 * @property {HTMLElement} root
 * @property {() => Seen} seen
 * @property {(seen: Partial<Seen>, age?: number) => void} goWith
 * @property {() => import("./panel.js").Panel | undefined} map
 */
/**
 * @type {{follows: boolean, stages: Set<Shown>, saw?: () => void, drew?: () => void}} `follows`: on
 * this page a stage shows what another browser does, and nothing on it is moved; `saw`: called when
 * something else is seen; `drew`: called after every drawing
 */
export const lecture = { follows: false, stages: new Set() };

/** The stage that a room sees: the first of the page. */
export function ledStage() {
  const first = document.querySelector(".fall-line");
  return [...lecture.stages].find(({ root }) => root === first);
}
