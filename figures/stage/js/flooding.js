// The control that has many starts shown at once, of whichever run on the map.
import { make } from "./dom.js";
import { floodIn } from "./flood.js";
/** @param {(number: number) => void} tell of a run, counted from 1; 0 for none */
export function createFlooding(tell) {
  const state = { chosen: 0 };
  const button = make("button", {
    type: "button",
    className: "fall-line-words",
    onclick: () => tell(state.chosen ? 0 : 1),
  });
  const runs = make("select", { onchange: () => tell(Number(runs.value)) });
  const element = make("span", { role: "group", hidden: true }, button, runs);
  /** @param {string | undefined} name of the control @param {any[]} traces of the map */
  function show(name, traces) {
    const names = traces
      .filter(({ meta }) => meta?.plays && meta.head !== false && !meta.lanes)
      .map((trace) => trace.name);
    state.chosen = names.indexOf(floodIn(traces)?.meta.flood) + 1;
    element.hidden = !name || !names.length;
    button.textContent = name ?? "";
    button.ariaPressed = String(Boolean(state.chosen));
    runs.hidden = !state.chosen || names.length < 2;
    runs.ariaLabel = name ?? "";
    runs.replaceChildren(...names.map((each, i) => make("option", { value: String(i + 1) }, each)));
    runs.value = String(state.chosen);
  }
  return { element, show };
}
