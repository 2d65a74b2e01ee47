// The card at the end of relive mode, where the device knows how to share.

async function share({ dataset }) {
  const what = { title: dataset.title, url: new URL(dataset.url, location.href).href };
  const picture = await (await fetch(dataset.share)).blob();
  const files = [new File([picture], "relived.png", { type: picture.type })];
  const full = { ...what, files };
  await navigator.share(navigator.canShare?.(full) ? full : what).catch(() => {});
}

const button = document.querySelector("[data-share]");
if (button && navigator.share) {
  button.hidden = false;
  button.addEventListener("click", () => share(button));
}
