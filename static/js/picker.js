// Chooses moments by a combobox: what is chosen are boxes of the form, and what is found comes from the site.

const WAIT = 160;

function box(holder) {
  const input = holder.querySelector(".picker-search input");
  const list = document.createElement("ul");
  list.className = "combobox-list";
  list.id = `${input.id}_found`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", holder.dataset.found);
  list.hidden = true;
  const none = document.createElement("p");
  none.className = "picker-none";
  none.setAttribute("role", "status");
  input.after(list, none);
  const traits = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  for (const [name, value] of Object.entries(traits)) input.setAttribute(name, value);
  return { holder, input, list, none, several: "several" in holder.dataset, at: -1, timer: 0, asked: 0 };
}

function show(picker, open) {
  picker.list.hidden = !open;
  picker.input.setAttribute("aria-expanded", String(open));
  if (!open) mark(picker, -1);
}

// What is still on its way must not open it again.
function close(picker) {
  clearTimeout(picker.timer);
  picker.asked += 1;
  show(picker, false);
}

function mark(picker, at) {
  picker.at = at;
  [...picker.list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
  const option = picker.list.children[at];
  option?.scrollIntoView({ block: "nearest" });
  if (option) picker.input.setAttribute("aria-activedescendant", option.id);
  else picker.input.removeAttribute("aria-activedescendant");
}

const keysOf = (picker) => [...picker.holder.querySelectorAll(".picked input[type=checkbox]")].map((chip) => chip.value);

function take(picker, option) {
  const place = picker.holder.querySelector(".picked");
  const chip = picker.holder.querySelector("template").content.cloneNode(true);
  for (const part of chip.querySelectorAll("select, .picked-use input")) part.name += option.dataset.value;
  chip.querySelector("input[type=checkbox]").value = option.dataset.value;
  chip.querySelector("label span").textContent = option.textContent;
  if (!picker.several) place.replaceChildren();
  place.append(chip);
  picker.input.value = "";
  close(picker);
  picker.input.focus();
  picker.input.dispatchEvent(new Event("change", { bubbles: true }));
}

async function search(picker) {
  const asked = (picker.asked += 1);
  const later = picker.holder.querySelector(".picker-later input").checked ? "&later=1" : "";
  const text = picker.input.value.trim();
  const answer = await fetch(`${picker.holder.dataset.picker}&q=${encodeURIComponent(text)}${later}`).catch(() => null);
  if (!answer?.ok || asked !== picker.asked || document.activeElement !== picker.input) return;
  picker.list.innerHTML = await answer.text();
  const chosen = keysOf(picker);
  for (const option of [...picker.list.children]) if (chosen.includes(option.dataset.value)) option.remove();
  [...picker.list.children].forEach((option, number) => (option.id = `${picker.list.id}_${number}`));
  picker.none.textContent = text && !picker.list.children.length ? picker.holder.dataset.none : "";
  show(picker, picker.list.children.length > 0);
}

function press(picker, event) {
  const count = picker.list.children.length;
  if (event.key === "ArrowDown" && picker.list.hidden) search(picker);
  else if (event.key === "Enter" && (picker.list.hidden || picker.at < 0)) event.preventDefault();
  else if (picker.list.hidden) return;
  else if (event.key === "ArrowDown") mark(picker, (picker.at + 1) % count);
  else if (event.key === "ArrowUp") mark(picker, (picker.at + count - (picker.at < 0 ? 0 : 1)) % count);
  else if (event.key === "Enter") take(picker, picker.list.children[picker.at]);
  else if (event.key === "Escape") close(picker);
  else return;
  event.preventDefault();
}

function start(holder) {
  const picker = box(holder);
  picker.input.addEventListener("input", () => {
    clearTimeout(picker.timer);
    picker.timer = setTimeout(() => search(picker), WAIT);
  });
  picker.input.addEventListener("focus", () => search(picker));
  picker.input.addEventListener("keydown", (event) => press(picker, event));
  picker.input.addEventListener("blur", () => setTimeout(() => close(picker), 150));
  picker.list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("li");
    if (option) take(picker, option);
  });
  // A chip that is no longer wanted goes, and the keyboard stays where one can choose another.
  holder.querySelector(".picked").addEventListener("change", ({ target }) => {
    if (!target.matches("[type=checkbox]")) return;
    target.closest("li").remove();
    picker.input.focus();
  });
}

const startIn = (root) => root.querySelectorAll("[data-picker]").forEach(start);

document.addEventListener("htmx:load", ({ detail }) => detail.elt !== document.body && startIn(detail.elt));
startIn(document);
