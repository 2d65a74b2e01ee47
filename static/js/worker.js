// How a page speaks with the service worker.

export const worker = navigator.serviceWorker;

/** Tell it something. */
export const post = (message, ports = []) => worker?.controller?.postMessage(message, ports);

/** Ask it something: its first answer. */
export const ask = (message) => new Promise((resolve) => listen(message, resolve));

/** Ask it for something that takes a while: each answer goes to `hear`. */
export function listen(message, hear) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => hear(data);
  post(message, [port2]);
}

/** What is kept of films on this device: for each its title, address, number of moments and bytes. */
export async function keptFilms() {
  const names = (await caches.keys()).filter((name) => name.startsWith("film "));
  const notes = names.map(async (name) => (await caches.open(name)).match("/offline/about"));
  return Promise.all((await Promise.all(notes)).filter(Boolean).map((note) => note.json()));
}

/** A number of bytes, as people read it. */
export function size(bytes) {
  const style = { style: "unit", unit: "megabyte", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(document.documentElement.lang, style).format(bytes / 1024 / 1024);
}
