// A form of choices shows at once what was chosen; its button stays for those who have no script.

for (const form of document.querySelectorAll("form[data-choose]")) {
  form.addEventListener("change", () => form.requestSubmit());
}
