// A comment appears where it belongs in the thread, without a new page. Without this module its form leads there.

import { fail, join } from "./site.js";

const PATIENCE = 15_000; // milliseconds

const busy = (form) => form.getAttribute("aria-busy") === "true";

async function sent(form) {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { "HX-Request": "true" },
    signal: AbortSignal.timeout(PATIENCE),
  });
  const { status } = answer;
  if (!answer.ok && status !== 422 && status !== 429) throw Object.assign(new Error(status), { status, page: await answer.text() });
  const elsewhere = answer.headers.get("HX-Redirect") ?? (answer.redirected ? answer.url : "");
  if (elsewhere) location.assign(elsewhere);
  return { ok: answer.ok, elsewhere, page: new DOMParser().parseFromString(await answer.text(), "text/html") };
}

// The other modules look at what is new on the page by this event.
function begin(element) {
  window.htmx?.process(element);
  element.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: element } }));
}

function renew(form, page) {
  const fresh = document.importNode(page.querySelector(".comment-form"), true);
  fresh.id = form.id;
  form.replaceWith(fresh);
  begin(fresh);
  return fresh;
}

/** The list that a comment of this form goes into: the thread, or the replies to what it answers. */
function listOf(form) {
  const answered = form.closest(".reply-slot")?.closest(".comment");
  if (!answered) return document.querySelector("#comments > .thread");
  const fold = answered.querySelector(":scope > .comment-fold");
  if (!fold.querySelector(":scope > ol")) fold.append(document.createElement("ol"));
  return fold.querySelector(":scope > ol");
}

function place(form, page) {
  const list = listOf(form);
  const comment = document.importNode(page.querySelector(".comment"), true);
  list[document.getElementById("comments")?.dataset.sort === "new" ? "prepend" : "append"](comment);
  window.htmx?.process(comment);
  return comment;
}

function show(comment) {
  comment.tabIndex = -1;
  comment.focus({ preventScroll: true });
  comment.scrollIntoView({ block: "center" });
}

function arrive(form, page) {
  const comment = place(form, page);
  document.getElementById("comments-title")?.replaceWith(document.importNode(page.getElementById("comments-title"), true));
  const slot = form.closest(".reply-slot");
  if (slot) slot.replaceChildren();
  else renew(form, page);
  join(page.querySelector("[data-hx-swap-oob]"));
  show(comment);
}

function refuse(form, page) {
  const again = renew(form, page);
  if (!again.closest(".reply-slot")) again.querySelector("[data-cancel]")?.remove();
  (again.querySelector("[data-errors]") ?? again.querySelector("textarea")).focus();
}

async function post(form) {
  form.setAttribute("aria-busy", "true");
  try {
    const { ok, elsewhere, page } = await sent(form);
    if (!elsewhere) (ok ? arrive : refuse)(form, page);
  } catch (error) {
    form.dispatchEvent(new Event("unsent"));
    fail(error.status, error.page);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest(".comment-form");
  if (!form || event.submitter?.name === "draft") return;
  event.preventDefault();
  if (!busy(form)) post(form);
});
