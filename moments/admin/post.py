"""What the staff's pages of all kinds of posts share. Posts are made on the site itself, not here."""

from django.contrib import admin
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from moments.models import State
from moments.search.schema import POSTS
from reelive.staff import AdminScopeFilter, StaffAdmin, WhenFilter

from . import newcomers
from .audit import Audited
from .cells import StateFirst, titled
from .evidence import ShowsEvidence
from .verbs import DELETED, LATEST, LOCK, REMOVE, REMOVED, RESTORE, UNLOCK, WITHHELD
from .word_search import WordSearch


class PostAdmin(StateFirst, ShowsEvidence, Audited, WordSearch, StaffAdmin):
    index = POSTS
    search_help_text = _(
        "Words of the title, the context or the text; of what is hidden, a part of the title; @name for all"
        " that a member shared."
    )
    scopes = (newcomers.POSTS, LATEST, REMOVED, WITHHELD, DELETED)
    verbs = (REMOVE, RESTORE, LOCK, UNLOCK)
    list_filter = (AdminScopeFilter, "spoiler", ("created", WhenFilter))
    list_select_related = ("film", "author")
    ordering = ("-created", "-id")
    texts = ("title", "body", "context", "tags", "spoiler")
    own = ()
    facts = ("film", "author", "state", "locked", "slug", "votes", "comment_count", "created", "edited")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        """A text that is not to be seen is restored first: saving it would count its tags anew."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or obj.state == State.VISIBLE)

    def get_fieldsets(self, request, obj=None):
        may_change = self.has_change_permission(request, obj)
        texts = self.texts if may_change else ("title", "body", "context", "tag_names")
        why = ("why",) if may_change else ()
        return [
            (None, {"fields": [*texts, *self.own_fields(request, obj), *why]}),
            (_("Facts"), {"fields": self.facts}),
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form of the site with all its fields, also those that this film's page leaves out."""
        may_change = self.has_change_permission(request, obj)
        kwargs |= {"fields": self.form.Meta.fields} if may_change else {"form": ModelForm}
        return super().get_form(request, obj, change, **kwargs)

    def own_fields(self, request, obj):
        return self.own

    def get_readonly_fields(self, request, obj=None):
        return (*self.facts, "tag_names")

    @admin.display(description=_("title"))
    def what(self, post):
        return titled(post.title, post.author, post.film)

    @admin.display(description=_("comments"))
    def comments(self, post):
        return post.comment_count

    @admin.display(description=_("tags"))
    def tag_names(self, post):
        return ", ".join(tag.name for tag in post.tag_list)

    def facets(self):
        return {"k": [self.model.proxy_kind]}

    def save_form(self, request, form, change):
        return form.instance

    def save_model(self, request, obj, form, change):
        form.save_for(request.user)

    def save_related(self, request, form, formsets, change):
        for formset in formsets:
            self.save_formset(request, form, formset, change)
