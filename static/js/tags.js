// Suggests tags for the word being typed, as a combobox; the field stays a plain line of words and commas.

const WAIT = 160;

function box(holder) {
  const input = holder.querySelector("input");
  const list = document.createElement("ul");
  list.className = "combobox-list";
  list.id = `${input.id}_suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", holder.dataset.suggested);
  list.hidden = true;
  holder.append(list);
  const traits = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  for (const [name, value] of Object.entries(traits)) input.setAttribute(name, value);
  input.autocomplete = "off";
  return { input, list, address: holder.dataset.tags, at: -1, timer: 0 };
}

const split = (value) => {
  const comma = value.lastIndexOf(",") + 1;
  return [value.slice(0, comma), value.slice(comma).trim()];
};

function show(field, open) {
  field.list.hidden = !open;
  field.input.setAttribute("aria-expanded", String(open));
  if (!open) mark(field, -1);
}

function mark(field, at) {
  field.at = at;
  [...field.list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
  const option = field.list.children[at];
  if (option) field.input.setAttribute("aria-activedescendant", option.id);
  else field.input.removeAttribute("aria-activedescendant");
}

function take(field, option) {
  const [before] = split(field.input.value);
  field.input.value = `${before}${before ? " " : ""}${option.dataset.name}, `;
  field.input.dispatchEvent(new Event("input", { bubbles: true }));
  show(field, false);
  field.input.focus();
}

async function suggest(field) {
  const [before, word] = split(field.input.value);
  if (!word) return show(field, false);
  const answer = await fetch(`${field.address}?q=${encodeURIComponent(word)}`);
  if (!answer.ok || split(field.input.value)[1] !== word) return;
  field.list.innerHTML = await answer.text();
  const taken = before.toLowerCase().split(",").map((name) => name.trim());
  [...field.list.children].forEach((option, number) => {
    option.id = `${field.list.id}_${number}`;
    if (taken.includes(option.dataset.name.toLowerCase())) option.remove();
  });
  show(field, field.list.children.length > 0);
}

function press(field, event) {
  const count = field.list.children.length;
  if (field.list.hidden) return;
  if (event.key === "ArrowDown") mark(field, (field.at + 1) % count);
  else if (event.key === "ArrowUp") mark(field, (field.at + count - (field.at < 0 ? 0 : 1)) % count);
  else if (event.key === "Enter" && field.at >= 0) take(field, field.list.children[field.at]);
  else if (event.key === "Escape") show(field, false);
  else return;
  event.preventDefault();
}

for (const holder of document.querySelectorAll("[data-tags]")) {
  const field = box(holder);
  field.input.addEventListener("input", () => {
    clearTimeout(field.timer);
    field.timer = setTimeout(() => suggest(field), WAIT);
  });
  field.input.addEventListener("keydown", (event) => press(field, event));
  field.input.addEventListener("blur", () => setTimeout(() => show(field, false), 150));
  field.list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("li");
    if (option) take(field, option);
  });
}
