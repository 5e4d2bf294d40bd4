// What is seen, in the address: frame=120, camera=1.25~1.25~1.25, show=map. The server never hears of it.

/** @typedef {import("./stage.js").View} View */

const LONG = [3, 9]; // numbers of a camera: its eye, and behind that its centre and its upward direction
let asked = new URLSearchParams(location.search); // of the link that was opened, for the first stage on it

/** The view that the link asks for; what is not understood is left out. @returns {View} */
export function fromAddress() {
  const [frame, show = ""] = [asked.get("frame") ?? "", asked.get("show") ?? undefined];
  const numbers = (asked.get("camera") ?? "").split("~").map(Number);
  const point = (i) => ({ x: numbers[i], y: numbers[i + 1], z: numbers[i + 2] });
  const panels = new Map();
  if (LONG.includes(numbers.length) && numbers.every(Number.isFinite)) {
    const camera = { eye: point(0), ...(numbers.length === 9 && { center: point(3), up: point(6) }) };
    panels.set("surface", { layout: { scene: { camera } } });
  }
  asked = new URLSearchParams();
  return { step: /^\d{1,5}$/.test(frame) ? Number(frame) : Infinity, alone: show, speed: 1, loop: false, panels };
}

/** Says in the address what is seen now. @param {View} view */
export function toAddress({ step, alone, panels }) {
  if (location.origin === "null") return; // a file has an address that cannot be changed
  const { eye, center, up } = panels.get("surface")?.layout.scene?.camera ?? {};
  const turned = center && Object.values({ ...center, w: up.z - 1 }).some((c) => Math.abs(c) > 0.005);
  const numbers = [eye, ...(turned ? [center, up] : [])].flatMap((point) => (point ? [point.x, point.y, point.z] : []));
  const camera = numbers.map((c) => Number(c.toPrecision(3))).join("~");
  const others = location.search.slice(1).split("&").filter((part) => part && !/^(frame|camera|show)=/.test(part));
  const mine = Object.entries({ frame: Number.isFinite(step) ? step : "", camera, show: alone });
  const parts = [...others, ...mine.filter(([, text]) => text !== "").map((pair) => pair.join("="))];
  const search = parts.length ? `?${parts.join("&")}` : "";
  if (search !== location.search) history.replaceState(history.state, "", location.pathname + search + location.hash);
}
