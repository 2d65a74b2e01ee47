// Saves what is typed as a draft some seconds after typing stops. Without this module the button of the form does.

const WAIT = 3000; // milliseconds
const PATIENCE = 15_000;
const started = new WeakSet();

function lineOf(form) {
  let line = form.querySelector(".draft-saved");
  if (!line) {
    line = document.createElement("p");
    line.className = "draft-saved muted";
    line.setAttribute("role", "status");
    form.querySelector(".form-end").append(line);
  }
  return line;
}

function typedIn(form) {
  const typed = new FormData(form);
  for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
  typed.set("draft", "auto");
  return typed;
}

// The form goes on with the draft that it has now, and so does its page when it is loaded again.
function goOn(form, { nonce, version, address }) {
  form.elements.nonce.value = nonce;
  form.elements.draft_version.value = version;
  if (!address) return;
  const place = new URL(address, location.href);
  if (place.pathname === location.pathname) history.replaceState(history.state, "", place.pathname + place.search + location.hash);
}

function keep(form) {
  if (started.has(form)) return;
  started.add(form);
  let timer, running, isSent;

  async function save() {
    if (running) return later();
    running = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: typedIn(form), signal: AbortSignal.timeout(PATIENCE) });
      if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) return;
      const said = await answer.json();
      if (said.nonce && !isSent) goOn(form, said);
      lineOf(form).textContent = said.said;
    } catch {
      // The browser's own copy is there; the next pause tries again.
    } finally {
      running = false;
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  }

  form.addEventListener("input", (event) => {
    if (!event.isTrusted) return;
    lineOf(form); // what is said is heard where its line was there before
    later();
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    isSent = true;
  });
  form.addEventListener("unsent", () => {
    isSent = false;
    later();
  });
}

function start(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    if (form.querySelector('button[name="draft"]')) keep(form);
  }
}

start(document);
document.addEventListener("htmx:load", ({ detail }) => detail.elt !== document.body && start(detail.elt.parentElement ?? detail.elt));
