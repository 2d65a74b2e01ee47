// Lists what may be meant below a search field while one types, as a combobox; the form stays a form.

const WAIT = 180;

function box(form) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  list.className = "combobox-list";
  list.id = `live_${[...document.querySelectorAll("[data-live]")].indexOf(form)}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggested);
  list.hidden = true;
  form.append(list);
  const traits = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  for (const [name, value] of Object.entries(traits)) input.setAttribute(name, value);
  return { form, input, list, at: -1, timer: 0, asked: null };
}

function mark(field, at) {
  field.at = at;
  const options = [...field.list.children];
  options.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
  if (at < 0) return field.input.removeAttribute("aria-activedescendant");
  field.input.setAttribute("aria-activedescendant", options[at].id);
  options[at].scrollIntoView({ block: "nearest" });
}

function show(field, open) {
  field.list.hidden = !open;
  field.input.setAttribute("aria-expanded", String(open));
  mark(field, -1);
}

function close(field) {
  clearTimeout(field.timer);
  field.asked?.abort();
  show(field, false);
}

async function ask(field) {
  const typed = field.input.value.trim();
  if (!typed) return close(field);
  field.asked?.abort();
  field.asked = new AbortController();
  try {
    const address = `${field.form.dataset.live}?q=${encodeURIComponent(typed)}`;
    const answer = await fetch(address, { signal: field.asked.signal });
    if (!answer.ok) return;
    field.list.innerHTML = await answer.text();
  } catch {
    return; // asked anew meanwhile, or offline: the form still searches
  }
  [...field.list.children].forEach((option, number) => (option.id = `${field.list.id}_${number}`));
  show(field, field.list.children.length > 0 && document.activeElement === field.input);
}

function press(field, event) {
  if (event.isComposing) return;
  const count = field.list.children.length;
  if (event.key === "ArrowDown" && field.list.hidden && count) show(field, true);
  else if (field.list.hidden) return;
  else if (event.key === "ArrowDown") mark(field, (field.at + 1) % count);
  else if (event.key === "ArrowUp") mark(field, (field.at > 0 ? field.at : count) - 1);
  else if (event.key === "Enter" && field.at >= 0) location.assign(field.list.children[field.at].dataset.url);
  else if (event.key === "Escape") close(field);
  else return;
  event.preventDefault();
}

for (const form of document.querySelectorAll("[data-live]")) {
  const field = box(form);
  field.input.addEventListener("input", () => {
    clearTimeout(field.timer);
    field.timer = setTimeout(() => ask(field), WAIT);
  });
  field.input.addEventListener("keydown", (event) => press(field, event));
  field.input.addEventListener("blur", () => close(field));
  field.list.addEventListener("pointerdown", (event) => event.preventDefault());
  field.list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) location.assign(option.dataset.url);
  });
}
