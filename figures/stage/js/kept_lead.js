// With what this tab leads its room: kept as long as the tab is there, and never in the address,
// which a wall may show.
const NAME = "fall-line lead";
/** @param {string} lead code and secret */
export function keepLead(lead) {
  try {
    sessionStorage.setItem(NAME, lead);
  } catch {
    // the browser keeps nothing for a page in a frame: then the room is led until the page is loaded anew
  }
}
/** Code and secret, or "". */
export function keptLead() {
  try {
    return sessionStorage.getItem(NAME) ?? "";
  } catch {
    return "";
  }
}
/** @param {string} lead of a room that is over */
export function forgetLead(lead) {
  if (lead && keptLead() === lead) sessionStorage.removeItem(NAME);
}
