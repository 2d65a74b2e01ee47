// Files that are dropped anywhere on the page go into their field; what happens with them is said by its button.

const place = document.querySelector("[data-drop]");
const input = place.querySelector("input[type=file]");

const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

function take(files) {
  input.files = files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  place.scrollIntoView({ block: "nearest" });
  place.querySelector("button").focus();
}

for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(name, (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    place.classList.toggle("is-over", over);
    if (name === "drop" && event.dataTransfer.files.length) take(event.dataTransfer.files);
  });
}

place.querySelector("[data-drop-hint]").hidden = !matchMedia("(any-pointer: fine)").matches;
