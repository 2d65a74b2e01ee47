// How a moment looks: shows the chosen still before it is sent, and offers colour fields for the palette line.

const COLOURS = 5;
const HEX = /#?([0-9a-f]{6})\b/gi;

// The still. A data address, since the page allows pictures from nowhere else.

function showStill(place) {
  const input = place.querySelector("input[type=file]");
  const kept = place.querySelector("[data-held]");
  const picture = document.createElement("img");
  picture.alt = place.dataset.chosen;
  input.addEventListener("change", () => {
    const [file] = input.files;
    picture.remove();
    if (kept) kept.hidden = Boolean(file);
    if (!file) return;
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      picture.src = reader.result;
      place.prepend(picture);
    });
    reader.readAsDataURL(file);
  });
  dropOnto(place, input);
  describe(place, input);
}

// As soon as there is a still, its description has to be written, and the label says so.
function describe(place, input) {
  const box = document.querySelector("[data-still-alt]");
  const [field, note] = [box?.querySelector("input"), box?.querySelector(".optional")];
  if (!field || !note) return;
  const ask = () => {
    const needed = input.files.length > 0 || Boolean(place.querySelector("[data-held] input[type=checkbox]:not(:checked)"));
    field.setAttribute("aria-required", String(needed));
    note.classList.toggle("is-needed", needed);
  };
  place.addEventListener("change", ask);
  ask();
}

function dropOnto(place, input) {
  for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    place.addEventListener(name, (event) => {
      event.preventDefault();
      place.classList.toggle("is-over", over);
    });
  }
  place.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change"));
  });
}

// The palette.

const coloursIn = (text) => [...text.matchAll(HEX)].map(([, digits]) => `#${digits.toLowerCase()}`).slice(0, COLOURS);

function wells({ group, colour }) {
  const row = document.createElement("div");
  row.className = "palette";
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", group);
  for (let number = 1; number <= COLOURS; number += 1) {
    const well = document.createElement("input");
    well.type = "color";
    well.setAttribute("aria-label", colour.replace("{n}", number).replace("{all}", COLOURS));
    row.append(well);
  }
  return row;
}

function showPalette(place) {
  const line = place.querySelector("input");
  const row = wells(place.dataset);
  const choose = document.createElement("button");
  choose.type = "button";
  choose.className = "button";
  choose.textContent = place.dataset.choose;
  const paint = () => {
    const colours = coloursIn(line.value);
    row.hidden = !colours.length;
    choose.hidden = colours.length > 0;
    [...row.children].forEach((well, number) => {
      well.value = colours[number] ?? colours.at(-1) ?? "#2a1b5e";
    });
  };
  choose.addEventListener("click", () => {
    line.value = coloursIn(place.dataset.palette).join(" ") || "#2a1b5e";
    paint();
    row.firstElementChild.focus();
  });
  row.addEventListener("input", () => {
    line.value = [...row.children].map((well) => well.value).join(" ");
  });
  line.addEventListener("input", paint);
  paint();
  // The colour fields say the same in a better way; what is wrong in the line is mended in the line.
  if (!line.matches("[aria-invalid]")) for (const part of [line, place.querySelector(".helptext")]) if (part) part.hidden = true;
  line.before(row, choose);
}

for (const place of document.querySelectorAll("[data-still]")) showStill(place);
for (const place of document.querySelectorAll("[data-palette]")) showPalette(place);
