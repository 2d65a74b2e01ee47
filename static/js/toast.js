// Small notices: dismissing them, and saying so when a request behind the scenes went wrong.

import "./htmx.js";

const place = document.getElementById("toasts");
const words = document.querySelector("script[data-unreachable]")?.dataset ?? {};

// What is said once more takes the place of what was said before.
export function say(sentence, level = "error") {
  for (const old of place?.children ?? []) if (old.firstChild.textContent === sentence) old.remove();
  const notice = document.createElement("div");
  notice.className = `toast is-${level}`;
  const text = document.createElement("p");
  text.textContent = sentence;
  notice.append(text);
  if (words.close) notice.append(closing());
  place?.append(notice);
  if (!words.close) setTimeout(() => notice.remove(), 6000);
}

function closing() {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast-close";
  close.dataset.dismiss = "";
  close.textContent = words.close;
  return close;
}

/** Puts toasts that came with an answer beside those that are there. */
export function join(toasts) {
  for (const notice of toasts?.children ?? []) place?.append(notice.cloneNode(true));
  if (place) window.htmx?.process(place);
}

/** Says why a request behind the scenes went wrong, as the page does that came; without a status, none did. */
export function fail(status, page = "") {
  const told = new DOMParser().parseFromString(page, "text/html").querySelector("[data-toast]");
  say(told?.dataset.toast ?? (status ? words.error : words.unreachable));
}

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".toast")?.remove();
});

document.addEventListener("htmx:responseError", ({ detail: { xhr } }) => fail(xhr.status, xhr.responseText));
document.addEventListener("htmx:sendError", () => fail());

// What was undone needs no second undo.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful) detail.elt.closest(".toast")?.remove();
});

// A whole page never belongs into the place of a small part of one.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status >= 400 && /^\s*<!doctype/i.test(detail.xhr.responseText)) {
    detail.shouldSwap = false;
    detail.isError = true;
  }
});
