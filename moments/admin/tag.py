"""Tags: hidden, restored, and merged where two of them mean the same. A tag is renamed by merging it."""

from django import forms
from django.contrib import admin, messages
from django.template.response import TemplateResponse

from moments.forms.fields import LineField
from moments.models import State, Tag
from reelive.staff import Show, ShowFilter, StaffAdmin, Verb, begins
from reelive.text import normalise_tag

from .verbs import hidden_tags, in_state

MOST_USED = Show("used", "Most used", in_state(State.VISIBLE))
HIDDEN = Show("hidden", "Hidden by staff", hidden_tags)
MERGED = Show("merged", "Merged into another", lambda tags: tags.filter(merged_into__isnull=False))
HIDE = Verb(
    "remove",
    "Hide",
    "Hidden",
    "It goes from all posts and lists, and its page is not found. Its posts stay. It can be restored.",
    lambda tag: tag.is_visible,
)
RESTORE = Verb(
    "restore",
    "Restore",
    "Restored",
    "It has its own page again. Posts that were moved to another tag by a merge stay with that one.",
    lambda tag: tag.state == State.REMOVED,
)


class MergeForm(forms.Form):
    name = LineField(
        label="The tag that stays",
        max_length=100,
        help_text="By its name; a name that is not in use yet becomes a new tag.",
    )

    def clean_name(self):
        """The name of a tag that is in use or new; of a merged one, where it went."""
        try:
            (name,) = Tag.objects.canonical([normalise_tag(self.cleaned_data["name"])])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if Tag.objects.filter(name=name).exclude(state=State.VISIBLE).exists():
            raise forms.ValidationError("That tag is hidden. Restore it first.")
        return name

    def target(self):
        return Tag.objects.get_or_create(name=self.cleaned_data["name"])[0]


@admin.register(Tag)
class TagAdmin(StaffAdmin):
    place = 6
    shows = (MOST_USED, HIDDEN, MERGED)
    verbs = (HIDE, RESTORE)
    actions = ("merge",)
    list_filter = (ShowFilter,)
    list_display = ("name", "slug", "post_count", "state", "merged_into")
    list_select_related = ("merged_into",)
    ordering = ("-post_count", "id")
    search_fields = ("name",)
    search_help_text = "The beginning of its name."
    fields = readonly_fields = ("name", "slug", "post_count", "state", "merged_into")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and obj is None

    def get_search_results(self, request, queryset, search_term):
        name = search_term.strip().lower()
        return (queryset.filter(begins("name", name)) if name else queryset), False

    @admin.action(description="Merge the selected ones", permissions=["change"])
    def merge(self, request, queryset):
        tags = list(queryset[: self.list_per_page])
        form = MergeForm(
            request.POST if "confirmed" in request.POST else None, initial={"name": tags[0].name}
        )
        if not form.is_valid():
            context = {
                "title": "Merge tags?",
                "form": form,
                "objects": tags,
                "opts": self.opts,
                "action": "merge",
            }
            return TemplateResponse(
                request, "admin/merge.html", self.admin_site.each_context(request) | context
            )
        target = form.target()
        merged = [tag for tag in tags if tag.merge_into(target)]
        for tag in merged:
            self.log_change(request, tag, f"Merged into “{target}”.")
        names = ", ".join(f"“{tag}”" for tag in merged)
        text = f"{names} merged into “{target}”." if merged else "Nothing to merge."
        self.message_user(request, text, messages.SUCCESS if merged else messages.WARNING)
        return None
