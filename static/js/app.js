// The site as an app: begins the service worker, and tells it and the device what this page knows.

import { say } from "./toast.js";
import { ask, post, worker } from "./worker.js";

const words = document.querySelector("script[data-kept]").dataset;

if (worker) addEventListener("load", () => worker.register("/sw.js").catch(() => {}));

// What waits is sent as soon as the site answers again; a device says that it is online before that is so.
const AGAIN = 3_000; // ms
const send = () => navigator.onLine && post({ type: "send" });
addEventListener("online", send);
worker?.addEventListener("message", ({ data }) => {
  if (data.waiting) setTimeout(send, AGAIN);
});
send();

if (worker?.controller) {
  const { isKept } = await ask({ type: "from" });
  if (isKept) say(words.kept, "info");
}

// Who signs out leaves nothing behind, in browsers too that do not obey the header which says so.
document.addEventListener("submit", ({ target }) => {
  if (target.matches('form[action$="/logout/"]')) {
    post({ type: "forget" });
    navigator.clearAppBadge?.().catch(() => {});
  }
});

const unread = Number(words.unread);
if (words.unread && navigator.setAppBadge) {
  (unread ? navigator.setAppBadge(unread) : navigator.clearAppBadge()).catch(() => {});
}
