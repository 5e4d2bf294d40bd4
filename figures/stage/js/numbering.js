// Numbers beside an axis and in its hover: with as many digits as tell one pixel from the next.
import { lengthOf } from "./adapter/plotly.js";
const LEAST = 4; // significant digits
const MOST = 16; // more than a double has
const LETTER = 0.55; // width of a digit, in heights of the letters
const SHORTER = 1; // digits that a label has less than a hover
const USUAL = 80; // pixels from one label to the next along x, where a figure does not say
const FAR = 100; // lengths of what is in view: numbers so far from 0 are written out, however large
const LARGEST = 1e12; // that is written out
const SMALL = 1e-4; // from here
const LARGE = 1e6; // to here a number has no power of ten, as in words/numbers.py

/** How many digits tell numbers from `low` to `high` apart to a thousandth of the way between. */
export function digitsWithin(low, high) {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const digits = LEAST + Math.ceil(Math.log10(size / Math.abs(high - low)) - 0.01);
  return Math.max(LEAST, Math.min(digits || LEAST, MOST));
}
/** A number with so many digits, without zeros at its end and with a true minus sign. */
export function written(number, digits) {
  return String(Number(number.toPrecision(digits))).replaceAll("-", "−");
}
/**
 * What d3 has written, as Python writes numbers: a true minus sign, and a power of ten only where
 * the number is very large or very small.
 * @param {string} text
 */
export function asElsewhere(text) {
  const number = Number(text);
  const size = Math.abs(number);
  const plain = text.includes("e") && size >= SMALL && size < LARGE;
  return (plain ? String(number) : text).replace("e+", "e").replaceAll("-", "−");
}
/**
 * The options of an axis for the ranges that are in view.
 * @param {string} name xaxis or yaxis
 * @param {any} axis as Plotly has it
 * @param {{nticks?: number, exponentformat?: string}} asked what the figure asks for
 * @param {number} letters their height in pixels
 */
export function numbering(name, axis, asked, letters) {
  const [low, high] = axis.type === "log" ? axis.range.map((power) => 10 ** power) : axis.range;
  const digits = digitsWithin(low, high);
  const size = Math.max(Math.abs(low), Math.abs(high));
  const writtenOut = size > FAR * Math.abs(high - low) && size < LARGEST;
  const wide = letters * (1 + LETTER * Math.max(LEAST, digits - SHORTER));
  const length = lengthOf(axis) ?? 0;
  const fitting = Math.floor(length / wide);
  const crowded = name === "xaxis" && fitting < (asked.nticks || length / USUAL);
  return {
    hoverformat: `.${digits}~g`,
    exponentformat: writtenOut ? "none" : asked.exponentformat,
    nticks: crowded ? Math.max(2, fitting) : asked.nticks,
  };
}
