"""People: completed, mended, locked, taken out of sight, and merged where two of them are the same."""

from dataclasses import replace

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from moments.forms import PersonForm
from moments.models import Person
from moments.search.schema import PEOPLE
from reelive.fields import LineField
from reelive.staff import AdminScopeFilter, StaffAdmin
from reelive.staff_verbs import Verb

from .audit import ReasonedForm
from .cells import StateFirst, titled
from .evidence import ShowsEvidence
from .facts import MendsFacts
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
class PersonAdmin(StateFirst, ShowsEvidence, MendsFacts, WordSearch, StaffAdmin):
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

    def fields_for(self, request, person):
        why = ("why",) if self.has_change_permission(request, person) else ()
        return (*PersonStaffForm.Meta.fields, *why)

    @admin.display(description=_("name"))
    def what(self, person):
        return titled(person, person.added_by)

    def save_related(self, request, form, formsets, change):
        """A person has no rows of others on their page."""
