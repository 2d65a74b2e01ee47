"""Reports: one row for each thing that waits for a look, what it said then beside what it says now."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.timesince import timesince

from moments.models import Report
from moments.models.ledger import NOTE_LIMIT
from moments.models.report import snapshot
from reelive.fields import ProseField
from reelive.staff import Show, ShowFilter, Verb, VerbsAlone
from reelive.templatetags.ui import teaser

from .dashboard import page
from .verbs import REMOVE as REMOVE_THING


class OutcomeForm(forms.Form):
    outcome = ProseField(
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who reported it reads this, and so does its author: why it stays, or what you did.",
    )


KEEP = Verb(
    "keep",
    "Keep it: nothing to do",
    "Kept",
    "It stays as it is, and everybody who reported it is told so.",
    lambda report: report.is_open,
    OutcomeForm,
)
REMOVE = Verb(
    "remove",
    "Remove",
    "Removed",
    f"{REMOVE_THING.says} Everybody who reported it is told.",
    lambda report: report.is_open and not report.person_id and report.thing.is_visible,
    REMOVE_THING.form,
)
ACT = Verb(
    "act",
    "Something else was done",
    "Closed",
    "For what was done elsewhere, such as a suspension. Everybody who reported it is told.",
    lambda report: report.is_open,
    OutcomeForm,
)


@admin.register(Report)
class ReportAdmin(VerbsAlone):
    place = 0
    shows = (
        Show("open", "Waiting", lambda reports: reports.queue(), is_work=True),
        Show(
            "closed",
            "Closed",
            lambda reports: reports.filter(closed__isnull=False).order_by("-closed", "-id"),
        ),
    )
    verbs = (KEEP, REMOVE, ACT)
    list_filter = (ShowFilter,)
    list_display = ("__str__", "words", "reason", "voices", "weight_of_all", "waiting", "state")
    ordering = ()  # each choice of rows has its own
    asked = ("about", "snapshot", "now", "said")
    readonly_fields = (*asked, "state", "outcome", "closed", "closed_by")

    def get_queryset(self, request):
        """Nobody judges, or learns who reported, what is their own."""
        reports = super().get_queryset(request).with_things()
        me = request.user
        return reports.exclude(pk__in=Report.objects.about(me).values("pk"))

    def get_fields(self, request, obj=None):
        return self.asked if obj and obj.is_open else self.readonly_fields

    @admin.display(description="what it said")
    def words(self, report):
        return teaser(report.snapshot)

    @admin.display(description="members")
    def voices(self, report):
        return getattr(report, "voices", "")

    @admin.display(description="weight")
    def weight_of_all(self, report):
        return f"{getattr(report, 'pile', report.weight):.1f}"

    @admin.display(description="waiting for")
    def waiting(self, report):
        return timesince(report.created) if report.is_open else ""

    @admin.display(description="about")
    def about(self, report):
        return links_to(report.thing, report.link)

    @admin.display(description="what it says now")
    def now(self, report):
        now = snapshot(report.thing)
        return "The same." if now == report.snapshot else now

    @admin.display(description="reports")
    def said(self, report):
        """All that were made on the same thing, with who made them."""
        rows = Report.objects.on(report.thing).select_related("member").order_by("pk")[:50]
        told = (
            (row.member or "nobody by name", row.get_reason_display(), row.note, row.get_state_display())
            for row in rows
        )
        return format_html_join("", "<p><b>{}</b>: {}. {} ({})</p>", told)


def links_to(thing, link):
    """A thing on its page for the staff, and where readers find it."""
    ways = '<a href="{}">{}</a> · <a href="{}">as readers find it</a>'
    return format_html(ways, page(thing), thing.described, link)
