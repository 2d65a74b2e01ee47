"""Erasure of a member: their votes, reactions and follows go, and their texts too when they ask for that."""

from accounts.models import User
from moments.models import (
    Comment,
    CommentVote,
    Deletion,
    DiaryEntry,
    Export,
    Film,
    Follow,
    Homecoming,
    Import,
    Label,
    MemberList,
    MemberListVote,
    Notification,
    Post,
    PostVote,
    Rating,
    Reaction,
    Report,
    SongUse,
    State,
    Verdict,
    Wanted,
)
from moments.models.counters import COUNTED_AT_ONCE, repair


def erase(member, take_texts):
    """Erase what the member leaves behind, in the transaction that deletes the account.

    Args:
        member: whose account is about to be deleted.
        take_texts: whether their posts and comments go too. If not, they stay without an author.
    """
    Deletion.objects.filter(member=member).wipe()
    Export.objects.filter(member=member).discard()
    Import.objects.filter(member=member).discard()
    Homecoming.objects.filter(member=member).discard()
    erase_lists(member)
    if take_texts:
        erase_texts(Post.objects.filter(author=member).select_related("film"))
        erase_texts(Comment.objects.filter(author=member))
    erase_acts(member)
    detach_reports(member, take_texts)


def erase_lists(member):
    """Delete the member's lists, also those that a moderator removed: they are nobody's without them.

    What they put into lists of others stays there without their name.
    """
    MemberList.objects.filter(author=member).drop()


def erase_texts(texts):
    """Erase posts or comments, also those that a moderator removed. A tombstone stays in the place of each.

    Args:
        texts: a queryset of them.
    """
    keys = list(texts.exclude(state=State.DELETED).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), COUNTED_AT_ONCE):
        for text in texts.filter(pk__in=keys[start : start + COUNTED_AT_ONCE]):
            text.erase()


def erase_acts(member):
    """Delete the member's votes, labels, reactions, diary entries, ratings and verdicts, and count anew."""
    targets = {
        Post: [
            PostVote.objects.filter(voter=member).values_list("post", flat=True),
            Reaction.objects.filter(member=member).values_list("moment", flat=True),
            DiaryEntry.objects.of_moments().filter(member=member).values_list("moment", flat=True),
            Verdict.objects.filter(member=member, trivia__isnull=False).values_list("trivia", flat=True),
            Label.objects.filter(member=member, comment=None).values_list("post", flat=True),
        ],
        SongUse: [
            Verdict.objects.filter(member=member, song_use__isnull=False).values_list("song_use", flat=True)
        ],
        Comment: [
            CommentVote.objects.filter(voter=member).values_list("comment", flat=True),
            Label.objects.filter(member=member, post=None).values_list("comment", flat=True),
        ],
        MemberList: [MemberListVote.objects.filter(voter=member).values_list("member_list", flat=True)],
        Film: [
            DiaryEntry.objects.of_moments().filter(member=member).values_list("moment__film", flat=True),
            Rating.objects.filter(member=member).values_list("film", flat=True),
        ],
        User: [
            Follow.objects.filter(member=member, person__isnull=False).values_list("person", flat=True),
            Follow.objects.filter(person=member).values_list("member", flat=True),
        ],
    }
    touched = {model: {key for rows in found for key in rows} for model, found in targets.items()}
    for votes in (PostVote, CommentVote, MemberListVote):
        votes.objects.filter(voter=member).delete()
    Report.objects.filter(verdict__member=member).drop()
    Follow.objects.filter(person=member).delete()
    for rows in (Label, Reaction, Rating, DiaryEntry, Wanted, Verdict, Follow):
        rows.objects.filter(member=member).delete()
    repair(touched)
    Notification.objects.forget_person(member)


def detach_reports(member, take_texts):
    """Delete the reports on the member. Reports by the member are kept without their name.

    When they take their texts with them, the notes of their reports are emptied too, and so is what any
    report keeps of their texts.
    """
    Report.objects.filter(person=member).drop()
    own = Report.objects.filter(member=member)
    if take_texts:
        own.update(note="")
        Report.objects.about(member).update(snapshot="")
    own.update(member=None)
