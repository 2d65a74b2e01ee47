// A link to a post or comment: pressing it copies its address. Where that is refused the link is followed.

import { say } from "./toast.js";

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-copy]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(link.href);
    say(link.dataset.copy, "success");
  } catch {
    location.assign(link.href);
  }
});
