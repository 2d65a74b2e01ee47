"""The cells of the lists of the staff: the state stands first, and below a title its author and its film."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from moments.models import State

LONGEST_FILM, LONGEST_TEXT = 28, 110
SHORT_STATES = {
    State.VISIBLE: pgettext_lazy("state", "Visible"),
    State.WITHHELD: pgettext_lazy("state", "Withheld"),
    State.REMOVED: pgettext_lazy("state", "Removed"),
    State.DELETED: pgettext_lazy("state", "Deleted"),
}


class StateFirst:
    """For a list whose first column is the state of its rows."""

    list_display_links = ("what",)

    @admin.display(description=_("state"))
    def badge(self, row):
        return badge(row.state, SHORT_STATES[State(row.state)], getattr(row, "locked", False))


def badge(css, words, is_locked=False):
    state = format_html('<span class="state is-{}">{}</span>', css, words)
    if not is_locked:
        return state
    return format_html('{} <span class="state is-locked">{}</span>', state, gettext("Locked"))


def titled(title, author, film=None):
    """A title, and below it by whom it is and of which film."""
    by = f"@{author.username}" if author else gettext("A former member")
    below = f"{by} · {Truncator(film).chars(LONGEST_FILM)}" if film else by
    return format_html("<b>{}</b> <small>{}</small>", Truncator(title).chars(LONGEST_TEXT), below)
