// The keys: / searches, j and k walk a list or a thread, n goes on to what is new, u upvotes, r replies,
// q quotes, x leads to a random moment, ? lists them.

import { isPlainPress } from "./plain-press.js";

const ITEMS = "[data-item]";
let last = null;

function current() {
  const focused = document.activeElement?.closest(ITEMS);
  if (focused) return focused;
  return last?.isConnected ? last : null;
}

function focus(item) {
  last = item;
  const link = item.querySelector("[data-item-link]");
  if (!link) item.tabIndex = -1;
  (link ?? item).focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function walk(step) {
  const items = [...document.querySelectorAll(ITEMS)].filter((item) => item.checkVisibility());
  if (!items.length) return;
  const at = items.indexOf(current());
  focus(items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + step))]);
}

function press(inItem, onPage) {
  const item = current();
  const control = item?.querySelector(inItem) ?? document.querySelector(onPage);
  if (control?.matches("textarea")) control.focus();
  else control?.click();
}

const KEYS = {
  "/": () => [...document.querySelectorAll('input[name="q"]')].find((input) => input.checkVisibility())?.select(),
  j: () => walk(1),
  k: () => walk(-1),
  u: () => press("[data-vote]", "[data-page-vote] [data-vote]"),
  n: () => document.querySelector("[data-next-new]")?.click(),
  x: () => document.querySelector("[data-random]")?.click(),
  r: () => press("[data-reply]", "#comment-form textarea, [data-page-reply]"),
  q: () => current()?.querySelector("[data-quote]")?.click(),
  "?": () => document.querySelector("[data-keys-open]")?.click(),
};

function isTyping(target) {
  return target.isContentEditable || target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

async function fetched(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const help = document.importNode(page.getElementById("keys"), true);
  help.addEventListener("click", (event) => event.target === help && help.close());
  document.body.append(help);
  return help;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-keys-open]");
  if (!link || !isPlainPress(event)) return;
  event.preventDefault();
  try {
    (document.getElementById("keys") ?? (await fetched(link.href))).showModal();
  } catch {
    location.assign(link.href);
  }
});
