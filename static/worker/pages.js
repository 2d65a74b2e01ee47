// Pages: from the site as long as it answers, and the last ones that were seen where it does not.

const MOST_PAGES = 30;
const NOT_KEPT = ["/accounts/", "/admin/", "/offline/", "/share/", "/notifications/unsubscribe/", "/held/"];

const fromCache = new Set(); // the windows whose page was kept

const isKept = ({ pathname }) => !NOT_KEPT.some((beginning) => pathname.startsWith(beginning));

const isPage = (response) =>
  response.status === 200 && !response.redirected && (response.headers.get("Content-Type") ?? "").startsWith("text/html");

async function openPage(event) {
  const { request } = event;
  let response;
  try {
    response = await fetch(request);
  } catch {
    return keptPage(event);
  }
  if (isPage(response)) {
    const copy = response.clone();
    event.waitUntil(inTurn(() => keepPage(request, copy)));
  }
  return response;
}

async function keepPage(request, response) {
  const viewer = await note(response);
  if (!isKept(new URL(request.url))) return;
  const cache = await caches.open(nameOf("pages", viewer));
  await cache.delete(request.url, SAME); // so that it becomes the newest
  await cache.put(request.url, response);
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, -MOST_PAGES).map((old) => cache.delete(old, SAME)));
}

async function keptPage({ request, resultingClientId }) {
  const address = request.url.split("#")[0];
  const lately = { ...SAME, cacheName: nameOf("pages", await viewerKnown()) };
  const page = (await caches.match(address, lately)) ?? (await caches.match(address, SAME));
  if (page) fromCache.add(resultingClientId);
  return page ?? (await caches.match(OFFLINE, SAME)) ?? Response.error();
}

/** What a page asks for behind the scenes, or shows: from the site, or else as it is kept. */
async function siteOrKept(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = (await caches.match(request.url, SAME)) ?? (await pictureOfOtherWidth(request));
    if (kept) return kept;
    throw error;
  }
}

/** What pages are made of. Its name changes with what is in it. */
async function ofShell(request) {
  const cache = await caches.open(SHELL_CACHE);
  return (await cache.match(request.url, SAME)) ?? siteOrKept(request);
}

async function fillShell() {
  const cache = await caches.open(SHELL_CACHE);
  await cache.addAll(SHELL);
  // Asked for as by nobody, so that nothing private is in it.
  await cache.add(new Request(OFFLINE, { cache: "no-cache", credentials: "omit" }));
}
