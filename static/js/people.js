// Suggests people for the name that is typed into a row of credits; the field stays a plain line.

import { combobox } from "./combobox.js";

for (const holder of document.querySelectorAll("[data-people]")) {
  const input = holder.querySelector("input");
  input.autocomplete = "off";
  combobox(input, {
    id: `${input.id}_suggestions`,
    label: holder.dataset.suggested,
    put: (list) => holder.append(list),
    address: () => {
      const word = input.value.trim();
      return word && `${holder.dataset.people}?q=${encodeURIComponent(word)}`;
    },
    // Of several who are called the same the address says which one is meant.
    choose: (option) => {
      const namesakes = [...option.parentElement.children].filter((other) => other.dataset.name === option.dataset.name);
      input.value = namesakes.length > 1 ? option.dataset.address : option.dataset.name;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.focus();
    },
  });
}
