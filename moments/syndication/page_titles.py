"""What a page is called in the browser's tabs, in a bookmark and by a screen reader that enters it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SITE = "Reelive"
HOME = gettext_lazy("Reelive: the scenes you never got over")
# Where a page has its choices, by their keys in the query; a choice is called as its tab is.
TABS = {
    "by": "window_tabs",
    "kind": "kind_filter",
    "status": "status_filter",
    "order": "order_tabs",
    "sort": "sort_tabs",
}
ASKED_OF_LATER_PAGES = ("after", "reasons", "mutes", "restricts")


def with_choices(title: str, context: Mapping[str, Any]) -> str:
    """The title with what the reader chose on the page: "Top · This week · Songs"."""
    return " · ".join(map(str, [title, *_chosen(context)]))


def in_a_tab(title: str, context: Mapping[str, Any]) -> str:
    """The whole title of a page, also of one of the later pages of a list."""
    asked = context["request"].GET
    later = [_("continued")] if any(asked.get(key) for key in ASKED_OF_LATER_PAGES) else []
    site = [] if title in (HOME, SITE) else [SITE]
    return " · ".join([title, *later, *site])


def _chosen(context: Mapping[str, Any]) -> Iterator[str]:
    asked = context["request"].GET
    for key, tabs in TABS.items():
        if asked.get(key):
            yield from _current(context.get(tabs, ()))
    for group in context.get("filters", ()):
        yield from _current(group["links"][1:])  # the first is no choice
    if context.get("choice"):
        yield from filter(None, [" ".join(part["words"] for part in context["choice"].parts)])
    yield from _of_search(context)
    yield from _of_ledger(context)


def _current(tabs: list[dict[str, Any]]) -> Iterator[str]:
    yield from (str(tab["label"]) for tab in tabs if tab["current"])


def _of_search(context: Mapping[str, Any]) -> Iterator[str]:
    if context.get("groups") is not None and context.get("kind") != "all":
        yield from _current(context["tabs"])


def _of_ledger(context: Mapping[str, Any]) -> Iterator[str]:
    chosen = context.get("chosen")
    if not chosen:
        return
    if chosen.get("actor"):
        yield _("by @%(member)s") % {"member": chosen["actor"].removeprefix("@")}
    for key, options in context["choices"].items():
        yield from (str(label) for value, label in options if value and value == chosen.get(key))
    if chosen.get("film"):
        yield str(context["film"])
