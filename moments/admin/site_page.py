"""The pages about the site: written by those who run it, each edit with its reason in the ledger."""

from django.contrib import admin
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from moments.models import SitePage
from moments.models.site_page import BODY_LIMIT
from reelive.fields import ProseField
from reelive.staff import StaffAdmin

from .audit import Audited, ReasonedForm


class SitePageForm(ReasonedForm, ModelForm):
    body = ProseField(
        label=_("Text"),
        required=False,
        max_length=BODY_LIMIT,
        help_text=_("Markdown. Leave it empty for the text that comes with the site."),
    )

    class Meta:
        model = SitePage
        fields = ("body",)


@admin.register(SitePage)
class SitePageAdmin(Audited, StaffAdmin):
    place = 10
    form = SitePageForm
    list_display = ("name", "edited")
    fields = ("body", "why", "edited")
    readonly_fields = ("edited",)

    def has_add_permission(self, request):
        return False

    def get_fields(self, request, obj=None):
        return self.fields if self.has_change_permission(request, obj) else ("body", "edited")

    def save_model(self, request, obj, form, change):
        obj.write(form.cleaned_data["body"])
