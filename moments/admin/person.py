"""People: completed, mended, locked, taken out of sight, and merged where two of them are the same."""

from dataclasses import replace

from django.contrib import admin
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.forms import PersonForm
from moments.models import Person
from moments.models.refusals import Refused
from moments.search.schema import PEOPLE
from reelive.fields import LineField
from reelive.staff import AdminScopeFilter, StaffAdmin
from reelive.staff_verbs import Verb

from .audit import Audited, ReasonedForm, changed
from .cells import StateFirst, titled
from .evidence import ShowsEvidence
from .film import LOCK_FACTS, OPEN_FACTS, MergeForm
from .verbs import LATEST, REMOVE, REMOVED, RESTORE
from .word_search import WordSearch

REMOVE_PERSON = replace(
    REMOVE, says=_("Their page is not found, and no film names them. Restoring brings back just these.")
)


class MergePersonForm(MergeForm):
    model, missing = Person, _("There is nobody at this address.")
    target = LineField(
        label=_("The person who stays"),
        max_length=200,
        help_text=_("By their address here, such as /people/emma-stone/."),
    )


MERGE_PERSON = Verb(
    "merge_into",
    _("Merge"),
    _("Merged"),
    _("Their credits go to the person who stays, and their addresses lead there from now on."),
    lambda person: person.is_visible,
    MergePersonForm,
    _("Merge them into another person"),
)


class PersonStaffForm(ReasonedForm, PersonForm):
    as_staff = True
    version = None

    class Meta(PersonForm.Meta):
        pass


@admin.register(Person)
class PersonAdmin(StateFirst, ShowsEvidence, Audited, WordSearch, StaffAdmin):
    written_by, hidden_by = "added_by", "name"
    place = 5
    index = PEOPLE
    search_help_text = _(
        "Words of a name; a part of the name of a hidden person; @name for all that a member added."
    )
    form = PersonStaffForm
    scopes = (LATEST, REMOVED)
    verbs = (REMOVE_PERSON, RESTORE, MERGE_PERSON, LOCK_FACTS, OPEN_FACTS)
    list_filter = (AdminScopeFilter,)
    list_display = ("badge", "what", "film_count", "when")
    list_select_related = ("added_by",)
    ordering = ("-created", "-id")
    facts = ("slug", "state", "locked", "added_by", "created", "edited", "film_count", "merged_into")

    def has_add_permission(self, request):
        """People come with the credits of films, by staff as by every member."""
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.is_visible)

    def get_readonly_fields(self, request, obj=None):
        return self.facts

    def get_fieldsets(self, request, obj=None):
        why = ("why",) if self.has_change_permission(request, obj) else ()
        about = (None, {"fields": (*PersonStaffForm.Meta.fields, *why)})
        return [about, (gettext("Facts"), {"fields": self.facts})] if obj else [about]

    def save_form(self, request, form, change):
        return form.instance

    def save_model(self, request, obj, form, change):
        try:
            form.save_for(request.user)
        except Refused as refusal:  # somebody else took it away while this form was open
            raise Http404 from refusal

    @admin.display(description=_("name"))
    def what(self, person):
        return titled(person, person.added_by)

    def note_of(self, message):
        return f"Changed: {changed(message)}."

    def save_related(self, request, form, formsets, change):
        """A person has no rows of others on their page."""
