"""What members said of things and of each other, what they were told, and what the ledger says of them."""

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from moments.archives.exports.columns import FILM as FILM_FACTS
from moments.archives.exports.columns import (
    OF_FILM,
    ON_LIST,
    UNTIL,
    WHEN,
    Part,
    comment_link,
    link_of_list,
    list_link,
    member_link,
    owned,
)
from moments.archives.exports.parts_of_account import ACCOUNT_PARTS
from moments.ledger.chain import fingerprint, stamp
from moments.models import (
    Appeal,
    Comment,
    CommentVote,
    DiaryEntry,
    Follow,
    FollowRequest,
    Label,
    LedgerEntry,
    MemberList,
    Mute,
    Notification,
    NotificationChoice,
    Post,
    PostVote,
    Report,
    Restrict,
    Revision,
    ThreadChoice,
    Verdict,
)
from moments.models.revision import FACTS_AND_FILMS

COMMENT = {"comment": _("The address of the comment that it is about.")}
MEMBER = {"member": _("The address of the other member.")}
FILM = {"film": _("The address of the film that it is about.")}


def _film_link(row):
    return row.film.link if row.film else ""


def _tag_name(row):
    return row.tag.name if row.tag else ""


def _own_words(revision):
    """Of texts of others there is none: they are named by their address alone."""
    text = revision.post or revision.comment
    return revision.texts if text and text.author_id == revision.editor_id else {}


def _ledger(member):
    """The rows about the member and what they wrote, and those of what they did as staff."""
    own = [
        (Post, "author", "post"), (Comment, "author", "comment"),
        (Verdict, "member", "verdict"), (DiaryEntry, "member", "reliving"),
        (MemberList, "author", "member_list"),
    ]  # fmt: skip
    about = Q(actor=member.username) | Q(target=member.ledger_name)
    for model, owner, word in own:
        name = Concat(Value(f"{word}/"), Cast("pk", CharField()))
        about |= Q(target__in=model.objects.filter(**{owner: member.pk}).values_list(name))
    return LedgerEntry.objects.filter(about)


def _comment_votes(member):
    votes = CommentVote.objects.filter(voter=member.pk)
    return _with_comments(votes, member).annotate(post_id=F("comment__post_id"))


def _flags(member):
    """Those of a comment are about the post in whose thread it stands."""
    flags = _with_comments(Label.objects.filter(member=member.pk), member)
    return flags.annotate(about_id=Coalesce("post_id", "comment__post_id"))


def _with_comments(rows, member):
    """Each says whether its comment `is_seen`: what is out of sight is named by its address alone."""
    seen = Comment.objects.listed().visible_to(member).filter(pk=OuterRef("comment"))
    rows = rows.select_related("comment__author", "comment__member_list__author")
    return rows.annotate(is_seen=Exists(seen))


def _author_of_comment(row):
    author = row.comment.author if row.is_seen else None
    return f"/members/{author.username}/" if author else ""


# By what a comment is found again on another site.
OF_COMMENT = {
    **COMMENT,
    **ON_LIST,
    "author": _("The address of the member who wrote it."),
    "fingerprint": _("A hash of its words, by which it is found again on another site."),
}


def _of_comment(owner):
    """The same of a row, of which the attribute `owner` is the key of the member."""
    return {
        "comment": comment_link("comment"),
        "list": lambda row: link_of_list(row.comment and row.comment.member_list, getattr(row, owner)),
        "author": _author_of_comment,
        "fingerprint": lambda row: fingerprint([row.comment.body]) if row.is_seen else "",
    }


def _pair(name, says, model, **columns):
    """Whom the member does not see, or keeps from them."""
    label = f"moments.{model.__name__}.member"
    return Part(
        name,
        says,
        owned(model, "member", "other"),
        {**MEMBER, **columns, **WHEN},
        (label,),
        {"member": member_link("other")},
        uid=True,
    )


