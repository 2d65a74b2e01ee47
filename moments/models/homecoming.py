"""A homecoming: a member brings what another place holds of them, looks at it, and says what comes of it.

What comes of each thing in it is a BroughtRow; what waits for its film is a WaitingRecord.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .event import Event, EventKind
from .locking import keep_member, lock_rows
from .mixins.in_steps import InSteps, InStepsQuerySet, drop_files, new_token
from .refusals import Refused

UNDONE_FOR = timedelta(days=30)  # so long it can be undone as a whole
LOOKED_AT_FOR = timedelta(days=1)  # so long it waits for its member's word
MOST_HOMECOMINGS = 20  # of a member within that time
OF_ALL = 2 * 1024**3  # bytes of all that wait, then the oldest go


class Problem(models.TextChoices):
    """Why one that was begun did not come to its end by itself; a refusal's name says it of a file."""

    NOT_WRITTEN = "not-written"
    NOT_UNDONE = "not-undone"


class HomecomingRunning(Refused):
    sentence = _("You are bringing something already. Stop it first, or wait until it is done.")


class TooManyHomecomings(Refused):
    sentence = _("You have brought twenty files within thirty days. Bring the next one later.")


class HomecomingManager(models.Manager.from_queryset(InStepsQuerySet)):
    def of(self, member):
        """The member's, the newest first."""
        return self.filter(member=member.pk).order_by("-id")

    @transaction.atomic
    def hold(self, member, source, name, size):
        """Keep that a file was brought, which is read next, in the place of one that waited for a word.

        Raises HomecomingRunning and TooManyHomecomings.
        """
        lock_rows(User.objects.filter(pk=member.pk))
        mine, now = self.filter(member=member), timezone.now()
        if mine.filter(state__in=(Homecoming.State.MAKING, Homecoming.State.STOPPED)).exists():
            raise HomecomingRunning
        mine.filter(begun=None).discard()
        if mine.filter(created__gt=now - UNDONE_FOR).count() >= MOST_HOMECOMINGS:
            raise TooManyHomecomings
        self._make_room(size)
        facts = {"source": source, "name": name, "size": size, "due": now, "created": now}
        return self.create(member=member, kept_until=now + LOOKED_AT_FOR, **facts)

    def _make_room(self, size):
        held = self.filter(begun=None)
        while (oldest := held.order_by("created", "pk").first()) and self._size_of(held) + size > OF_ALL:
            held.filter(pk=oldest.pk).discard()

    def _size_of(self, rows):
        return rows.aggregate(all=Sum("size"))["all"] or 0


