// What is seen, in the address: frame=120, camera=1.25~1.25~1.25, show=map, answers=hidden. The server never hears of it.
// A link may say step=120 too.
let asked = new URLSearchParams(location.search); // of the link that was opened, for the first stage on it
/** The view that the link asks for; what is not understood is left out. @returns {import("./stage.js").View} */
export function fromAddress() {
  const frame = asked.get("frame") ?? asked.get("step") ?? "";
  const alone = asked.get("show") ?? "";
  const concealed = asked.get("answers") === "hidden";
  const beginning = concealed ? 0 : Infinity;
  const numbers = (asked.get("camera") ?? "").split("~").map(Number);
  const [eye, center, up] = [0, 3, 6].map((i) => ({
    x: numbers[i],
    y: numbers[i + 1],
    z: numbers[i + 2],
  }));
  const camera = { 3: { eye }, 9: { eye, center, up } }[
    numbers.every(Number.isFinite) ? numbers.length : 0
  ];
  asked = new URLSearchParams();
  const panels = new Map(camera && [["surface", { layout: { scene: { camera } } }]]);
  return {
    step: /^\d+$/.test(frame) ? Number(frame) : beginning,
    alone,
    concealed,
    speed: 1,
    loop: false,
    panels,
  };
}
/** Says in the address what is seen now. @param {import("./stage.js").View} view */
export function toAddress({ step, alone, concealed, panels }) {
  if (location.origin === "null") return; // a file has an address that cannot be changed
  const { eye, center, up } = panels.get("surface")?.layout.scene?.camera ?? {};
  const turned =
    center && Object.values({ ...center, w: up.z - 1 }).some((c) => Math.abs(c) > 0.005);
  const numbers = [eye, ...(turned ? [center, up] : [])].flatMap((point) =>
    point ? [point.x, point.y, point.z] : [],
  );
  const camera = numbers.map((c) => Number(c.toPrecision(3))).join("~");
  const mine = {
    frame: Number.isFinite(step) ? step : "",
    step: "",
    camera,
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
