// What is seen, in the address: frame=120, camera=1.25~1.25~1.25, show=map, answers=hidden. The
// server never hears of it. A link may say step=120 too.
const UNUSUAL = 0.005; // from the middle, or from straight up
const LEAD = "lead"; // code and key of a room
// of the link that was opened, for the first stage on it
let asked = new URLSearchParams(location.search);
/**
 * The view that the link asks for; what is not understood is left out.
 * @returns {import("./stage.js").View}
 */
export function fromAddress() {
  const frame = asked.get("frame") ?? asked.get("step") ?? "";
  const alone = asked.get("show") ?? "";
  const concealed = asked.get("answers") === "hidden";
  const beginning = concealed ? 0 : Infinity;
  const numbers = (asked.get("camera") ?? "").split("~").map(Number);
  const camera = numbers.every(Number.isFinite) ? cameraFrom(numbers) : undefined;
  asked = new URLSearchParams();
  const panels = new Map(camera && [["surface", { layout: { scene: { camera } } }]]);
  return {
    step: /^\d+$/.test(frame) ? Number(frame) : beginning,
    alone,
    concealed,
    zoomed: false,
    speed: 1,
    loop: false,
    hint: "",
    panels,
  };
}
/**
 * A camera from where its eye is, or also from what it looks at and which way is up.
 * @param {number[]} numbers
 */
function cameraFrom(numbers) {
  const [eye, center, up] = [0, 3, 6].map((i) => ({
    x: numbers[i],
    y: numbers[i + 1],
    z: numbers[i + 2],
  }));
  if (numbers.length === 3) return { eye };
  return numbers.length === 9 ? { eye, center, up } : undefined;
}
/** The address without what is the lecturer's alone. */
export function linkToShare() {
  const parts = location.search.slice(1).split("&");
  const others = parts.filter((part) => part && part.split("=")[0] !== LEAD);
  const search = others.length ? `?${others.join("&")}` : "";
  return location.origin + location.pathname + search + location.hash;
}
/** Says in the address what is seen now. @param {import("./stage.js").View} view */
export function toAddress({ step, alone, concealed, panels }) {
  if (location.origin === "null") return; // a file has an address that cannot be changed
  const mine = {
    frame: Number.isFinite(step) ? step : "",
    step: "",
    camera: written(panels.get("surface")?.layout.scene?.camera ?? {}),
    show: alone,
    answers: concealed ? "hidden" : "",
  };
  const others = location.search
    .slice(1)
    .split("&")
    .filter((part) => part && !(part.split("=")[0] in mine));
  const parts = [
    ...others,
    ...Object.entries(mine)
      .filter(([, text]) => text !== "")
      .map((pair) => pair.join("=")),
  ];
  const search = parts.length ? `?${parts.join("&")}` : "";
  if (search !== location.search)
    history.replaceState(history.state, "", location.pathname + search + location.hash);
}
/**
 * A camera as numbers; what it looks at and which way is up are left out where they are the usual
 * ones.
 */
function written({ eye, center, up }) {
  const moved =
    center && [center.x, center.y, center.z, up.z - 1].some((c) => Math.abs(c) > UNUSUAL);
  const points = [eye, ...(moved ? [center, up] : [])].filter(Boolean);
  const numbers = points.flatMap(({ x, y, z }) => [x, y, z]);
  return numbers.map((number) => Number(number.toPrecision(3))).join("~");
}
