/** plotly.js, which comes without types: one script for the whole page. */
declare const Plotly: any;
