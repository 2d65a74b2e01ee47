// Lists what may be meant below a search field while one types; the form stays a form.

import { combobox } from "./combobox.js";

[...document.querySelectorAll("[data-live]")].forEach((form, number) => {
  const input = form.querySelector("input[type=search]");
  combobox(input, {
    id: `live_${number}`,
    label: form.dataset.suggested,
    put: (list) => form.append(list),
    address: () => {
      const typed = input.value.trim();
      return typed && `${form.dataset.live}?q=${encodeURIComponent(typed)}`;
    },
    choose: (option) => location.assign(option.dataset.url),
  });
});
