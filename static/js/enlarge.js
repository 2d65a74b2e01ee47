// The picture of a post, as large as the window: in a dialog, which Escape, its button and a press beside it close.

const link = document.querySelector("a[data-enlarge]");

function dialogOf({ href, dataset, textContent, firstElementChild }) {
  const dialog = document.createElement("dialog");
  dialog.className = "enlarged";
  const picture = new Image();
  picture.src = href;
  picture.alt = firstElementChild?.alt ?? "";
  const close = document.createElement("button");
  close.className = "button";
  close.type = "button";
  close.textContent = dataset.enlarge;
  dialog.ariaLabel = textContent.trim();
  dialog.append(picture, close);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  return dialog;
}

link?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const dialog = dialogOf(link);
  document.body.append(dialog);
  dialog.showModal();
});
