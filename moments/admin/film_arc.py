"""The arcs that are stored, of films with many moments, and whether each still is as its moments are.

The task process draws them anew; nobody changes one by hand.
"""

from django.contrib import admin
from django.contrib.admin.utils import display_for_value
from django.utils.translation import gettext_lazy as _

from moments.arc.runs import Runs
from moments.models import FilmArc
from reelive.staff import VerbsOnlyAdmin
from reelive.staff_cells import StateFirst, titled

# The table has these names on the pages of the staff and nowhere else.
FilmArc._meta.verbose_name, FilmArc._meta.verbose_name_plural = _("stored arc"), _("stored arcs")


@admin.register(FilmArc)
class FilmArcAdmin(StateFirst, VerbsOnlyAdmin):
    place = 15
    list_display = ("badge", "what", "drawn")
    list_select_related = ("film",)
    ordering = ("-film",)
    fields = readonly_fields = ("film", "dots", "moments", "drawn", "outdated_since")

    def get_queryset(self, request):
        """A list shows nothing of what is drawn, which is long."""
        return super().get_queryset(request).defer("runs")

    def has_change_permission(self, request, obj=None):
        return False

    def state_of(self, arc):
        return ("open", _("Outdated")) if arc.outdated else ("visible", _("As its moments are"))

    @admin.display(description=_("film"))
    def what(self, arc):
        return titled(str(arc.film), "")

    @admin.display(description=_("dots"))
    def dots(self, arc):
        return len(arc.runs)

    @admin.display(description=_("moments in them"))
    def moments(self, arc):
        return sum(run.count for run in Runs.of_stored(arc.runs))

    @admin.display(description=_("drawn"))
    def drawn(self, arc):
        return display_for_value(arc.made, "—")

    @admin.display(description=_("outdated since"))
    def outdated_since(self, arc):
        return display_for_value(arc.outdated, "—")
