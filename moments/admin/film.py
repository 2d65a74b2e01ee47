"""Films and series: completed, mended, taken out of sight with all their posts and brought back."""

from dataclasses import replace

from django.contrib import admin
from django.core.exceptions import ValidationError

from moments.forms import FilmForm
from moments.forms.fields import PaletteField
from moments.models import Action, Film, LedgerEntry, State
from moments.search_schema import FILMS
from reelive.fields import LineField
from reelive.staff import Show, ShowFilter, StaffAdmin, Verb

from .verbs import LATEST, REMOVE, REMOVED, RESTORE, NoteForm
from .words import WordSearch

INCOMPLETE = Show(
    "incomplete",
    "Without a summary",
    lambda rows: rows.filter(state=State.VISIBLE, summary=""),
    is_work=True,
)
REMOVE_FILM = replace(
    REMOVE, says="The film and all that is shared about it go out of sight. Restoring brings back just these."
)


class MergeForm(NoteForm):
    target = LineField(
        label="The film that stays", max_length=200, help_text="By its address here, such as /films/snatch/."
    )
    field_order = ["target", "note"]

    def clean_target(self):
        slug = self.cleaned_data["target"].strip("/").rpartition("/")[2]
        film = Film.objects.listed().filter(slug=slug).first()
        if film is None:
            raise ValidationError("There is no film at this address.")
        return film


MERGE_FILM = Verb(
    "merge_into",
    "Merge",
    "Merged",
    "All that is shared about it goes to the film that stays, and so do those who follow its addresses.",
    lambda film: film.is_visible,
    MergeForm,
)


class FilmStaffForm(FilmForm):
    palette = PaletteField(required=False, help_text="Five colours of its own, such as #0e0b2e #e27396.")

    class Meta(FilmForm.Meta):
        fields = [*FilmForm.Meta.fields, "palette"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["palette"] = " ".join(self.instance.palette)


@admin.register(Film)
class FilmAdmin(WordSearch, StaffAdmin):
    place = 5
    index = FILMS
    search_help_text = "Words of a title, a name or the summary; of what is hidden, a part of the title."
    form = FilmStaffForm
    shows = (INCOMPLETE, LATEST, REMOVED)
    verbs = (REMOVE_FILM, RESTORE, MERGE_FILM)
    list_filter = (ShowFilter, "medium", ("created", admin.DateFieldListFilter))
    list_display = (
        "title",
        "year",
        "medium",
        "moment_count",
        "song_count",
        "trivia_count",
        "added_by",
        "when",
        "state",
    )
    list_select_related = ("added_by",)
    ordering = ("-created", "-id")
    counts = ("moment_count", "song_count", "trivia_count", "relive_count")
    facts = ("slug", "state", "added_by", "created", *counts)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.is_visible)

    def get_readonly_fields(self, request, obj=None):
        return self.facts

    def get_fieldsets(self, request, obj=None):
        about = (None, {"fields": FilmStaffForm.Meta.fields})
        return [about, ("Facts", {"fields": self.facts})] if obj else [about]

    def save_form(self, request, form, change):
        return form.instance

    def save_model(self, request, obj, form, change):
        form.save_for(request.user)
        changed = [name for name in form.changed_data if name != "nonce"]
        if change and changed:
            note = f"Changed: {', '.join(changed)}."
            LedgerEntry.objects.record(request.user, Action.EDIT, obj, note=note, texts=obj.ledger_texts)

    def save_related(self, request, form, formsets, change):
        """A film has no rows of others on its page."""
