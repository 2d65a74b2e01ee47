"""What happened here in the last seven days, for the line above the front page's list.

The two numbers are counted once in ten minutes, over at most a thousand rows each: they cost the same however
much there is.
"""

from datetime import timedelta

from django.core.cache import caches
from django.utils import timezone

from moments.models import Comment, DiaryEntry

KEY, SECONDS = "activity-of-the-week", 600
MOST = 1_000
WEEK = timedelta(days=7)


def activity(viewer):
    """How many entries and comments there were, and the newest comment by somebody whom the viewer hears."""
    relived, comments = _numbers()
    latest = Comment.objects.listed().without_muted(viewer).filter(author__isnull=False)
    latest = latest.select_related("author").order_by("-id").first() if comments else None
    return {"relived": relived, "comments": comments, "latest": latest}


def _numbers():
    numbers = caches["local"].get(KEY)
    if numbers is None:
        numbers = _since_a_week(DiaryEntry.objects.all()), _since_a_week(Comment.objects.listed())
        caches["local"].set(KEY, numbers, SECONDS)
    return numbers


def _since_a_week(rows):
    start = timezone.now() - WEEK
    newest = rows.order_by("-id").values_list("created", flat=True)[:MOST]
    return sum(created >= start for created in newest)
