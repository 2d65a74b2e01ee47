// Offers the browser's own way to install the site, where it has one.

const place = document.querySelector("[data-install]");
let offer = null;

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
  place.hidden = false;
});

place.querySelector("button").addEventListener("click", async () => {
  await offer?.prompt();
  offer = null;
  place.hidden = true;
});

if (matchMedia("(display-mode: standalone)").matches) document.querySelector("[data-installed]").hidden = false;
