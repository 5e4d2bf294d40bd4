/** plotly.js, which comes without types: one script for the whole page. */
declare const Plotly: any;

/** What the server writes before our inline scripts. */
declare const FALL_LINE_BASE: string;
declare const FALL_LINE_PARTS: [string, Record<string, string>][];

interface Window {
  __streamlit?: { BACKEND_BASE_URL: string };
}
