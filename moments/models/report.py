"""A report: a member tells the moderators in private what may have to go, and hears what came of it."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.utils import timezone

from accounts.models import User
from moments.ranking import report_weight

from .ledger import NOTE_LIMIT, Reason
from .moderated import Moderated
from .state import State

OTHER = "other"
REASONS = [*Reason.choices, (OTHER, "Something else")]
TARGETS = ("post", "comment", "verdict", "person")
SAME = Q(*((target, OuterRef(target)) for target in TARGETS), _connector=Q.OR)
ONE_TARGET = Q(
    *(Q(*((f"{target}__isnull", target != one) for target in TARGETS)) for one in TARGETS), _connector=Q.OR
)


class ReportState(models.TextChoices):
    OPEN = "open", "Waiting"
    KEPT = "kept", "Looked at and kept"
    ACTED = "acted", "Acted upon"


def named(thing):
    """Which of the TARGETS a thing is, for a lookup or a new row."""
    return {getattr(thing, "WORD", "person"): thing}


def can_be_reported_by(thing, member):
    """What everybody can see may be reported by everybody but those whose own it is."""
    if not member.is_authenticated:
        return False
    if isinstance(thing, User):
        return thing.is_active and thing.pk != member.pk
    return thing.is_visible and thing.author_id != member.pk


class ReportQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=ReportState.OPEN)

    def on(self, thing):
        return self.filter(**named(thing))

    def about(self, member):
        """On the member, or on what the member wrote."""
        mine = Q(post__author=member) | Q(comment__author=member) | Q(verdict__member=member)
        return self.filter(mine | Q(person=member))

    def with_things(self):
        return self.select_related(
            "post__film",
            "post__author",
            "comment__post__film",
            "comment__author",
            "verdict__trivia__film",
            "verdict__member",
            "person",
        )

    def queue(self):
        """One row for each thing that waits: the heaviest first, then the oldest (see `report_weight`)."""
        same = Report.objects.waiting().filter(SAME).order_by()
        whole = same.annotate(_one=models.Value(1)).values("_one")
        return (
            self.waiting()
            .filter(~Exists(same.filter(pk__lt=OuterRef("pk"))))
            .annotate(
                pile=Subquery(whole.annotate(pile=Sum("weight")).values("pile")),
                voices=Subquery(whole.annotate(voices=Count("pk")).values("voices")),
            )
            .order_by("-pile", "pk")
        )

    def drop(self):
        """Delete them, and the news of their outcomes."""
        unheard = self.filter(heard=False).exclude(state=ReportState.OPEN).order_by()
        for member in unheard.values_list("member", flat=True):
            User.objects.filter(pk=member).update(outcomes=F("outcomes") - 1)
        self.delete()


class ReportManager(models.Manager.from_queryset(ReportQuerySet)):
    @transaction.atomic
    def file(self, member, thing, reason, note=""):
        """The member's open report on the thing, and whether it is new; None when they may not report it."""
        if not can_be_reported_by(thing, member):
            return None, False
        facts = {"reason": reason, "note": note, "weight": report_weight(timezone.now() - member.date_joined)}
        return self._open(member, thing, facts)

    def flag(self, thing, note):
        """The site itself asks for a look, in nobody's name."""
        return self._open(None, thing, {"reason": OTHER, "note": note, "weight": report_weight(timedelta(0))})

    def _open(self, member, thing, facts):
        facts |= {"snapshot": snapshot(thing)}
        return self.get_or_create(member=member, state=ReportState.OPEN, **named(thing), defaults=facts)

    @transaction.atomic
    def settle(self, thing, by, state, outcome):
        """Close every open report on the thing with one outcome, which their reporters are told."""
        rows = self.waiting().on(thing).select_for_update()
        reporters = dict(rows.values_list("pk", "member"))
        closed = self.filter(pk__in=reporters)
        closed.update(state=state, outcome=outcome, closed=timezone.now(), closed_by=by)
        if getattr(thing, "state", "") == State.DELETED:
            closed.update(snapshot="")  # its author dropped the words, and now nobody needs them any more
        User.objects.filter(pk__in=reporters.values()).update(outcomes=F("outcomes") + 1)
        return len(reporters)

    @transaction.atomic
    def hear(self, member):
        """The member has read the outcomes of their reports."""
        unheard = self.filter(member=member, heard=False).exclude(state=ReportState.OPEN)
        User.objects.filter(pk=member.pk).update(outcomes=F("outcomes") - unheard.update(heard=True))


