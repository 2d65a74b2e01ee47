"""Trivia: the staff mends claims and sources; what becomes of a claim is the members' to say."""

from django.contrib import admin
from django.core.validators import URLValidator
from django.forms import ModelForm, URLField
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from moments.forms.post import PostForm
from moments.models import POST_KINDS, Kind, Source, State, Trivia, Verdict
from moments.models.trivia import Status
from reelive.staff import AdminScope, StaffInline

from .audit import ReasonedForm
from .post import PostAdmin

NEWEST_VERDICTS = 50
UNSETTLED = AdminScope(
    "unsettled",
    _("Without a source, or disputed"),
    lambda rows: rows.filter(state=State.VISIBLE, status__in=(Status.UNSOURCED, Status.DISPUTED)),
    is_work=True,
)


class TriviaStaffForm(ReasonedForm, PostForm):
    nonce = None

    class Meta(PostForm.Meta):
        model = Trivia

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Lazy: the ledger names what was edited in English, in whatever language the page was.
        kind = POST_KINDS[Kind.TRIVIA]
        self.fields["body"].label, self.fields["context"].label = kind.body_label, kind.context_label


class SourceForm(ModelForm):
    url = URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(["http", "https"])],
    )

    class Meta:
        model = Source
        fields = ("url", "title")


class SourceInline(StaffInline):
    model = Source
    form = SourceForm


class VerdictInline(StaffInline):
    model = Verdict
    fields = readonly_fields = ("member", "stance", "reason", "url", "created")
    verbose_name_plural = format_lazy(_("the newest {number} verdicts"), number=NEWEST_VERDICTS)
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        trivia = request.resolver_match.kwargs["object_id"]
        newest = Verdict.objects.filter(trivia=trivia).order_by("-id").values("id")[:NEWEST_VERDICTS]
        return (
            super()
            .get_queryset(request)
            .filter(pk__in=newest)
            .select_related("member", "trivia")
            .order_by("-id")
        )


@admin.register(Trivia)
class TriviaAdmin(PostAdmin):
    place = 3
    form = TriviaStaffForm
    scopes = (UNSETTLED, *PostAdmin.scopes)
    list_display = ("badge", "what", "status", "confirms", "disputes", "votes", "when")
    facts = (*PostAdmin.facts, "status", "confirms", "disputes")
    inlines = (SourceInline, VerdictInline)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.instance.update_status()
