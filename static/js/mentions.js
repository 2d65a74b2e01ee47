// Suggests members while "@se" is typed in a text. Whoever is chosen is written out; the text stays a plain text.

import { combobox } from "./combobox.js";

const NAME = /(?:^|[^\w@/.+-])@([\w-]{0,30})$/;
let number = 0;

const begun = (field) => field.value.slice(0, field.selectionStart).match(NAME)?.[1];

function take(field, name) {
  const end = field.selectionStart;
  field.setRangeText(`${name} `, end - begun(field).length, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

/** Lists members below the text of an editor; see templates/forms/_markdown.html for its data. */
export function suggestMembers(editor, field) {
  const { mentions, post, list, suggested, suggestedHow } = editor.dataset;
  if (!mentions) return;
  const holder = document.createElement("div");
  const said = document.createElement("p");
  holder.className = "combobox";
  said.className = "sr-only";
  said.setAttribute("role", "status");
  field.after(holder);
  holder.append(said);
  combobox(field, {
    id: `mentions_${(number += 1)}`,
    label: suggested,
    put: (list) => holder.append(list),
    address: () => {
      const name = begun(field);
      const asked = new URLSearchParams({ q: name ?? "", ...(post && { post }), ...(list && { list }) });
      return name || (name === "" && (post || list)) ? `${mentions}?${asked}` : "";
    },
    choose: (option) => take(field, option.dataset.name),
    found: (count) => (said.textContent = count ? suggestedHow : ""),
  });
}
