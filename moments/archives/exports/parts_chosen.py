"""What members put together and chose: their lists, drafts, filters, and the threads that they read."""

from django.db.models import Case, Q, TextField, Value, When
from django.utils.translation import gettext_lazy as _

from moments.archives.exports.columns import FILM, OF_FILM, ON_LIST, UNTIL, WHEN, Part, list_link, owned
from moments.models import Draft, Filter, LastRead, ListEntry, ListWriter, MemberListVote
from moments.models.mixins.stateful import State

LIST = {"list": _("The address of the list.")}
OF_LIST = {"list": "member_list.link"}


def _lists(member):
    return member.memberlists.exclude(state=State.DELETED).select_related("author")


def _entries(member):
    """What is in the member's own lists, and what they put into those of others; a note of theirs alone."""
    rows = ListEntry.objects.filter(Q(member_list__author=member.pk) | Q(writer=member.pk))
    rows = rows.exclude(member_list__state=State.DELETED).select_related("member_list__author", "film")
    return rows.annotate(
        own_note=Case(When(writer=member.pk, then="note"), default=Value(""), output_field=TextField())
    )


CHOSEN_PARTS = (
    Part(
        "lists",
        _("Your lists."),
        _lists,
        {
            "address": _("Its address."),
            "state": _("Whether it can be seen or was removed by a moderator."),
            "title": _("Its title."),
            "body": _("Its description."),
            "is_ranked": _("Whether it is numbered."),
            "visibility": _("Whether it is public, unlisted or private."),
            **WHEN,
            "edited": _("When you last edited it, in UTC."),
            "votes": _("How many members upvoted it."),
        },
        ("moments.MemberList.author",),
        {"address": "link"},
        uid=True,
    ),
    Part(
        "list-entries",
        _("What is in your lists, and what you put into those of others."),
        _entries,
        {
            **LIST,
            "list_uid": _("The name of that list, if it is yours."),
            "position": _("Its place in the list."),
            **FILM,
            "note": _("Its note, if it is yours."),
            **WHEN,
        },
        ("moments.ListEntry.writer",),
        {**OF_LIST, **OF_FILM, "note": "own_note"},
        post="post",
        own={"list_uid": ("member_list", "lists")},
        uid=True,
        walk="member_list_id",
        order="position",
    ),
    Part(
        "list-writers",
        _("The lists of others in which you write, or were asked to."),
        owned(ListWriter, "member", "member_list__author"),
        {**LIST, **WHEN, "accepted": _("When you accepted, in UTC.")},
        ("moments.ListWriter.member",),
        OF_LIST,
    ),
    Part(
        "list-upvotes",
        _("The lists that you upvoted."),
        owned(MemberListVote, "voter", "member_list__author"),
        {**LIST, **WHEN},
        ("moments.MemberListVote.voter",),
        OF_LIST,
        uid=True,
    ),
    Part(
        "drafts",
        _("What you began to write, and what waits for its time."),
        lambda member: Draft.objects.of(member).select_related("film", "comment", "member_list__author"),
        {
            "form": _("What it is going to be."),
            **ON_LIST,
            **FILM,
            "comment_uid": _("The name of the comment that it is about, if it is one of yours."),
            "values": _("What you typed, by the names of the fields."),
            "publish_at": _("When it is published, in UTC; empty for a draft."),
            **WHEN,
            "updated": _("When you last saved it, in UTC."),
        },
        ("moments.Draft.member",),
        {**OF_FILM, "list": list_link("member")},
        post="post",
        own={"comment_uid": ("comment", "comments")},
        uid=True,
    ),
    Part(
        "filters",
        _("The tags, words, films and posts that you do not want to meet."),
        owned(Filter, "member", "tag", "film"),
        {
            "tag": _("The tag."),
            "word": _("The word."),
            **FILM,
            "until": UNTIL,
            **WHEN,
        },
        ("moments.Filter.member",),
        {**OF_FILM, "tag": lambda row: row.tag.name if row.tag else ""},
        post="post",
        uid=True,
    ),
    Part(
        "last-read",
        _("When you last read a thread."),
        owned(LastRead, "member", "member_list__author"),
        {**ON_LIST, "read": _("When that was, in UTC.")},
        ("moments.LastRead.member",),
        {"list": list_link("member")},
        post="post",
        uid=True,
    ),
)
