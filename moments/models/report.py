"""A report: a member tells the moderators in private what may have to go, and hears what came of it."""

import re
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moments.ranking import report_weight
from reelive.exceptions import Refused

from .event import Event, EventKind
from .ledger import NOTE_LIMIT, Reason
from .mixins.stateful import State
from .refusals import Gone, NothingToReport

OTHER = "other"
REASONS = [*Reason.choices, (OTHER, _("Something else"))]
TARGETS = ("post", "comment", "verdict", "film", "person", "member_list", "credited")
AUTHORS = ("post__author", "comment__author", "verdict__member", "person", "member_list__author")
SAME_TARGET = Q(*((target, OuterRef(target)) for target in TARGETS), _connector=Q.OR)


# The outcome of reports that an act of the ledger closed is kept as its action, number and reason, such as
# "remove:12:spam": each viewer gets the sentence in their own language. Old reports hold a sentence.
ROW_OUTCOME = re.compile(r"(remove|merge):(\d+):(\w*)")
ROW_SENTENCES = {
    "remove": _("Removed: %(reason)s. Row %(number)s of the ledger."),
    "merge": _("Merged with another one. Row %(number)s of the ledger."),
}


class ReportState(models.TextChoices):
    OPEN = "open", _("Waiting")
    KEPT = "kept", _("Looked at and kept")
    ACTED = "acted", _("Acted upon")


def one_of(targets):
    """The condition of a row that is about exactly one of its `targets`."""
    rows = (Q(*((f"{target}__isnull", target != one) for target in targets)) for one in targets)
    return Q(*rows, _connector=Q.OR)


def outcome_by(row):
    """The outcome of reports that were closed by the act of this row of the ledger."""
    return f"{row.action}:{row.number}:{row.reason}"


def named(target):
    """The column of a report that holds this target, and the target: for a lookup or a new row.

    A member is its `person`, and a Person is `credited`.
    """
    model_name = getattr(target, "model_name", "person")
    return {getattr(target, "reported_as", model_name): target}


def ensure_reportable(target, viewer):
    """Raise Gone unless the target is visible, and NothingToReport to its author; a film has no author."""
    is_person = isinstance(target, User)
    if not (target.is_active if is_person else target.is_visible):
        raise Gone
    if viewer.pk == (target.pk if is_person else getattr(target, "author_id", None)):
        raise NothingToReport


def can_be_reported_by(target, viewer):
    """Whether the viewer may report it."""
    try:
        ensure_reportable(target, viewer)
    except Refused:
        return False
    return True


class ReportQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=ReportState.OPEN)

    def on(self, target):
        return self.filter(**named(target))

    def about(self, member):
        """On the member, or on what the member wrote; each by its index, of which one condition has none."""
        first, *others = (Report.objects.filter((path, member)).order_by().values("pk") for path in AUTHORS)
        return self.filter(pk__in=first.union(*others, all=True))

    def not_about(self, member):
        """The others, asked of each report that is walked past."""
        return self.exclude(Q(*((path, member) for path in AUTHORS), _connector=Q.OR))

    def with_targets(self):
        return self.select_related(
            "post__film",
            "post__author",
            "comment__post__film",
            "comment__member_list__author",
            "comment__author",
            "verdict__trivia__film",
            "verdict__song_use__song__film",
            "verdict__member",
            "film",
            "person",
            "member_list__author",
            "credited",
        )

    def queue(self):
        """One open report for each target: the heaviest first, then the oldest (see `report_weight`)."""
        same = Report.objects.waiting().filter(SAME_TARGET).order_by()
        whole = same.annotate(_one=models.Value(1)).values("_one")
        return (
            self.waiting()
            .filter(~Exists(same.filter(pk__lt=OuterRef("pk"))))
            .annotate(
                total_weight=Subquery(whole.annotate(total_weight=Sum("weight")).values("total_weight")),
                reporters=Subquery(whole.annotate(reporters=Count("pk")).values("reporters")),
            )
            .order_by("-total_weight", "pk")
        )

    def drop(self):
        """Delete these reports, and no longer count their outcomes as unread."""
        unread = self.filter(outcome_read=False).exclude(state=ReportState.OPEN).order_by()
        for member in unread.values_list("member", flat=True):
            User.objects.filter(pk=member).update(unread_report_results=F("unread_report_results") - 1)
        self.delete()


