// In a row of tabs that is wider than the screen the chosen one is in sight from the start.

for (const chosen of document.querySelectorAll(":is(.tabs, .filters > div, .topnav) > [aria-current]")) {
  const row = chosen.parentElement;
  if (row.scrollWidth <= row.clientWidth) continue;
  const middle = chosen.offsetLeft - row.offsetLeft - (row.clientWidth - chosen.offsetWidth) / 2;
  row.scrollTo({ left: middle, behavior: "instant" });
}
