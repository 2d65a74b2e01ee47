"""A thread: comments as a tree of replies, sorted, folded where it runs deep, and laid out as a flat walk."""

from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

MAX_DEPTH = 18  # a first comment has depth 0; the deepest reply has this depth
FOLD_DEPTH = 8

# Two stable sorts, the last one decides: equal `best` falls back to the order of arrival, and equal votes to
# the newest. The database sorts comments alike, by the columns in models.comment.SORTS.
SORTS = {
    "best": (("id", False), ("best", True)),
    "top": (("id", True), ("votes", True)),
    "new": (("id", True),),
    "old": (("id", False),),
}


class Node:
    """A comment in its thread.

    `level` counts from 0 at the top of what is shown, whatever the comment's own depth. `hidden_replies`
    counts the direct replies that are not shown; `continues` says that they stand on a page of their own.
    """

    __slots__ = ("comment", "continues", "hidden_replies", "level", "replies")

    def __init__(self, comment: Any):
        self.comment = comment
        self.replies: list[Node] = []
        self.level = 0
        self.hidden_replies = 0
        self.continues = False


class ThreadStep(NamedTuple):
    """One step of a walk through a thread.

    "item" begins a comment, "open" and "close" stand around its replies if it has any, "end" ends it.
    """

    kind: str
    node: Node


class Place(NamedTuple):
    parent: Any
    root: Any
    depth: int


def build(rows: Iterable[Any], sort: str = "best", fold_depth: int | None = FOLD_DEPTH) -> list[Node]:
    """The top comments with their replies below them, from comments (objects or dicts) in any order.

    A comment whose parent is not among the rows stands at the top. At level `fold_depth` replies are left out
    and the comment `continues` elsewhere; None folds nothing. Raises KeyError for an unknown sort.
    """
    rows = list(rows)
    if not rows:
        return []
    getter = itemgetter if isinstance(rows[0], Mapping) else attrgetter
    for field, descending in SORTS[sort]:
        rows.sort(key=getter(field), reverse=descending)
    id_of, parent_of, count_of = getter("id"), getter("parent_id"), getter("reply_count")
    nodes = {id_of(row): Node(row) for row in rows}
    tops = []
    for node in nodes.values():
        parent = nodes.get(parent_of(node.comment))
        (tops if parent is None else parent.replies).append(node)
    _set_levels(tops, fold_depth, count_of)
    return tops


def _set_levels(tops: list[Node], fold_depth: int | None, count_of: Any) -> None:
    waiting = list(tops)
    while waiting:
        node = waiting.pop()
        replies = max(count_of(node.comment), len(node.replies))
        if node.level == fold_depth:
            node.continues = replies > 0
            node.replies = []
        node.hidden_replies = replies - len(node.replies)
        for reply in node.replies:
            reply.level = node.level + 1
        waiting.extend(node.replies)


def flatten(nodes: Iterable[Node]) -> Iterator[ThreadStep]:
    """The steps that render nested lists without recursion; the list around the top ones is the caller's."""
    waiting = [ThreadStep("item", node) for node in reversed(list(nodes))]
    while waiting:
        step = waiting.pop()
        yield step
        if step.kind != "item":
            continue
        waiting.append(ThreadStep("end", step.node))
        if step.node.replies:
            waiting.append(ThreadStep("close", step.node))
            waiting.extend(ThreadStep("item", reply) for reply in reversed(step.node.replies))
            waiting.append(ThreadStep("open", step.node))


def place_reply(parent: Any | None) -> Place:
    """Where a reply to this comment goes: its parent, the first comment of its branch, and its depth.

    Without a parent it starts a branch. A reply to a comment at MAX_DEPTH becomes that comment's sibling.
    """
    if parent is None:
        return Place(None, None, 0)
    if parent.depth >= MAX_DEPTH:
        parent = parent.parent
    return Place(parent, parent.root or parent, parent.depth + 1)
