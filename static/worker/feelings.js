// What is felt in relive mode while the site is away waits here, and is sent once it answers again. Of several taps
// on one feeling the last one holds; the site takes a feeling that is there already without a second one.

const FEEL = /^\/relive\/(\d+)\/(un)?feel\/$/;
const ANSWERED_FOR_GOOD = new Set([200, 400, 404, 410, 422]);

function database() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("reelive", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("feelings", { keyPath: "key" });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

/** Do something with the store of feelings, in a transaction of its own. */
async function withFeelings(mode, act) {
  const base = await database();
  try {
    const transaction = base.transaction("feelings", mode);
    const result = act(transaction.objectStore("feelings"));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    return result?.result;
  } finally {
    base.close();
  }
}

const forgetFeelings = () => withFeelings("readwrite", (store) => store.clear());
const waitingFeelings = () => withFeelings("readonly", (store) => store.getAll());

/** What waits under this key goes, unless it was tapped again meanwhile. */
const dropFeeling = (key, at) =>
  withFeelings("readwrite", (store) => {
    const asked = store.get(key);
    asked.onsuccess = () => {
      if (asked.result && (!at || asked.result.at === at)) store.delete(key);
    };
  });

/** A tap: sent at once where the site answers, and otherwise kept until it does. */
async function feel(request) {
  const copy = request.clone();
  const { pathname } = new URL(request.url);
  const feeling = new URLSearchParams(await copy.text()).get("feeling");
  const key = `${FEEL.exec(pathname)[1]} ${feeling}`;
  try {
    const response = await fetch(request);
    if (response.ok) await dropFeeling(key);
    return response;
  } catch (error) {
    if (!request.referrer) throw error; // nobody could say later where its form is
    const waits = { key, pathname, feeling, page: request.referrer, at: Date.now() };
    await withFeelings("readwrite", (store) => store.put(waits));
    await self.registration.sync?.register("feelings").catch(() => {});
    return new Response(null, { status: 204, headers: { "HX-Trigger": "feeling-waits" } });
  }
}

/** Send what waits, in the order in which it was felt, until the site is away again. */
async function sendFeelings() {
  const waiting = await waitingFeelings();
  const viewer = await viewerKnown();
  for (const one of waiting.sort((a, b) => a.at - b.at)) {
    const is = await sent(one, viewer).catch(() => false);
    if (!is) break;
    await dropFeeling(one.key, one.at);
  }
  if (waiting.length) await tell({ waiting: (await waitingFeelings()).length });
}

/** Whether the site has answered for good. The token for the form comes with the page on which it was felt. */
async function sent({ pathname, feeling, page }, viewer) {
  const answer = await fetch(page);
  if (answer.status === 404 || answer.status === 410 || answer.redirected) return true; // the moment is not there
  if (!isPage(answer) || (await note(answer)) !== viewer) return false;
  const token = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(await answer.text())?.[1];
  if (!token) return true; // it is veiled by now, and has no form
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, feeling });
  const response = await fetch(pathname, { method: "POST", body, headers: { "HX-Request": "true" } });
  return ANSWERED_FOR_GOOD.has(response.status);
}
