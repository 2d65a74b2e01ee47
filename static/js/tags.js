// Suggests tags for the word being typed; the field stays a plain line of words and commas.

import { combobox } from "./combobox.js";

const split = (value) => {
  const comma = value.lastIndexOf(",") + 1;
  return [value.slice(0, comma), value.slice(comma).trim()];
};

function isTyped(input, name) {
  const [before] = split(input.value);
  return before.toLowerCase().split(",").some((typed) => typed.trim() === name.toLowerCase());
}

function take(input, name) {
  const [before] = split(input.value);
  input.value = `${before}${before ? " " : ""}${name}, `;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.focus();
}

for (const holder of document.querySelectorAll("[data-tags]")) {
  const input = holder.querySelector("input");
  input.autocomplete = "off";
  combobox(input, {
    id: `${input.id}_suggestions`,
    label: holder.dataset.suggested,
    put: (list) => holder.append(list),
    address: () => {
      const [, word] = split(input.value);
      return word && `${holder.dataset.tags}?q=${encodeURIComponent(word)}`;
    },
    choose: (option) => take(input, option.dataset.name),
    leaveOut: (option) => isTyped(input, option.dataset.name),
  });
}
