// What is in view of a panel, against what its figure was made for.
const CLOSE = 3; // times nearer than a map's mesh was made for: another is wanted
const DEEP = 64; // times nearer than lines were sent for: they are wanted more exactly
const DIGITS = 4; // of the length of what is in view, to which the server is told where it ends
/** @typedef {[number, number]} Range */
/** @param {Range} range */
export const length = ([low, high]) => Math.abs(high - low);
/**
 * Whether what is in view goes beyond the meshes of a figure, or is far smaller than what it was
 * made for.
 * @param {Range[]} ranges in view, along x and y
 * @param {number[] | undefined} covers how far the meshes reach, from low to high along x, then
 * along y
 * @param {(Range | undefined)[]} home the ranges that the figure asks for
 * @returns {{beyond: boolean, close: boolean}}
 */
export function exceeds(ranges, covers, home) {
  if (!covers)
    return { beyond: false, close: ranges.some((range, i) => within(range, home[i], DEEP)) };
  const made = /** @type {Range[]} */ ([covers.slice(0, 2), covers.slice(2)]);
  return {
    beyond: ranges.some(([low, high], i) => low < made[i][0] || high > made[i][1]),
    close: ranges.some((range, i) => within(range, made[i], CLOSE)),
  };
}
/** Whether a range is so many times shorter than another, if there is one. */
const within = (range, made, times) => Boolean(made && times * length(range) < length(made));
/** An interval to a few digits of its length. @param {Range} range */
export function shortened([low, high]) {
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(high - low))) - DIGITS);
  return [low, high].map((end) => Math.round(end / unit) * unit);
}
