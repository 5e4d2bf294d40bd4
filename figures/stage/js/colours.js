// Colours as numbers: a run's own as it can be read in letters.
const CONTRAST = 4.5; // of letters to their paper, at least: WCAG 2.2, 1.4.3
const SHARE = 0.1; // of the ink that is added until they have it
const pen = document.createElement("canvas").getContext("2d");
/** @type {Map<string, string>} */
const found = new Map();
/**
 * A colour, with as much of the ink in it as makes letters of it readable on the paper.
 * @param {string} colour
 * @param {string} paper
 * @param {string} ink
 */
export function readable(colour, paper, ink) {
  const key = [colour, paper, ink].join();
  const before = found.get(key);
  if (before) return before;
  const [from, under, to] = [colour, paper, ink].map(parts);
  let mixed = from;
  for (let share = 0; share < 1 && contrast(mixed, under) < CONTRAST; share += SHARE)
    mixed = from.map((part, i) => Math.round(part + (share + SHARE) * (to[i] - part)));
  const text = `rgb(${mixed.join(", ")})`;
  found.set(key, text);
  return text;
}
/** Red, green and blue of a colour in any of the ways that CSS writes one, each from 0 to 255. */
function parts(/** @type {string} */ colour) {
  if (!pen) return [0, 0, 0];
  pen.fillStyle = "black";
  pen.fillStyle = colour;
  const text = String(pen.fillStyle); // six hexadecimal digits, or "rgba(18, 52, 77, 0.5)"
  if (!text.startsWith("#")) return (text.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16));
}
/** WCAG's ratio of two luminances. */
function contrast(/** @type {number[]} */ one, /** @type {number[]} */ other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
function luminance(/** @type {number[]} */ colour) {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
