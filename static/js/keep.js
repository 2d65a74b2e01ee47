// Keeps relive mode of a film on this device, and takes it away again.

import { ask, keptFilms, listen, size, worker } from "./worker.js";

for (const box of document.querySelectorAll("[data-keep-film]")) begin(box);

async function begin(box) {
  if (!worker || !window.caches) return;
  await worker.ready;
  if (!worker.controller) await new Promise((there) => worker.addEventListener("controllerchange", there, { once: true }));
  const { keepFilm: slug } = box.dataset;
  const film = (await keptFilms()).find((one) => one.slug === slug);
  const [button, state] = [box.querySelector("button"), box.querySelector("[role=status]")];
  button.addEventListener("click", () => ("isKept" in box.dataset ? remove(box) : keep(box)));
  show(box, film);
  state.textContent = film ? box.dataset.kept.replace("{size}", size(film.bytes)) : "";
  box.hidden = false;
}

function show(box, isKept) {
  const { dataset, firstElementChild: button } = box;
  box.toggleAttribute("data-is-kept", Boolean(isKept));
  button.lastElementChild.textContent = isKept ? dataset.remove : dataset.keep;
  button.disabled = false;
}

function keep(box) {
  const { dataset, firstElementChild: button, lastElementChild: state } = box;
  button.disabled = true;
  const film = { slug: dataset.keepFilm, address: dataset.address };
  listen({ type: "keep", film }, ({ done, all, kept, problem }) => {
    if (done) state.textContent = dataset.doing.replace("{done}", done).replace("{all}", all);
    if (kept) state.textContent = dataset.kept.replace("{size}", size(kept.bytes));
    if (problem) state.textContent = dataset[problem];
    if (kept || problem) show(box, kept);
  });
}

async function remove(box) {
  await ask({ type: "remove", slug: box.dataset.keepFilm });
  show(box, false);
  box.lastElementChild.textContent = box.dataset.removed;
}
