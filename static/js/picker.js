// Chooses moments by a combobox: what is chosen are boxes of the form, and what is found comes from the site.

import { combobox } from "./combobox.js";

const keysOf = (holder) => [...holder.querySelectorAll(".picked input[type=checkbox]")].map((chip) => chip.value);

function take(holder, input, option) {
  const place = holder.querySelector(".picked");
  const chip = holder.querySelector("template").content.cloneNode(true);
  for (const part of chip.querySelectorAll("select, .picked-use input")) part.name += option.dataset.value;
  chip.querySelector("input[type=checkbox]").value = option.dataset.value;
  chip.querySelector("label span").textContent = option.textContent;
  if (!("several" in holder.dataset)) place.replaceChildren();
  place.append(chip);
  input.value = "";
  input.focus();
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function start(holder) {
  const input = holder.querySelector(".picker-search input");
  const none = document.createElement("p");
  none.className = "picker-none";
  none.setAttribute("role", "status");
  combobox(input, {
    id: `${input.id}_found`,
    label: holder.dataset.found,
    put: (list) => input.after(list, none),
    address: () => {
      const later = holder.querySelector(".picker-later input").checked ? "&later=1" : "";
      return `${holder.dataset.picker}&q=${encodeURIComponent(input.value.trim())}${later}`;
    },
    choose: (option) => take(holder, input, option),
    leaveOut: (option) => keysOf(holder).includes(option.dataset.value),
    found: (count) => (none.textContent = input.value.trim() && !count ? holder.dataset.none : ""),
    isEager: true,
  });
  // A chip that is no longer wanted goes, and the keyboard stays where one can choose another.
  holder.querySelector(".picked").addEventListener("change", ({ target }) => {
    if (!target.matches("[type=checkbox]")) return;
    target.closest("li").remove();
    input.focus();
  });
}

const startIn = (root) => root.querySelectorAll("[data-picker]").forEach(start);

document.addEventListener("htmx:load", ({ detail }) => detail.elt !== document.body && startIn(detail.elt));
startIn(document);
