// Where names stand beside points that move: free of each other, of the points, and inside an edge.
const GAP = 5; // pixels between a disc and its name
const ROWS = 15; // of names one above the other that are tried on each side
const NEAR = 3; // of them: a name that stands there stays as long as it can
const RING = 14; // pixels around the start that stay free
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box in pixels */
/**
 * @typedef {object} Named
 * @property {number} x of its point, in pixels
 * @property {number} y
 * @property {[number, number]} start where the point began
 * @property {string} name
 * @property {number} width of the name
 * @property {number} height
 */
/**
 * A box for each name that has room. A name stays on its side of its point as long as it can; one
 * without room is left out.
 * @template {Named} T
 * @param {T[]} heads
 * @param {number} radius of the discs
 * @param {Box} edge
 * @param {Map<string, number>} before which of its places each had last; kept up to date here
 * @returns {{head: T, box: Box}[]}
 */
export function besideHeads(heads, radius, edge, before) {
  const discs = heads.flatMap(({ x, y, start }) => [around(x, y, radius), around(...start, RING)]);
  /** @type {{head: T, box: Box}[]} */
  const placed = [];
  heads.forEach((head, i) => {
    const { x, y } = head;
    if (!(x >= edge.left && x <= edge.right && y >= edge.top && y <= edge.bottom)) return;
    const key = `${i} ${head.name}`;
    const ways = places(head, radius);
    const last = before.get(key);
    const near = last !== undefined && last < places(head, radius, NEAR).length;
    const order = near ? [last, ...ways.keys()] : [...ways.keys()];
    const isFree = (/** @type {Box} */ box) =>
      box.left >= edge.left &&
      box.right <= edge.right &&
      box.top >= edge.top &&
      box.bottom <= edge.bottom &&
      !discs.some((disc) => overlap(disc, box)) &&
      !placed.some((other) => overlap(other.box, box));
    const found = order.find((number) => isFree(ways[number]));
    if (found === undefined) return;
    before.set(key, found);
    placed.push({ head, box: ways[found] });
  });
  return placed;
}
/** The places of a name, the best first: to the right and to the left of its point, row by row. */
function places({ x, y, width, height }, radius, most = ROWS) {
  const away = radius + GAP;
  const rows = Array.from({ length: most }, (_, i) => (i % 2 ? -1 : 1) * Math.ceil(i / 2));
  return rows.flatMap((row) => {
    const top = y - height / 2 + row * (height + 2);
    const lefts = [x + away, x - away - width, ...(row ? [x - width / 2] : [])];
    return lefts.map((left) => ({ left, top, right: left + width, bottom: top + height }));
  });
}
/** @returns {Box} */
const around = (/** @type {number} */ x, /** @type {number} */ y, radius = 0) => ({
  left: x - radius,
  top: y - radius,
  right: x + radius,
  bottom: y + radius,
});
/** @param {Box} one @param {Box} other */
const overlap = (one, other) =>
  one.left < other.right &&
  other.left < one.right &&
  one.top < other.bottom &&
  other.top < one.bottom;
