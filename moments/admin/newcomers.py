"""What members wrote in their first week: the first thing that staff read."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moments.models import Comment, State
from reelive.staff import AdminScope

FIRST_WEEK = timedelta(days=7)
LOOKED_THROUGH = 500  # of the newest comments, whose table has no index by time


def posts_of_newcomers(posts):
    """Posts of members who joined within a week; they cannot be older than that, which bounds the walk."""
    week = timezone.now() - FIRST_WEEK
    return posts.filter(state=State.VISIBLE, created__gte=week, author__date_joined__gte=week)


def comments_of_newcomers(comments):
    newest = Comment.objects.listed().order_by("-pk").values("pk")[:LOOKED_THROUGH]
    week = timezone.now() - FIRST_WEEK
    return comments.filter(pk__in=newest, created__gte=week, author__date_joined__gte=week)


POSTS = AdminScope("newcomers", _("By newcomers"), posts_of_newcomers, is_work=True)
COMMENTS = AdminScope("newcomers", _("By newcomers"), comments_of_newcomers, is_work=True)
