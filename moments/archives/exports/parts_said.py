"""What members said of things and of each other, what they were told, and what the ledger says of them."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from moments.archives.exports.columns import FILM as FILM_FACTS
from moments.archives.exports.columns import (
    OF_FILM,
    ON_LIST,
    UNTIL,
    WHEN,
    Part,
    comment_link,
    list_link,
    member_link,
    owned,
)
from moments.ledger.chain import stamp
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


def _pair(name, says, model, uid=False, **columns):
    """Whom the member does not see, or keeps from them."""
    label = f"moments.{model.__name__}.member"
    return Part(
        name,
        says,
        owned(model, "member", "other"),
        {**MEMBER, **columns, **WHEN},
        (label,),
        {"member": member_link("other")},
        uid=uid,
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
        owned(CommentVote, "voter"),
        {**COMMENT, **WHEN},
        ("moments.CommentVote.voter",),
        {"comment": comment_link("comment")},
    ),
    Part(
        "verdicts",
        _("Your verdicts on trivia."),
        owned(Verdict, "member"),
        {
            "stance": _("Whether you confirm or dispute it."),
            "reason": _("Your reason."),
            "url": _("Your source."),
            "state": _("Whether it can be seen or was removed by a moderator."),
            **WHEN,
        },
        ("moments.Verdict.member",),
        post="trivia",
    ),
    Part(
        "flags",
        _("The flags that you gave."),
        owned(Label, "member"),
        {**COMMENT, "kind": _("The flag."), **WHEN},
        ("moments.Label.member",),
        {"comment": comment_link("comment")},
        post="post",
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
        owned(Follow, "member", "person", "film", "tag"),
        {
            **MEMBER,
            **FILM_FACTS,
            "tag": _("The tag that you follow."),
            "artist": _("The artist that you follow, by their name in addresses."),
            **WHEN,
        },
        ("moments.Follow.member",),
        {
            **OF_FILM,
            "member": member_link("person"),
            "tag": _tag_name,
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
    _pair("mutes", _("The members whom you muted."), Mute, uid=True, until=UNTIL),
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
        owned(Revision, "editor", "post", "comment", "film"),
        {
            **COMMENT,
            **FILM,
            "texts": _("What it said before, where you wrote it."),
            "created": _("When you edited it, in UTC."),
        },
        ("moments.Revision.editor",),
        {"comment": comment_link("comment"), "film": _film_link, "texts": _own_words},
        post="post",
    ),
    Part(
        "addresses",
        _("Your e-mail addresses."),
        owned(EmailAddress, "user"),
        {
            "email": _("The address."),
            "verified": _("Whether it is confirmed."),
            "primary": _("Whether letters go there."),
        },
        ("account.EmailAddress.user",),
    ),
    Part(
        "connections",
        _("The accounts elsewhere by which you sign in."),
        owned(SocialAccount, "user"),
        {
            "provider": _("Where the account is."),
            "account": _("Its number there."),
            "date_joined": _("When you connected it, in UTC."),
            "extra_data": _("What was told of you there."),
        },
        ("socialaccount.SocialAccount.user",),
        {"account": "uid"},
    ),
    Part(
        "devices",
        _("The devices on which you are signed in."),
        owned(UserSession, "user"),
        {
            "ip": _("The address of its network."),
            "user_agent": _("What its browser says of itself."),
            "created_at": _("When you signed in, in UTC."),
            "last_seen_at": _("When it was last seen, in UTC."),
        },
        ("usersessions.UserSession.user",),
    ),
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
