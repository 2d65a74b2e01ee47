"""What members bring from other places: how far each file is, and what it came to in numbers.

What is in them is for their members.
"""

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from moments.models import Homecoming, WaitingWork
from reelive.staff import VerbsOnlyAdmin
from reelive.staff_cells import StateFirst, titled

from .word_search import AuthorSearch

CLASSES = {"making": "open", "done": "visible", "failed": "removed"}


@admin.register(Homecoming)
class HomecomingAdmin(StateFirst, VerbsOnlyAdmin):
    place = 15
    list_display = ("badge", "what", "source", "total", "when")
    list_select_related = ("member",)
    ordering = ("-id",)
    fields = readonly_fields = (
        "member", "source", "state", "stage", "size_text", "total", "passed", "created", "begun", "ended",
    )  # fmt: skip

    def state_of(self, row):
        return CLASSES.get(row.state, "kept"), row.get_state_display()

    @admin.display(description=_("homecoming"))
    def what(self, row):
        return titled(f"@{row.member.username}", self.size_text(row))

    @admin.display(description=_("size"))
    def size_text(self, row):
        return filesizeformat(row.size) if row.size else "—"


@admin.register(WaitingWork)
class WaitingWorkAdmin(AuthorSearch, VerbsOnlyAdmin):
    """That films are missing is told here; what their members said of them is not."""

    written_by = "member"
    search_help_text = _("The name of a member.")
    place = 16
    list_display = ("title", "member", "source", "records", "is_left", "when")
    list_select_related = ("member",)
    ordering = ("-id",)
    fields = readonly_fields = ("title", "member", "source", "records", "is_left", "film", "created")

    @admin.display(description=_("title"))
    def title(self, work):
        return str(work)
