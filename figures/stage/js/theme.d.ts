/** The module that the server writes from figures/theme.py: see figures/stage/assets.py. */

/** Drawn and left out in turn, in widths of the line. */
export const DASH_PATTERNS: Record<string, number[]>;
/** Pixels: dashes of thinner lines are as long as of this one. */
export const LEAST_DASHED_WIDTH: number;
/** Round heads and starts. */
export const RIM: string;
/** By the colour of a run, or of a kind of critical point, the one on a dark page. */
export const IN_THE_DARK: Record<string, string>;
/** Where the page says nothing of its own. */
export const PAPER: string;
export const INK: string;
/** What is not said yet. */
export const SOFT: string;
