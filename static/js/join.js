// What a visitor would have to join for is asked about in a dialog over the page; without this module, on a page.

import { isPlainPress } from "./plain-press.js";

async function asked(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(5000) });
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return document.importNode(page.querySelector("dialog"), true);
}

async function ask(link) {
  let dialog;
  try {
    dialog = await asked(link.href);
  } catch {
    location.assign(link.href);
    return;
  }
  document.getElementById("join")?.remove();
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.showModal();
  dialog.querySelector("textarea, [name=way]").focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-join]");
  if (!link || !isPlainPress(event)) return;
  event.preventDefault();
  ask(link);
});
