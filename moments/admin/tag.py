"""Tags: hidden, restored, and merged where two of them mean the same. A tag is renamed by merging it."""

from dataclasses import replace

from django import forms
from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.models import State, Tag
from reelive.fields import LineField
from reelive.staff import AdminScope, AdminScopeFilter, VerbsOnlyAdmin, begins
from reelive.staff_cells import titled
from reelive.staff_verbs import Verb
from reelive.text import normalise_tag

from .cells import StateFirst
from .evidence import ShowsEvidence
from .verbs import REMOVE, RESTORE, NoteForm, in_state, removed_tags

MOST_USED = AdminScope("used", _("Most used"), in_state(State.VISIBLE))
REMOVED = AdminScope("hidden", _("Removed by staff"), removed_tags)
MERGED = AdminScope("merged", _("Merged into another"), lambda tags: tags.filter(merged_into__isnull=False))
REMOVE_TAG = replace(
    REMOVE, says=_("It goes from all posts and lists, and its page is not found. Its posts stay.")
)
RESTORE_TAG = replace(
    RESTORE, says=_("It has its own page again. Posts that a merge moved to another tag stay with that one.")
)


class MergeForm(NoteForm):
    name = LineField(
        label=_("The tag that stays"),
        max_length=100,
        help_text=_("By its name; a name that is not in use yet becomes a new tag."),
    )
    field_order = ["name", "note"]

    def clean_name(self):
        """The name of a tag that is in use or new; of a merged one, where it went."""
        try:
            (name,) = Tag.objects.canonical([normalise_tag(self.cleaned_data["name"])])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if Tag.objects.filter(name=name).exclude(state=State.VISIBLE).exists():
            raise forms.ValidationError(gettext("That tag is hidden. Restore it first."))
        return name

    def clean(self):
        """What Tag.merge_into asks for."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        return {"target": Tag.objects.get_or_create(name=cleaned["name"])[0], "note": cleaned["note"]}


MERGE_TAG = Verb(
    "merge_into",
    _("Merge"),
    _("Merged"),
    _("Its posts get the tag that stays, and its address leads there from now on."),
    lambda tag: tag.merged_into_id is None,
    MergeForm,
    _("Merge them into another tag"),
)


@admin.register(Tag)
class TagAdmin(StateFirst, ShowsEvidence, VerbsOnlyAdmin):
    place = 6
    scopes = (MOST_USED, REMOVED, MERGED)
    verbs = (REMOVE_TAG, RESTORE_TAG, MERGE_TAG)
    list_filter = (AdminScopeFilter,)
    list_display = ("badge", "what", "post_count")
    list_select_related = ("merged_into",)
    ordering = ("-post_count", "id")
    search_fields = ("name",)
    search_help_text = _("The beginning of its name.")
    fields = readonly_fields = ("name", "slug", "post_count", "state", "merged_into")

    @admin.display(description=_("name"))
    def what(self, tag):
        """The name, and where its address leads."""
        return titled(tag.name, f"→ {tag.merged_into}" if tag.merged_into else tag.get_absolute_url())

    def get_search_results(self, request, queryset, search_term):
        name = search_term.strip().lower()
        return (queryset.filter(begins("name", name)) if name else queryset), False
