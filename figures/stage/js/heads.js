// The runs' present places: a disc each, apart from those it lies on, and beside it the run's name.
import { RIM } from "./theme.js";
import { readable } from "./colours.js";
import { besideHeads } from "./labels.js";
const APART = 1.5; // radii between the middles of two discs that would cover each other
const TURNS = 16; // times that discs push each other away
const HAIR = 0.01; // pixels
const LETTERS = 0.8; // height of a name, in letters of the page
/**
 * @typedef {{x: number, y: number, start: [number, number], colour: string, name: string}} Head in
 * pixels
 */
/**
 * @typedef {object} Look
 * @property {number} radius of a disc, in pixels
 * @property {number} rim
 * @property {string} paper
 * @property {string} ink
 * @property {string} font its family
 * @property {number} letters their height, in pixels
 */
/**
 * Moves those that lie on each other apart, by no more than lets all of them be seen.
 * @param {Head[]} heads
 * @param {number} radius
 * @returns {Head[]}
 */
export function fannedOut(heads, radius) {
  const apart = APART * radius;
  const fanned = heads.map((head, i) => {
    const way = (2 * Math.PI * i) / heads.length; // of its own, for those in the same place
    return { ...head, x: head.x + HAIR * Math.cos(way), y: head.y + HAIR * Math.sin(way) };
  });
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [i, one] of fanned.entries())
      for (const other of fanned.slice(i + 1)) push(one, other, apart);
  }
  return fanned;
}
/** Each goes half of the way that is missing. */
function push(/** @type {Head} */ one, /** @type {Head} */ other, /** @type {number} */ apart) {
  const across = other.x - one.x;
  const down = other.y - one.y;
  const distance = Math.hypot(across, down);
  if (!(distance < apart)) return;
  const share = (apart - distance) / 2 / distance;
  one.x -= share * across;
  one.y -= share * down;
  other.x += share * across;
  other.y += share * down;
}
/** @param {CanvasRenderingContext2D} context @param {Head[]} heads @param {Look} look */
export function drawHeads(context, heads, { radius, rim }) {
  context.globalAlpha = 1;
  context.strokeStyle = RIM;
  context.lineWidth = rim;
  context.setLineDash([]);
  for (const { x, y, colour } of heads) {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}
/**
 * Draws the names beside the heads, over the lines that lead from heads to those farther away.
 * @param {CanvasRenderingContext2D} context
 * @param {Head[]} heads
 * @param {Look} look
 * @param {import("./labels.js").Box} edge that no name leaves
 * @param {Map<string, number>} before where each name was placed last; kept up to date here
 */
export function drawNames(context, heads, look, edge, before) {
  const height = Math.round(LETTERS * look.letters);
  context.font = `600 ${height}px ${look.font}`;
  context.textBaseline = "middle";
  context.setLineDash([]);
  context.lineWidth = 1;
  const named = heads.map((head) => ({
    ...head,
    width: context.measureText(head.name).width + height,
    height: 1.6 * height,
  }));
  const placed = besideHeads(named, look.radius, edge, before).map(({ head, box }) => ({
    head,
    box,
    colour: readable(head.colour, look.paper, look.ink),
    middle: { x: box.left + head.width / 2, y: box.top + head.height / 2 },
  }));
  context.globalAlpha = 1;
  for (const { head, colour, middle } of placed) {
    if (Math.hypot(middle.x - head.x, middle.y - head.y) <= head.width) continue;
    context.strokeStyle = colour;
    context.beginPath();
    context.moveTo(head.x, head.y);
    context.lineTo(middle.x, middle.y);
    context.stroke();
  }
  for (const { head, box, colour, middle } of placed) {
    context.globalAlpha = 0.94;
    context.fillStyle = look.paper;
    context.beginPath();
    context.roundRect(box.left, box.top, head.width, head.height, height / 3);
    context.fill();
    context.globalAlpha = 1;
    context.fillStyle = colour;
    context.fillText(head.name, box.left + height / 2, middle.y + 0.5);
  }
}
