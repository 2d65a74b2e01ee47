// Helps any form: counts characters instead of cutting them off, and keeps what was typed until it is sent.

const WAIT = 400;
const HOUR = 3600 * 1000;
const OLDEST = 30 * 24 * HOUR;
const words = document.getElementById("form-script").dataset;
const { lang } = document.documentElement;

// Counters. The browser's own maxlength silently cuts what is pasted; the site's answer never does.

function count(field) {
  const most = field.maxLength;
  field.removeAttribute("maxlength");
  const line = document.createElement("p");
  line.className = "counter";
  line.hidden = true;
  field.after(line);
  const show = () => {
    const used = [...field.value].length;
    line.hidden = used < most * 0.8;
    line.classList.toggle("is-over", used > most);
    const sentence = used > most ? words.tooMany : words.left;
    line.textContent = sentence.replace("{n}", Math.abs(most - used).toLocaleString(lang));
  };
  field.addEventListener("input", show);
  show();
}

// Drafts.

const kept = new WeakSet();

const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && field.matches("textarea, input[type=text], input[type=url], input:not([type])"));
const valuesOf = (form) => Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
const keyOf = (form) => `draft:${new URL(form.action).pathname}`;

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    return draft && Date.now() - draft.at < OLDEST ? draft : null;
  } catch {
    return null;
  }
}

function write(key, draft) {
  try {
    draft ? localStorage.setItem(key, JSON.stringify(draft)) : localStorage.removeItem(key);
  } catch {
    // A full or forbidden store only means that no draft is kept here.
  }
}

function fill(form, values) {
  for (const field of fieldsOf(form)) {
    if (!(field.name in values) || field.value === values[field.name]) continue;
    field.value = values[field.name];
    if (field.value) field.closest("details")?.setAttribute("open", "");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function offer(form, label, act) {
  const note = document.createElement("p");
  note.className = "draft";
  note.setAttribute("role", "status");
  note.append(`${words.kept} `);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "textlink";
  button.textContent = label;
  button.addEventListener("click", () => {
    act();
    note.remove();
  });
  note.append(button);
  form.prepend(note);
}

// What was sent has arrived, unless the site asked to sign in first: its own copy may have got lost on that way.
function arrived(draft) {
  const from = document.referrer ? new URL(document.referrer).pathname : "";
  return draft.sent && !(from.startsWith("/accounts/") && Date.now() - draft.at < HOUR);
}

function bringBack(form, key) {
  const draft = read(key);
  const refused = form.querySelector('[aria-invalid="true"], .errorlist');
  if (!draft || arrived(draft) || refused) {
    if (!refused) write(key, null);
    return;
  }
  const blank = valuesOf(form);
  if (Object.entries(draft.values).every(([name, value]) => !(name in blank) || blank[name] === value)) return;
  if (Object.values(blank).some(Boolean)) {
    offer(form, words.putBack, () => fill(form, draft.values));
    return;
  }
  fill(form, draft.values);
  offer(form, words.startAfresh, () => {
    fill(form, blank);
    write(key, null);
  });
}

function keep(form) {
  if (kept.has(form)) return;
  kept.add(form);
  const key = keyOf(form);
  let timer;
  bringBack(form, key);
  form.addEventListener("input", (event) => {
    if (!event.isTrusted) return;
    clearTimeout(timer);
    timer = setTimeout(() => write(key, { at: Date.now(), values: valuesOf(form) }), WAIT);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    write(key, { at: Date.now(), values: valuesOf(form), sent: true });
  });
  form.addEventListener("unsent", () => write(key, { at: Date.now(), values: valuesOf(form) }));
}

function start(root) {
  for (const field of root.querySelectorAll("textarea[maxlength], input[maxlength]")) count(field);
  for (const form of root.querySelectorAll("form[data-keep]")) keep(form);
}

start(document);
document.addEventListener("htmx:load", ({ detail }) => detail.elt !== document.body && start(detail.elt.parentElement ?? detail.elt));
