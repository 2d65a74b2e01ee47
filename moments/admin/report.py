"""Reports: one case for each thing that waits for a look. After each decision comes the next case."""

from dataclasses import dataclass
from typing import NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin import site
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.models import Report
from moments.models.ledger import NOTE_LIMIT
from moments.models.report import ReportState, snapshot
from moments.viewer.staff import as_registered
from reelive.fields import ProseField
from reelive.formats import teaser
from reelive.staff import AdminScope, AdminScopeFilter, VerbsOnlyAdmin
from reelive.staff_cells import StateFirst
from reelive.staff_verbs import Evidence, Verb

from .author import author_of, record_of
from .cells import titled
from .dashboard import page
from .evidence import facts_of, picture_of
from .verbs import REMOVE as REMOVE_TARGET

LOOKED_AHEAD = 200  # cases among which the next one is looked for
REPORTS_SHOWN = 50
SHORT_STATES = {
    ReportState.OPEN: _("Waiting"),
    ReportState.KEPT: _("Kept"),
    ReportState.ACTED: _("Acted upon"),
}


class OutcomeForm(forms.Form):
    outcome = ProseField(
        label=_("Outcome"),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The member who reported it and its author read this: why it stays, or what you did."),
    )


KEEP = Verb(
    "keep",
    _("Close: nothing to do"),
    _("Kept"),
    _("It stays as it is, and everybody who reported it is told so."),
    lambda report: report.is_open,
    OutcomeForm,
)
REMOVE = Verb(
    "remove",
    _("Remove it"),
    _("Removed"),
    _(
        "Readers will find a tombstone with the reason in its place; the author still sees the text."
        " With a film goes all that is shared about it. Everybody who reported it is told."
    ),
    lambda report: report.is_open and not report.person_id and report.target.is_visible,
    REMOVE_TARGET.form,
    _("Remove what they are about"),
)
ACT = Verb(
    "act",
    _("Close: done otherwise"),
    _("Closed"),
    _(
        "For what was done elsewhere, such as a suspension, or a film whose facts were put back."
        " Everybody who reported it is told."
    ),
    lambda report: report.is_open,
    OutcomeForm,
)
KEYS = {REMOVE: "r", KEEP: "x"}


class Decision(NamedTuple):
    """One way to close a case: its form, where that is sent, and the key that opens it."""

    verb: Verb
    url: str
    form: forms.Form
    key: str


@dataclass(frozen=True)
class Place:
    """Where a case stands in the queue: the addresses of its neighbours, "" at the ends."""

    number: int
    of: int
    before: str
    after: str


@admin.register(Report)
class ReportAdmin(StateFirst, VerbsOnlyAdmin):
    place = 0
    scopes = (
        AdminScope("open", _("Waiting"), lambda reports: reports.queue(), is_work=True),
        AdminScope(
            "closed",
            _("Closed"),
            lambda reports: reports.filter(closed__isnull=False).order_by("-closed", "-id"),
        ),
    )
    verbs = (REMOVE, KEEP, ACT)
    list_filter = (AdminScopeFilter,)
    list_display = ("badge", "what", "reason", "reporters", "weight_of_all", "when")
    ordering = ()  # each choice of rows has its own
    fields = readonly_fields = ("reason", "created", "closed", "closed_by")

    def get_queryset(self, request):
        """Nobody judges, or learns who reported, what is their own."""
        reports = super().get_queryset(request).with_targets()
        return reports.not_about(request.user)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        target = obj.target
        context |= {
            "title": gettext("Report"),
            "case": obj,
            "place": self.place_of(request, obj),
            "decisions": self.decisions(obj),
            "elsewhere": list(elsewhere(request, obj)),
            "now": snapshot(target),
            "picture": picture_of(target),
            "facts": facts_of(target),
            "author": author_of(target),
            "record": record_of(author_of(target)) if author_of(target) else (),
            "said": Report.objects.on(target).select_related("member").order_by("pk")[:REPORTS_SHOWN],
            "staff_page": page(target),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def decisions(self, report):
        verbs = [verb for verb in self.verbs if verb.applies(report)]
        return [
            Decision(
                verb,
                reverse(f"admin:{self.verb_url_name(verb)}", args=[report.pk]),
                verb.form(auto_id=f"{verb.name}_%s"),
                KEYS.get(verb, ""),
            )
            for verb in verbs
        ]

    def queue(self, request):
        """The keys of the next cases, in their order."""
        return list(self.get_queryset(request).queue().values_list("pk", flat=True)[:LOOKED_AHEAD])

    def place_of(self, request, report):
        """Where the case stands; None once it is closed, and beyond what is looked at."""
        keys, key = self.queue(request), key_of_case(report)
        if key not in keys:
            return None
        at = keys.index(key)
        before, after = keys[at - 1] if at else None, keys[at + 1] if at + 1 < len(keys) else None
        return Place(at + 1, len(keys), self.case_url(before), self.case_url(after))

    def place_after(self, request, obj):
        """The case behind this one, else the first that is left, else the list."""
        keys, key = self.queue(request), key_of_case(obj)
        at = keys.index(key) if key in keys else -1
        following = [*keys[at + 1 :], *keys[: max(at, 0)]]
        return self.case_url(following[0]) if following else reverse("admin:moments_report_changelist")

    def case_url(self, key):
        return reverse("admin:moments_report_change", args=[key]) if key else ""

    def evidence(self, request, objects):
        return [
            Evidence(
                str(report),
                self.page_of(report),
                report.snapshot,
                picture_of(report.target),
                "",
                facts_of(report.target),
            )
            for report in objects
        ]

    def state_of(self, report):
        return report.state, SHORT_STATES[ReportState(report.state)]

    @admin.display(description=_("what it said"))
    def what(self, report):
        first = report.snapshot.partition("\n\n")[0]  # of a post the title
        return titled(teaser(first) or "—", author_of(report.target), report)

    @admin.display(description=_("members"))
    def reporters(self, report):
        return getattr(report, "reporters", "")

    @admin.display(description=_("weight"))
    def weight_of_all(self, report):
        return f"{getattr(report, 'total_weight', report.weight):.1f}"

    @admin.display(description=_("when"))
    def when(self, report):
        """How long it waits; of a closed one when it was made."""
        return timesince(report.created) if report.is_open else super().when(report)


def key_of_case(report):
    """The report that stands in the queue for all on the same target."""
    return Report.objects.waiting().on(report.target).order_by("pk").values_list("pk", flat=True).first()


def elsewhere(request, report):
    """What else may be done about the target and its author, each on a page that asks and leads back here."""
    back = urlencode({"next": request.get_full_path()})
    for row in filter(None, (as_registered(report.target), author_of(report.target))):
        for label, url in site.get_model_admin(type(row)).verb_links(request, row):
            if not url.endswith("/remove/"):
                yield label, f"{url}?{back}"


def links_to(target, link):
    """A thing on its page for the staff, and where readers find it."""
    staff = format_html('<a href="{}">{}</a>', page(target), target.described)
    if not link:
        return staff
    return format_html('{} · <a href="{}">{}</a>', staff, link, gettext("as readers find it"))
