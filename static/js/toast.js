// Small notices: dismissing them, and saying so when a request behind the scenes went wrong.

const place = document.getElementById("toasts");
const words = document.getElementById("toast-script").dataset;

// What is said once more takes the place of what was said before.
export function say(sentence, level = "error") {
  for (const old of place?.children ?? []) if (old.firstChild.textContent === sentence) old.remove();
  const notice = document.createElement("div");
  notice.className = `toast is-${level}`;
  const text = document.createElement("p");
  text.textContent = sentence;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast-close";
  close.dataset.dismiss = "";
  close.textContent = words.close;
  notice.append(text, close);
  place?.append(notice);
}

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".toast")?.remove();
});

document.addEventListener("htmx:responseError", ({ detail }) => {
  say(words[`error-${detail.xhr.status}`] ?? words.error);
});

document.addEventListener("htmx:sendError", () => say(words.unreachable));

// A whole page never belongs into the place of a small part of one.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status >= 400 && /^\s*<!doctype/i.test(detail.xhr.responseText)) {
    detail.shouldSwap = false;
    detail.isError = true;
  }
});
