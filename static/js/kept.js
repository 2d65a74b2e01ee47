// Lists what is kept on this device: the films of relive mode, and the last pages that were seen.

import { ask, keptFilms, size } from "./worker.js";

const LISTS = { films: document.querySelector("[data-kept-films]"), pages: document.querySelector("[data-kept-pages]") };

function row(title, address) {
  const [item, link] = [document.createElement("li"), document.createElement("a")];
  link.href = address;
  link.textContent = title;
  item.append(link);
  return item;
}

function fill(list, items) {
  list.replaceChildren(...items);
  list.hidden = !items.length;
  document.querySelector(`[data-none="${list.id}"]`).hidden = items.length > 0;
}

async function listFilms(list) {
  const films = (await keptFilms()).sort((a, b) => a.title.localeCompare(b.title));
  fill(list, films.map((film) => filmRow(list, film)));
}

function filmRow(list, film) {
  const [item, about] = [row(film.title, film.address), document.createElement("span")];
  about.className = "muted";
  about.textContent = size(film.bytes);
  item.append(about);
  if (list.dataset.remove) item.append(remover(list, film));
  return item;
}

function remover(list, { slug, title }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button is-small";
  button.textContent = list.dataset.remove;
  button.setAttribute("aria-label", list.dataset.removeNamed.replace("{film}", () => title));
  button.addEventListener("click", async () => {
    await ask({ type: "remove", slug });
    await listFilms(list);
    list.closest("section").querySelector("h2").focus();
  });
  return button;
}

async function listPages(list) {
  const names = (await caches.keys()).filter((name) => name.startsWith("pages "));
  const found = await Promise.all(names.map(async (name) => pagesOf(await caches.open(name))));
  fill(list, found.flat().map(({ title, address }) => row(title, address)));
}

/** The pages of a cache, the newest first. */
async function pagesOf(cache) {
  const kept = (await cache.keys()).reverse();
  return Promise.all(kept.map(async ({ url }) => ({ title: titleOf(await (await cache.match(url)).text()), address: url })));
}

const titleOf = (html) => new DOMParser().parseFromString(html, "text/html").title.replace(/ · Reelive$/, "");

if (window.caches) {
  if (LISTS.films) await listFilms(LISTS.films);
  if (LISTS.pages) await listPages(LISTS.pages);
}