class Homecoming(InSteps):
    """A file is read and compared, then waits for its member's word; then it is written, and may be undone.

    Its records lie in segments in the private storage, from which the file itself goes once it is read.
    """

    class State(models.TextChoices):
        MAKING = "making", _("Under way")
        HELD = "held", _("Waiting for your word")
        STOPPED = "stopped", _("Stopped")
        DONE = "done", _("Done")
        UNDONE = "undone", _("Undone")
        FAILED = "failed", _("Could not be read")

    class Stage(models.TextChoices):
        READING = "reading", _("Being read")
        COMPARING = "comparing", _("Being compared with what is here")
        WRITING = "writing", _("Being written")
        UNDOING = "undoing", _("Being undone")

    done = "brought"

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="homecomings",
        db_index=False,
        verbose_name=_("member"),
    )
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.MAKING)
    stage = models.CharField(_("stage"), max_length=9, choices=Stage, default=Stage.READING)
    source = models.CharField(_("place"), max_length=20)
    name = models.CharField(_("name of the file"), max_length=100, blank=True)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    # Which sentence says why it could not be read: the name of a refusal; or one of Problem.
    problem = models.CharField(max_length=40, blank=True)
    # What was found: names of files, numbers of records by part and of works by how their film is known.
    found = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    # By part how many records came to what.
    outcome = models.JSONField(default=dict)
    # The numbers of the segments in the order in which they are written.
    segments = models.JSONField(default=list)
    # How many segments of this stage are done; when it is undone, below which row the next ones are.
    place = models.PositiveBigIntegerField(default=0)
    total = models.PositiveIntegerField(_("records"), default=0)
    passed = models.PositiveIntegerField(_("records that are done"), default=0)
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    begun = models.DateTimeField(_("begun"), null=True)
    ended = models.DateTimeField(_("ended"), null=True)
    kept_until = models.DateTimeField(db_index=True)

    objects = HomecomingManager()

    class Meta:
        verbose_name, verbose_name_plural = _("homecoming"), _("homecomings")
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(state="making"), name="homecoming_one_at_a_time"
            )
        ]
        indexes = [
            models.Index(fields=["due", "id"], condition=Q(state="making"), name="homecoming_due"),
            models.Index(fields=["member", "-id"], name="homecoming_newest"),
        ]

    def __str__(self):
        return f"homecoming {self.pk}"

    @property
    def file_name(self):
        """Where the file lies until it is read."""
        return f"homecomings/{self.token}"

    def segment_name(self, number):
        return f"{self.file_name}-{number}"

    def file_names(self):
        return [self.file_name, *map(self.segment_name, self.segments)]

    @property
    def hundredths(self):
        """How far this stage is."""
        return min(99, 100 * self.passed // self.total) if self.total else 0

    @property
    def can_be_undone(self):
        is_written = self.begun is not None and self.state in (self.State.DONE, self.State.STOPPED)
        return is_written and self.stage == self.Stage.WRITING and timezone.now() < self.begun + UNDONE_FOR

    def begin(self, choices):
        """The member has seen what it is, and wants this of it. Returns whether it was waiting for that.

        Raises HomecomingRunning while another one is written or undone.
        """
        now = timezone.now()
        begun = {"choices": choices, "begun": now, "kept_until": now + UNDONE_FOR}
        return self._work(self._in_state(self.State.HELD), self.Stage.WRITING, place=0, passed=0, **begun)

    def go_on(self):
        """Undo a stop. Raises HomecomingRunning."""
        return self._work(self._in_state(self.State.STOPPED), self.Stage.WRITING)

    def stop(self):
        """What is written so far is kept. Returns whether it was being written."""
        mine = self._in_state(self.State.MAKING).filter(stage=self.Stage.WRITING)
        return bool(mine.update(state=self.State.STOPPED))

    def finish(self):
        """The rest of one that was stopped is not wanted. Returns whether it was stopped."""
        with transaction.atomic():
            is_stopped = bool(self._in_state(self.State.STOPPED).update(state=self.State.DONE, problem=""))
            if is_stopped:
                self.end(self.State.DONE)
        return is_stopped

    def drop(self):
        """The member does not want it. Returns whether it was waiting for their word, or being read."""
        mine = Homecoming.objects.filter(pk=self.pk, begun=None)
        is_here = mine.exists()
        mine.discard()
        return is_here

    def undo(self):
        """Take back what it made. Returns whether that could still be done. Raises HomecomingRunning."""
        if not self.can_be_undone:
            return False
        mine = self._in_state(self.state).filter(stage=self.Stage.WRITING)
        return self._work(mine, self.Stage.UNDOING, place=0, passed=0)

    @transaction.atomic
    def _work(self, mine, stage, **facts):
        """Have the task process take it up, one of a member at a time."""
        lock_rows(User.objects.filter(pk=self.member_id))
        others = Homecoming.objects.filter(member=self.member_id, state=self.State.MAKING)
        if others.exclude(pk=self.pk).exists():
            raise HomecomingRunning
        now = timezone.now()
        begun = {"state": self.State.MAKING, "stage": stage, "due": now, "attempts": 0, "problem": ""}
        return bool(mine.update(**begun, **facts))

    def lock_step(self):
        """Whether the step that was read is still the next one. Who stops it, or leaves, waits for it.

        Inside of a transaction. What others may have counted since it was read is read anew.
        """
        if not keep_member(self.member_id):
            return False
        mine = self._in_state(self.State.MAKING).filter(stage=self.stage, place=self.place)
        rows = mine.select_for_update(no_key=True).values_list("found", "outcome", "passed")
        for self.found, self.outcome, self.passed in rows:
            return True
        return False

    @transaction.atomic
    def end(self, state, **facts):
        """Its files are of no more use."""
        drop_files(self.file_names())
        Homecoming.objects.filter(pk=self.pk).update(state=state, ended=timezone.now(), segments=[], **facts)

    def ask(self):
        """It is compared, and waits for its member's word."""
        self._in_state(self.State.MAKING).update(state=self.State.HELD, passed=self.total)

    def give_up(self):
        """What was written by then can still be continued or undone, and the member is told so."""
        mine = self._in_state(self.State.MAKING).filter(stage=self.stage)
        if self.stage == self.Stage.WRITING:
            self._leave(mine, Problem.NOT_WRITTEN, state=self.State.STOPPED)
        elif self.stage == self.Stage.UNDOING:
            undoable = {"state": self.State.DONE, "stage": self.Stage.WRITING}
            self._leave(mine, Problem.NOT_UNDONE, **undoable)
        elif mine.exists():
            self.end(self.State.FAILED)

    @transaction.atomic
    def _leave(self, mine, problem, **facts):
        if mine.update(problem=problem, **facts):
            Event.objects.note(EventKind.BROUGHT, self.member_id, number=self.pk, detail=problem)
