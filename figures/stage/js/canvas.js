// What moves, drawn over a panel at every frame: trails, heads, and the line at the present step.

/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {{trace: any, x: Float64Array, y: Float64Array}} Path  in pixels of the panel; nan where there is nothing */

const DASHES = /** @type {Record<string, number[]>} */ ({
  dot: [1, 1.5], dash: [3, 3], longdash: [5, 5], dashdot: [3, 1, 1, 1], longdashdot: [5, 2, 1, 2],
});
const FRESH = 0.15; // share of the steps that the bright end of a trail covers

/** @param {any} plot */
export function createCanvas(plot) {
  const element = document.createElement("canvas");
  element.className = "fall-line-canvas";
  element.setAttribute("aria-hidden", "true");
  // Long trails are drawn faster by the processor than by a graphics card, and far faster than by an imitated one.
  const context = /** @type {CanvasRenderingContext2D} */ (element.getContext("2d", { willReadFrequently: true }));
  /** @type {Path[]} */
  let paths = [];
  /** @type {any[]} */
  let traces = [];
  let cursor = false;
  let hidden = false;
  let step = 0;
  let steps = 0;

  /**
   * @param {any[]} drawn
   * @param {boolean} marks whether the panel has steps along x
   * @param {Theme} theme
   * @param {number} at
   * @param {number} of
   */
  function set(drawn, marks, theme, at, of) {
    [traces, cursor, step, steps] = [drawn, marks, at, of];
    element.style.color = theme.ink;
  }

  /** Where the points lie now: after a redraw, a zoom, a turn of the camera, another size. */
  function measure() {
    const layout = plot._fullLayout;
    if (!layout?._size) return;
    const scale = devicePixelRatio;
    const [width, height] = [Math.round(layout.width * scale), Math.round(layout.height * scale)];
    if (element.width !== width || element.height !== height) Object.assign(element, { width, height });
    context.setTransform(scale, 0, 0, scale, 0, 0);
    paths = traces.flatMap((trace, i) => {
      const full = plot._fullData[i];
      if (!trace.meta?.plays || !full?.visible) return [];
      const place = full.scene ? perspective(layout[full.scene]._scene, layout) : level(layout, full);
      const [x, y] = [new Float64Array(trace.y.length), new Float64Array(trace.y.length)];
      for (let k = 0; k < x.length; k++) [x[k], y[k]] = place(trace.x ? trace.x[k] : k, trace.y[k], trace.z?.[k]);
      return [{ trace, x, y }];
    });
    hidden = false;
    draw(step, steps);
  }

  /**
   * @param {number} at
   * @param {number} of
   */
  function draw(at, of) {
    [step, steps] = [at, of];
    const moving = step < steps;
    hide(moving && !cursor);
    context.clearRect(0, 0, element.width, element.height);
    context.save();
    clip();
    if (cursor && moving) mark();
    if (!cursor && moving) for (const path of paths) trail(path);
    if (!cursor || moving) for (const path of paths) if (path.trace.meta.head !== false) head(path);
    context.restore();
  }

  /** The lines that Plotly drew make room for the trails. @param {boolean} wanted */
  function hide(wanted) {
    if (wanted === hidden) return;
    hidden = wanted;
    for (const { trace } of paths)
      for (const line of plot.querySelectorAll(`.trace${trace.uid}`)) line.style.display = wanted ? "none" : "";
  }

  function clip() {
    const { xaxis, yaxis } = plot._fullLayout;
    if (!xaxis?._length || !yaxis) return;
    context.beginPath();
    context.rect(xaxis._offset, yaxis._offset, xaxis._length, yaxis._length);
    context.clip();
  }

  /** @param {Path} path */
  function trail({ trace, x, y }) {
    const width = Math.min(trace.line?.width ?? 2, trace.z ? 3 : 9);
    const dash = trace.line?.dash ?? "solid";
    context.strokeStyle = trace.line?.color;
    context.lineWidth = width;
    context.lineJoin = "round";
    context.setLineDash(DASHES[dash]?.map((part) => part * Math.max(width, 3)) ?? (dash.match(/\d+(?=px)/g) ?? []).map(Number));
    const fresh = Math.max(0, Math.floor(step - FRESH * steps));
    for (const [from, to, alpha] of [[0, fresh, 0.5], [fresh, step, 1]]) {
      context.globalAlpha = alpha;
      context.beginPath();
      for (let k = from; k <= to && k < x.length; k++) if (x[k] + y[k] < Infinity) context.lineTo(x[k], y[k]);
      context.stroke();
    }
    context.globalAlpha = 1;
    context.setLineDash([]);
  }

  /** @param {Path} path */
  function head({ trace, x, y }) {
    let k = Math.min(step, x.length - 1);
    while (k > 0 && Number.isNaN(x[k] + y[k])) k--;
    context.beginPath();
    context.arc(x[k], y[k], cursor ? 3.5 : 6, 0, 2 * Math.PI);
    context.fillStyle = trace.line?.color ?? trace.marker?.color;
    context.fill();
    context.lineWidth = cursor ? 1 : 2;
    context.strokeStyle = "#ffffff";
    context.stroke();
  }

  function mark() {
    const { xaxis, yaxis } = plot._fullLayout;
    const x = Math.round(xaxis._offset + xaxis.d2p(step)) + 0.5;
    context.strokeStyle = element.style.color;
    context.lineWidth = 1;
    context.setLineDash([3, 3]);
    context.beginPath();
    context.moveTo(x, yaxis._offset);
    context.lineTo(x, yaxis._offset + yaxis._length);
    context.stroke();
    context.setLineDash([]);
  }

  return { element, set, measure, draw };
}

/**
 * From data to pixels on a flat panel.
 * @param {any} layout
 * @param {any} full
 * @returns {(x: number, y: number) => number[]}
 */
function level(layout, full) {
  const [across, up] = [full.xaxis, full.yaxis].map((id) => layout[`${id[0]}axis${id.slice(1)}`]);
  return (x, y) => [across._offset + across.d2p(x), up._offset + up.d2p(y)];
}

/**
 * From data to pixels of a 3-D scene: the camera's three matrices, column by column, then perspective.
 * @param {any} scene
 * @param {any} layout
 * @returns {(x: number, y: number, z: number) => number[]}
 */
function perspective({ glplot, dataScale, fullSceneLayout }, { width, height, _size }) {
  const { model, view, projection } = glplot.cameraParams;
  const times = (/** @type {number[]} */ m, /** @type {number[]} */ v) =>
    [0, 1, 2, 3].map((i) => m[i] * v[0] + m[i + 4] * v[1] + m[i + 8] * v[2] + m[i + 12] * v[3]);
  const columns = [0, 1, 2, 3].map((i) => times(projection, times(view, times(model, [0, 1, 2, 3].map((j) => +(i === j))))));
  const matrix = columns.flat();
  const { x: across, y: up } = fullSceneLayout.domain;
  const [w, h] = [_size.w * (across[1] - across[0]), _size.h * (up[1] - up[0])];
  const [left, top] = [_size.l + _size.w * across[0], _size.t + _size.h * (1 - up[1])];
  return (x, y, z) => {
    const [a, b, , d] = times(matrix, [x * dataScale[0], y * dataScale[1], z * dataScale[2], 1]);
    return [left + (w / 2) * (1 + a / d), top + (h / 2) * (1 - b / d)];
  };
}