class ReportManager(models.Manager.from_queryset(ReportQuerySet)):
    @transaction.atomic
    def file(self, member, target, reason, note=""):
        """Report the target in the member's name.

        Returns the member's open report on it and whether that is new.

        Raises Gone and NothingToReport.
        """
        target = _locked(target)
        ensure_reportable(target, member)
        facts = {"reason": reason, "note": note, "weight": report_weight(timezone.now() - member.date_joined)}
        return self._open(member, target, facts)

    def file_by_site(self, target, note):
        """Report the target in the name of the site."""
        return self._open(
            None, target, {"reason": OTHER, "note": note, "weight": report_weight(timedelta(0))}
        )

    def _open(self, member, target, facts):
        facts |= {"snapshot": snapshot(target)}
        return self.get_or_create(member=member, state=ReportState.OPEN, **named(target), defaults=facts)

    @transaction.atomic
    def close(self, target, by, state, outcome):
        """Close every open report on the target with one outcome, of which the reporters are told.

        Returns how many there were.
        """
        rows = self.waiting().on(target).select_for_update()
        reporters = dict(rows.values_list("pk", "member"))
        closed = self.filter(pk__in=reporters)
        closed.update(state=state, outcome=outcome, closed=timezone.now(), closed_by=by)
        if getattr(target, "state", "") == State.DELETED:
            closed.update(snapshot="")  # its author dropped the words, and now nobody needs them any more
        User.objects.filter(pk__in=reporters.values()).update(
            unread_report_results=F("unread_report_results") + 1
        )
        Event.objects.note_all(EventKind.REPORT, [{"number": report} for report in reporters])
        return len(reporters)

    @transaction.atomic
    def mark_read(self, member):
        """The member has read the outcomes of their reports."""
        unread = self.filter(member=member, outcome_read=False).exclude(state=ReportState.OPEN)
        User.objects.filter(pk=member.pk).update(
            unread_report_results=F("unread_report_results") - unread.update(outcome_read=True)
        )


class Report(models.Model):
    """Only moderators know who reported something."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="reports",
        editable=False,
        verbose_name=_("member"),
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
    film = models.ForeignKey(
        "moments.Film", models.CASCADE, null=True, related_name="reports", editable=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="reports_about", editable=False
    )
    member_list = models.ForeignKey(
        "moments.MemberList", models.CASCADE, null=True, related_name="reports", editable=False
    )
    # Old code may run that does not name it.
    credited = models.ForeignKey(
        "moments.Person", models.CASCADE, null=True, related_name="reports", editable=False
    )
    reason = models.CharField(_("reason"), max_length=12, choices=REASONS)
    note = models.TextField(_("note"), max_length=NOTE_LIMIT, blank=True)
    snapshot = models.TextField(_("what it said then"), blank=True, editable=False)
    weight = models.FloatField(_("weight"), default=1, editable=False)
    state = models.CharField(
        _("state"), max_length=5, choices=ReportState, default=ReportState.OPEN, editable=False
    )
    outcome = models.TextField(_("outcome"), max_length=NOTE_LIMIT, blank=True, editable=False)
    outcome_read = models.BooleanField(
        "outcome read by the reporter", db_column="heard", default=False, editable=False
    )
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    closed = models.DateTimeField(_("closed"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("closed by"),
    )

    objects = ReportManager()

    class Meta:
        verbose_name, verbose_name_plural = _("report"), _("reports")
        constraints = [
            models.CheckConstraint(condition=one_of(TARGETS), name="report_one_target"),
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
        return self.target.described

    @property
    def target(self):
        return next(filter(None, (getattr(self, target) for target in TARGETS)))

    @property
    def link(self):
        """Where the target is; "" for a removed film. Only the address of a film has words of it."""
        if self.post_id:
            return f"/posts/{self.post_id}/"
        return self.person.get_absolute_url() if self.person_id else self.target.link

    @property
    def outcome_text(self):
        """What came of it, in the language of the page where no moderator worded it."""
        act = ROW_OUTCOME.fullmatch(self.outcome)
        if act is None:
            return self.outcome
        action, number, reason = act.groups()
        return ROW_SENTENCES[action] % {"number": number, "reason": dict(Reason.choices).get(reason, reason)}

    @property
    def is_open(self):
        return self.state == ReportState.OPEN

    # What moderators do about it; each closes all open reports on the same target.

    def keep(self, by, outcome):
        """Nothing has to go."""
        return bool(Report.objects.close(self.target, by, ReportState.KEPT, outcome))

    def act(self, by, outcome):
        """Something else was done about it, such as a suspension."""
        return bool(Report.objects.close(self.target, by, ReportState.ACTED, outcome))

    def remove(self, by, reason, note=""):
        """Remove the target, with a row in the ledger, which says nothing of reports."""
        return self.target.remove(by, reason, note)


def _locked(target):
    """The target as it is now, locked until the transaction ends."""
    rows = type(target)._base_manager.select_for_update(no_key=True)
    target = rows.filter(pk=target.pk).first()
    if target is None:
        raise Gone
    return target


def snapshot(target):
    """What the target says now: it may say something else when a moderator looks."""
    if isinstance(target, User):
        texts = [target.username, target.bio, *target.links, target.fediverse]
    else:
        texts = target.reported_texts
    return "\n\n".join(filter(None, texts))
