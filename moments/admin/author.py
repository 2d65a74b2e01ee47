"""Who wrote something: how old the account is, what was removed of it before, and where the rest stands."""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext_lazy

from moments.models import (
    Action,
    Comment,
    DiaryEntry,
    Film,
    Kind,
    LedgerEntry,
    MemberList,
    Moment,
    Post,
    Review,
    Song,
    State,
    Trivia,
    Verdict,
)
from reelive.formats import counted

MOST_COUNTED = 1_000
EARLIER = ngettext_lazy("%(count)s removal so far", "%(count)s removals so far", "number")
SUSPENSIONS = ngettext_lazy("%(count)s suspension so far", "%(count)s suspensions so far", "number")


NUMBERS = {
    Moment: ngettext_lazy("%(count)s moment", "%(count)s moments", "number"),
    Song: ngettext_lazy("%(count)s song", "%(count)s songs", "number"),
    Trivia: ngettext_lazy("%(count)s trivia", "%(count)s trivia", "number"),
    Review: ngettext_lazy("%(count)s review", "%(count)s reviews", "number"),
    Comment: ngettext_lazy("%(count)s comment", "%(count)s comments", "number"),
    Verdict: ngettext_lazy("%(count)s verdict", "%(count)s verdicts", "number"),
    DiaryEntry: ngettext_lazy("%(count)s diary entry", "%(count)s diary entries", "number"),
    MemberList: ngettext_lazy("%(count)s list", "%(count)s lists", "number"),
    Film: ngettext_lazy("%(count)s film", "%(count)s films", "number"),
}


@dataclass(frozen=True)
class Made:
    """How much a member made of one kind, in words, and the list of it."""

    words: str
    url: str


def author_of(target):
    """Who wrote the target of a report; of a report on a member that member, of a film nobody."""
    if hasattr(target, "username"):
        return target
    return getattr(target, "author", None) or getattr(target, "member", None)


def record_of(member):
    """The age of the account and what staff had to do about the member so far, each in a few words."""
    suspended = LedgerEntry.objects.about(member).filter(action=Action.SUSPEND)
    age = gettext("The account is %(time)s old") % {"time": timesince(member.date_joined, timezone.now())}
    state = () if member.is_active else (gettext("suspended now"),)
    return (
        age,
        counted(removed_of(member), EARLIER),
        counted(suspended.count(), SUSPENSIONS),
        *state,
    )


def removed_of(member):
    """How many texts of the member are out of sight by an act of the staff."""
    rows = (
        Post.objects.filter(author=member, state=State.REMOVED),
        Comment.objects.filter(author=member, state=State.REMOVED),
        MemberList.objects.filter(author=member, state=State.REMOVED),
        Verdict.objects.filter(member=member, state=State.REMOVED),
        DiaryEntry.objects.filter(member=member, removal__isnull=False),
    )
    return sum(row[:MOST_COUNTED].count() for row in rows)


def made_by(member):
    """How much the member made of each kind, and where staff find it; nothing of what there is none."""
    posts = dict(Post.objects.filter(author=member).order_by().values_list("kind").annotate(Count("pk")))
    numbers = {
        Moment: posts.get(Kind.MOMENT, 0),
        Song: posts.get(Kind.SONG, 0),
        Trivia: posts.get(Kind.TRIVIA, 0),
        Review: posts.get(Kind.REVIEW, 0),
        Comment: Comment.objects.filter(author=member).count(),
        Verdict: Verdict.objects.filter(member=member).count(),
        DiaryEntry: DiaryEntry.objects.filter(member=member).count(),
        MemberList: MemberList.objects.filter(author=member).exclude(state=State.DELETED).count(),
        Film: Film.objects.filter(added_by=member).count(),
    }
    return [
        Made(counted(number, NUMBERS[model]), found(model, member))
        for model, number in numbers.items()
        if number
    ]


def found(model, member):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{address}?q=@{member.username}"
