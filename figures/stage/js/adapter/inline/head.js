/**
 * At the top of every page, before Streamlit's own script. FALL_LINE_BASE is the path that the app
 * is served under.
 */

// Streamlit would ask below the path of a deep link first, and log the refusals.
window.__streamlit = { BACKEND_BASE_URL: `${location.origin}${FALL_LINE_BASE}/` };

// A choice takes the place of the one before, so that Back leaves the page: Streamlit adds an entry
// for each.
history.pushState = (state, unused, url) => {
  const stays = new URL(url ?? "", location.href).pathname === location.pathname;
  const write = stays ? History.prototype.replaceState : History.prototype.pushState;
  write.call(history, state, unused, url);
};

// Undo within a formula that is being typed is the field's own.
addEventListener(
  "keydown",
  (event) => {
    const typing = /** @type {Element} */ (event.target).localName === "textarea";
    if (typing && (event.ctrlKey || event.metaKey) && /^[zy]$/i.test(event.key)) {
      event.stopImmediatePropagation();
    }
  },
  true,
);
