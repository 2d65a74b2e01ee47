"""The cells of the lists of the staff: the state stands first, and below a title what belongs to it."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

LONGEST_TITLE = 110


class StateFirst:
    """For a list whose first column is the state of its rows, and the second what they are."""

    list_display_links = ("what",)

    @admin.display(description=_("state"))
    def badge(self, row):
        return badge(*self.state_of(row))


def badge(css, *words):
    """One badge for each word, the first of the class of the state."""
    first, *others = words
    marks = format_html('<span class="state is-{}">{}</span>', css, first)
    for word in others:
        marks = format_html('{} <span class="state is-locked">{}</span>', marks, word)
    return marks


def titled(title, below):
    return format_html("<b>{}</b> <small>{}</small>", Truncator(title).chars(LONGEST_TITLE), below)
