// A form that came back: the page opens at what is wrong, and a complaint goes as soon as its field is mended.

const show = (root) => root.querySelector("[data-errors]")?.focus();

function forget(field) {
  const form = field.form;
  const name = field.name.replace(/_(find|later|held|remove)$/, "");
  const wrong = field.matches('[aria-invalid="true"]') || form?.querySelector(`[data-error-of="${CSS.escape(name)}"]`);
  if (!form || !wrong) return;
  for (const each of form.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)) each.removeAttribute("aria-invalid");
  const list = field.closest(".field")?.querySelector(".errorlist");
  if (list) list.hidden = true;
  for (const link of form.querySelectorAll(`[data-error-of="${CSS.escape(name)}"]`)) link.closest("li").remove();
  const box = form.querySelector("[data-errors]");
  if (box && !box.querySelector("li")) box.remove();
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, ({ target }) => target.name && forget(target));
}
document.addEventListener("htmx:load", ({ detail }) => detail.elt !== document.body && show(detail.elt));
show(document);
