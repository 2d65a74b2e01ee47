// Relive mode of single films, kept for the train: pages, pictures and what they are made of.

const MOST_FILMS = 10;
const MOST_BYTES = 60 * 1024 * 1024; // of one film
const ABOUT = "/offline/about"; // in the cache of a film: its title, and how much it is

const filmsOf = async () => (await caches.keys()).filter((name) => name.startsWith("film "));
const isOfFilm = (slug) => (name) => name.split(" ")[3] === slug;

async function removeFilm(slug) {
  const names = await filmsOf();
  await Promise.all(names.filter(isOfFilm(slug)).map((name) => caches.delete(name)));
}

/** Those that were begun and never finished are not there. */
async function removeHalves() {
  for (const name of await filmsOf()) {
    const cache = await caches.open(name);
    if (!(await cache.match(ABOUT))) await caches.delete(name);
  }
}

/** Keep the film whose pages this address lists. Says to `port` how far it is. */
async function keepFilm({ slug, address }, port) {
  await removeHalves();
  const others = (await filmsOf()).filter((name) => !isOfFilm(slug)(name));
  if (others.length >= MOST_FILMS) return port.postMessage({ problem: "many" });
  await removeFilm(slug);
  const viewer = await viewerKnown();
  const name = nameOf("film", viewer, slug);
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    const { title, moments, pages } = await answer.json();
    const bytes = await keepPages(await caches.open(name), pages, viewer, port);
    const about = { slug, title, moments, bytes, address: pages[0] };
    await (await caches.open(name)).put(ABOUT, new Response(JSON.stringify(about)));
    return port.postMessage({ kept: about });
  } catch (error) {
    await caches.delete(name);
    return port.postMessage({ problem: error.message === "large" ? "large" : "failed" });
  }
}

async function keepPages(cache, pages, viewer, port) {
  const pictures = new Set();
  let bytes = 0;
  for (const [index, address] of pages.entries()) {
    const response = await fetch(address);
    if (!isPage(response)) continue; // gone meanwhile
    if ((await note(response)) !== viewer) throw new Error("another viewer");
    const text = await response.clone().text();
    await cache.put(address, response);
    bytes += text.length + (await keepPictures(cache, picturesIn(text), pictures));
    if (bytes > MOST_BYTES) throw new Error("large");
    port.postMessage({ done: index + 1, all: pages.length });
  }
  return bytes;
}

async function keepPictures(cache, addresses, had) {
  let bytes = 0;
  for (const address of addresses.filter((one) => !had.has(one))) {
    had.add(address);
    const mode = address.startsWith(`${self.location.origin}/`) ? "same-origin" : "no-cors";
    const picture = await fetch(address, { mode }).catch(() => Response.error());
    if (!picture.ok && picture.type !== "opaque") continue;
    bytes += (await picture.clone().blob()).size;
    await cache.put(address, picture);
  }
  return bytes;
}

const plain = (text) => text.replaceAll("&amp;", "&").replaceAll("&#x27;", "'").replaceAll("&quot;", '"');

function picturesIn(html) {
  const sources = [...html.matchAll(/<img\b[^>]*?\bsrc="([^"]+)"/g)].map(([, source]) => plain(source));
  return sources.filter((source) => !source.startsWith("data:")).map((source) => new URL(source, self.location.origin).href);
}

// Of a still one width is kept; a screen may ask for another one.
async function pictureOfOtherWidth({ url, destination }) {
  return destination === "image" ? caches.match(url.replace(/-\d+(?=\.webp$)/, ""), SAME) : undefined;
}
