// The menu of a post or comment opens below its sign: the sign tells so, closes it again, and Escape does too.

import { isPlainPress } from "./plain-press.js";

function opened() {
  return document.querySelectorAll('[data-menu][aria-expanded="true"]');
}

function slotOf(sign) {
  return [...document.querySelectorAll(".label-slot")].find(
    (slot) => sign.compareDocumentPosition(slot) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
}

function close(sign) {
  slotOf(sign)?.replaceChildren();
  sign.setAttribute("aria-expanded", "false");
}

function open(sign) {
  window.htmx.ajax("GET", sign.href, { source: sign, target: slotOf(sign), swap: "innerHTML" });
}

document.addEventListener("click", (event) => {
  const sign = event.target.closest("[data-menu]");
  if (!sign || !window.htmx || !isPlainPress(event)) return;
  event.preventDefault();
  if (sign.getAttribute("aria-expanded") === "true") close(sign);
  else open(sign);
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const sign = detail.requestConfig?.elt.closest?.("[data-menu]");
  if (!sign) return;
  for (const other of opened()) if (other !== sign) close(other);
  sign.setAttribute("aria-expanded", "true");
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const sign of opened()) {
    close(sign);
    sign.focus();
  }
});
