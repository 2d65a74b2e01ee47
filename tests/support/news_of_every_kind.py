"""News of every kind about a post, written past the verbs: for what none of them may tell."""

from datetime import timedelta

from django.utils import timezone

from moments.labels import LABELS_BY_SLUG
from moments.models import Draft, MemberList, Notification, NotificationChoice, NotificationPerson
from moments.models.homecoming import Problem
from moments.models.mailing import DAILY, WEEKLY
from moments.models.trivia import Status
from moments.notifications import letters, pushes
from moments.notifications.kinds import KINDS_BY_SLUG
from moments.notifications.sentences import BY_ONE
from tests.support.notifications import choose_mail

# What else these say.
DETAILS = {
    "settled": Status.DISPUTED,
    "flag": next(iter(LABELS_BY_SLUG)),
    "seen": "1",
    "years-ago": "1",
    "unshared": Draft.Refusal.FILM,
    "brought": Problem.NOT_WRITTEN,
}
OF_COMMENTS = {"reply", "comment", "thread", "mention", "flag"}


def make_news_of_every_kind(member, post):
    """Tell the member of the post by each kind of news, done by its author. Returns the rows.

    Args:
        post: with a comment.
    """
    now, comment = timezone.now(), post.comments.first()
    subjects = {"subject": f"post/{post.pk}", "since": now, "updated": now, "people": 1, "read": None}
    rows = []
    for kind in KINDS_BY_SLUG:
        about = subjects | {"detail": DETAILS.get(kind, ""), "post_id": post.pk}
        about |= {"comment": comment} if kind in OF_COMMENTS else {}
        about |= {"number": post.film_id} if kind == "seen" else {}
        if kind == "invited":
            about |= {"post_id": None, "member_list": MemberList.objects.filter(entries__post=post).first()}
        row, _is_new = Notification.objects.update_or_create(
            member=member, kind=kind, subject=about.pop("subject"), defaults=about
        )
        if (kind, False) in BY_ONE or kind in OF_COMMENTS | {"invited"}:
            NotificationPerson.objects.update_or_create(
                notification=row, member=post.author, defaults={"created": now}
            )
        rows.append(row)
    return rows


def sent_of(member, rows):
    """What letters of each kind, both digests and a device say of these rows, by names for messages."""
    now = timezone.now()
    since, until = ((now + timedelta(days=days)).isoformat() for days in (-1, 1))
    choose_mail(member, **dict.fromkeys(KINDS_BY_SLUG, "at-once"))
    choices = NotificationChoice.objects.filter(member=member)
    choices.update(push=True)
    said = {
        f"a letter at once of {kind}": letters.write(member, kind, since, until) for kind in KINDS_BY_SLUG
    }
    said |= {f"{row.kind} of {row.subject} on a device": pushes.write(member, row) for row in rows}
    for digest in (DAILY, WEEKLY):
        choices.update(mail=digest)
        said[f"the {digest} letter"] = letters.write(member, digest, since, until)
    return said
