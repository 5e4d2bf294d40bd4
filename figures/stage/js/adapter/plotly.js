// The private names of plotly.js: no other file knows one. tests/contract.py says of each what it
// is for and what to do when it is gone; tests/browser/test_contract.py looks whether it is there
// and does what is expected of it.
/**
 * @typedef {{range: [number, number], type: string, autorange: boolean}} Axis as Plotly has it, of
 * two dimensions
 */
/**
 * @typedef {object} Scene what a 3-D picture is drawn with
 * @property {Iterable<number>} model matrix of 16 numbers, as the two that follow
 * @property {Iterable<number>} view
 * @property {Iterable<number>} projection
 * @property {number[]} scale units of the model in one unit of x, y and z
 * @property {{left: number, top: number, width: number, height: number}} box where in the plot it
 * is, in pixels
 */
/** Whether Plotly has drawn something here, and has not been taken away again. */
export const isDrawn = (plot) => Boolean(plot._fullLayout?._size);
/** Width and height of the whole picture, in pixels. @returns {{width: number, height: number}} */
export function sizeOf(plot) {
  const { width, height } = plot._fullLayout;
  return { width, height };
}
/** Pixels from the upper left corner of the plot to that of what its axes span, below a legend. */
export function originOf(plot) {
  const { l: left, t: top } = plot._fullLayout._size;
  return { left, top };
}
/** Height of the letters beside the axes, in pixels. @returns {number} */
export const letterSizeOf = (plot) => plot._fullLayout.font.size;
/** Whether a trace is shown, and not switched off in the legend. */
export const isVisible = (plot, number) => plot._fullData[number]?.visible === true;
/** An axis by its name, xaxis or yaxis; undefined where there is none. @returns {any} */
export const axisOf = (plot, name) => plot._fullLayout?.[name];
/** Every axis of two dimensions with its name. @returns {[string, Axis][]} */
export const flatAxesOf = (plot) =>
  Object.entries(plot._fullLayout).filter(([name]) => /^[xy]axis\d*$/.test(name));
/** Pixels from the left or upper edge of the plot to where an axis begins. @returns {number} */
export const startOf = (axis) => axis._offset;
/** Pixels that an axis is long. @returns {number | undefined} */
export const lengthOf = (axis) => axis?._length;
/** Pixels from where an axis begins to a number on it. @returns {number} */
export const toPixels = (axis, number) => axis.d2p(number);
/** The number on an axis so many pixels from where it begins. @returns {number} */
export const toData = (axis, pixels) => axis.p2d(pixels);
/**
 * Has the numbers of a hover written as everywhere else: d3, which Plotly has them written by, writes a
 * hyphen for a minus sign, and powers of ten where others write the number.
 * @param {any} plot
 * @param {(number: string) => string} otherwise
 */
export function writeNumbers(plot, otherwise) {
  const locale = plot._fullLayout._d3locale;
  const { numberFormat } = locale;
  if (numberFormat.ours) return;
  const ours = (/** @type {string} */ format) => {
    const write = numberFormat(format);
    return (/** @type {unknown} */ value) => otherwise(write(value));
  };
  locale.numberFormat = Object.assign(ours, { ours: true });
}
/** The camera of each 3-D picture by the name of its scene. @returns {[string, any][]} */
export function camerasOf(plot) {
  const scenes = Object.entries(plot._fullLayout).filter(([name]) => /^scene\d*$/.test(name));
  return scenes.map(([name, scene]) => [name, scene._scene.getCamera()]);
}
/**
 * Writes the present camera into the layout: one that was released glides on, and would jump back
 * at a redraw.
 */
export function saveCamera(plot) {
  plot._fullLayout.scene?._scene?.saveLayout(plot.layout);
}
/** @returns {Scene} */
export function sceneOf(plot) {
  const { scene, _size: size } = plot._fullLayout;
  const { glplot, dataScale, fullSceneLayout } = scene._scene;
  const { model, view, projection } = glplot.cameraParams;
  const [left, right] = fullSceneLayout.domain.x;
  const [bottom, top] = fullSceneLayout.domain.y;
  const box = {
    left: size.l + size.w * left,
    top: size.t + size.h * (1 - top),
    width: size.w * (right - left),
    height: size.h * (top - bottom),
  };
  return { model, view, projection, scale: dataScale, box };
}
/**
 * Has `act` called at every drawing of a 3-D picture: a camera that turns redraws it without any
 * event.
 */
export function onEveryDrawing(plot, act) {
  const drawing = plot._fullLayout.scene?._scene?.glplot;
  if (!drawing || drawing.watched) return;
  const before = drawing.onrender;
  drawing.watched = true;
  drawing.onrender = () => {
    before();
    act();
  };
}
/**
 * Zooms a map as a wheel over it does.
 * @param {any} plot
 * @param {number} ratio what is in view then, in lengths of what is now
 * @param {{clientX: number, clientY: number}} place that stays where it is
 */
export function zoom(plot, ratio, place) {
  const deltaY = 200 * Math.log(ratio); // Plotly zooms by exp(deltaY / 200)
  plot.querySelector(".nsewdrag").dispatchEvent(new WheelEvent("wheel", { deltaY, ...place }));
}
