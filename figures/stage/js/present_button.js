// The button of the page's header that has its stage presented, and what else every page needs of the
// browser: whether this tab has led a room before it was loaded anew.
import { make } from "./dom.js";
import { forgetLead, keptLead } from "./kept_lead.js";
import { loadStyle } from "./page.js";
import { present } from "./present.js";
let told = ""; // the lead that the server has heard of
/**
 * @param {{data: {name: string, leads: boolean, over: string},
 * parentElement: HTMLElement, setStateValue: (name: string, value: unknown) => void}} mount
 */
export function presentButton({ data, parentElement, setStateValue }) {
  const button = make(
    "button",
    {
      type: "button",
      className: "fall-line-presents",
      title: `${data.name} (P)`,
      onclick: present,
    },
    data.name,
  );
  button.setAttribute("aria-keyshortcuts", "P");
  parentElement.replaceChildren(button);
  loadStyle();
  forgetLead(data.over);
  if (data.leads) told = ""; // the server may be another one when it asks again
  const lead = data.leads ? "" : keptLead();
  if (lead && lead !== told) {
    told = lead;
    setStateValue("lead", lead);
  }
}
