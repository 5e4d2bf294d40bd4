// Two fingers on a map zoom it round the point between them, as a wheel does.

/** @param {HTMLElement} element of a panel that a wheel zooms */
export function pinch(element) {
  let apart = 0;
  element.ontouchend = () => (apart = 0);
  element.addEventListener("touchmove", (event) => {
    const [a, b] = event.touches;
    if (!b) return;
    event.preventDefault(); // neither scrolls nor zooms the page
    const wide = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    const middle = { clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 };
    const deltaY = 200 * Math.log((apart || wide) / wide); // Plotly zooms by exp(deltaY / 200), at most 20 at a time
    element.querySelector(".nsewdrag")?.dispatchEvent(new WheelEvent("wheel", { deltaY, ...middle, bubbles: true }));
    apart = wide;
  }, { passive: false });
}
