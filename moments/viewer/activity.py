"""What happened here lately, for the line above the front page's list and the numbers above the ledger.

All is counted once in ten minutes, over at most a thousand rows each: it costs the same however much there
is.
"""

from datetime import timedelta

from django.core.cache import caches
from django.utils import timezone

from moments.models import Action, Comment, DiaryEntry, LedgerEntry
from moments.models.asked import Asked
from moments.models.viewer_shape import lists_apart
from reelive.until_changed import until_changed

OF_THE_WEEK, OF_THE_STAFF = "activity-of-the-week", "activity-of-the-staff"
SECONDS_KEPT = 600
MOST_ROWS_READ = 1_000
WEEK, MONTH = timedelta(days=7), timedelta(days=30)


def activity(request):
    """How many entries and comments there were, and the newest comment by somebody whom the viewer hears."""
    relived, comments = caches["local"].get_or_set(OF_THE_WEEK, _of_the_week, SECONDS_KEPT)
    latest = _latest_for(request) if comments else None
    return {"relived": relived, "comments": comments, "latest": latest}


def _latest_for(request):
    viewer = request.viewer
    key = lists_apart(viewer)
    return until_changed.get(request.META, key and (_latest, key), lambda: Asked(_latest, viewer).first)


def _latest(viewer):
    comments = Comment.objects.listed().filter(member_list=None).without_filtered(viewer)
    return comments.filter(author__isnull=False).select_related("author").order_by("-id")[:1]


def moderation():
    """How much was removed, appealed and restored within thirty days."""
    numbers = caches["local"].get_or_set(OF_THE_STAFF, _of_the_staff, SECONDS_KEPT)
    return dict(zip(("removed", "appealed", "restored"), numbers, strict=True))


def _of_the_week():
    return tuple(_since(WEEK, rows, "-id") for rows in (DiaryEntry.objects.all(), Comment.objects.listed()))


def _of_the_staff():
    rows = LedgerEntry.objects.all()
    actions = (Action.REMOVE, Action.APPEAL, Action.RESTORE)
    return tuple(_since(MONTH, rows.filter(action=action), "-number") for action in actions)


def _since(span, rows, newest_first):
    start = timezone.now() - span
    newest = rows.order_by(newest_first).values_list("created", flat=True)[:MOST_ROWS_READ]
    return sum(created >= start for created in newest)
