// Relive mode: links, keys and swipes turn to the next moment. Every link and form works without this module.

import "./awake.js";
import { isPlainPress } from "./plain-press.js";
import { leave } from "./relive-place.js";
import "./relive-share.js";
import { stay, turn, way } from "./relive-turn.js";
import { showWaiting } from "./waiting.js";

const SWIPE = 48; // CSS pixels
const EDGE = 20;
const WAYS = { ArrowRight: "next", ArrowLeft: "prev" };

function follow(link) {
  if (link?.hasAttribute("data-step")) turn(link.href);
  else link?.click();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || !isPlainPress(event)) return;
  if (!link.hasAttribute("data-step")) return stayOffline(event);
  event.preventDefault();
  turn(link.href);
});

document.addEventListener("submit", stayOffline);

// With a service worker, links lead to what it keeps and feelings wait with it; no other form can be sent.
function stayOffline(event) {
  if (navigator.onLine) return;
  const hasWorker = Boolean(navigator.serviceWorker?.controller);
  if (hasWorker && (event.type === "click" || event.target.id === "feels")) return;
  event.preventDefault();
  const place = hasWorker && event.target.matches("[data-leave], .relive-mode-start") && event.target.elements.next?.value;
  if (place) location.assign(place);
  else stay();
}

showWaiting();

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape") {
    event.preventDefault();
    const exit = leave();
    if (exit?.matches("form")) exit.requestSubmit();
    else exit?.click();
  }
  if (!(event.key in WAYS) || event.target.closest(".arc-scroll")) return;
  event.preventDefault();
  follow(way(WAYS[event.key]));
});

// Not with two fingers, not where something else moves sideways, and not from the edge, which is the device's own.
let start = null;
document.addEventListener("touchstart", ({ touches: [{ clientX: x, clientY: y }, second], target }) => {
  const taken = second || visualViewport.scale > 1.05 || target.closest(".relive-mode-feels, .arc-scroll");
  start = taken || x < EDGE || x > innerWidth - EDGE ? null : { x, y };
}, { passive: true });
document.addEventListener("touchend", ({ changedTouches: [touch] }) => {
  if (!start || getSelection()?.type === "Range") return;
  const [x, y] = [touch.clientX - start.x, touch.clientY - start.y];
  if (Math.abs(x) > SWIPE && Math.abs(x) > 1.6 * Math.abs(y)) follow(way(x < 0 ? "next" : "prev"));
}, { passive: true });
