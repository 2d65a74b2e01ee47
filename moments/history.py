"""The history of a text: its versions, newest first, each compared with the one that came after it."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from moments.wording import Passage, changes, cover, hidden, passages

LABELS = {
    "title": "Title",
    "body": "Text",
    "context": "Context",
    "artist": "Artist",
    "listen_url": "Where to listen",
    "still_alt": "What the still shows",
}

Texts = dict[str, str]  # by the names in LABELS


class Change(NamedTuple):
    label: str
    passages: list[Passage]


class Edit(NamedTuple):
    """A revision, and what the edit that made it changed; nothing when its words were withdrawn."""

    revision: Any
    changes: list[Change]


class Version:
    """Texts, and which of their characters a spoiler hides."""

    def __init__(self, texts: Texts):
        self.texts = texts
        self.masks = {name: hidden(text) for name, text in texts.items()}

    def compared_with(self, later: "Version") -> list[Change]:
        """What changed up to a later version. What is hidden in the one is hidden in the other."""
        found = []
        for name, label in LABELS.items():
            old, new = self.texts.get(name, ""), later.texts.get(name, "")
            runs = changes(old, new)
            before, after = self.masks.get(name, bytearray()), later.masks.get(name, bytearray())
            cover(runs, before, after)
            if old != new:
                found.append(Change(label, passages(runs, before, after)))
        return found


def edits(revisions: Iterable[Any], newer: Texts | None, now: Texts) -> Iterator[Edit]:
    """The edits of a page of revisions, newest first.

    Args:
        newer: what the next newer version said, None when the page begins at the text of now.
        now: what the text says now. What it hides was hidden later, and so is hidden in all before it.
    """
    later = Version(now)
    if newer is not None:
        current, later = later, Version(newer)
        later.compared_with(current)
    for revision in revisions:
        if revision.is_withdrawn:
            yield Edit(revision, [])
            continue
        version = Version(revision.texts)
        yield Edit(revision, version.compared_with(later))
        later = version
