// Helps whoever signs up: says at once whether a name is free and how good a password is, and knows the time zone.

const WAIT = 350;
const DIFFERENT = 5;
const words = document.getElementById("sign-up-script").dataset;
const name = document.querySelector("input[data-check]");
const email = document.querySelector("input[name=email]");
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

// verdict: "good", "fair", or nothing for what will be refused.
function say(line, sentence, verdict = "") {
  line.textContent = sentence;
  line.classList.toggle("is-good", verdict === "good");
  line.classList.toggle("is-fair", verdict === "fair");
}

// Letters and digits alone: what stands between them hides nothing.
function bare(text) {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function isLike(text, own) {
  return own.length > 2 && (text.includes(own) || (text.length > 2 && own.includes(text)));
}

// The form alone knows which passwords are too common. Only one that is longer than all of these is praised.
function judged(text) {
  const length = [...text].length;
  const least = Number(password.dataset.least);
  const mine = [name.value, email?.value.split("@")[0] ?? ""];
  if (!length) return [""];
  if (length < least) return [words.short.replace("{n}", least - length)];
  if (mine.some((own) => isLike(bare(text), bare(own)))) return [words.alike];
  if (new Set(text).size < DIFFERENT) return [words.same];
  return length > Number(password.dataset.longestCommon) ? [words.strong, "good"] : [words.fair, "fair"];
}

async function check(line) {
  const asked = name.value.trim();
  if (!asked) return say(line, "");
  try {
    const response = await fetch(`${name.dataset.check}?${new URLSearchParams({ username: asked })}`);
    const answer = await response.json();
    if (asked === name.value.trim()) say(line, answer.says, answer.free ? "good" : "");
  } catch {
    say(line, ""); // the site says so itself when the form is sent
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
  for (const field of [name, email, password]) field?.addEventListener("input", () => say(line, ...judged(password.value)));
}
