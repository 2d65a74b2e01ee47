// The screen stays awake from the first touch or key on, for as long as the page is to be seen.

let lock = null;
let wanted = false;

async function stayAwake() {
  if (!navigator.wakeLock || (lock && !lock.released) || document.hidden) return;
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch {
    lock = null; // a low battery, for one
  }
}

for (const gesture of ["pointerdown", "keydown"]) {
  document.addEventListener(gesture, () => {
    wanted = true;
    stayAwake();
  });
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) lock?.release().catch(() => {});
  else if (wanted) stayAwake();
});
