// Switches the theme at once and tells the site behind the scenes; without this module the form does it.

const root = document.documentElement;

function show(theme) {
  root.dataset.theme = theme;
  for (const button of document.querySelectorAll("[data-themes] button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
  const [first, ...rest] = document.querySelectorAll('meta[name="theme-color"]');
  rest.forEach((meta) => meta.remove());
  first.removeAttribute("media");
  first.content = getComputedStyle(root).backgroundColor;
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-themes]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  show(event.submitter.value);
  const body = new URLSearchParams(new FormData(form, event.submitter));
  await fetch(form.getAttribute("action"), { method: "POST", body, redirect: "manual" });
});
