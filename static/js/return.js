// Marks the page for whoever has seen the introduction before, whose later visits begin with a smaller one. No
// module: it runs before anything is drawn, so that nothing jumps. Without storage the introduction stays large.

try {
  if (localStorage.getItem("introduced")) document.documentElement.dataset.introduced = "";
  else localStorage.setItem("introduced", "1");
} catch {
  // The browser keeps nothing for this site.
}
