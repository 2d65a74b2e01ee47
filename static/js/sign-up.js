// Helps whoever signs up: says at once whether a name is free and how good a password is, and knows the time zone.

const WAIT = 350;
const LEAST = 8;
const LONG = 14;
const DIFFERENT = 5;
const words = document.getElementById("sign-up-script").dataset;
const name = document.querySelector("input[data-check]");
const password = document.querySelector("input[name=password1]");
const zone = document.querySelector("input[data-time-zone]");

function lineBelow(field) {
  const line = document.createElement("p");
  line.className = "field-says";
  line.id = `${field.id}-says`;
  line.setAttribute("role", "status");
  (field.nextElementSibling?.matches("button") ? field.nextElementSibling : field).after(line);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
  return line;
}

function say(line, sentence, isGood) {
  line.textContent = sentence;
  line.classList.toggle("is-good", isGood);
}

function judged(text) {
  const length = [...text].length;
  const own = name.value.trim().toLowerCase();
  if (!length) return ["", false];
  if (length < LEAST) return [words.short.replace("{n}", LEAST - length), false];
  if (own.length > 2 && text.toLowerCase().includes(own)) return [words.alike, false];
  if (new Set(text).size < DIFFERENT) return [words.same, false];
  return length < LONG ? [words.fair, true] : [words.strong, true];
}

async function check(line) {
  const asked = name.value.trim();
  if (!asked) return say(line, "", false);
  try {
    const response = await fetch(`${name.dataset.check}?${new URLSearchParams({ username: asked })}`);
    const answer = await response.json();
    if (asked === name.value.trim()) say(line, answer.says, answer.free);
  } catch {
    say(line, "", false); // the site says so itself when the form is sent
  }
}

if (zone) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";

if (name) {
  const line = lineBelow(name);
  let timer;
  name.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(check, WAIT, line);
  });
}

if (name && password) {
  const line = lineBelow(password);
  for (const field of [name, password]) field.addEventListener("input", () => say(line, ...judged(password.value)));
}
