"""An event: something happened of which somebody may want to hear.

The verb that makes it happen notes it in its own transaction, by one plain row. The task process tells those
whom it concerns (moments.notifications) and then drops the row.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reelive.prepared import insert_new

from .mixins.waiting import Waiting

# What may be taken back at once is told of a little later, if it still holds then.
GRACE = timedelta(minutes=1)

UNCHECKED = {"related_name": "+", "db_index": False, "db_constraint": False}


class EventKind(models.TextChoices):
    POST = "post"
    COMMENT = "comment"
    EDIT = "edit"
    UPVOTE = "upvote"
    FEELING = "feeling"
    DIARY = "diary"
    VERDICT = "verdict"
    SETTLED = "settled"
    FLAG = "flag"
    REMOVAL = "removal"
    RESTORED = "restored"
    ANSWER = "answer"
    REPORT = "report"
    UNDONE = "undone"
    FOLLOW = "follow"
    REQUEST = "request"
    INVITED = "invited"
    # A member follows something: their feed gets the newest of it.
    FILL = "fill"
    # What comes back to one member on its day.
    REMINDER = "reminder"
    YEARS_AGO = "years-ago"
    # A scheduled post of the actor's could not be published.
    UNSHARED = "unshared"
    # The file with everything of a member is there.
    EXPORT = "export"
    # What the actor brought from elsewhere is written or, as the detail says, could not be written or undone.
    BROUGHT = "brought"
    # The actor has just seen a film or an episode to its end.
    SEEN = "seen"
    # Somebody was credited in a new film: in which edit of it.
    CREDITED = "credited"
    # Something came into sight or went out of it: what is unread about it is counted anew.
    SIGHT = "sight"


TAKEN_BACK_AT_ONCE = (
    EventKind.UPVOTE,
    EventKind.FEELING,
    EventKind.DIARY,
    EventKind.FOLLOW,
    EventKind.REQUEST,
    EventKind.INVITED,
)


class EventManager(models.Manager):
    def note(self, kind, actor=None, **about):
        """Note that something happened, in the transaction in which it does.

        Args:
            kind: of EventKind.
            actor: the key of the member who did it; None for staff and where it does not matter.
            about: the columns of the event that say what it is about.
        """
        now = timezone.now()
        due = now + GRACE if kind in TAKEN_BACK_AT_ONCE else now
        insert_new(self.model(kind=kind, actor_id=actor, created=now, due=due, **about))

    def note_all(self, kind, rows):
        """The same of several at once, each row a dict of columns."""
        now = timezone.now()
        self.bulk_create([self.model(kind=kind, created=now, due=now, **row) for row in rows])

    def due(self, now):
        """Those that can be told, the oldest first. A clock that was ahead keeps none for longer."""
        return self.filter(models.Q(due__lte=now) | models.Q(created__gt=now + GRACE)).order_by("due", "pk")


class Event(Waiting):
    done = "told"

    kind = models.CharField(max_length=10)
    # Keys of rows that may be gone by the time at which it is told; then it concerns nobody.
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, **UNCHECKED)
    post = models.ForeignKey("Post", models.DO_NOTHING, null=True, **UNCHECKED)
    comment = models.ForeignKey("Comment", models.DO_NOTHING, null=True, **UNCHECKED)
    member_list = models.ForeignKey("MemberList", models.DO_NOTHING, null=True, **UNCHECKED)
    # The key of what else it is about: a row of the ledger, a report, a revision.
    number = models.BigIntegerField(null=True)
    # What else the news says, such as the slug of a flag.
    detail = models.CharField(max_length=20, blank=True)
    # The key of the last member who was told, where there are too many for one step.
    told_up_to = models.BigIntegerField(default=0)
    created = models.DateTimeField()

    objects = EventManager()

    class Meta:
        verbose_name, verbose_name_plural = _("event"), _("events")
        indexes = [models.Index(fields=["due", "id"], name="event_due")]

    def __str__(self):
        return f"{self.kind} {self.pk}"
