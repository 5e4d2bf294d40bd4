// Messages back into figures, the mirror of packing.py. Arrays that seldom change come in cargos,
// once.
import { takeAway } from "./adapter/streamlit.js";
const KINDS = { f4: Float32Array, f8: Float64Array, i4: Int32Array };
const cargos = new Map(); // what each element has brought
const waiting = new Set(); // called when more has come
/** @param {any} message its bytes */
export async function unpack(message) {
  const inflated = new Response(message).body?.pipeThrough(new DecompressionStream("deflate"));
  const raw = await new Response(inflated).arrayBuffer();
  let start = 4 + new DataView(raw).getUint32(0, true);
  const { tree, arrays } = JSON.parse(new TextDecoder().decode(new Uint8Array(raw, 4, start - 4)));
  const found = new Map();
  for (const [name, kind, shape] of arrays) {
    const Kind = KINDS[kind];
    const count = shape.reduce((product, length) => product * length, 1);
    const bytes = new Uint8Array(raw, start, count * Kind.BYTES_PER_ELEMENT);
    found.set(name, nested(new Kind(gather(bytes, count, Kind.BYTES_PER_ELEMENT)), shape));
    start += bytes.length;
  }
  return { tree, arrays: found };
}
/** Bytes of equal weight stand together, and are those of second differences. */
function gather(planes, count, size) {
  const bytes = new Uint8Array(planes.length);
  for (let plane = 0; plane < size; plane++) {
    const from = plane * count;
    for (let i = 0; i < count; i++) bytes[i * size + plane] = planes[from + i];
  }
  if (size === 4) sum(new Int32Array(bytes.buffer));
  else sumLong(new BigInt64Array(bytes.buffer));
  return bytes.buffer;
}
/**
 * Second differences, written 0, 1, 2, 3 for 0, -1, 1, -2, become numbers.
 * @param {Int32Array} bits
 */
function sum(bits) {
  let once = 0;
  let value = 0;
  for (let i = 0; i < bits.length; i++) {
    once = (once + ((bits[i] >>> 1) ^ -(bits[i] & 1))) | 0;
    value = (value + once) | 0;
    bits[i] = value;
  }
}
/** The same for 8 bytes. @param {BigInt64Array} bits */
function sumLong(bits) {
  let once = 0n;
  let value = 0n;
  for (let i = 0; i < bits.length; i++) {
    const half = BigInt.asUintN(63, bits[i] >> 1n);
    once = BigInt.asIntN(64, once + (half ^ -(bits[i] & 1n)));
    value = BigInt.asIntN(64, value + once);
    bits[i] = value;
  }
}
/** Row by row. @param {any} flat @param {any} shape @returns {any} */
function nested(flat, [rows, ...inner], length = flat.length / rows) {
  const row = (_, i) => nested(flat.subarray(i * length, (i + 1) * length), inner);
  return inner.length ? Array.from({ length: rows }, row) : flat;
}
/** Whether something is a tree of options, and not a list, an array or a plain value. */
const branches = (value) => Object.prototype.toString.call(value) === "[object Object]";
/** One tree of options laid over another; arrays and plain values replace. @returns {any} */
export function overlay(under, over) {
  if (!branches(under) || !branches(over)) return over === undefined ? under : over;
  const grown = Object.entries(over).map(([key, item]) => [key, overlay(under[key], item)]);
  return { ...under, ...Object.fromEntries(grown) };
}
/**
 * Mounted like the stage, but not seen.
 * @param {{data: Uint8Array, parentElement: HTMLElement}} mount
 */
export function cargo({ data, parentElement }) {
  takeAway(parentElement);
  const mine = { arrays: cargos.get(parentElement)?.arrays };
  cargos.set(parentElement, mine);
  unpack(data).then(({ arrays }) => {
    mine.arrays = arrays;
    for (const wake of [...waiting]) waiting.delete(wake) && wake();
  });
  return () => cargos.get(parentElement) === mine && cargos.delete(parentElement);
}
/**
 * Figures with their arrays in place; nothing where a cargo still has to bring some: then `wake` is
 * called.
 */
export function complete(skeleton, arrays, wake) {
  let missing = false;
  const figures = JSON.parse(JSON.stringify(skeleton), (_, part) => {
    if (typeof part?.["#"] !== "string") return part;
    const holder = [{ arrays }, ...cargos.values()].find((each) => each.arrays?.has(part["#"]));
    missing ||= !holder;
    return holder?.arrays?.get(part["#"]);
  });
  return missing ? void waiting.add(wake) : figures;
}
