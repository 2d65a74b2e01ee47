// Places a scene by its subtitles: a file is opened here, a line of it is searched and chosen, and its time is the scene's.
// Nothing of the file is ever sent: its controls have no names, belong to no form and keep what they hear to themselves.

import { combobox } from "./combobox.js";
import { read } from "./subtitle-file.js";
import { find } from "./subtitle-search.js";

const MOST = 20; // options
const LATEST = 100 * 3600 - 1; // seconds that a timecode can say

function timeText(seconds) {
  const [minutes, rest] = [Math.floor(seconds / 60), String(seconds % 60).padStart(2, "0")];
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}

function piece(name, className, text = "") {
  const part = document.createElement(name);
  Object.assign(part, { className, textContent: text, dir: "auto" });
  return part;
}

function start(template) {
  const box = template.content.firstElementChild.cloneNode(true);
  const words = template.dataset;
  const { lang } = document.documentElement;
  const field = template.parentElement.querySelector("input[name=timecode]");
  const [opener, search, late] = ["file", "text", "number"].map((type) => box.querySelector(`input[type=${type}]`));
  const [opened, status] = [box.querySelector("[data-opened]"), box.querySelector("[role=status]")];
  let lines = [];
  let chosen = null;
  let readings = 0;

  const say = (sentence, values = {}) => {
    status.textContent = sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]?.toLocaleString(lang));
  };
  const timeOf = (line) => Math.min(LATEST, Math.max(0, Math.floor((line.start + Math.round((late.valueAsNumber || 0) * 1000)) / 1000)));

  function option(number) {
    const item = piece("li", "");
    item.setAttribute("role", "option");
    item.dataset.value = number;
    const said = piece("span", "subtitles-lines");
    const [before, after] = [lines[number - 1]?.text ?? "", lines[number + 1]?.text ?? ""];
    // The spaces part the lines where they are read aloud.
    said.append(piece("small", "", before), " ", piece("b", "", lines[number].text), " ", piece("small", "", after));
    item.append(piece("span", "subtitles-time", timeText(timeOf(lines[number]))), " ", said);
    return item;
  }

  function options(said) {
    const found = find(lines, said);
    const shown = found.slice(0, MOST);
    if (!found.length) say(words.none);
    else say(found.length > MOST ? words.many : words.found, { n: found.length, most: MOST });
    return shown.map(option);
  }

  function place() {
    if (!chosen) return;
    field.value = timeText(timeOf(chosen));
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
    say(words.chosen, { time: field.value, line: chosen.text });
  }

  async function open() {
    const number = (readings += 1);
    const [file] = opener.files;
    [lines, chosen, search.value, opened.hidden] = [[], null, "", true];
    if (!file) return say("");
    say(words.reading);
    const { lines: heard, problem } = await read(file);
    if (number !== readings) return;
    if (problem) return say(words[problem]);
    lines = heard;
    opened.hidden = false;
    say(words.opened, { n: lines.length });
  }

  for (const control of box.querySelectorAll("input")) control.setAttribute("form", "");
  for (const name of ["input", "change"]) box.addEventListener(name, (event) => event.stopPropagation());
  combobox(search, {
    id: `${search.id}_found`,
    label: words.list,
    put: (list) => search.after(list),
    address: () => search.value.trim(),
    options,
    choose: ({ dataset }) => {
      chosen = lines[dataset.value];
      place();
    },
    isEager: true,
  });
  opener.addEventListener("change", open);
  late.addEventListener("input", place);
  template.after(box);
}

for (const template of document.querySelectorAll("[data-subtitles]")) start(template);
