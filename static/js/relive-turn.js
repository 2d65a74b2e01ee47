// Turns to another moment of relive mode without loading a page; those beside this one are fetched ahead.

import { dwell } from "./relive-place.js";
import { say } from "./toast.js";
import { showWaiting } from "./waiting.js";

const KEPT = 40; // pages held in memory
const PATIENCE = 10_000; // milliseconds for a page to come
const GLANCE = 300; // milliseconds that a page waits for its picture

const pages = new Map();
const voice = document.getElementById("stage-status");
let here = location.href;
let turns = 0;

const stage = () => document.getElementById("main");

/** The link to the next or the previous moment, where there is one; on the cover it may be a button of a form. */
export const way = (name) => stage().querySelector(`.button:is([rel="${name}"], [data-way="${name}"])`);

// The pages beside this one.

// What is no longer a moment of this film; the browser itself goes and looks.
class Elsewhere extends Error {}

async function fetched(address) {
  const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
  if (answer.status >= 500) throw new Error(answer.status);
  if (!answer.ok || answer.redirected) throw new Elsewhere(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = document.importNode(page.getElementById("main"), true); // its picture begins to load
  const drawn = main.querySelector(".relive-mode-art").decode().catch(() => {});
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

export async function turn(address, { back = false } = {}) {
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

// With the site out of reach the browser would show its own error page.
export function stay(back = false) {
  if (back) history.pushState(null, "", here);
  say(voice.dataset.outOfReach);
}

// The pages fetched ahead do not know yet what was felt since then.
function colour(from, to) {
  const feeling = (part) => [...(part?.classList ?? [])].find((name) => name.startsWith("feeling-"));
  const pieces = to.querySelectorAll(".relive-mode-line i");
  from.querySelectorAll(".relive-mode-line i").forEach((old, i) => {
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
  voice.textContent = main.dataset.announce;
  window.htmx?.process(main);
  showWaiting();
  dwell();
  lookAround();
}

addEventListener("popstate", () => {
  if (location.href.split("#")[0] !== here.split("#")[0]) turn(location.href, { back: true });
});

dwell();
lookAround();
