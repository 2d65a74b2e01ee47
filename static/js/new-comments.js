// From one new comment of a thread to the next; behind the last one on its next page. Without this module a link leads on.

const isAfter = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
let last = null;

/** Where one is: the comment with the focus, or the one that this led to. */
function here() {
  const focused = document.activeElement?.closest(".comment");
  return focused ?? (last?.isConnected ? last : null);
}

function show(comment) {
  last = comment;
  for (let fold = comment.parentElement.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  comment.tabIndex = -1;
  comment.focus({ preventScroll: true });
  comment.scrollIntoView({ block: "center" });
}

function goOn() {
  const all = [...document.querySelectorAll("#comments .comment.is-new")];
  const at = here();
  const next = at ? all.find((comment) => comment !== at && isAfter(at, comment)) : all[0];
  const more = document.querySelector("#comments .pager a[rel=next]");
  if (next) show(next);
  else if (more) location.assign(more.href);
  else if (all.length) show(all[0]);
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-next-new]")) return;
  event.preventDefault();
  goOn();
});
