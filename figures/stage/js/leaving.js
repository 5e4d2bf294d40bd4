// Whether another page was asked for. What is told of this one then would be answered behind that
// one, which Streamlit empties for it.
const PATIENCE = 10_000; // milliseconds that another page is waited for, until this one goes on
/** From now on. @param {AbortSignal} signal ends it @returns {() => boolean} */
export function watchLeaving(signal) {
  const here = location.pathname;
  let followed = -Infinity;
  window.addEventListener(
    "click",
    ({ target, ctrlKey, metaKey, shiftKey }) => {
      if (ctrlKey || metaKey || shiftKey) return; // in a tab of its own
      const link = /** @type {Element | null} */ (target)?.closest("a");
      if (leads(link, here)) followed = performance.now();
    },
    { capture: true, signal },
  );
  // the browser's ways back change the address at once, a link when the other page begins
  return () => location.pathname !== here || performance.now() - followed < PATIENCE;
}
/** @param {HTMLAnchorElement | null | undefined} link @param {string} here */
function leads(link, here) {
  if (!link || link.origin !== location.origin || link.target || link.download) return false;
  return link.pathname !== here;
}