SAID_PARTS = (
    Part(
        "upvotes",
        _("The posts that you upvoted."),
        owned(PostVote, "voter"),
        WHEN,
        ("moments.PostVote.voter",),
        post="post",
        uid=True,
    ),
    Part(
        "comment-upvotes",
        _("The comments that you upvoted."),
        _comment_votes,
        {**OF_COMMENT, **WHEN},
        ("moments.CommentVote.voter",),
        _of_comment("voter_id"),
        post="post",
        uid=True,
    ),
    Part(
        "verdicts",
        _("Your verdicts on trivia."),
        lambda member: Verdict.objects.filter(member=member.pk, trivia__isnull=False),
        {
            "stance": _("Whether you confirm or dispute it."),
            "reason": _("Your reason."),
            "url": _("Your source."),
            "state": _("Whether it can be seen or was removed by a moderator."),
            **WHEN,
        },
        ("moments.Verdict.member",),
        post="trivia",
        uid=True,
    ),
    Part(
        "flags",
        _("The flags that you gave."),
        _flags,
        {**OF_COMMENT, "kind": _("The flag."), **WHEN},
        ("moments.Label.member",),
        _of_comment("member_id"),
        post="about",
        uid=True,
    ),
    Part(
        "reports",
        _("Your reports to the moderators, and what came of them."),
        owned(Report, "member", "film", "person"),
        {
            **COMMENT,
            "verdict": _("The number of the verdict that it is about."),
            **FILM,
            **MEMBER,
            "reason": _("Your reason."),
            "note": _("Your note."),
            "state": _("Whether it waits, was kept, or was acted upon."),
            "outcome": _("What the moderators answered."),
            **WHEN,
            "closed": _("When they decided, in UTC."),
        },
        ("moments.Report.member",),
        {
            "comment": comment_link("comment"),
            "verdict": "verdict_id",
            "film": _film_link,
            "member": member_link("person"),
        },
        post="post",
    ),
    Part(
        "appeals",
        _("Your appeals, and the answers to them."),
        owned(Appeal, "author"),
        {
            "address": _("The address of the row of the ledger that it is about."),
            "text": _("Your text."),
            **WHEN,
            "answer": _("The answer."),
            "answered": _("When it was answered, in UTC."),
        },
        ("moments.Appeal.author",),
        {"address": lambda appeal: f"/ledger/{appeal.removal_id}/"},
    ),
    Part(
        "follows",
        _("What you follow."),
        owned(Follow, "member", "person", "film", "tag", "credited"),
        {
            **MEMBER,
            **FILM_FACTS,
            "tag": _("The tag that you follow."),
            "artist": _("The artist that you follow, by their name in addresses."),
            "credited": _("The address of the person whose films you follow."),
            **WHEN,
        },
        ("moments.Follow.member",),
        {
            **OF_FILM,
            "member": member_link("person"),
            "tag": _tag_name,
            "credited": lambda follow: follow.credited.link if follow.credited else "",
        },
        uid=True,
    ),
    Part(
        "follow-requests",
        _("The members whom you asked to let you follow them."),
        owned(FollowRequest, "member", "person"),
        {**MEMBER, **WHEN},
        ("moments.FollowRequest.member",),
        {"member": member_link("person")},
    ),
    _pair("mutes", _("The members whom you muted."), Mute, until=UNTIL),
    _pair("restricts", _("The members whom you restricted."), Restrict),
    Part(
        "notifications",
        _("What you were told."),
        owned(Notification, "member"),
        {
            "kind": _("The kind of news."),
            "subject": _("What it is about."),
            **COMMENT,
            "detail": _("What else it says."),
            "people": _("How many members did it."),
            "updated": _("When it last happened, in UTC."),
            "read": _("When you read it, in UTC."),
        },
        ("moments.Notification.member",),
        {"comment": comment_link("comment")},
        post="post",
    ),
    Part(
        "notification-choices",
        _("What you want to hear of."),
        owned(NotificationChoice, "member"),
        {
            "kind": _("The kind of news."),
            "site": _("Whether you hear of it on the site."),
            "mail": _("How you hear of it by mail; empty where you did not choose."),
            "push": _("Whether you hear of it on devices; empty where you did not choose."),
        },
        ("moments.NotificationChoice.member",),
        uid=True,
    ),
    Part(
        "thread-choices",
        _("The threads of which you chose what you hear."),
        owned(ThreadChoice, "member", "member_list__author"),
        {**ON_LIST, "level": _("What you want to hear.")},
        ("moments.ThreadChoice.member",),
        {"list": list_link("member")},
        post="post",
        uid=True,
    ),
    Part(
        "edits",
        _("The edits that you made."),
        owned(Revision, "editor", "post", "comment", *FACTS_AND_FILMS),
        {
            **COMMENT,
            "facts": _("The address of what they are facts of: a film, a part of one, a person or a song."),
            "source": _("Where you said that it is known from."),
            "texts": _("What it said before, where you wrote it."),
            "created": _("When you edited it, in UTC."),
        },
        ("moments.Revision.editor",),
        {"comment": comment_link("comment"), "facts": "facts_link", "texts": _own_words},
        post="post",
    ),
    *ACCOUNT_PARTS,
    Part(
        "ledger",
        _("The rows of the public ledger about you and what you wrote."),
        _ledger,
        {
            "number": _("The number of the row."),
            "created": _("When that was, in UTC, as it is hashed."),
            "actor": _("Who did it."),
            "action": _("What was done."),
            "reason": _("The reason."),
            "note": _("What was said about it."),
            "target": _("To what it was done."),
            "subject": _("The same in words."),
            "film": _("The number of the film."),
            "text": _("The fingerprint of the text."),
            "previous": _("The hash of the row before."),
            "hash": _("The hash of the row."),
            "signature": _("The signature of that hash."),
        },
        of={"created": lambda row: stamp(row.created)},
    ),
)
