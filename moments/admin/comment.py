"""Comments: read, mended, hidden, restored. They are written on the site itself."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from moments.forms import CommentForm
from moments.models import Comment, Report, State
from moments.models.member_list import Visibility
from moments.search.schema import COMMENTS
from reelive.staff import AdminScopeFilter, StaffAdmin

from . import newcomers
from .audit import Audited, ReasonedForm
from .cells import StateFirst, titled
from .evidence import ShowsEvidence
from .verbs import DELETED, LATEST, REMOVE, REMOVED, RESTORE
from .word_search import WordSearch


class CommentStaffForm(ReasonedForm, ModelForm):
    body = CommentForm.declared_fields["body"]

    class Meta:
        model = Comment
        fields = ("body",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("Text")  # lazy: the ledger names what was edited in English


def but_in_private(comments):
    """Leave out what was said on a private list, until it is reported or was removed."""
    reported = Exists(Report.objects.waiting().filter(comment=OuterRef("pk")))
    is_open = Q(member_list=None) | ~Q(member_list__visibility=Visibility.PRIVATE)
    return comments.filter(is_open | Q(state=State.REMOVED) | reported)


@admin.register(Comment)
class CommentAdmin(StateFirst, ShowsEvidence, Audited, WordSearch, StaffAdmin):
    place = 4
    index = COMMENTS
    hidden_by = "body"
    search_help_text = _("Words of the comment; @name for all that a member said.")
    form = CommentStaffForm
    scopes = (newcomers.COMMENTS, LATEST, REMOVED, DELETED)
    verbs = (REMOVE, RESTORE)
    list_filter = (AdminScopeFilter,)
    list_display = ("badge", "what", "votes", "replies", "when")
    list_select_related = ("post__film", "member_list", "author")
    ordering = ("-id",)
    facts = (
        "post", "member_list", "parent", "author", "state", "depth", "votes", "reply_count", "created",
        "edited",
    )  # fmt: skip
    readonly_fields = facts

    def get_queryset(self, request):
        return but_in_private(super().get_queryset(request))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.state == State.VISIBLE)

    def get_fieldsets(self, request, obj=None):
        texts = ("body", "why") if self.has_change_permission(request, obj) else ("body",)
        return [(None, {"fields": texts}), (_("Facts"), {"fields": self.facts})]

    @admin.display(description=_("replies"))
    def replies(self, comment):
        return comment.reply_count

    @admin.display(description=_("comment"))
    def what(self, comment):
        return titled(comment.body or "—", comment.author, comment.about)

    def save_model(self, request, obj, form, change):
        obj.revise(obj.body, by=request.user)
