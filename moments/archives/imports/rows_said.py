"""Doing again what members did about others: whom and what they follow, mute and restrict, votes and flags,
what they hear of and have read.

A member of the other site is whoever has that name here. Nobody is told of it, and whoever lets nobody follow
unasked is not asked.
"""

from moments.archives.imports.fields import (
    CreatedRow,
    FlagRow,
    NotificationChoiceRow,
    ReadRow,
    ThreadChoiceRow,
    UntilRow,
    VerdictRow,
)
from moments.archives.imports.finding import (
    LeftOut,
    about_for,
    artist_called,
    comment_like,
    film_here,
    list_at,
    member_at,
    person_at,
    post_for,
    tag_called,
    values_of,
)
from moments.archives.imports.rows import Already, ensure_visible, past
from moments.archives.imports.rows_chosen import dated
from moments.models import (
    Follow,
    Kind,
    Label,
    LastRead,
    Mute,
    NotificationChoice,
    Restrict,
    ThreadChoice,
    Trivia,
    Verdict,
)


def make_mute(importing, _archive, row):
    said = values_of(UntilRow, row)
    return _make_pair(Mute, importing.member, row, said, until=said["until"])


def make_restrict(importing, _archive, row):
    return _make_pair(Restrict, importing.member, row, values_of(CreatedRow, row))


def _make_pair(model, member, row, said, **terms):
    """Whom the member follows here is neither muted nor restricted for what they are called."""
    other = member_at(row.get("member"))
    if model.objects.exists_between(member.pk, other.pk) or Follow.objects.follows(member, person=other):
        raise Already
    if not model.objects.add(member, other, **terms):
        raise LeftOut
    return dated(model.objects.get(member=member, other=other), said)


def make_flag(importing, _archive, row):
    """Of a post, or of a comment of the same words."""
    said, member = values_of(FlagRow, row), importing.member
    target = comment_like(member, row) if row.get("fingerprint") else _flagged_post(member, row)
    mine = Label.objects.on(target).filter(member=member, kind=said["kind"])
    if mine.exists():
        raise Already
    if not target.label(member, said["kind"], is_told=False):
        raise LeftOut
    return dated(mine.get(), said)


def _flagged_post(member, row):
    """Raises LeftOut for a comment of which nothing is said but its address, and where there is no post."""
    if row.get("comment"):
        raise LeftOut
    return post_for(member, row)


def make_last_read(importing, _archive, row):
    """What was read here later, or is marked as read here, stays as it is."""
    said, about = values_of(ReadRow, row), about_for(importing.member, row)
    mine = LastRead.objects.filter(member=importing.member, **{about.model_name: about.pk})
    if mine.exists():
        raise Already
    LastRead.objects.mark(importing.member.pk, about, past(said["read"]))
    return mine.get().pk


def make_follow(importing, _archive, row):
    """Of what is here: nothing is made in order to be followed."""
    said, what = values_of(CreatedRow, row), _followed(row)
    mine = Follow.objects.filter(member=importing.member, **what)
    if mine.exists():
        raise Already
    if not Follow.objects.follow(importing.member, is_told=False, **what):
        raise LeftOut
    return dated(mine.get(), said)


def _followed(row):
    if row.get("member"):
        return {"person": member_at(row["member"])}
    if row.get("tag"):
        return {"tag": tag_called(row["tag"])}
    if row.get("artist"):
        return {"artist": artist_called(row["artist"])}
    if row.get("credited"):
        return {"credited": person_at(row["credited"])}
    return {"film": film_here(row)}


def make_post_vote(importing, _archive, row):
    return _vote_for(post_for(importing.member, row), importing.member, row)


def make_list_vote(importing, _archive, row):
    return _vote_for(list_at(importing.member, row.get("list")), importing.member, row)


def make_comment_vote(importing, _archive, row):
    return _vote_for(comment_like(importing.member, row), importing.member, row)


def _vote_for(target, member, row):
    said, votes = values_of(CreatedRow, row), target.vote_model.objects.of(member, target.pk)
    if votes.exists():
        raise Already
    if not target.upvote(member, is_told=False):
        raise LeftOut
    return dated(votes.get(), said)


def make_thread_choice(importing, _archive, row):
    said, about = values_of(ThreadChoiceRow, row), about_for(importing.member, row)
    mine = ThreadChoice.objects.filter(member=importing.member, **{about.model_name: about})
    if mine.exists():
        raise Already
    ThreadChoice.objects.choose(importing.member, about, said["level"])
    return mine.get().pk


def make_verdict(importing, _archive, row):
    """Not one of which a moderator removed the words."""
    ensure_visible(row)
    said, member = values_of(VerdictRow, row), importing.member
    claim = Trivia.objects.get(pk=post_for(member, row, kind=Kind.TRIVIA).pk)
    mine = Verdict.objects.filter(trivia=claim, member=member)
    if mine.exists():
        raise Already
    claim.judge(member, said["stance"], said["reason"], said["url"], is_told=False)
    return dated(mine.get(), said)


def make_notification_choice(importing, _archive, row):
    """It is one of the settings, which come along where the member says so."""
    said = values_of(NotificationChoiceRow, row)
    if not importing.with_settings:
        raise LeftOut
    choice, is_new = NotificationChoice.objects.get_or_create(
        member=importing.member, kind=said.pop("kind"), defaults=said
    )
    if not is_new:
        raise Already
    return choice.pk


SAID_MAKERS = {
    "mutes": make_mute,
    "follows": make_follow,
    "upvotes": make_post_vote,
    "list-upvotes": make_list_vote,
    "thread-choices": make_thread_choice,
    "notification-choices": make_notification_choice,
    "comment-upvotes": make_comment_vote,
    "verdicts": make_verdict,
}
# An import that was under way when these came knows none of them: they stand behind all others.
LAST_MAKERS = {"restricts": make_restrict, "flags": make_flag, "last-read": make_last_read}
