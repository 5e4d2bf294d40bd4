// From data to pixels of a panel: by its axes, or by the camera of a 3-D scene.
import { axisOf, sceneOf, startOf, toPixels } from "./adapter/plotly.js";
export const BEHIND = 0.3; // opacity of a run behind the surface
/** @typedef {(x: number, y: number, z?: number) => [number, number]} Place */
/** @typedef {{place: Place, inSight?: (trace: any, point: number) => boolean}} Projection */
/** @param {any} plot @returns {Projection} */
export function byAxes(plot) {
  const xaxis = axisOf(plot, "xaxis");
  const yaxis = axisOf(plot, "yaxis");
  return {
    place: (x, y) => [startOf(xaxis) + toPixels(xaxis, x), startOf(yaxis) + toPixels(yaxis, y)],
  };
}
/**
 * By the camera's matrices; tells too whether the surface leaves a point in sight.
 * @returns {Projection}
 */
export function byCamera(plot, traces) {
  const { model, view, projection, scale, box } = sceneOf(plot);
  const turned = new DOMMatrix([...view]).multiply(new DOMMatrix([...model]));
  const matrix = new DOMMatrix([...projection]).multiply(turned);
  /** @type {Place} */
  const place = (x, y, z = NaN) => {
    const seen = matrix.transformPoint({ x: x * scale[0], y: y * scale[1], z: z * scale[2] });
    return [
      box.left + (box.width / 2) * (1 + seen.x / seen.w),
      box.top + (box.height / 2) * (1 - seen.y / seen.w),
    ];
  };
  const solid = traces.find(({ type }) => type === "surface");
  if (!solid) return { place };
  const { m41, m42, m43, m44 } = turned.inverse();
  const eye = [m41, m42, m43].map((part, i) => part / m44 / scale[i]);
  return { place, inSight: sightFrom(eye, solid) };
}
/**
 * Whether the straight way from a point to the eye is free of the surface.
 * @param {number[]} eye
 */
function sightFrom(eye, solid) {
  const width = spacing(solid.x);
  const depth = spacing(solid.y);
  return ({ x, y, z }, k) => {
    const way = [eye[0] - x[k], eye[1] - y[k], eye[2] - z[k]];
    const stride = 1 / Math.max(Math.abs(way[0] / width), Math.abs(way[1] / depth), 1);
    // From cell to cell of the mesh.
    for (let t = 2 * stride; t < 1; t += stride) {
      const column = Math.round((x[k] + t * way[0] - solid.x[0]) / width);
      const row = Math.round((y[k] + t * way[1] - solid.y[0]) / depth);
      const height = solid.z[row]?.[column];
      if (height === undefined) return true; // beyond its edge
      if (height > z[k] + t * way[2]) return false;
    }
    return true;
  };
}
/** From one node of a mesh to the next. */
const spacing = (nodes) => (nodes.at(-1) - nodes[0]) / (nodes.length - 1);
