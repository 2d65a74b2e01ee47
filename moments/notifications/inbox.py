"""A member's inbox: their notifications with what each is about, fetched for a whole page at once."""

from itertools import groupby

from django.utils import timezone
from django.utils.text import Truncator

from moments.labels import hiding_for
from moments.models import (
    Comment,
    DiaryEntry,
    Film,
    LedgerEntry,
    MemberList,
    Notification,
    Post,
    Reminder,
    Report,
    Revision,
)
from moments.models.revision import FACTS_AND_FILMS
from moments.notifications.sentences import sentence_of
from moments.syndication.listings import with_films
from reelive import markdown
from reelive.formats import named_day

EXCERPT = 140
# Where those lead that are about nothing of which there is a page.
PAGES = {
    "report": "/reports/",
    "request": "/requests/",
    "unshared": "/drafts/",
    "export": "/accounts/export/",
}
OF_ROWS = ("removal", "restored", "answer")
# The icons of the kinds; all others have the bell.
ICONS = {
    "reply": "comment",
    "comment": "comment",
    "thread": "comment",
    "mention": "quote",
    "upvote": "up",
    "feeling": "sparkle",
    "diary": "relive",
    "verdict": "check",
    "settled": "check",
    "flag": "warning",
    "removal": "shield",
    "restored": "shield",
    "answer": "shield",
    "report": "shield",
    "undone": "film",
    "follow": "user",
    "request": "user",
    "invited": "user",
    "followed": "feed",
    "reminder": "clock",
    "years-ago": "calendar",
    "unshared": "warning",
    "export": "down",
    "brought": "up",
    "seen": "film",
}


def rows_of(viewer, only_unread=False):
    """The viewer's notifications, of which a page is then given to `fetched`."""
    rows = Notification.objects.of(viewer).with_people()
    return rows.unread() if only_unread else rows


def fetched(notifications, viewer):
    """The same with all that their sentences say; what the viewer has not seen yet stays veiled."""
    posts = _posts(notifications, viewer)
    comments = Comment.objects.in_bulk({row.comment_id for row in notifications if row.comment_id})
    lists = _lists(notifications)
    rows = _numbered(notifications, OF_ROWS, LedgerEntry.objects)
    reports = _numbered(notifications, ["report"], Report.objects.with_targets())
    revisions = _numbered(notifications, ["undone"], Revision.objects.select_related(*FACTS_AND_FILMS))
    reminders = _numbered(notifications, ["reminder"], Reminder.objects)
    seen = _numbered(notifications, ["seen", "followed"], Film.objects.listed())
    seen |= _films_of_years_ago(notifications)
    with_films(rows.values())
    for notification in notifications:
        revision = revisions.get(notification.pk)
        notification.member, notification.person = viewer.member, notification.newest_person
        notification.shown_post = posts.get(notification.post_id)
        notification.shown_list = lists.get(notification.member_list_id)
        notification.said = comments.get(notification.comment_id)
        notification.row, notification.report = rows.get(notification.pk), reports.get(notification.pk)
        notification.reminder = reminders.get(notification.pk)
        notification.facts = revision.facts_of if revision and revision.facts_of.is_visible else None
        notification.film = seen.get(notification.pk) or (notification.facts and notification.facts.whole)
        notification.icon = ICONS.get(notification.kind, "bell")
        notification.sentence = sentence_of(notification)
        notification.excerpt = _excerpt(notification, viewer)
    return notifications


def by_day(notifications):
    """The same in groups of one day, each with its date and what that is called."""
    groups = groupby(notifications, key=lambda row: timezone.localdate(row.updated))
    return [{"date": day, "name": named_day(day), "rows": list(rows)} for day, rows in groups]


def place_of(notification, viewer):
    """Where it leads: to the very comment, post, film or row."""
    return place_of_fetched(*fetched([notification], viewer))


def place_of_fetched(notification):
    """The same of one that `fetched` returned."""
    if notification.row:
        anchor = "#appeal" if notification.kind == "answer" else ""
        return f"/ledger/{notification.row.number}/{anchor}"
    if notification.kind == "follow":
        return f"/members/{notification.member.username}/followers/"
    if notification.kind in PAGES:
        return PAGES[notification.kind]
    if notification.kind == "brought":
        return f"/import/{notification.number}/"
    if notification.kind == "invited":
        return f"/members/{notification.member.username}/lists/"
    if notification.comment_id:
        return f"/comments/{notification.comment_id}/"
    if notification.shown_list:
        return notification.shown_list.link
    if notification.facts:
        return notification.facts.history_url
    if notification.shown_post:
        return notification.shown_post.link
    return notification.film.get_absolute_url() if notification.film else "/notifications/"


def _posts(notifications, viewer):
    keys = {row.post_id for row in notifications if row.post_id}
    return (
        Post.objects.filter(pk__in=keys).select_related("film").veiled_for(viewer).in_bulk() if keys else {}
    )


def _lists(notifications):
    keys = {row.member_list_id for row in notifications if row.member_list_id}
    return MemberList.objects.select_related("author").in_bulk(keys) if keys else {}


def _numbered(notifications, kinds, rows):
    """Of those of these kinds what their number stands for, by their own keys."""
    numbers = {row.pk: row.number for row in notifications if row.kind in kinds and row.number}
    found = rows.in_bulk(numbers.values()) if numbers else {}
    return {pk: found[number] for pk, number in numbers.items() if number in found}


def _films_of_years_ago(notifications):
    """Of what comes back from the diary and is of no moment, the film, where it is still in sight."""
    wholes = [row for row in notifications if not row.post_id]
    entries = _numbered(wholes, ["years-ago"], DiaryEntry.objects.listed().select_related("whole_film"))
    return {pk: entry.whole_film for pk, entry in entries.items()}


def _excerpt(notification, viewer):
    """The member's own note, or the beginning of what was said if that is neither veiled nor hidden."""
    if notification.reminder:
        return Truncator(notification.reminder.note).chars(EXCERPT)
    comment, about = notification.said, notification.shown_post or notification.shown_list
    says_something = notification.kind in ("reply", "comment", "thread", "mention")
    if not says_something or comment is None or about is None or about.is_veiled or not comment.is_visible:
        return ""
    return "" if hiding_for(comment, viewer) else markdown.excerpt(comment.body_html, EXCERPT)
