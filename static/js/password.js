// A password can be shown while it is typed. It is hidden again before it is sent, so that no browser keeps it as text.

const words = document.getElementById("password-script").dataset;

function offer(field) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "textlink password-show";
  button.setAttribute("aria-controls", field.id);
  const turn = (shown) => {
    field.type = shown ? "text" : "password";
    button.textContent = shown ? words.hide : words.show;
    button.setAttribute("aria-pressed", String(shown));
  };
  button.addEventListener("click", () => turn(field.type === "password"));
  field.form?.addEventListener("submit", () => turn(false));
  turn(false);
  field.spellcheck = false;
  field.after(button);
}

document.querySelectorAll("input[type=password]").forEach(offer);
