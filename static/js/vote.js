// Votes turn at once, and turn back when the site could not count them. Without this module the form does it.
//
// A second press while the first is still on its way is not lost: what was wanted last is sent after it.

import { fail } from "./toast.js";

const PATIENCE = 10_000; // milliseconds
const turning = new WeakSet();

const isUp = (button) => button.getAttribute("aria-pressed") === "true";

// The number is only counted on where it is written out; what is shortened or in other digits waits for the site.
function show(button, up) {
  if (isUp(button) === up) return;
  const number = button.querySelector("b");
  const before = number.textContent.trim() || "0"; // none is not written out
  button.setAttribute("aria-pressed", String(up));
  if (!/^\d+$/.test(before)) return;
  const after = Math.max(0, Number(before) + (up ? 1 : -1));
  number.textContent = after || "";
  button.setAttribute("aria-label", button.getAttribute("aria-label").replace(before, after));
}

// The address of the verb ends in upvote/ or unvote/, whichever is next.
const addressOf = (button, up) => button.getAttribute("formaction").replace(/(up|un)vote\/$/, up ? "upvote/" : "unvote/");

async function send(button, up) {
  const answer = await fetch(addressOf(button, up), {
    method: "POST",
    body: new URLSearchParams(new FormData(button.form)),
    headers: { "HX-Request": "true", "HX-Current-URL": location.href },
    signal: AbortSignal.timeout(PATIENCE),
    keepalive: true,
  });
  if (!answer.ok) throw Object.assign(new Error(answer.status), { status: answer.status, page: await answer.text() });
  if (answer.headers.has("HX-Redirect")) location.assign(answer.headers.get("HX-Redirect"));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector(".vote-slot");
}

// The button stays the same element, so that it keeps the focus.
function take(button, slot) {
  const told = slot?.querySelector("button.vote");
  if (!told) return slot && button.closest(".vote-slot").replaceWith(document.importNode(slot, true));
  for (const name of ["aria-pressed", "formaction", "aria-label"]) button.setAttribute(name, told.getAttribute(name));
  button.querySelector("b").textContent = told.querySelector("b").textContent;
}

async function sendUntilSame(button, known) {
  let slot = null;
  let counted = known;
  try {
    while (isUp(button) !== counted) {
      const wanted = isUp(button);
      slot = await send(button, wanted);
      counted = wanted;
    }
    take(button, slot);
  } catch (error) {
    show(button, counted);
    fail(error.status, error.page);
  }
}

async function press(button) {
  const before = isUp(button);
  show(button, !before);
  if (turning.has(button)) return;
  turning.add(button);
  button.classList.add("is-turning");
  await sendUntilSame(button, before);
  turning.delete(button);
  button.classList.remove("is-turning");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-vote]");
  if (!button?.form) return;
  event.preventDefault();
  press(button);
});
