// A link to copy: pressing it copies its address. What is to be sent on (data-send) goes to the device's own
// sheet where there is one. Where either is refused, the link is followed.

import { say } from "./toast.js";

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-copy]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { copy, send, title } = link.dataset;
  const url = new URL(send ?? link.href, location.href).href;
  const pass = send && navigator.share ? share : navigator.clipboard && write;
  if (!pass) return;
  event.preventDefault();
  try {
    await pass({ url, title, copy });
  } catch {
    location.assign(link.href);
  }
});

async function share({ url, title }) {
  try {
    await navigator.share(title ? { title, url } : { url });
  } catch (problem) {
    if (problem.name !== "AbortError") throw problem; // whoever closes the sheet has decided
  }
}

async function write({ url, copy }) {
  await navigator.clipboard.writeText(url);
  say(copy, "success");
}
