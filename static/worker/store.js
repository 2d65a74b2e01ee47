// What the service worker keeps, and for whom. Caches are named after the viewer, and one viewer's at a time is
// there: with the first page of somebody else, a visitor among them, all that the one before left is deleted.

const SHELL_CACHE = `shell ${RELEASE}`;
const NOTE = "/offline/viewer"; // where it is noted whose pages are kept
const VISITOR = "visitor";
const SAME = { ignoreVary: true };

let turn = Promise.resolve();

/** Do this after all that was begun before: what is kept is changed by one at a time. */
function inTurn(act) {
  const mine = turn.then(act);
  turn = mine.catch(() => {});
  return mine;
}

const nameOf = (what, viewer, slug = "") => [what, RELEASE, viewer, slug].filter(Boolean).join(" ");

async function viewerKnown() {
  const noted = await caches.match(NOTE);
  return noted ? noted.text() : VISITOR;
}

/** Note whose page this is. */
async function note(response) {
  const viewer = response.headers.get("Reelive-Viewer") ?? VISITOR;
  if (viewer === (await viewerKnown())) return viewer;
  await forget();
  const cache = await caches.open(nameOf("viewer", viewer));
  await cache.put(NOTE, new Response(viewer));
  return viewer;
}

/** Nothing of anybody is left, but for what all pages are made of. */
async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => !name.startsWith("shell ")).map((name) => caches.delete(name)));
  await forgetFeelings();
}

/** A new release needs the caches of older ones no more, but for what kept films are made of. */
async function tidy() {
  const names = await caches.keys();
  const films = names.filter((name) => name.startsWith("film "));
  const needed = new Set([RELEASE, ...films.map((name) => name.split(" ")[1])]);
  const isOver = (name) => {
    const [what, release] = name.split(" ");
    return what === "shell" ? !needed.has(release) : what === "pages" && release !== RELEASE;
  };
  await Promise.all(names.filter(isOver).map((name) => caches.delete(name)));
}

async function tell(message) {
  for (const client of await self.clients.matchAll()) client.postMessage(message);
}
