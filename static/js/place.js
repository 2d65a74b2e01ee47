// Where a scene belongs: whoever touches a way to say it has chosen that way, and the line says where it is.

function follow(places) {
  const ways = places.querySelectorAll("input[name=placing]");
  const shown = () => {
    const chosen = [...ways].find((way) => way.checked)?.value;
    for (const part of places.querySelectorAll("[data-way]")) part.hidden = part.dataset.way !== chosen;
  };
  places.addEventListener("change", ({ target }) => {
    if (target.name === "placing") shown();
  });
  shown();
}

function tell(line) {
  const input = line.querySelector("input[type=range]");
  const output = line.querySelector("output");
  const { all, first, last, between } = output.dataset;
  const say = () => {
    const number = Math.round((input.value / input.max) * all);
    if (number === 0) output.textContent = first;
    else if (number === Number(all)) output.textContent = last;
    else output.textContent = between.replace("{n}", number).replace("{m}", number + 1);
  };
  input.addEventListener("input", say);
  say();
}

for (const places of document.querySelectorAll("[data-places]")) follow(places);
for (const line of document.querySelectorAll(".story-line")) tell(line);
