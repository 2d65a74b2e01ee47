"""Facts of films and people, which staff mend as every member does, but for a reason."""

from django.http import Http404
from django.utils.translation import gettext

from moments.models.refusals import Refused

from .audit import Audited, changed


class MendsFacts(Audited):
    """`facts` are the columns that are read alone. Its form has `save_for`, the verb of members."""

    def has_add_permission(self, request):
        """They are added on the site itself, by staff as by every member."""
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.is_visible)

    def get_readonly_fields(self, request, obj=None):
        return self.facts

    def get_fieldsets(self, request, obj=None):
        about = (None, {"fields": self.fields_for(request, obj)})
        return [about, (gettext("Facts"), {"fields": self.facts})] if obj else [about]

    def save_form(self, request, form, change):
        return form.instance

    def save_model(self, request, obj, form, change):
        try:
            form.save_for(request.user)
        except Refused as refusal:  # somebody else took it away while this form was open
            raise Http404 from refusal

    def note_of(self, message):
        return f"Changed: {changed(message)}."
