// Goes on with the next step by itself, after a moment in which a person can stop it.

const PAUSE = 600;
const form = document.getElementById("sweep");
const button = form.querySelector("button[name=confirmed]");
const timer = button && setTimeout(() => form.requestSubmit(button), PAUSE);

form.querySelector(".closelink").addEventListener("click", () => clearTimeout(timer));
