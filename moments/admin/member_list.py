"""Lists of members. A private one is for those who write in it, until one of them reports it."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from moments.models import MemberList, Report, State
from moments.models.member_list import Visibility
from reelive.staff import AdminScopeFilter, VerbsOnlyAdmin

from .cells import StateFirst, titled
from .evidence import ShowsEvidence
from .verbs import LATEST, LOCK, REMOVE, REMOVED, RESTORE, UNLOCK
from .word_search import AuthorSearch


@admin.register(MemberList)
class MemberListAdmin(StateFirst, ShowsEvidence, AuthorSearch, VerbsOnlyAdmin):
    search_help_text = _("The name of a member.")
    place = 8
    scopes = (LATEST, REMOVED)
    verbs = (REMOVE, RESTORE, LOCK, UNLOCK)
    list_filter = (AdminScopeFilter,)
    list_display = ("badge", "what", "entry_count", "votes", "when")
    list_select_related = ("author",)
    ordering = ("-id",)
    fields = readonly_fields = (
        "title", "author", "body", "notes", "visibility", "entry_count", "votes", "comment_count",
        "locked", "created", "state",
    )  # fmt: skip

    def get_queryset(self, request):
        reported = Exists(Report.objects.waiting().filter(member_list=OuterRef("pk")))
        is_open = ~Q(visibility=Visibility.PRIVATE) | Q(state=State.REMOVED) | Q(reported)
        return super().get_queryset(request).exclude(state=State.DELETED).filter(is_open)

    @admin.display(description=_("list"))
    def what(self, member_list):
        return titled(member_list.title, member_list.author)

    @admin.display(description=_("notes"))
    def notes(self, member_list):
        return "\n\n".join(member_list.notes)
