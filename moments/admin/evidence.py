"""What staff see of a row before they act on it: what it says, its picture, and how much hangs on it."""

from django.db.models import Count
from django.utils.translation import gettext, ngettext_lazy

from moments.models import Report
from moments.models.report import TARGETS, named, snapshot
from reelive.formats import counted
from reelive.staff_verbs import Evidence

HANGING = {
    "reply_count": ngettext_lazy("%(count)s reply, which stays", "%(count)s replies, which stay", "number"),
    "comment_count": ngettext_lazy("%(count)s comment", "%(count)s comments", "number"),
    "moment_count": ngettext_lazy("%(count)s moment", "%(count)s moments", "number"),
    "song_count": ngettext_lazy("%(count)s song", "%(count)s songs", "number"),
    "trivia_count": ngettext_lazy("%(count)s trivia", "%(count)s trivia", "number"),
    "review_count": ngettext_lazy("%(count)s review", "%(count)s reviews", "number"),
    "post_count": ngettext_lazy("%(count)s post", "%(count)s posts", "number"),
    "votes": ngettext_lazy("%(count)s vote", "%(count)s votes", "number"),
}
WAITING = ngettext_lazy("%(count)s open report", "%(count)s open reports", "number")


class ShowsEvidence:
    """For an admin of what members write."""

    def evidence(self, request, objects):
        waiting = waiting_reports(request.user, objects)
        return [
            Evidence(
                str(obj),
                self.page_of(obj),
                text_of(obj),
                picture_of(obj),
                getattr(obj, "still_alt", ""),
                (*facts_of(obj), counted(waiting.get(obj.pk, 0), WAITING))
                if waiting is not None
                else facts_of(obj),
            )
            for obj in objects
        ]


def text_of(obj):
    """What its readers read; of a private diary note nothing."""
    if not hasattr(obj, "public"):
        return snapshot(obj) if hasattr(obj, "reported_texts") or hasattr(obj, "bio") else ""
    return snapshot(obj) if obj.has_open_note or obj.is_removed else gettext("Private")


def picture_of(obj):
    avatar = getattr(obj, "avatar", None)
    return avatar.url if avatar else getattr(obj, "still_url", "")


def facts_of(obj):
    """By whom it is, and the numbers of what hangs on it."""
    author = getattr(obj, "author", None) or getattr(obj, "member", None)
    by = (gettext("by @%(name)s") % {"name": author.username},) if author else ()
    numbers = (counted(getattr(obj, name), forms) for name, forms in HANGING.items() if hasattr(obj, name))
    return (*by, *numbers)


def waiting_reports(staff, objects):
    """How many open reports there are on each, by its key; None for what cannot be reported.

    Nobody learns who or how many reported what is their own.
    """
    (column,) = {name for obj in objects for name in named(obj)}
    if column not in TARGETS:
        return None
    rows = Report.objects.waiting().filter(**{f"{column}__in": [obj.pk for obj in objects]})
    rows = rows.not_about(staff)
    return dict(rows.order_by().values_list(column).annotate(Count("pk")))
