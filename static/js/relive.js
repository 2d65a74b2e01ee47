// Relive mode: keys, swipes and taps turn to the next moment without loading a page; those beside this one are
// fetched ahead. Keeps the place. Every link and form works without this module.

import "./awake.js";
import { say } from "./toast.js";

const KEPT = 40; // pages held in memory
const PATIENCE = 10_000; // milliseconds for a page to come
const GLANCE = 300; // milliseconds that a page waits for its picture
const DWELL = 900; // milliseconds at a moment before it counts as the place
const SWIPE = 48; // CSS pixels
const EDGE = 20;
const WAYS = { ArrowRight: "next", ArrowLeft: "prev" };

const pages = new Map();
const voice = document.getElementById("stage-status");
let here = location.href;
let turns = 0;
let dwelling = 0;

const stage = () => document.getElementById("main");
const way = (name) => stage().querySelector(`.button[rel="${name}"]`);
const leave = () => document.querySelector("[data-leave]");

// The pages beside this one.

// What is no longer a moment of this film; the browser itself goes and looks.
class Elsewhere extends Error {}

async function fetched(address) {
  const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
  if (answer.status >= 500) throw new Error(answer.status);
  if (!answer.ok || answer.redirected) throw new Elsewhere(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = document.importNode(page.getElementById("main"), true); // its picture begins to load
  const drawn = main.querySelector(".stage-art").decode().catch(() => {});
  await Promise.race([drawn, new Promise((later) => setTimeout(later, GLANCE))]);
  return { main, title: page.title };
}

function pageOf(address) {
  if (!pages.has(address)) {
    const coming = fetched(address);
    coming.catch(() => pages.delete(address));
    keep(address, coming);
  }
  return pages.get(address);
}

function keep(address, page) {
  pages.delete(address);
  pages.set(address, page);
  if (pages.size > KEPT) pages.delete(pages.keys().next().value);
}

function lookAround() {
  for (const name of ["next", "prev"]) {
    const link = way(name);
    if (link?.hasAttribute("data-step")) pageOf(link.href);
  }
}

// Turning. A view transition would first take pictures of both screens, which on a slow machine takes longer than
// the tenth of a second in which the next moment has to show; so the style sheet alone lets it appear.

async function turn(address, { back = false } = {}) {
  const mine = ++turns;
  let page;
  try {
    page = await pageOf(address);
  } catch (error) {
    if (mine !== turns) return;
    if (error instanceof Elsewhere) location.assign(address);
    else stay(back);
    return;
  }
  if (mine !== turns || address === here) return;
  show(page, address, back);
}

// With the site out of reach the browser would have nothing but its own page of regret to show.
function stay(back = false) {
  if (back) history.pushState(null, "", here);
  say("The site could not be reached. You are still where you were; try again in a moment.");
}

// The pages fetched ahead do not know yet what was felt since then.
function colour(from, to) {
  const feeling = (part) => [...(part?.classList ?? [])].find((name) => name.startsWith("feeling-"));
  const pieces = to.querySelectorAll(".stage-line i");
  from.querySelectorAll(".stage-line i").forEach((old, i) => {
    const tapped = old.matches(".is-now") ? from.querySelector('.feel[aria-pressed="true"]') : old;
    pieces[i].classList.remove(feeling(pieces[i]));
    if (feeling(tapped)) pieces[i].classList.add(feeling(tapped));
  });
}

function show({ main, title }, address, back) {
  keep(here, Promise.resolve({ main: stage(), title: document.title }));
  colour(stage(), main);
  stage().replaceWith(main);
  if (!back) history.pushState(null, "", address);
  document.title = title;
  here = address;
  scrollTo({ top: 0, behavior: "instant" });
  main.querySelector("h1").focus({ preventScroll: true });
  voice.textContent = main.dataset.told;
  window.htmx?.process(main);
  dwell();
  lookAround();
}

function follow(link) {
  if (link?.hasAttribute("data-step")) turn(link.href);
  else link?.click();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (!link.hasAttribute("data-step")) return stayOffline(event);
  event.preventDefault();
  turn(link.href);
});

document.addEventListener("submit", stayOffline);

function stayOffline(event) {
  if (navigator.onLine) return;
  event.preventDefault();
  stay();
}

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

addEventListener("popstate", () => {
  if (location.href.split("#")[0] !== here.split("#")[0]) turn(location.href, { back: true });
});

// Not with two fingers, not where something else moves sideways, and not from the edge, which is the device's own.
let start = null;
document.addEventListener("touchstart", ({ touches: [{ clientX: x, clientY: y }, second], target }) => {
  const taken = second || visualViewport.scale > 1.05 || target.closest(".stage-feels, .arc-scroll");
  start = taken || x < EDGE || x > innerWidth - EDGE ? null : { x, y };
}, { passive: true });
document.addEventListener("touchend", ({ changedTouches: [touch] }) => {
  if (!start || getSelection()?.type === "Range") return;
  const [x, y] = [touch.clientX - start.x, touch.clientY - start.y];
  if (Math.abs(x) > SWIPE && Math.abs(x) > 1.6 * Math.abs(y)) follow(way(x < 0 ? "next" : "prev"));
}, { passive: true });

// The place: sent when one has stayed at a moment for a while, or goes.

function dwell() {
  clearTimeout(dwelling);
  dwelling = leave()?.matches("form") ? setTimeout(keepPlace, DWELL) : 0;
}

function keepPlace() {
  if (!dwelling) return;
  clearTimeout(dwelling);
  dwelling = 0;
  const form = leave();
  const body = new URLSearchParams(new FormData(form));
  fetch(form.getAttribute("action"), { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
}

addEventListener("pagehide", keepPlace);

document.addEventListener("visibilitychange", () => document.hidden && keepPlace());

// The card at the end, where the device knows how to share.

async function share({ dataset }) {
  const what = { title: dataset.title, url: new URL(dataset.url, location.href).href };
  const picture = await (await fetch(dataset.share)).blob();
  const files = [new File([picture], "relived.png", { type: picture.type })];
  const full = { ...what, files };
  await navigator.share(navigator.canShare?.(full) ? full : what).catch(() => {});
}

const button = document.querySelector("[data-share]");
if (button && navigator.share) {
  button.hidden = false;
  button.addEventListener("click", () => share(button));
}

dwell();
lookAround();
