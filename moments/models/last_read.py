"""Last read: when a member last was in the thread of a post or list, so that they find what is new since."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from .comment import Comment
from .mute import without_muted
from .turns import members_of_minute

LAST_READ_KEPT_FOR = timedelta(days=365)
MOST_THREADS = 2_000  # of one member
MOST_NEW = 100  # comments of one thread that are counted
LAST_READS_AT_ONCE = 500


class NumberOf(Subquery):
    """How many rows a query finds. One with a LIMIT is counted up to there."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS few)"
    output_field = models.IntegerField()


class LastReadManager(models.Manager):
    def mark(self, member, about, now):
        """The member of this key reads the thread of a post or list now."""
        name = about.model_name
        row = LastRead(member_id=member, read=now, **{f"{name}_id": about.pk})
        self.bulk_create([row], update_conflicts=True, unique_fields=["member", name], update_fields=["read"])

    def columns(self, viewer, about="post"):
        """Expressions for a query of posts or lists: `last_read`, when the viewer last read the thread of
        each, and `new_in_thread`, how many comments came since, as far as they are counted; both NULL when
        never.

        Args:
            about: "post" or "member_list".
        """
        mine = self.counted(viewer, about).filter(**{about: OuterRef("pk")})
        names = {"last_read": "read", "new_in_thread": "new_comments"}
        return {name: Subquery(mine.values(column)[:1]) for name, column in names.items()}

    def counted(self, viewer, about="post"):
        """The threads of posts, or of lists, that the viewer read, each with the number of its
        `new_comments`, at most MOST_NEW.

        New is what others wrote since then whom the viewer did not mute.
        """
        fresh = Comment.objects.listed().filter(created__gt=OuterRef("read"), **{about: OuterRef(about)})
        fresh = fresh.filter(Q(author=None) | ~Q(author=viewer.pk))
        fresh = without_muted(fresh, viewer).order_by().values("pk")[:MOST_NEW]
        return self.filter(member=viewer.pk).annotate(new_comments=Coalesce(NumberOf(fresh), 0))

    def laid_over(self, rows, viewer):
        """Posts or lists, which say their number of `new_comments`, by one query for all of them."""
        if not viewer.is_authenticated:
            return rows
        counted = self.counted(viewer, rows.model.model_name)
        return rows.prefetch_related(Prefetch("last_reads", counted, to_attr="my_last_reads"))

    def expire(self, now):
        """Forget what was read long ago, and the oldest of those who read a lot; so many at a time."""
        self.filter(read__gt=now).update(read=now)
        old = self.filter(read__lte=now - LAST_READ_KEPT_FOR).order_by("read")[:LAST_READS_AT_ONCE]
        self.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
        first, end = members_of_minute(now)
        rows = self.filter(member__gte=first, member__lt=end).order_by()
        crowded = rows.values("member").annotate(number=Count("pk")).filter(number__gt=MOST_THREADS)
        for member in list(crowded.values_list("member", flat=True)):
            mine = self.filter(member=member)
            mine.filter(pk__in=mine.order_by("-read", "-pk").values("pk")[MOST_THREADS:]).delete()


class LastRead(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="last_reads", db_index=False
    )
    post = models.ForeignKey("Post", models.CASCADE, null=True, related_name="last_reads")
    member_list = models.ForeignKey("MemberList", models.CASCADE, null=True, related_name="last_reads")
    read = models.DateTimeField(editable=False)

    objects = LastReadManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "post"], name="last_read_once"),
            models.UniqueConstraint(fields=["member", "member_list"], name="last_read_of_list_once"),
            models.CheckConstraint(
                condition=Q(post__isnull=False) ^ Q(member_list__isnull=False), name="last_read_of_one"
            ),
        ]
        indexes = [models.Index(fields=["read"], name="last_read_oldest")]

    def __str__(self):
        return f"{self.post_id or self.member_list_id}, read by {self.member}"
