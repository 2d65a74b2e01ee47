"""Taking leave: what a member did goes with them, what they wrote goes or stays as they wish."""

from moments.derived import CHUNK, settle
from moments.models import (
    Comment,
    CommentVote,
    Film,
    Label,
    Post,
    PostVote,
    Reaction,
    Relive,
    Report,
    State,
    Verdict,
)


def farewell(member, take_texts):
    """Called by accounts.deletion, in the transaction in which the member goes."""
    if take_texts:
        take_back(Post.objects.filter(author=member).select_related("film"))
        take_back(Comment.objects.filter(author=member))
    undo(member)
    forget_reports(member, take_texts)


def take_back(texts):
    """Wipe every text, also those that a moderator removed; tombstones stay where threads hang on them."""
    keys = list(texts.exclude(state=State.DELETED).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        for text in texts.filter(pk__in=keys[start : start + CHUNK]):
            text.wipe()


def undo(member):
    """Withdraw votes, labels, feelings, diary entries and verdicts, and settle what counted them."""
    deeds = {
        Post: [
            PostVote.objects.filter(voter=member).values_list("post", flat=True),
            Reaction.objects.filter(member=member).values_list("moment", flat=True),
            Relive.objects.filter(member=member).values_list("moment", flat=True),
            Verdict.objects.filter(member=member).values_list("trivia", flat=True),
            Label.objects.filter(member=member, comment=None).values_list("post", flat=True),
        ],
        Comment: [
            CommentVote.objects.filter(voter=member).values_list("comment", flat=True),
            Label.objects.filter(member=member, post=None).values_list("comment", flat=True),
        ],
        Film: [Relive.objects.filter(member=member).values_list("moment__film", flat=True)],
    }
    touched = {model: {key for rows in found for key in rows} for model, found in deeds.items()}
    for votes in (PostVote, CommentVote):
        votes.objects.filter(voter=member).delete()
    Report.objects.filter(verdict__member=member).drop()
    for rows in (Label, Reaction, Relive, Verdict):
        rows.objects.filter(member=member).delete()
    settle(touched)


def forget_reports(member, take_texts):
    """Reports on the member go. Their own stay, in nobody's name, and with their texts the words of these."""
    Report.objects.filter(person=member).drop()
    own = Report.objects.filter(member=member)
    if take_texts:
        own.update(note="")
        Report.objects.about(member).update(snapshot="")
    own.update(member=None)
