// Lists below a field, while one types, what may be meant: the combobox pattern, for every field that has such a list.

const WAIT = 160; // milliseconds

async function fetched(where) {
  const answer = await fetch(where).catch(() => null); // offline: the form still works
  if (!answer?.ok || answer.redirected) return null;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  return [...holder.content.children];
}

/**
 * @param input the field; what stands in it is asked for after a short rest, and only the last answer counts.
 * @param parts
 *   id, label: of the list.
 *   put(list): puts it into the page.
 *   address(): where to ask for what is typed, or "" when there is nothing to ask for.
 *   options(address): the options that are found there; by default the site answers with them.
 *   choose(option): takes an option; the list is closed by then.
 *   leaveOut(option): whether an option is not offered, since it was chosen before.
 *   found(count): hears how many options there are.
 *   isEager: whether it opens as soon as one is in the field, and Enter never sends the form.
 */
export function combobox(
  input,
  { id, label, put, address, options = fetched, choose, leaveOut = () => false, found = () => {}, isEager = false },
) {
  const list = document.createElement("ul");
  Object.assign(list, { className: "combobox-list", id, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  put(list);
  // A text of several lines is no combobox to ARIA; it may still have a list.
  const isText = input.matches("textarea");
  const traits = { "aria-autocomplete": "list", "aria-controls": id, "aria-haspopup": "listbox" };
  if (!isText) Object.assign(traits, { role: "combobox", "aria-expanded": "false" });
  for (const [name, value] of Object.entries(traits)) input.setAttribute(name, value);
  let at = -1;
  let timer = 0;
  let asked = 0;

  function mark(place) {
    at = place;
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    const option = list.children[at];
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function show(open) {
    list.hidden = !open;
    if (!isText) input.setAttribute("aria-expanded", String(open));
    mark(-1);
  }

  // What is still on its way must not open it again.
  function close() {
    clearTimeout(timer);
    asked += 1;
    show(false);
  }

  async function ask() {
    clearTimeout(timer);
    const where = address();
    if (!where) return close();
    const number = (asked += 1);
    const offered = await options(where);
    if (!offered || number !== asked || document.activeElement !== input) return;
    list.replaceChildren(...offered.filter((option) => !leaveOut(option)));
    [...list.children].forEach((option, place) => (option.id = `${id}_${place}`));
    found(list.children.length);
    show(list.children.length > 0);
  }

  function take(option) {
    close();
    choose(option);
  }

  function press(event) {
    const count = list.children.length;
    const sends = event.key === "Enter" && at < 0;
    if (event.isComposing || (sends && !isEager)) return;
    if (event.key === "Enter") at >= 0 && take(list.children[at]);
    else if (event.key === "ArrowDown" && list.hidden && !address()) return;
    else if (event.key === "ArrowDown" && list.hidden) ask();
    else if (event.key === "Escape" && list.hidden) return close(); // nor is it to open when the answer comes
    else if (list.hidden) return;
    else if (event.key === "ArrowDown") mark((at + 1) % count);
    else if (event.key === "ArrowUp") mark((at > 0 ? at : count) - 1);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  if (isEager) input.addEventListener("focus", ask);
  input.addEventListener("keydown", press);
  input.addEventListener("blur", close);
  // The field keeps the focus while the list is pressed.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("li");
    if (option) take(option);
  });
}
