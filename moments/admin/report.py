"""Reports: one row for each thing that waits for a look, what it said then beside what it says now."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.models import Report
from moments.models.ledger import NOTE_LIMIT
from moments.models.report import snapshot
from reelive.fields import ProseField
from reelive.formats import teaser
from reelive.staff import AdminScope, AdminScopeFilter, Verb, VerbsOnlyAdmin

from .dashboard import page
from .verbs import REMOVE as REMOVE_TARGET


class OutcomeForm(forms.Form):
    outcome = ProseField(
        label=_("Outcome"),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who reported it reads this, and so does its author: why it stays, or what you did."),
    )


KEEP = Verb(
    "keep",
    _("Keep it: nothing to do"),
    _("Kept"),
    _("It stays as it is, and everybody who reported it is told so."),
    lambda report: report.is_open,
    OutcomeForm,
)
REMOVE = Verb(
    "remove",
    _("Remove"),
    _("Removed"),
    _(
        "Readers will find a tombstone with the reason in its place; the author still sees the text."
        " With a film goes all that is shared about it. Everybody who reported it is told."
    ),
    lambda report: report.is_open and not report.person_id and report.target.is_visible,
    REMOVE_TARGET.form,
)
ACT = Verb(
    "act",
    _("Something else was done"),
    _("Closed"),
    _(
        "For what was done elsewhere, such as a suspension, or a film whose facts were put back."
        " Everybody who reported it is told."
    ),
    lambda report: report.is_open,
    OutcomeForm,
)


@admin.register(Report)
class ReportAdmin(VerbsOnlyAdmin):
    place = 0
    scopes = (
        AdminScope("open", _("Waiting"), lambda reports: reports.queue(), is_work=True),
        AdminScope(
            "closed",
            _("Closed"),
            lambda reports: reports.filter(closed__isnull=False).order_by("-closed", "-id"),
        ),
    )
    verbs = (KEEP, REMOVE, ACT)
    list_filter = (AdminScopeFilter,)
    list_display = ("__str__", "words", "reason", "reporters", "weight_of_all", "waiting", "state")
    ordering = ()  # each choice of rows has its own
    asked = ("about", "snapshot", "now", "said")
    readonly_fields = (*asked, "state", "outcome_text", "closed", "closed_by")

    def get_queryset(self, request):
        """Nobody judges, or learns who reported, what is their own."""
        reports = super().get_queryset(request).with_targets()
        me = request.user
        return reports.exclude(pk__in=Report.objects.about(me).values("pk"))

    def get_fields(self, request, obj=None):
        return self.asked if obj and obj.is_open else self.readonly_fields

    @admin.display(description=_("what it said"))
    def words(self, report):
        return teaser(report.snapshot)

    @admin.display(description=_("members"))
    def reporters(self, report):
        return getattr(report, "reporters", "")

    @admin.display(description=_("weight"))
    def weight_of_all(self, report):
        return f"{getattr(report, 'total_weight', report.weight):.1f}"

    @admin.display(description=_("waiting for"))
    def waiting(self, report):
        return timesince(report.created) if report.is_open else ""

    @admin.display(description=_("about"))
    def about(self, report):
        return links_to(report.target, report.link)

    @admin.display(description=_("what it says now"))
    def now(self, report):
        now = snapshot(report.target)
        return gettext("The same.") if now == report.snapshot else now

    @admin.display(description=_("outcome"))
    def outcome_text(self, report):
        return report.outcome_text

    @admin.display(description=_("reports"))
    def said(self, report):
        """All that were made on the same thing, with who made them."""
        rows = Report.objects.on(report.target).select_related("member").order_by("pk")[:50]
        lines = (
            (
                row.member or gettext("The site itself"),
                row.get_reason_display(),
                row.note,
                row.get_state_display(),
            )
            for row in rows
        )
        return format_html_join("", "<p><b>{}</b>: {}. {} ({})</p>", lines)


def links_to(target, link):
    """A thing on its page for the staff, and where readers find it."""
    staff = format_html('<a href="{}">{}</a>', page(target), target.described)
    if not link:
        return staff
    return format_html('{} · <a href="{}">{}</a>', staff, link, gettext("as readers find it"))
