"""The cells of lists of what members write: by whom it is and of which film stands below its title."""

from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy

from moments.models import State
from reelive import staff_cells

LONGEST_FILM = 28
SHORT_STATES = {
    State.VISIBLE: pgettext_lazy("state", "Visible"),
    State.WITHHELD: pgettext_lazy("state", "Withheld"),
    State.REMOVED: pgettext_lazy("state", "Removed"),
    State.DELETED: pgettext_lazy("state", "Deleted"),
}


class StateFirst(staff_cells.StateFirst):
    def state_of(self, row):
        locked = (gettext("Locked"),) if getattr(row, "locked", False) else ()
        return row.state, SHORT_STATES[State(row.state)], *locked


def titled(title, author, film=None):
    by = f"@{author.username}" if author else gettext("A former member")
    return staff_cells.titled(title, f"{by} · {Truncator(film).chars(LONGEST_FILM)}" if film else by)
