/**
 * At the end of every page: starts plotly.js and our own files as soon as Streamlit is connected
 * and the page has asked for its first picture, so that all is there when the picture comes.
 * FALL_LINE_PARTS are elements with their properties.
 */

const CONNECTED = "[data-test-connection-state=CONNECTED]";

new MutationObserver((_, waiting) => {
  if (!document.querySelector(CONNECTED)) {
    return;
  }
  waiting.disconnect();
  for (const [tag, properties] of FALL_LINE_PARTS) {
    const element = Object.assign(document.createElement(tag), properties);
    element.onerror = () => element.remove();
    document.head.append(element);
  }
}).observe(document, {
  subtree: true,
  childList: true,
  attributeFilter: ["data-test-connection-state"],
});
