// Feelings of relive mode that wait to be sent: shown as they were tapped, and as waiting.

const voice = document.getElementById("stage-status");

function waiting() {
  return new Promise((resolve) => {
    const opening = indexedDB.open("reelive");
    opening.onerror = () => resolve([]);
    opening.onupgradeneeded = () => opening.transaction.abort(); // nothing has waited yet
    opening.onsuccess = () => {
      const base = opening.result;
      const asked = base.transaction("feelings").objectStore("feelings").getAll();
      asked.onsuccess = () => {
        base.close();
        resolve(asked.result);
      };
    };
  });
}

/** Show the moment as it will be once all is sent. */
export async function showWaiting() {
  const form = document.getElementById("feels");
  if (!form || !navigator.serviceWorker?.controller) return;
  const moment = /\/relive\/(\d+)\//.exec(form.getAttribute("action"))[1];
  const waits = new Map((await waiting()).map((one) => [one.key, one]));
  for (const button of form.querySelectorAll(".feel")) {
    const one = waits.get(`${moment} ${button.value}`);
    button.classList.toggle("is-waiting", Boolean(one));
    if (one) flip(button, one.pathname.endsWith("/feel/"));
  }
  const some = form.querySelector(".feel.is-waiting");
  const line = form.querySelector("[data-waiting]");
  line.textContent = some ? voice.dataset.waiting : "";
}

function flip(button, isFelt) {
  const verb = button.dataset.hxPost.replace(/(un)?feel\/$/, isFelt ? "unfeel/" : "feel/");
  button.setAttribute("aria-pressed", String(isFelt));
  button.setAttribute("formaction", verb);
  button.dataset.hxPost = verb;
  window.htmx?.process(button);
}

document.addEventListener("feeling-waits", showWaiting);
navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  if ("waiting" in data) showWaiting();
});