class Report(models.Model):
    """The reporter is for the moderators to know and for nobody else, least of all for whom it is about."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reports", editable=False
    )
    post = models.ForeignKey(
        "moments.Post", models.CASCADE, null=True, related_name="reports", editable=False
    )
    comment = models.ForeignKey(
        "moments.Comment", models.CASCADE, null=True, related_name="reports", editable=False
    )
    verdict = models.ForeignKey(
        "moments.Verdict", models.CASCADE, null=True, related_name="reports", editable=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="reports_about", editable=False
    )
    reason = models.CharField(max_length=12, choices=REASONS)
    note = models.TextField(max_length=NOTE_LIMIT, blank=True)
    snapshot = models.TextField("what it said then", blank=True, editable=False)
    weight = models.FloatField(default=1, editable=False)
    state = models.CharField(max_length=5, choices=ReportState, default=ReportState.OPEN, editable=False)
    outcome = models.TextField(max_length=NOTE_LIMIT, blank=True, editable=False)
    heard = models.BooleanField("outcome read by the reporter", default=False, editable=False)
    created = models.DateTimeField(default=timezone.now, editable=False)
    closed = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    objects = ReportManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_TARGET, name="report_one_target"),
            *(
                models.UniqueConstraint(
                    fields=["member", target],
                    condition=Q(("state", ReportState.OPEN), (f"{target}__isnull", False)),
                    name=f"report_once_on_{target}",
                )
                for target in TARGETS
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="report_open", condition=Q(state=ReportState.OPEN)),
            models.Index(fields=["-closed", "-id"], name="report_closed", condition=Q(closed__isnull=False)),
        ]

    def __str__(self):
        return self.thing.described

    @property
    def thing(self):
        return self.post or self.comment or self.verdict or self.person

    @property
    def link(self):
        """Where the thing is, by an address without words of it."""
        if self.post_id:
            return f"/posts/{self.post_id}/"
        return self.person.get_absolute_url() if self.person_id else self.thing.link

    @property
    def is_open(self):
        return self.state == ReportState.OPEN

    # What moderators do about it; each closes all open reports on the same thing.

    def keep(self, by, outcome):
        """Nothing has to go."""
        return bool(Report.objects.settle(self.thing, by, ReportState.KEPT, outcome))

    def act(self, by, outcome):
        """Something else was done about it, such as a suspension."""
        return bool(Report.objects.settle(self.thing, by, ReportState.ACTED, outcome))

    def remove(self, by, reason, note=""):
        """Take the thing out of sight, with its row in the ledger, which says nothing of reports."""
        return self.thing.remove(by, reason, note)


class Reportable(Moderated):
    """What members write, report and may have removed."""

    class Meta:
        abstract = True

    @transaction.atomic
    def remove(self, by, reason, note=""):
        """With that, everybody who reported it has their outcome."""
        removed = super().remove(by, reason, note)
        if removed:
            why, row = self.removal.get_reason_display().lower(), self.removal.number
            outcome = f"Removed: {why}. Row {row} of the ledger."
            Report.objects.settle(self, by, ReportState.ACTED, outcome)
        return removed


def snapshot(thing):
    """What a thing says now, to be read beside what it may say later."""
    texts = [thing.username, thing.bio] if isinstance(thing, User) else thing.ledger_texts
    return "\n\n".join(filter(None, texts))
