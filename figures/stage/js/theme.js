// The page's colours and font, as Streamlit's CSS variables tell them, made into a Plotly template.

/** @typedef {{dark: boolean, paper: string, ink: string, accent: string, template: any, name: string}} Theme */

/**
 * @param {HTMLElement} root
 * @returns {Theme}
 */
export function readTheme(root) {
  const style = getComputedStyle(root);
  const read = (/** @type {string} */ name) => style.getPropertyValue(`--st-${name}`).trim();
  const paper = read("background-color") || "#ffffff";
  const ink = read("text-color") || "#1f2328";
  const family = read("font") || "sans-serif";
  const hair = read("border-color-light") || read("border-color") || "rgba(128, 128, 128, 0.3)";
  const axis = { gridcolor: hair, zerolinecolor: hair, linecolor: hair, tickcolor: hair, automargin: false };
  const spatial = { gridcolor: hair, zerolinecolor: hair, showbackground: false };
  const layout = {
    paper_bgcolor: "rgba(0, 0, 0, 0)",
    plot_bgcolor: "rgba(0, 0, 0, 0)",
    font: { family, color: ink, size: 12 },
    colorway: read("chart-categorical-colors").split(",").filter(Boolean),
    hoverlabel: { bgcolor: paper, bordercolor: hair, font: { family, color: ink } },
    xaxis: axis,
    yaxis: axis,
    scene: { xaxis: spatial, yaxis: spatial, zaxis: spatial },
    margin: { l: 40, r: 8, t: 8, b: 28 },
    modebar: { bgcolor: "rgba(0, 0, 0, 0)" },
  };
  return {
    dark: luminance(paper) < 0.4,
    paper,
    ink,
    accent: read("primary-color") || "#0b6e99",
    template: { layout },
    name: `${paper} ${ink} ${hair} ${family}`,
  };
}

/**
 * @param {string} colour any CSS colour
 * @returns {number} 0 for black, 1 for white
 */
function luminance(colour) {
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d", { willReadFrequently: true }));
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}
