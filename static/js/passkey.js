// Passkeys: asks the browser for one and puts its answer into the form that wants it.

const words = document.getElementById("passkey-script").dataset;

function creation({ publicKey }, alone) {
  const selection = {
    ...publicKey.authenticatorSelection,
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: alone,
  };
  if (alone) selection.userVerification = "required";
  return PublicKeyCredential.parseCreationOptionsFromJSON({ ...publicKey, authenticatorSelection: selection });
}

const request = ({ publicKey }) => PublicKeyCredential.parseRequestOptionsFromJSON(publicKey);

function optionsIn(form) {
  return JSON.parse(form.querySelector("#passkey-options").textContent);
}

const WAYS = {
  async create(form) {
    const publicKey = creation(optionsIn(form).creation_options, form.elements.passwordless?.checked ?? true);
    return navigator.credentials.create({ publicKey });
  },
  async prove(form) {
    return navigator.credentials.get({ publicKey: request(optionsIn(form).request_options) });
  },
  async "sign-in"(form) {
    const reply = await fetch(form.getAttribute("action"), { headers: { Accept: "application/json" } });
    const options = await reply.json();
    return navigator.credentials.get({ publicKey: request(options.request_options) });
  },
};

function say(form, sentence) {
  const place = form.querySelector("[data-passkey-error]");
  place.textContent = sentence;
  place.hidden = !sentence;
}

// A NotAllowedError is told by data-not-allowed-error.
const wordsFor = ({ name }) => words[name[0].toLowerCase() + name.slice(1)] ?? words.otherwise;

async function ask(form) {
  say(form, "");
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return say(form, words.unsupported);
  try {
    const credential = await WAYS[form.dataset.passkey](form);
    form.elements.credential.value = JSON.stringify(credential); // it knows its own form in JSON
    form.submit();
  } catch (problem) {
    say(form, wordsFor(problem));
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-passkey]");
  if (!form) return;
  event.preventDefault();
  ask(form);
});
