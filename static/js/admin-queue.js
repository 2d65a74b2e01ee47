// The keys of the queue of reports: j and k lead to the next and the previous case, r and x open a decision.

function isTyping(target) {
  return target.isContentEditable || target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select");
}

function decide(details) {
  details.open = true;
  details.querySelector("input:not([type=hidden]), textarea")?.focus();
  details.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
  const decision = document.querySelector(`.decision[data-key="${CSS.escape(event.key)}"]`);
  const way = { j: "next", k: "prev" }[event.key];
  const link = way && document.querySelector(`.case-place a[rel=${way}]`);
  if (!decision && !link) return;
  event.preventDefault();
  if (decision) decide(decision);
  else link.click();
});
