"""Rows that members and the task process make, as lists to look at: what waits, and who has what.

What members wrote or keep for themselves, secrets and addresses stand in no column. A table is shown here or
has a page of its own, or stands in LEFT_OUT with the reason.
"""

from django.contrib import admin
from django.db.models import BooleanField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moments.models import (
    Draft,
    Event,
    Favourite,
    Follow,
    FollowRequest,
    Import,
    LinkPicture,
    ListWriter,
    Mailing,
    Notification,
    NotificationChoice,
    PrivateFeed,
    Push,
    PushSubscription,
    Reminder,
)
from reelive.staff import VerbsOnlyAdmin

from .word_search import AuthorSearch

FIRST_PLACE = 20
# What of each table is shown.
TABLES = {
    Notification: ("member", "kind", "people", "is_listed", "updated", "read"),
    NotificationChoice: ("member", "kind", "site", "mail", "push"),
    Event: ("kind", "created", "due", "attempts"),
    Mailing: ("member", "topic", "since", "due", "attempts"),
    PushSubscription: ("member", "name", "created", "last_ok"),
    Push: ("due", "attempts"),
    PrivateFeed: ("member", "purpose", "created"),
    Follow: ("member", "person", "created"),
    FollowRequest: ("member", "person", "created"),
    ListWriter: ("member", "created", "accepted"),
    Favourite: ("member", "moment", "place"),
    Draft: ("member", "form", "created", "updated", "publish_at", "attempts", "refusal"),
    Reminder: ("member", "created", "due", "told"),
    Import: ("member", "state", "size", "created", "kept_until"),
    LinkPicture: ("kind", "wanted", "tries", "painted"),
}
LABELS = {
    "accepted": _("accepted"),
    "attempts": _("attempts"),
    "created": _("created"),
    "due": _("due"),
    "form": _("kind"),
    "is_listed": _("on the site"),
    "kept_until": _("kept until"),
    "kind": _("kind"),
    "last_ok": _("last reached"),
    "mail": _("by mail"),
    "member": _("member"),
    "moment": _("moment"),
    "name": _("name"),
    "painted": _("painted"),
    "people": _("people"),
    "person": _("whom"),
    "place": _("place"),
    "publish_at": _("published at"),
    "purpose": _("purpose"),
    "push": _("on devices"),
    "read": pgettext_lazy("a notification", "read"),
    "refusal": _("why it was refused"),
    "since": _("since"),
    "site": _("on the site"),
    "size": _("bytes"),
    "state": _("state"),
    "told": pgettext_lazy("a reminder", "told"),
    "topic": _("topic"),
    "tries": _("attempts"),
    "updated": _("changed"),
    "wanted": pgettext_lazy("a picture", "wanted"),
}
ON_ITS_PAGE = "it is read on the page of what it belongs to"
THEIRS_ALONE = "it is for the eyes of its member alone"
WHO_VOTED = "who chose what is counted, and nobody's to read"
FOLLOWS = "it follows from other rows"
GOES_ON = "an address of before, which leads on"
# Tables of which no list is shown, by the reason.
LEFT_OUT = {
    "accounts.Allowance": "numbers of when somebody may do something again",
    "accounts.Letter": "letters are sealed until they are sent",
    "accounts.RetiredName": "names of those who left, which nobody may read",
    "moments.BroughtRow": THEIRS_ALONE,
    "moments.CommentVote": WHO_VOTED,
    "moments.Credit": ON_ITS_PAGE,
    "moments.Deletion": "what its author may still undo",
    "moments.FeedEntry": FOLLOWS,
    "moments.FeelingTally": FOLLOWS,
    "moments.FilmTrait": FOLLOWS,
    "moments.FormerFilmSlug": GOES_ON,
    "moments.FormerListSlug": GOES_ON,
    "moments.FormerPersonSlug": GOES_ON,
    "moments.FormerPostSlug": GOES_ON,
    "moments.FormerRecordingSlug": GOES_ON,
    "moments.ImportedRow": FOLLOWS,
    "moments.Label": WHO_VOTED,
    "moments.LastRead": THEIRS_ALONE,
    "moments.LedgerEntry": "the ledger is public",
    "moments.ListEntry": ON_ITS_PAGE,
    "moments.MemberListVote": WHO_VOTED,
    "moments.Mute": THEIRS_ALONE,
    "moments.NotificationPerson": "its number stands with the notification",
    "moments.Post": "each of the four kinds has its list",
    "moments.PostVote": WHO_VOTED,
    "moments.Progress": THEIRS_ALONE,
    "moments.Reaction": WHO_VOTED,
    "moments.Restrict": THEIRS_ALONE,
    "moments.SavedFolder": THEIRS_ALONE,
    "moments.SavedPost": THEIRS_ALONE,
    "moments.SongUse": ON_ITS_PAGE,
    "moments.Source": ON_ITS_PAGE,
    "moments.Statistics": "one row, which everybody reads at /about/stats/",
    "moments.Tagging": ON_ITS_PAGE,
    "moments.ThreadChoice": THEIRS_ALONE,
    "moments.UnknownWork": THEIRS_ALONE,
    "moments.WaitingRecord": THEIRS_ALONE,
    "reelive.HeldUpload": "a picture of an unfinished form, which goes within a day",
}


class RowsAdmin(AuthorSearch, VerbsOnlyAdmin):
    """A list that is found by the name of a member, where its table has one. A row has no page of its own."""

    written_by = "member"
    search_help_text = _("The name of a member.")
    ordering = ("-id",)
    list_display_links = None

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and obj is None


def _cell(model, name):
    """A column of a list: what a row holds, in words where it is a choice."""
    is_yes_or_no = isinstance(model._meta.get_field(name), BooleanField)

    @admin.display(description=LABELS[name], boolean=is_yes_or_no)
    def cell(_of_staff, row):
        words = getattr(row, f"get_{name}_display", None)
        return words() if words else getattr(row, name)

    return cell


def _list_of(model, names):
    """What makes the list of a model, as `admin.site.register` takes it."""
    cells = {f"shown_{name}": _cell(model, name) for name in names}
    related = tuple(name for name in names if model._meta.get_field(name).is_relation)
    searched = AuthorSearch.search_fields if "member" in names else ()
    return {"list_display": tuple(cells), "list_select_related": related, "search_fields": searched} | cells


for place, (model, names) in enumerate(TABLES.items(), FIRST_PLACE):
    admin.site.register(model, RowsAdmin, place=place, **_list_of(model, names))
