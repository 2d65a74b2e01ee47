// Small notices: dismissing them, and saying so when a request behind the scenes went wrong.

const place = document.getElementById("toasts");
const SENTENCES = {
  0: "The site could not be reached. Check your connection and try again.",
  403: "That form was too old. Reload the page and try again.",
  404: "That is not here any more. Reload the page.",
  413: "That is too large: a picture may have up to 8 MiB.",
  429: "That was a bit fast. Wait a moment and try again.",
};

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
  close.textContent = "Dismiss";
  notice.append(text, close);
  place?.append(notice);
}

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".toast")?.remove();
});

document.addEventListener("htmx:responseError", ({ detail }) => {
  say(SENTENCES[detail.xhr.status] ?? "That did not work. Nothing was changed; please try again.");
});

document.addEventListener("htmx:sendError", () => say(SENTENCES[0]));

// A whole page never belongs into the place of a small part of one.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status >= 400 && /^\s*<!doctype/i.test(detail.xhr.responseText)) {
    detail.shouldSwap = false;
    detail.isError = true;
  }
});
