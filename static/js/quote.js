// Quotes a comment, or what is selected in it, in the form of its reply. Without this module a link opens that form.

const selectedIn = (prose) => {
  const selection = getSelection();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  return range && prose?.contains(range.commonAncestorContainer) ? range : null;
};

const bare = (text) => text.replaceAll(/>!|!<|\|\|/g, "");

/** The text of a selection. What stands in a spoiler is put between its marks again, however it was opened. */
function textOf(range) {
  const { commonAncestorContainer: around } = range;
  const within = (around.nodeType === Node.ELEMENT_NODE ? around : around.parentElement).closest(".spoiler");
  const part = range.cloneContents();
  part.querySelectorAll("summary").forEach((label) => label.remove());
  part.querySelectorAll("br").forEach((end) => end.replaceWith("\n"));
  part.querySelectorAll("p, li, pre, blockquote").forEach((block) => block.append("\n\n"));
  for (const spoiler of part.querySelectorAll(".spoiler")) spoiler.replaceWith(`>!${bare(spoiler.textContent).trim()}!<`);
  const text = part.textContent.replace(/\n{3,}/g, "\n\n").trim();
  return within && text ? `>!${bare(text)}!<` : text;
}

const quoted = (text) => `${text.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n")}\n\n`;

function add(field, quotation) {
  const before = field.value.trimEnd();
  field.value = `${before}${before && "\n\n"}${quotation}`;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.scrollTop = field.scrollHeight;
}

async function fetched(address) {
  const answer = await fetch(address, { signal: AbortSignal.timeout(10_000) });
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".comment-form textarea").value;
}

async function quote(link, range) {
  const slot = link.closest(".comment-body").querySelector(":scope > .reply-slot");
  const text = range && textOf(range);
  try {
    const quotation = text ? quoted(text) : await fetched(link.href);
    if (!slot.querySelector("textarea")) {
      const form = { target: slot, select: ".comment-form", swap: "innerHTML" };
      await window.htmx.ajax("GET", link.getAttribute("href").split("?")[0], form);
    }
    add(slot.querySelector("textarea"), quotation);
  } catch {
    location.assign(link.href);
  }
}

const quoteOf = (event) => event.target.closest("a[data-quote]");

// What is selected stays selected while the link is pressed.
document.addEventListener("pointerdown", (event) => quoteOf(event) && event.preventDefault());
document.addEventListener("mousedown", (event) => quoteOf(event) && event.preventDefault());
document.addEventListener("click", (event) => {
  const link = quoteOf(event);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  quote(link, selectedIn(link.closest(".comment-body").querySelector(":scope > .prose")));
});
