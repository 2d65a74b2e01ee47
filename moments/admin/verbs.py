"""Hiding and restoring, the same for all that has a state."""

from moments.models import State
from reelive.staff import Show, Verb

HIDE = Verb(
    "remove",
    "Hide",
    "Hidden",
    "Readers will find a tombstone in its place; the author still sees the text. It can be restored.",
    lambda row: row.state == State.VISIBLE,
)
RESTORE = Verb(
    "restore",
    "Restore",
    "Restored",
    "Everybody will be able to read it again, where it was.",
    lambda row: row.state == State.REMOVED,
)


def in_state(state):
    return lambda rows: rows.filter(state=state)


def hidden_tags(tags):
    """Those that staff took away; a merged one is not hidden, its address leads on."""
    return tags.filter(state=State.REMOVED, merged_into=None)


LATEST = Show("latest", "Latest", in_state(State.VISIBLE))
HIDDEN = Show("hidden", "Hidden by staff", in_state(State.REMOVED))
WITHHELD = Show("withheld", "Withheld with their film", in_state(State.WITHHELD))
DELETED = Show("deleted", "Deleted by their authors", in_state(State.DELETED))
