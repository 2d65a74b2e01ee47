"""What stands beside a member's lists: a few numbers, what they feel most, the last days of their diary."""

from collections import Counter

from django.db.models import Prefetch

from moments.feelings import FEELINGS
from moments.models import Comment, Moment, Post

MOST_COUNTED = 1_000
ENTRIES_READ, DAYS_SHOWN, FEELINGS_SHOWN = 50, 4, 3


def member_summary(member, viewer, entries):
    """Five queries, however much the member shared; what is veiled for the viewer tells no feeling.

    Args:
        entries: of the member's diary, as far as the viewer may read it.
    """
    moments = Moment.objects.for_diary(viewer)
    newest = list(
        entries.prefetch_related(Prefetch("moment", moments)).order_by("-date", "-id")[:ENTRIES_READ]
    )
    felt = Counter(slug for entry in newest if not entry.moment.is_veiled for slug in entry.feelings)
    comments = Comment.objects.listed().found_by(viewer).filter(author=member)
    comments = comments.without_filtered(viewer, member)
    return {
        "post_number": _bounded(Post.objects.listed().filter(author=member)),
        "comment_number": _bounded(comments),
        "entry_number": _bounded(entries),
        "most_felt": [FEELINGS[slug] for slug, _times in felt.most_common(FEELINGS_SHOWN)],
        "last_days": list(dict.fromkeys(entry.date for entry in newest))[:DAYS_SHOWN],
    }


def _bounded(rows):
    return rows.order_by()[:MOST_COUNTED].count()
