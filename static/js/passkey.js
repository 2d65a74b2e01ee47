// Passkeys: asks the browser for one and puts its answer into the form that wants it.

const SENTENCES = {
  NotAllowedError: "No passkey was used. Try again, or choose another way.",
  InvalidStateError: "This passkey is on your account already.",
  NotSupportedError: "This device cannot keep such a passkey. Try a phone or a security key.",
  SecurityError: "Passkeys work only at the site's own address, over a safe connection.",
};
const UNSUPPORTED = "This browser offers no passkeys here.";
const OTHERWISE = "That did not work. Please try again.";

function encode(buffer) {
  const text = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function decode(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

const decoded = (keys = []) => keys.map((key) => ({ ...key, id: decode(key.id) }));

function creation({ publicKey }, alone) {
  const selection = publicKey.authenticatorSelection;
  const wish = alone ? "required" : "discouraged";
  return {
    ...publicKey,
    challenge: decode(publicKey.challenge),
    user: { ...publicKey.user, id: decode(publicKey.user.id) },
    excludeCredentials: decoded(publicKey.excludeCredentials),
    authenticatorSelection: {
      ...selection,
      residentKey: wish,
      requireResidentKey: alone,
      userVerification: alone ? "required" : selection.userVerification,
    },
  };
}

function request({ publicKey }) {
  const allowCredentials = decoded(publicKey.allowCredentials);
  return { ...publicKey, challenge: decode(publicKey.challenge), allowCredentials };
}

function answer(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = encode(credential.response[part]);
  }
  response.transports = credential.response.getTransports?.();
  return JSON.stringify({
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

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

async function ask(form) {
  say(form, "");
  if (!window.PublicKeyCredential) return say(form, UNSUPPORTED);
  try {
    form.elements.credential.value = answer(await WAYS[form.dataset.passkey](form));
    form.submit();
  } catch (problem) {
    say(form, SENTENCES[problem.name] ?? OTHERWISE);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-passkey]");
  if (!form) return;
  event.preventDefault();
  ask(form);
});
