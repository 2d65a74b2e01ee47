"""How many of what, as templates write it: `{{ film.moment_count|counted:"moment" }}`."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import ngettext_lazy

from reelive import formats

register = template.Library()

COUNT = "\0"  # stands for the count while the noun is looked up

FORMS = {
    "collapsed reply": ngettext_lazy("%(count)s reply, collapsed", "%(count)s replies, collapsed", "number"),
    "comment": ngettext_lazy("%(count)s comment", "%(count)s comments", "number"),
    "diary entry": ngettext_lazy("%(count)s diary entry", "%(count)s diary entries", "number"),
    "entry": ngettext_lazy("%(count)s entry", "%(count)s entries", "number"),
    "film": ngettext_lazy("%(count)s film", "%(count)s films", "number"),
    "follower": ngettext_lazy("%(count)s follower", "%(count)s followers", "number"),
    "following": ngettext_lazy("%(count)s following", "%(count)s following", "number"),
    "member": ngettext_lazy("%(count)s member", "%(count)s members", "number"),
    "moment": ngettext_lazy("%(count)s moment", "%(count)s moments", "number"),
    "more reply": ngettext_lazy("%(count)s more reply", "%(count)s more replies", "number"),
    "new comment": ngettext_lazy("%(count)s new", "%(count)s new", "number"),
    "post": ngettext_lazy("%(count)s post", "%(count)s posts", "number"),
    "rating": ngettext_lazy("%(count)s rating", "%(count)s ratings", "number"),
    "relived it": ngettext_lazy("%(count)s relived it", "%(count)s relived it", "number"),
    "reply": ngettext_lazy("%(count)s reply", "%(count)s replies", "number"),
    "review": ngettext_lazy("%(count)s review", "%(count)s reviews", "number"),
    "song": ngettext_lazy("%(count)s song", "%(count)s songs", "number"),
    "times relived": ngettext_lazy("%(count)s relived", "%(count)s relived", "number"),
    "trivia": ngettext_lazy("%(count)s trivia", "%(count)s trivia", "number"),
    "vote": ngettext_lazy("%(count)s vote", "%(count)s votes", "number"),
}


register.filter("stars_in_words", formats.stars_in_words)


@register.filter
def counted(number, noun):
    """A count with its noun, one of FORMS."""
    return formats.counted(number, FORMS[noun])


@register.filter
def strong_count(number, noun):
    """The same with the number itself set strongly."""
    number = int(number or 0)
    return format_html(
        str(FORMS[noun] % {"number": number, "count": "{}"}),
        format_html("<b>{}</b>", formats.compact(number)),
    )


@register.filter
def worded_count(number, noun):
    """The same with the noun in an element of its own, which a phone leaves out."""
    text = str(FORMS[noun] % {"number": int(number or 0), "count": COUNT})
    pieces = [piece.strip() for piece in text.partition(COUNT)]
    return format_html_join(" ", "{}", ((_worded(piece, number),) for piece in pieces if piece))


def _worded(piece, number):
    if piece == COUNT:
        return formats.compact(number)
    return format_html('<span class="card-word">{}</span>', piece)
