// What the browser asks of the service worker.

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fillShell());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

function answerTo(event) {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const isOurs = origin === self.location.origin;
  if (request.method === "POST" && isOurs) {
    if (pathname === RECEIVE) return receive(request);
    return FEEL.test(pathname) ? feel(request) : null;
  }
  if (request.method !== "GET") return null;
  if (request.destination === "image" && (isOurs || PICTURES.includes(origin)) && !SHELL.includes(pathname)) {
    return siteOrKept(request);
  }
  if (!isOurs) return null;
  if (request.mode === "navigate") return openPage(event);
  if (pathname.startsWith(STATIC)) return SHELL.length ? ofShell(request) : null;
  return pathname.includes("/relive/") ? siteOrKept(request) : null;
}

self.addEventListener("fetch", (event) => {
  const answer = answerTo(event);
  if (answer) event.respondWith(answer);
});

const MESSAGES = {
  forget: () => inTurn(forget),
  send: () => inTurn(sendFeelings),
  keep: ({ film }, port) => inTurn(() => keepFilm(film, port)),
  remove: ({ slug }, port) => inTurn(() => removeFilm(slug)).then(() => port.postMessage({})),
  from: (_said, port, client) => port.postMessage({ isKept: fromCache.delete(client.id) }),
};

self.addEventListener("message", (event) => {
  const { data, ports, source } = event;
  event.waitUntil(Promise.resolve(MESSAGES[data.type]?.(data, ports[0], source)));
});

self.addEventListener("sync", (event) => {
  if (event.tag === "feelings") event.waitUntil(inTurn(sendFeelings));
});

self.addEventListener("push", (event) => {
  if (event.data) event.waitUntil(show(event.data.json()));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPlace(event.notification.data));
});
