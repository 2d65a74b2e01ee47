// The Markdown field: buttons that put the signs around the words, and a preview made by the site itself.

import { suggestMembers } from "./mentions.js";

const WAIT = 350;

function replace(field, start, end, text, selectFrom, selectTo) {
  field.focus();
  field.setRangeText(text, start, end, "end");
  field.setSelectionRange(selectFrom, selectTo);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// Where nothing is selected, a word stands in for what is still to be written.
const selected = (field) =>
  field.value.slice(field.selectionStart, field.selectionEnd) || field.closest("[data-editor]").dataset.placeholder;

function wrap(field, before, after) {
  const { selectionStart: start, selectionEnd: end } = field;
  const words = selected(field);
  replace(field, start, end, before + words + after, start + before.length, start + before.length + words.length);
}

function prefix(field, sign) {
  const { selectionStart, selectionEnd: end, value } = field;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const lines = value.slice(start, end).split("\n").map((line) => sign + line).join("\n");
  replace(field, start, end, lines, start + sign.length, start + lines.length);
}

function link(field) {
  const { selectionStart: start, selectionEnd: end } = field;
  const words = selected(field);
  const at = start + words.length + 3;
  replace(field, start, end, `[${words}](https://)`, at, at + 8);
}

function use(button, field) {
  if (button.dataset.wrap) wrap(field, button.dataset.wrap, button.dataset.close ?? button.dataset.wrap);
  else if (button.dataset.prefix) prefix(field, button.dataset.prefix);
  else if ("link" in button.dataset) link(field);
}

async function preview(editor, field, place) {
  const body = new URLSearchParams({
    body: field.value,
    csrfmiddlewaretoken: field.form.elements.csrfmiddlewaretoken.value,
  });
  const answer = await fetch(editor.dataset.preview, { method: "POST", body }).catch(() => null);
  // Who is not signed in any more is led to the sign-in, and that is no preview.
  const made = answer?.ok && !answer.redirected;
  if (made) place.innerHTML = await answer.text();
  else place.textContent = editor.dataset.noPreview;
}

function edit(editor) {
  const field = editor.querySelector("textarea");
  const place = editor.querySelector("[data-preview-place]");
  const toggle = editor.querySelector("[data-preview-toggle]");
  let timer;
  suggestMembers(editor, field);
  const isOpen = () => toggle.getAttribute("aria-pressed") === "true";

  editor.addEventListener("click", (event) => {
    const button = event.target.closest(".editor-tools button");
    if (!button) return;
    if (button !== toggle) return use(button, field);
    toggle.setAttribute("aria-pressed", String(!isOpen()));
    place.hidden = !isOpen();
    if (isOpen()) preview(editor, field, place);
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (isOpen()) timer = setTimeout(() => preview(editor, field, place), WAIT);
  });
  field.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    if (event.key === "Enter") field.form.requestSubmit();
    else if (event.key === "b") wrap(field, "**", "**");
    else if (event.key === "i") wrap(field, "*", "*");
    else return;
    event.preventDefault();
  });
}

function start(root) {
  for (const editor of root.querySelectorAll("[data-editor]")) edit(editor);
}

start(document);
document.addEventListener("click", (event) => {
  const slot = event.target.closest("[data-cancel]")?.closest(".reply-slot");
  if (!slot) return;
  event.preventDefault();
  slot.replaceChildren();
  slot.closest("[data-item]").querySelector("[data-reply]").focus();
});
document.addEventListener("htmx:load", ({ detail }) => {
  if (detail.elt === document.body) return;
  start(detail.elt);
  detail.elt.querySelector("[data-editor] textarea")?.focus();
});
