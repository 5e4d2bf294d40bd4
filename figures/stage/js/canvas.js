// What moves on a flat panel, drawn over the plot: trails, heads, and the line at the present step.
import { lastKnown } from "./panel.js";

/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {{trace: any, x: Float64Array, y: Float64Array, axes: any[]}} Path  in pixels of the plot */

const DASHES = /** @type {Record<string, number[]>} */ ({
  dot: [1, 1.5], dash: [3, 3], longdash: [5, 5], dashdot: [3, 1, 1, 1], longdashdot: [5, 2, 1, 2],
});
const FRESH = 0.15; // share of the steps that the bright end of a trail covers

/** @param {any} plot */
export function createCanvas(plot) {
  const element = document.createElement("canvas");
  element.className = "fall-line-canvas";
  element.setAttribute("aria-hidden", "true");
  const context = /** @type {CanvasRenderingContext2D} */ (element.getContext("2d"));
  /** @type {Path[]} */
  let paths = [];
  /** @type {any[]} */
  let traces = [];
  let cursor = false;
  let hidden = false;

  /**
   * @param {any[]} figure traces as drawn
   * @param {boolean} marks whether the panel has steps along x
   * @param {Theme} theme
   */
  function set(figure, marks, theme) {
    traces = figure;
    cursor = marks;
    element.style.color = theme.ink;
  }

  /**
   * Where the points lie now, after a redraw, a zoom or another size.
   * @param {number} step
   * @param {number} steps
   */
  function measure(step, steps) {
    const layout = plot._fullLayout;
    if (!layout?.xaxis || !layout._size) return;
    const scale = devicePixelRatio;
    if (element.width !== Math.round(layout.width * scale)) element.width = Math.round(layout.width * scale);
    if (element.height !== Math.round(layout.height * scale)) element.height = Math.round(layout.height * scale);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    paths = traces.flatMap((trace, i) => {
      const full = plot._fullData[i];
      if (!trace.meta?.plays || !full?.xaxis) return [];
      const axes = [full.xaxis, full.yaxis].map((id) => layout[`${id[0]}axis${id.slice(1)}`]);
      const [x, y] = [new Float64Array(trace.y.length), new Float64Array(trace.y.length)];
      for (let k = 0; k < x.length; k++) {
        x[k] = axes[0]._offset + axes[0].d2p(trace.x ? trace.x[k] : k);
        y[k] = axes[1]._offset + axes[1].d2p(trace.y[k]);
      }
      return [{ trace, x, y, axes }];
    });
    hidden = false;
    draw(step, steps);
  }

  /**
   * @param {number} step
   * @param {number} steps
   */
  function draw(step, steps) {
    const moving = step < steps;
    hide(moving && !cursor);
    context.clearRect(0, 0, element.width, element.height);
    if (cursor && moving) mark(step);
    for (const path of paths) if (moving && !cursor) within(path.axes, () => trail(path, step, steps));
    for (const path of paths)
      if (path.trace.meta.head !== false && (moving || !cursor)) within(path.axes, () => head(path, step));
  }

  /** The plot's own lines make room for the trails. @param {boolean} wanted */
  function hide(wanted) {
    if (wanted === hidden) return;
    hidden = wanted;
    for (const { trace } of paths)
      for (const line of plot.querySelectorAll(`.scatter${trace.uid}`)) line.style.display = wanted ? "none" : "";
  }

  /**
   * @param {any[]} axes
   * @param {() => void} paint
   */
  function within([x, y], paint) {
    context.save();
    context.beginPath();
    context.rect(x._offset, y._offset, x._length, y._length);
    context.clip();
    paint();
    context.restore();
  }

  /**
   * @param {Path} path
   * @param {number} step
   * @param {number} steps
   */
  function trail({ trace, x, y }, step, steps) {
    const width = trace.line?.width ?? 2;
    context.strokeStyle = trace.line?.color;
    context.lineWidth = width;
    context.lineJoin = "round";
    const dash = trace.line?.dash ?? "solid";
    context.setLineDash(DASHES[dash]?.map((part) => part * Math.max(width, 3)) ?? (dash.match(/\d+(?=px)/g) ?? []).map(Number));
    const fresh = Math.max(0, Math.floor(step - FRESH * steps));
    for (const [from, to, alpha] of [[0, fresh, 0.5], [fresh, step, 1]]) {
      context.globalAlpha = alpha;
      context.beginPath();
      for (let k = from; k <= to && k < x.length; k++)
        if (Number.isFinite(x[k]) && Number.isFinite(y[k])) context.lineTo(x[k], y[k]);
      context.stroke();
    }
  }

  /**
   * @param {Path} path
   * @param {number} step
   */
  function head({ trace, x, y }, step) {
    const k = lastKnown(trace, step);
    context.beginPath();
    context.arc(x[k], y[k], cursor ? 3.5 : 6, 0, 2 * Math.PI);
    context.fillStyle = trace.line?.color ?? trace.marker?.color;
    context.fill();
    context.lineWidth = cursor ? 1 : 2;
    context.strokeStyle = "#ffffff";
    context.stroke();
  }

  /** @param {number} step */
  function mark(step) {
    const { xaxis, yaxis } = plot._fullLayout;
    const x = Math.round(xaxis._offset + xaxis.d2p(step)) + 0.5;
    context.save();
    context.strokeStyle = element.style.color;
    context.globalAlpha = 0.6;
    context.setLineDash([3, 3]);
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, yaxis._offset);
    context.lineTo(x, yaxis._offset + yaxis._length);
    context.stroke();
    context.restore();
  }

  return { element, set, measure, draw };
}
