// Arrays that seldom change: each load of them is mounted once, so that it need not be sent again.
import { fill, unpack } from "./unpack.js";

/** @type {Map<Element, {arrays?: Map<string, any>}>} */
const cargos = new Map();
/** @type {Set<() => void>} */
const waiting = new Set();

/** Mounted like the stage, but not seen. @param {{data: Uint8Array, parentElement: HTMLElement}} mount */
export function cargo({ data, parentElement }) {
  const box = /** @type {HTMLElement | null} */ (parentElement.closest("[data-testid=stElementContainer]"));
  if (box) box.style.display = "none";
  const mine = { arrays: cargos.get(parentElement)?.arrays };
  cargos.set(parentElement, mine);
  unpack(data).then(({ arrays }) => {
    mine.arrays = arrays;
    const woken = [...waiting];
    waiting.clear();
    for (const wake of woken) wake();
  });
  return () => cargos.get(parentElement) === mine && cargos.delete(parentElement);
}

/** Figures with their arrays in place; nothing where a cargo still has to bring some: then `wake` is called. */
export function complete(skeleton, arrays, wake) {
  let missing = false;
  const figures = fill(skeleton, (name) => {
    const holder = [{ arrays }, ...cargos.values()].find((each) => each.arrays?.has(name));
    missing ||= !holder;
    return holder?.arrays?.get(name);
  });
  if (missing) waiting.add(wake);
  return missing ? undefined : figures;
}
