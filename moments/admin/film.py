"""Films and series: completed, mended, locked, taken out of sight with all their posts and brought back."""

from dataclasses import replace

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.forms import FilmForm
from moments.forms.fields import PaletteField
from moments.models import Film, State
from moments.search.schema import FILMS
from reelive.fields import LineField
from reelive.staff import AdminScope, AdminScopeFilter, StaffAdmin, WhenFilter
from reelive.staff_verbs import Verb

from .audit import ReasonedForm
from .cells import StateFirst, titled
from .evidence import ShowsEvidence
from .facts import MendsFacts
from .verbs import LATEST, LOCK, REMOVE, REMOVED, RESTORE, UNLOCK, NoteForm, RemovalForm
from .word_search import WordSearch

VERSIONS_SHOWN = 20

INCOMPLETE = AdminScope(
    "incomplete",
    _("Without a summary"),
    lambda rows: rows.filter(state=State.VISIBLE, summary=""),
    is_work=True,
)
REMOVE_FILM = replace(
    REMOVE,
    says=_("The film and all that is shared about it go out of sight. Restoring brings back just these."),
)

REMOVE_PICTURE = Verb(
    "remove_picture",
    _("Remove the picture"),
    _("Picture removed"),
    _("The picture is gone for good; the film stays. What was said of the picture stands in the history."),
    lambda film: film.is_visible and bool(film.still),
    RemovalForm,
    _("Remove their pictures"),
)
LOCK_FACTS = replace(
    LOCK,
    label=_("Lock the facts"),
    for_several=_("Lock their facts"),
    says=_("Members can read them and their history, and edit or put back nothing."),
)
OPEN_FACTS = replace(
    UNLOCK,
    label=_("Open the facts"),
    for_several=_("Open their facts"),
    says=_("Every member can edit them again."),
)


class MergeForm(NoteForm):
    """Which film or person stays, by an address: a model says by `model` and `missing` what is looked for."""

    field_order = ["target", "note"]

    def clean_target(self):
        slug = self.cleaned_data["target"].strip("/").rpartition("/")[2]
        found = self.model.objects.listed().filter(slug=slug).first()
        if found is None:
            raise ValidationError(self.missing)
        return found


class MergeFilmForm(MergeForm):
    model, missing = Film, _("There is no film at this address.")
    target = LineField(
        label=_("The film that stays"),
        max_length=200,
        help_text=_("By its address here, such as /films/snatch/."),
    )


MERGE_FILM = Verb(
    "merge_into",
    _("Merge"),
    _("Merged"),
    _("All that is shared about it goes to the film that stays, and so do those who follow its addresses."),
    lambda film: film.is_visible,
    MergeFilmForm,
    _("Merge them into another film"),
)


class FilmStaffForm(ReasonedForm, FilmForm):
    as_staff = True
    nonce = version = None
    palette = PaletteField(
        label=_("Colours"), required=False, help_text=_("Five colours of its own, such as #0e0b2e #e27396.")
    )

    class Meta(FilmForm.Meta):
        fields = [*FilmForm.Meta.fields, "palette"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["palette"] = " ".join(self.instance.palette)


@admin.register(Film)
class FilmAdmin(StateFirst, ShowsEvidence, MendsFacts, WordSearch, StaffAdmin):
    written_by = "added_by"
    place = 5
    index = FILMS
    search_help_text = _(
        "Words of a title, a name or the summary; of what is hidden, a part of the title; @name for all that"
        " a member added."
    )
    form = FilmStaffForm
    scopes = (INCOMPLETE, LATEST, REMOVED)
    verbs = (REMOVE_FILM, RESTORE, REMOVE_PICTURE, MERGE_FILM, LOCK_FACTS, OPEN_FACTS)
    list_filter = (AdminScopeFilter, "medium", ("created", WhenFilter))
    list_display = ("badge", "what", "medium", "moment_count", "song_count", "trivia_count", "when")
    list_select_related = ("added_by",)
    ordering = ("-created", "-id")
    counts = ("moment_count", "song_count", "trivia_count", "review_count", "relive_count")
    facts = ("slug", "state", "locked", "added_by", "created", "edited", "versions", *counts)

    def fields_for(self, request, film):
        drop = ("drop_still",) if film and film.still else ()
        may = self.has_change_permission(request, film)
        more = ("picture", *drop, "source", "why") if may else ("still",)
        return (*FilmStaffForm.Meta.fields, *more)

    @admin.display(description=_("title"))
    def what(self, film):
        return titled(film, film.added_by)

    @admin.display(description=_("former facts"))
    def versions(self, film):
        """Where each is read, and struck when it tells private data: also of a film that is out of sight."""
        rows = film.revisions.select_related("editor").order_by("-pk")[:VERSIONS_SHOWN]
        links = (
            (
                reverse("admin:moments_revision_change", args=[row.pk]),
                date_format(timezone.localtime(row.created), "SHORT_DATETIME_FORMAT"),
                row.editor or gettext("a former member"),
            )
            for row in rows
        )
        listed = format_html_join("", gettext('<a href="{}">Before {}</a>, edited by {}') + "<br>", links)
        whole = reverse("admin:moments_revision_changelist")
        return format_html('{}<a href="{}?show=films">{}</a>', listed, whole, gettext("Those of all films"))

    def save_related(self, request, form, formsets, change):
        """A film has no rows of others on its page."""
