// One line on a canvas, however many its points and however far away.
const NEAR = 0.25; // pixels within which a line needs no other point: a run at rest has hundreds
const FAR = 1e4; // pixels: farther from the picture than anything that is in it
/**
 * A line that ends where there is nothing, and begins again behind it; a point alone is a dot under
 * round ends.
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} x in pixels
 * @param {ArrayLike<number>} y
 * @param {number} from its first point
 * @param {number} to its last
 */
export function stroke(context, x, y, from, to, opacity = 1) {
  context.globalAlpha = opacity;
  context.beginPath();
  let last = -1; // the last point that was drawn; -1 behind a gap
  for (let k = from; k <= to && k < x.length; k++) {
    const before = last < 0 ? k : last;
    const away = Math.abs(x[k] - x[before]) + Math.abs(y[k] - y[before]);
    if (last >= 0 && away <= NEAR) continue;
    if (last < 0) context.moveTo(x[k], y[k]);
    if (away > FAR) leap(context, x[before], y[before], x[k], y[k]);
    else context.lineTo(x[k], y[k]);
    last = Number.isFinite(away) ? k : -1;
  }
  context.stroke();
}
/**
 * Of a long way the part that is near the picture: a million dashes that nobody sees would take a
 * second.
 */
function leap(context, fromX, fromY, toX, toY) {
  const [left, right] = shareWithin(fromX, toX);
  const [low, high] = shareWithin(fromY, toY);
  const begin = Math.max(0, left, low);
  const end = Math.min(1, right, high);
  if (begin < end) {
    context.moveTo(fromX + begin * (toX - fromX), fromY + begin * (toY - fromY));
    context.lineTo(fromX + end * (toX - fromX), fromY + end * (toY - fromY));
  }
  context.moveTo(toX, toY);
}
/** The shares of a way at which it comes near the picture and leaves it. */
function shareWithin(from, to) {
  return [-FAR, FAR].map((edge) => (edge - from) / (to - from)).sort((a, b) => a - b);
}
