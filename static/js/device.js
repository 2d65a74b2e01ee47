// Lets this device show news: asks the browser, and sends what it answers by a form.

import { worker } from "./worker.js";

const form = document.querySelector("[data-push]");

const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const textOf = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function subscribe() {
  const { pushManager } = await worker.ready;
  await (await pushManager.getSubscription())?.unsubscribe(); // the site may have another key by now
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(form.dataset.push) });
}

async function begin(button, state) {
  if ((await Notification.requestPermission()) !== "granted") {
    state.textContent = form.dataset.denied;
    return;
  }
  button.disabled = true;
  try {
    const subscription = await subscribe();
    form.elements.endpoint.value = subscription.endpoint;
    form.elements.public_key.value = textOf(subscription.getKey("p256dh"));
    form.elements.secret.value = textOf(subscription.getKey("auth"));
    form.submit();
  } catch {
    state.textContent = form.dataset.failed;
    button.disabled = false;
  }
}

if (form && worker && window.PushManager && window.Notification) {
  const [button, state] = [form.querySelector("button"), form.querySelector("[role=status]")];
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    begin(button, state);
  });
  button.hidden = false;
  form.querySelector("[data-cannot]").hidden = true;
}

// Taken away here, the browser itself is told as well.
document.addEventListener("submit", ({ target }) => {
  if (!target.matches("[data-push-here]")) return;
  worker?.ready.then(async ({ pushManager }) => (await pushManager.getSubscription())?.unsubscribe()).catch(() => {});
});
