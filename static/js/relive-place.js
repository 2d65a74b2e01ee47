// The place in relive mode: sent when one has stayed at a moment for a while, or goes.

const DWELL = 900; // milliseconds at a moment before it counts as the place

let dwelling = 0;

/** The way out of relive mode: a form that keeps the place, or a link where there is none to keep. */
export const leave = () => document.querySelector("[data-leave]");

export function dwell() {
  clearTimeout(dwelling);
  dwelling = leave()?.matches("form") ? setTimeout(keepPlace, DWELL) : 0;
}

function keepPlace() {
  if (!dwelling) return;
  clearTimeout(dwelling);
  dwelling = 0;
  const form = leave();
  const body = new URLSearchParams(new FormData(form));
  fetch(form.getAttribute("action"), { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
}

addEventListener("pagehide", keepPlace);

document.addEventListener("visibilitychange", () => document.hidden && keepPlace());
