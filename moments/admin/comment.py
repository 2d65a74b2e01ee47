"""Comments: read, mended, hidden, restored. They are written on the site itself."""

from django.contrib import admin
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from moments.forms import CommentForm
from moments.models import Comment, State
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
    list_select_related = ("post__film", "author")
    ordering = ("-id",)
    facts = ("post", "parent", "author", "state", "depth", "votes", "reply_count", "created", "edited")
    readonly_fields = facts

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
        return titled(comment.body or "—", comment.author, comment.post)

    def save_model(self, request, obj, form, change):
        obj.revise(obj.body, by=request.user)
