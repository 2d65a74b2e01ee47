// On phones the bars leave the screen to the page while one scrolls down, and are back with the first scroll up.
// The style sheet decides what `data-bars` means, and where; without a script the upper one scrolls away.

const SLACK = 6; // CSS pixels: a finger trembles
const root = document.documentElement;
let before = scrollY;

function place(now) {
  if (now < 48) return "top";
  return now > before ? "away" : "back";
}

function follow() {
  const now = Math.max(0, scrollY);
  if (root.dataset.bars && Math.abs(now - before) < SLACK) return;
  root.dataset.bars = place(now);
  before = now;
}

addEventListener("scroll", follow, { passive: true });
follow();
