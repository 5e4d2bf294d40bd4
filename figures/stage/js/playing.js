// Traces that play: which of their points belong to a step.
/**
 * @typedef {{step: number, steps: number, position: number}} Now the present step, the last, and
 * where playback is, between two steps too
 */
/**
 * Where among the points of a trace a step is; those between two points that are drawn are at the
 * first of these.
 */
export function pointAt({ meta: { steps } }, step, length) {
  if (!steps) return Math.min(step, length - 1);
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (steps[middle] <= step) low = middle;
    else high = middle - 1;
  }
  return low;
}
/** The last point up to the present step at which a run was still there; at the end of all. */
export function lastSeen(trace, x, y, /** @type {Now} */ { step, steps }) {
  let last = pointAt(trace, step < steps ? step : Infinity, y.length);
  while (last > 0 && Number.isNaN((x ? x[last] : last) + y[last])) last--;
  return last;
}
/** The trajectories in a trace that holds several of equal length, each ended by a gap. */
export function lanes(trace) {
  const count = trace.meta.lanes ?? 1;
  if (count < 2) return [trace];
  const length = trace.y.length / count;
  return Array.from({ length: count }, (_, i) => ({
    ...trace,
    ...cut(trace, i * length, (i + 1) * length),
  }));
}
/** A part of what a trace is drawn from. */
export function cut(trace, from, to) {
  const part = {};
  for (const letter of ["x", "y", "z"]) {
    if (trace[letter]) part[letter] = trace[letter].slice(from, to);
  }
  if (trace.meta.steps) part.meta = { ...trace.meta, steps: trace.meta.steps.slice(from, to) };
  return part;
}
