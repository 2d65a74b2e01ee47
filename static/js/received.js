// Puts the picture that another app shared into the site into the form of a moment.

import { say } from "./site.js";

const PICTURE = "/share/receive/picture";
const WAITS = 3600 * 1000; // milliseconds
const input = document.querySelector("[data-still] input[type=file]");

async function take() {
  const names = (await caches.keys()).filter((name) => name.startsWith("shared "));
  for (const name of names) {
    const answer = await (await caches.open(name)).match(PICTURE);
    await caches.delete(name);
    if (!answer || Date.now() - Number(answer.headers.get("Received")) > WAITS) continue;
    const picture = await answer.blob();
    const held = new DataTransfer();
    held.items.add(new File([picture], `shared.${picture.type.split("/")[1]}`, { type: picture.type }));
    input.files = held.files;
    for (const event of ["change", "input"]) input.dispatchEvent(new Event(event, { bubbles: true }));
    say(document.getElementById("received-script").dataset.attached, "info");
  }
}

if (input && window.caches && new URLSearchParams(location.search).get("picture") === "shared") await take();
